"""What belongs to the worker's day."""

from caseload.models.dagmail import Dagmail
from caseload.models.importeren import Import, Importinhoud, Importrij, Kolomkoppeling
from caseload.models.weergave import Weergave

__all__ = ["Dagmail", "Import", "Importinhoud", "Importrij", "Kolomkoppeling", "Weergave"]
