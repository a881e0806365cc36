"""What a shopkeeper does in a day, on a slow phone in real Chromium: taps and seconds."""
