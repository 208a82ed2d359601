"""Bytes of a file become numbered pages of text."""
