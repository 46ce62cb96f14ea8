"""Screens of reports: asking, following, finding back, downloading."""
