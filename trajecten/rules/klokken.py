"""Which clock belongs to which instrument: one signature for all."""

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType
from typing import Protocol

from trajecten.rules import activeringstraject, ama, overige, twe, wijkwerken
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.termijn import RegelRij, Termijn

GEEN_KLOK = "geen"


class Klok(Protocol):
    """Facts and rules in; the limit first, then the other clocks of the traject."""

    def __call__(
        self, feiten: TrajectFeiten, regels: Sequence[RegelRij], *, op: date
    ) -> tuple[Termijn, ...]:
        """Compute the clocks as they stand on a day."""
        ...


KLOKKEN: MappingProxyType[str, Klok] = MappingProxyType(
    {
        GEEN_KLOK: overige.zonder_vaste_duur,
        "twe": twe.bereken,
        "wijkwerken": wijkwerken.bereken,
        "activeringstraject": activeringstraject.bereken,
        "ama_welzijn": ama.bereken,
        "ama_se": ama.bereken_sociale_economie,
        "imw_2": overige.imw("imw_2", "Individueel maatwerk (2 jaar)"),
        "imw_5": overige.imw("imw_5", "Individueel maatwerk (5 jaar)"),
        "wop": overige.vaste_duur("wop", "Collectief maatwerk"),
        "lde": overige.vaste_duur("lde", "Lokale diensteneconomie"),
        "ibo": overige.vaste_duur("ibo", "IBO"),
        "k_ibo": overige.vaste_duur("k_ibo", "K-IBO"),
        "bvs": overige.vaste_duur("bvs", "Beroepsverkennende stage"),
        "activeringsstage": overige.vaste_duur("activeringsstage", "Activeringsstage"),
        "gemeenschapsdienst": overige.vaste_duur("gemeenschapsdienst", "Gemeenschapsdienst"),
        "art61": overige.vaste_duur("art61", "Artikel 61"),
        "art60_privaat": overige.vaste_duur(
            "art60_privaat", "Artikel 60 in een private onderneming"
        ),
    }
)


def klok_for(klok: str) -> Klok:
    """Return the clock an instrument names; a name of later is one that rule rows alone make."""
    return KLOKKEN.get(klok) or overige.uit_rijen(klok)


def zoek_termijn(termijnen: Sequence[Termijn], klok: str) -> Termijn | None:
    """Return the clock with that name among those of a traject."""
    return next((termijn for termijn in termijnen if termijn.klok == klok), None)
