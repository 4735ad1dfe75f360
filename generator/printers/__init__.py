"""What findings can be printed as; one module a format. The terminal's is `show`."""
