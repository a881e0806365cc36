"""Pure rules of the page that says who did what."""
