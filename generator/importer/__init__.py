"""Turns a Document into a draft report: finds organ, year, tables and cells, and says how certain each figure is."""
