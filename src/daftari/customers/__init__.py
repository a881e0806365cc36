"""A customer: names, phone, what he may owe, and where he stands in the book's list."""
