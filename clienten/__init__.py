"""Persons: who they are, their statuut, and who works for whom."""
