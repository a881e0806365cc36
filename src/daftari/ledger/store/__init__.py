"""SQL of the book. Statements are built once; each function runs one or two of them."""
