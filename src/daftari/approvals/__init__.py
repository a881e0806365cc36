"""Requests for approval of what a member may not do alone, and their answers."""
