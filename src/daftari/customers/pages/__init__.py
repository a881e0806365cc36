"""What the pages of the room of customers show."""
