"""Build and check: the request, the run, the record, the output folder."""
