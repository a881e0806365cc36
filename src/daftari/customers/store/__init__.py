"""The SQL of the room of customers."""
