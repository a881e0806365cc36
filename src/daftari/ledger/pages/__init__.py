"""View models for the templates of the book."""
