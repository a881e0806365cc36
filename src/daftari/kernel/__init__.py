"""Pure functions and types that every package uses: money, digits, time, ids, Arabic text."""
