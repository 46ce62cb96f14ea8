"""What may come of handing over a message. The difference decides whether it is tried again."""


class NietVertrokken(Exception):
    """It certainly did not leave, and may be tried again; the argument is a short code."""


class Geweigerd(Exception):
    """It was refused for good: trying again gives the same; the argument is a short code."""


class Onzeker(Exception):
    """It may have left: nobody gets it twice; the argument is a short code."""
