"""What a report can be downloaded as; one module a format."""
