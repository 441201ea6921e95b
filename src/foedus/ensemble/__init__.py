"""Ensembles: random draws by named streams, and their blocks run on every core in a fixed order."""
