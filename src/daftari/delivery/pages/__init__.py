"""View models for the templates of `delivery`."""
