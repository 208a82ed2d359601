"""The faces: each parses, calls, shows; none decides anything about answers."""
