"""Forms of reminders, receipts and messaging settings."""
