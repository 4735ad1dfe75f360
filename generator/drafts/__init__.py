"""What nianbao writes into content/: readings, tables.yaml, new folders, figures carried over."""
