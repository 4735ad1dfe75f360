"""The form that units fill in: a workbook made from a format's declaration, and read back by position."""
