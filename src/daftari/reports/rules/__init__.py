"""Pure rules of statements and of the files that are taken out."""
