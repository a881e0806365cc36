"""View models for the pages of customers."""
