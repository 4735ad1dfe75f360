"""Prints findings, imports, forms and roll-ups: for people, programs, code hosts and browsers."""
