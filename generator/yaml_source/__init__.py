"""YAML bytes to nodes that know their line and column, and the slips of the hand they hold."""
