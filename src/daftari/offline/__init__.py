"""What lets the phone hold the book: the manifest of the installed app, the service worker."""
