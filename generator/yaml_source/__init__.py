"""Parses YAML into nodes that know their line and column, and explains typing mistakes."""
