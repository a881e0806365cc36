"""Form parsing: typed fields become a command, or a refusal with a named reason for each field."""
