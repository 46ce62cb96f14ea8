"""Screens about trajecten."""
