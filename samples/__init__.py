"""Invented filings for the demo, the tests and the screenshots."""
