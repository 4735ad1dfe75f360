"""Makes the Excel workbook that units fill in, from the declaration of a form; it is read back by position."""
