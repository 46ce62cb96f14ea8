"""Who of a list is already known here: INSZ, else file number, else name with birth date."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, Value
from django.db.models.functions import Lower, Replace

from caseload.rules.inlezen.dubbels import dossier_sleutel
from caseload.rules.inlezen.rijen import Aanvaard
from caseload.rules.inlezen.tekst import squeeze
from clienten.models import Client, Insznummer, Statuut, Toewijzing
from clienten.models.insznummer import place_of
from kern.crypto import blind_index
from toegang.models import Gebruiker
from trajecten.models import Traject


@dataclass(frozen=True, slots=True)
class Loopt:
    """A traject that a client has, or gets from an earlier row."""

    code: str
    groep: str
    naam: str
    begin: date
    einde: date | None = None


@dataclass(slots=True)
class Bekend:
    """Somebody with a file here, or about to get one from an earlier row of the list."""

    dossiernummer: str
    familienaam: str
    voornaam: str
    geboortedatum: date | None
    pk: int | None = None
    client: Client | None = None
    """Given for files that exist; those of this list have none until they are made."""
    is_visible: bool = True
    sleutels: set[str] = field(default_factory=set)
    has_statuut: bool = False
    has_spilfiguur: bool = False
    volgers: set[int] = field(default_factory=set)
    """Keys of the workers who follow the client already."""
    trajecten: list[Loopt] = field(default_factory=list)

    @property
    def is_afgeschermd(self) -> bool:
        """Tell whether the file is restricted."""
        return self.client is not None and self.client.afgeschermd


class Register:
    """Finds the known person behind a row."""

    def __init__(self, bestuur_id: int) -> None:
        self._bestuur_id = bestuur_id
        self._by_insz: dict[str, Bekend] = {}
        self._by_dossier: dict[str, Bekend] = {}
        self._by_naam: dict[tuple[str, str, date], list[Bekend]] = defaultdict(list)

    def add(self, bekend: Bekend) -> None:
        """Remember a person under everything that identifies her."""
        for sleutel in bekend.sleutels:
            self._by_insz[sleutel] = bekend
        if bekend.dossiernummer:
            self._by_dossier[dossier_sleutel(bekend.dossiernummer)] = bekend
        if bekend.geboortedatum is not None:
            self._by_naam[_naam(bekend, bekend.geboortedatum)].append(bekend)

    def add_insz(self, bekend: Bekend, insz: str) -> None:
        """Remember that a known person gets this number."""
        bekend.sleutels.add(self.sleutel(insz))
        self._by_insz[self.sleutel(insz)] = bekend

    def by_insz(self, insz: str) -> Bekend | None:
        """Return who has or had the number here."""
        return self._by_insz.get(self.sleutel(insz)) if insz else None

    def by_dossier(self, dossiernummer: str) -> Bekend | None:
        """Return whose file has the number, blanks and capitals aside."""
        return self._by_dossier.get(dossier_sleutel(dossiernummer)) if dossiernummer else None

    def by_naam(self, rij: Aanvaard) -> list[Bekend]:
        """Return everybody with this name, in any order, and this birth date."""
        if rij.geboortedatum is None:
            return []
        return self._by_naam.get(_naam(rij, rij.geboortedatum), [])

    def sleutel(self, insz: str) -> str:
        """Return the search key of a national number in this bestuur."""
        return blind_index(insz, place=place_of(self._bestuur_id))


def register_of(rijen: Sequence[Aanvaard], *, bestuur_id: int, by: Gebruiker, op: date) -> Register:
    """Gather everybody these rows can mean, in seven queries whatever their number."""
    register = Register(bestuur_id)
    sleutels = {register.sleutel(rij.insz) for rij in rijen if rij.insz}
    numbered = Insznummer.objects.filter(zoeksleutel__in=sleutels).values_list("client", flat=True)
    compared = Replace(Lower("dossiernummer"), Value(" "), Value(""))
    dossiers = {dossier_sleutel(rij.dossiernummer) for rij in rijen if rij.dossiernummer}
    births = {rij.geboortedatum for rij in rijen if rij.geboortedatum}
    clients = {
        client.pk: client
        for client in Client.objects.filter(bestuur=bestuur_id)
        .annotate(vergeleken=compared)
        .filter(Q(pk__in=list(numbered)) | Q(vergeleken__in=dossiers) | Q(geboortedatum__in=births))
    }
    for bekend in _known(clients, by, op).values():
        register.add(bekend)
    return register


def _known(clients: dict[int, Client], by: Gebruiker, op: date) -> dict[int, Bekend]:
    pks = list(clients)
    visible = set(Client.objects.visible_to(by).filter(pk__in=pks).values_list("pk", flat=True))
    standing = set(Statuut.objects.filter(client__in=pks).values_list("client", flat=True))
    from_op = Q(tot__isnull=True) | Q(tot__gte=op)
    following: dict[int, set[int]] = defaultdict(set)
    spilfiguren: set[int] = set()
    rows = Toewijzing.objects.filter(from_op, client__in=pks)
    for pk, gebruiker, is_spilfiguur in rows.values_list("client", "gebruiker", "is_spilfiguur"):
        following[pk].add(gebruiker)
        if is_spilfiguur:
            spilfiguren.add(pk)
    sleutels = _grouped(
        Insznummer.objects.filter(client__in=pks).values_list("client", "zoeksleutel")
    )
    trajecten: dict[int, list[Loopt]] = defaultdict(list)
    lopend = Traject.objects.filter(client__in=pks).values_list(
        "client", "instrument__code", "groep", "instrument__naam", "begindatum", "einddatum"
    )
    for pk, code, groep, naam, begin, einde in lopend.order_by("begindatum"):
        trajecten[pk].append(Loopt(code, groep, naam, begin, einde))
    return {
        pk: Bekend(
            dossiernummer=client.dossiernummer,
            familienaam=client.familienaam,
            voornaam=client.voornaam,
            geboortedatum=client.geboortedatum,
            pk=pk,
            client=client,
            is_visible=pk in visible,
            sleutels=sleutels[pk],
            has_statuut=pk in standing,
            has_spilfiguur=pk in spilfiguren,
            volgers=following[pk],
            trajecten=trajecten[pk],
        )
        for pk, client in clients.items()
    }


def _grouped(pairs: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, value in pairs:
        found[pk].add(value)
    return found


def _naam(persoon: Bekend | Aanvaard, geboren: date) -> tuple[str, str, date]:
    one, other = sorted((squeeze(persoon.familienaam), squeeze(persoon.voornaam)))
    return one, other, geboren
