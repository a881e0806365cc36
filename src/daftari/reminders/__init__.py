"""Reminders and receipts to customers: eligibility, texts, schedule.

This package reads consents and the book, and passes messages to `delivery`.
"""
