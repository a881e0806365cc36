"""When somebody may be written to, and in which words. Pure."""
