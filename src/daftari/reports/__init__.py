"""Statements, receipts and reports: questions over the book, as a page, on paper and as files."""
