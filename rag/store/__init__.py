"""The index: SQLite holds the truth, terms and vectors are rebuilt from it."""
