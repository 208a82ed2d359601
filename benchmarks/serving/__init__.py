"""How the service holds up: many people asking, and pages of a long report opened one after the other."""
