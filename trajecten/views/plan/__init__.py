"""The worker's screens of the step plan: one page for both voices, its versions, the table."""
