"""The whole shop as one file: readable by people, and read in again by the program."""
