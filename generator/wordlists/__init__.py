"""Loads the shipped word lists, lays an office's own over them and searches texts for their words."""
