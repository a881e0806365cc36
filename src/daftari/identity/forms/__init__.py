"""What was typed, kept as typed, and what it means: a command, or a named error for each field."""
