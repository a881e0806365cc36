"""What people read of an export: the CSV files, and the book as one HTML file."""
