"""Rules of the door, without database."""
