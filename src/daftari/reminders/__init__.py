"""When a customer is written to, and in which words.

It asks what was agreed to and what the book says, and hands the message to delivery.
"""
