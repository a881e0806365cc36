"""View models for the offline pages."""
