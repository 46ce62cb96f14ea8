"""What the screens of the worker's day read."""
