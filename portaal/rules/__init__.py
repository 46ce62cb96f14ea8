"""Rules of the client's door."""
