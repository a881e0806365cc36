"""What was typed and marked about messages, and what it means."""
