"""The verbs of reminders: what is prepared, what is asked again, how the shop goes about it."""
