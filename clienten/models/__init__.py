"""Persons and what holds for them from day to day."""

from clienten.models.bericht import Bericht
from clienten.models.client import Client, Machtiging
from clienten.models.deling import Deling
from clienten.models.drempel import Drempel, GevoeligeDrempel
from clienten.models.insznummer import Insznummer
from clienten.models.statuut import Statuut
from clienten.models.toewijzing import Toewijzing
from clienten.models.vdab import VdabInschrijving

__all__ = [
    "Bericht",
    "Client",
    "Deling",
    "Drempel",
    "GevoeligeDrempel",
    "Insznummer",
    "Machtiging",
    "Statuut",
    "Toewijzing",
    "VdabInschrijving",
]
