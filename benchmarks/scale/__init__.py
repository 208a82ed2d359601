"""How search keeps its speed as filings come in."""
