"""Signals: one definition each, computed for a whole bestuur or one client by one statement."""

from trajecten.signalen.teksten import Handeling, Moment, Signaalregel, regel_van, regels_van
from trajecten.signalen.vernieuwen import Telling, refresh_client, refresh_signalen

__all__ = [
    "Handeling",
    "Moment",
    "Signaalregel",
    "Telling",
    "refresh_client",
    "refresh_signalen",
    "regel_van",
    "regels_van",
]
