"""Forms of wijk-werken."""
