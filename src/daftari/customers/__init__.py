"""Customers: names, addresses, terms, consents, and the account summary for the list."""
