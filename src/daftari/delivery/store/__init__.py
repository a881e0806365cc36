"""SQL of the outbox, the push devices and the alerts."""
