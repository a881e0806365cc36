"""Who did what, when: written inside the transaction of the deed itself."""
