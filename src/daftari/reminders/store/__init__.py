"""SQL of reminders: settings, log, receipts, and customers' data from other packages."""
