"""SQL of customers."""
