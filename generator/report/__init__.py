"""Reads one report: figures, form, placeholders, narrative."""
