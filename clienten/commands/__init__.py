"""Every change of a client and of what holds for her."""

from clienten.commands.afscherming import restrict_client, unrestrict_client
from clienten.commands.berichten import address_for, send_bericht
from clienten.commands.delingen import DelingGegevens, end_deling, register_deling
from clienten.commands.drempels import (
    DrempelGegevens,
    IntussenGewijzigd,
    change_drempel,
    close_drempel,
    register_drempel,
    reopen_drempel,
    reveal_drempel,
)
from clienten.commands.eigen import EIGEN_VELDEN, IntussenAnders, change_own_gegevens
from clienten.commands.inszgegevens import reveal_insz, set_insz
from clienten.commands.personen import DubbelDossier, change_client, register_client
from clienten.commands.statuten import add_statuut, close_statuut
from clienten.commands.toewijzingen import assign, assign_spilfiguur, end_toewijzing
from clienten.commands.vdabgegevens import record_vdab

__all__ = [
    "EIGEN_VELDEN",
    "DelingGegevens",
    "DrempelGegevens",
    "DubbelDossier",
    "IntussenAnders",
    "IntussenGewijzigd",
    "add_statuut",
    "address_for",
    "assign",
    "assign_spilfiguur",
    "change_client",
    "change_drempel",
    "change_own_gegevens",
    "close_drempel",
    "close_statuut",
    "end_deling",
    "end_toewijzing",
    "record_vdab",
    "register_client",
    "register_deling",
    "register_drempel",
    "reopen_drempel",
    "restrict_client",
    "reveal_drempel",
    "reveal_insz",
    "send_bericht",
    "set_insz",
    "unrestrict_client",
]
