"""How long an answer without a language model takes."""
