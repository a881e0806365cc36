"""View models for the templates of `identity`."""
