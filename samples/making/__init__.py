"""The workshop that makes the invented filings from their sources."""
