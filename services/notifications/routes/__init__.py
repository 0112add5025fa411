"""The HTTP face: load, call, dump."""
