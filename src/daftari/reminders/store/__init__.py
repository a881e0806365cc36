"""The SQL of reminders: the shop's ways, the log, and what other rooms keep of a customer."""
