"""Tags of wijk-werken."""
