"""Rules and calculations of the book. Pure: values in, a result or a refusal out."""
