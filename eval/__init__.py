"""The evaluation harness: gold questions, measures, runs, and what became better or worse."""
