"""Accession: how allies ratify, how long an entry takes, and membership in the chain."""
