"""What screens and commands read of wijk-werken."""
