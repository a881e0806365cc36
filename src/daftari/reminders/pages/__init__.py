"""View models for the pages of messages."""
