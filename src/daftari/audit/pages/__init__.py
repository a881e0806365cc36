"""Views of who did what: sentences, changed values, the page and the lines of its export."""
