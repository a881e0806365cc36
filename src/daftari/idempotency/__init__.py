"""Idempotency keys: the ids of requests that a client makes, each used once."""
