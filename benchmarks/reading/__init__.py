"""How fast PDF readers are, and how many rows of tables they read right."""
