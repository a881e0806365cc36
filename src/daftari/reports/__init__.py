"""Statements and receipts: questions over the book, answered as a page, on paper and as files."""
