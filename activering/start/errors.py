"""What the start commands refuse with."""


class StartError(Exception):
    """A sentence in Dutch for the person at the keyboard; printed without a traceback."""
