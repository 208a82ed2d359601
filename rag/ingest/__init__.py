"""A file becomes a stored filing, in one visible step."""
