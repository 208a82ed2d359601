"""Training of the bundled embedding model; nothing here is imported by the product."""
