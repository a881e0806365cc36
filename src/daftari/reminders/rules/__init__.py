"""Rules of reminders: eligibility, texts, quiet hours, settings. Pure functions."""
