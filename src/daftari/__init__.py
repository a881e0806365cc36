"""Daftari: a shop's debt book, served as right-to-left pages from one encrypted file per shop."""
