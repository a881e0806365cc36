"""The SQL of the outbox and of the phones."""
