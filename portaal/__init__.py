"""What a client sees and does, and her own way in, apart from any sign-in of staff."""
