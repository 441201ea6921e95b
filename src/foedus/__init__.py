"""foedus: an open model and workbench of a collective-defence alliance."""
