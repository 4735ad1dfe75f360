"""Compares reports: organs and years by one figure or rate, and a district with the sum of its units."""
