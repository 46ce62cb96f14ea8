"""Every change of a client and of what holds for her."""

from clienten.commands.afscherming import restrict_client, unrestrict_client
from clienten.commands.inszgegevens import reveal_insz, set_insz
from clienten.commands.personen import DubbelDossier, change_client, register_client
from clienten.commands.statuten import add_statuut, close_statuut
from clienten.commands.toewijzingen import assign, assign_spilfiguur, end_toewijzing
from clienten.commands.vdabgegevens import record_vdab

__all__ = [
    "DubbelDossier",
    "add_statuut",
    "assign",
    "assign_spilfiguur",
    "change_client",
    "close_statuut",
    "end_toewijzing",
    "record_vdab",
    "register_client",
    "restrict_client",
    "reveal_insz",
    "set_insz",
    "unrestrict_client",
]
