"""Commands of reminders: compose, check, plan, settings."""
