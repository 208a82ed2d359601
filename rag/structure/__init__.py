"""Pages become an outline, passages, tables and facts."""
