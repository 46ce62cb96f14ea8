"""Instruments, rules, trajecten and what happens in them."""

from trajecten.models.contact import Logboekitem
from trajecten.models.gpmi import Evaluatie, Gpmi
from trajecten.models.instrument import Instrument
from trajecten.models.regel import Regel
from trajecten.models.signaal import Signaal
from trajecten.models.stap import VolgendeStap
from trajecten.models.termijnen import Schorsing, Verlenging
from trajecten.models.traject import Traject

__all__ = [
    "Evaluatie",
    "Gpmi",
    "Instrument",
    "Logboekitem",
    "Regel",
    "Schorsing",
    "Signaal",
    "Traject",
    "Verlenging",
    "VolgendeStap",
]
