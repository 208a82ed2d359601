"""What computes the measures: a gold question and a recorded result become scores."""
