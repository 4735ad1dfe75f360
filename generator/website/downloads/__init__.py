"""Makes the files that visitors download; one module a format."""
