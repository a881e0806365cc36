"""Message delivery: the outbox, its channels, and push notifications to devices of the shop."""
