"""Actions of offline use: sync of a phone's items, and what becomes of those that were refused."""
