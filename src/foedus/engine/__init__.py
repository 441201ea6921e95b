"""The engine: arrays, components, wiring, draws and blocks; it knows no subject."""
