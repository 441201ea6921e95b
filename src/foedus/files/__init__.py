"""Files with their lines, and the files that come with foedus."""
