"""The local preview: watches the content folder, draws what is edited first, tells the browsers that show it."""
