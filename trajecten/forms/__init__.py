"""What people fill in about trajecten."""
