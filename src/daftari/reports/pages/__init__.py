"""Statements and receipts as a page, on paper, and as files."""
