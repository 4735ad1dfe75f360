"""Reads a report's narrative: Markdown to HTML and to plain text, Chinese numerals, similarity."""
