"""Makes everything a visitor sees."""
