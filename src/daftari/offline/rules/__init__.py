"""What a phone is told, and what of its words is believed. Pure."""
