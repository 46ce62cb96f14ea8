"""Enrolments, activities, tasks and hours."""

from wijkwerken.models.activiteit import Activiteit, ActiviteitBesluit
from wijkwerken.models.inschrijving import Inschrijving, Interimdag, Organisator, Toeleiding
from wijkwerken.models.opdracht import Inzet, Opdracht, Opdrachtgever
from wijkwerken.models.prestatie import Prestatie
from wijkwerken.models.tussenbesluit import Tussenbesluit

__all__ = [
    "Activiteit",
    "ActiviteitBesluit",
    "Inschrijving",
    "Interimdag",
    "Inzet",
    "Opdracht",
    "Opdrachtgever",
    "Organisator",
    "Prestatie",
    "Toeleiding",
    "Tussenbesluit",
]
