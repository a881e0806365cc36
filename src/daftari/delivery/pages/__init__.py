"""What the templates of this room show."""
