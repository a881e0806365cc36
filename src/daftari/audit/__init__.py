"""Who did what: the page over the book and both audit logs, its filters and its export."""
