"""Tests of the client's door and of the pages behind it."""
