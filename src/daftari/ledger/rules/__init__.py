"""What the book allows and how it reckons. Pure: values in, an answer or a refusal out."""
