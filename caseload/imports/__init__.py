"""From an offered list to files: reading, recognising who is known, taking in, taking back."""
