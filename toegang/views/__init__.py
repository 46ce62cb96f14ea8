"""Screens of accounts, workplace and oversight."""
