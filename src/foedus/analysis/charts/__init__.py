"""Charts of comparisons and pledges."""
