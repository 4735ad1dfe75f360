"""Word lists: the shipped ones in `lists/*.yaml`, the office's own laid over them, and the search."""
