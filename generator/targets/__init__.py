"""Publishes the built section to where visitors read it, and reads back what is there."""
