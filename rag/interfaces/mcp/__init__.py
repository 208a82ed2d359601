"""Filings for other assistants over the Model Context Protocol: find, read, ask; nothing can be changed."""
