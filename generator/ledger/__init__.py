"""Records what was published, file by file, and finds what differs from it."""
