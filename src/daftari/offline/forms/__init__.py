"""What a phone sends, and what it asks for."""
