"""Decoding of the items that a phone sends, and their commands."""
