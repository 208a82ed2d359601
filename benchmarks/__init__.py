"""Benchmarks: figures that the documents quote, each reproducible with one command."""
