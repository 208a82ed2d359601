"""Finding the right passage, beside what is usually done."""
