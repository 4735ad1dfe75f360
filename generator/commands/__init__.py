"""The commands, one module a kind; each has `add(group, lang)`. Heavy modules are imported when a command runs."""
