"""The pure ground under every room: money, digits, time, ids, Arabic text. No input, no output."""
