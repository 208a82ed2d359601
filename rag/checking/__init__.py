"""Claims, quotes, figures and calculations are checked here, for every answerer."""
