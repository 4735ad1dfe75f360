"""The search over all reports: exact, without a server, in script files that a page can load from a disk."""
