"""Small makers of rows, one module an app; each row stands in the scope of its bestuur."""
