"""SQL of statements and receipts."""
