"""Who may come in, and what a member of a shop finds at hand inside."""
