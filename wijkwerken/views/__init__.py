"""Pages of wijk-werken."""
