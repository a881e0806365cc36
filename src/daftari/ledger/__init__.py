"""The book: entries, balances, settlement, due dates, reversal, the proof chain."""
