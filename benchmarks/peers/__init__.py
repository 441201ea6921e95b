"""The spending step written for other tools, to hold their speed beside that of foedus."""
