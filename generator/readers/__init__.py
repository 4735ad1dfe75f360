"""Reads the files that reports arrive in: one module per file type, each from bytes to the same `Document`."""
