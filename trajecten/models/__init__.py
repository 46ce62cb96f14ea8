"""Instruments, rules, trajecten and what happens in them."""

from trajecten.models.afspraak import Afspraak, Agendapunt
from trajecten.models.agendafeed import Agendafeed
from trajecten.models.blokkering import Blokkering
from trajecten.models.concept import Concept
from trajecten.models.contact import Logaanvulling, Logboekitem, Logvraag
from trajecten.models.gpmi import Evaluatie, Gpmi
from trajecten.models.instrument import Instrument
from trajecten.models.planversie import Akkoord, AkkoordScan, Planversie
from trajecten.models.reactie import Reactie
from trajecten.models.redactie import Redactie
from trajecten.models.regel import Regel
from trajecten.models.signaal import Signaal
from trajecten.models.sjabloon import Sjabloon, Sjabloonregel
from trajecten.models.stappenplan import Doel, Stap, Stappenplan
from trajecten.models.tekstblok import Tekstblok
from trajecten.models.termijnen import Schorsing, Verlenging
from trajecten.models.traject import Traject

__all__ = [
    "Afspraak",
    "Agendafeed",
    "Agendapunt",
    "Akkoord",
    "AkkoordScan",
    "Blokkering",
    "Concept",
    "Doel",
    "Evaluatie",
    "Gpmi",
    "Instrument",
    "Logaanvulling",
    "Logboekitem",
    "Logvraag",
    "Planversie",
    "Reactie",
    "Redactie",
    "Regel",
    "Schorsing",
    "Signaal",
    "Sjabloon",
    "Sjabloonregel",
    "Stap",
    "Stappenplan",
    "Tekstblok",
    "Traject",
    "Verlenging",
]
