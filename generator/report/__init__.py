"""One report: figures, reader, placeholders, identities."""
