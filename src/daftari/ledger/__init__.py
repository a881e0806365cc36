"""The book: entries, balances, allocation, due dates, reversal, the proof chain."""
