"""What reports arrive in: one module a kind of file, each from bytes to the same `Document`."""
