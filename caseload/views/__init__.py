"""Screens of the worker's day and of the client's file."""
