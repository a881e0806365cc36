"""What the templates of the book show, already computed."""
