"""Describes statutory forms as data: what each decree prints is declared in `declared/*.yaml`."""
