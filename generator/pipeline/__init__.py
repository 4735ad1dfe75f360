"""Builds and checks: the request, the run, the record, the output folder."""
