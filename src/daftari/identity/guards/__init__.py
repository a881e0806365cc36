"""The access guard of all routes, and the context of a request inside a shop."""
