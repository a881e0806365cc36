"""What phones and their people are shown, already computed."""
