"""The beheerder keeps templates of goals and steps; each change is a new version."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.enums import Levensdomein, SjabloonAnker, SjabloonSoort, Uitvoerder
from trajecten.models import Instrument, Sjabloon, Sjabloonregel
from trajecten.models.sjabloon import DAGEN_MAX, REGELS_MAX
from trajecten.models.stappenplan import TEKST_MAX
from trajecten.reference.teksten import standaardsjablonen
from trajecten.rules.sjablonen import Plaats, doel_erboven


@dataclass(frozen=True, slots=True, kw_only=True)
class RegelVanSjabloon:
    """One line as the beheerder writes it; `los` keeps a step apart from the goal above it."""

    soort: SjabloonSoort
    tekst: str
    domein: Levensdomein
    uitvoerders: Sequence[Uitvoerder]
    partner: str = ""
    dagen: int | None = None
    anker: SjabloonAnker = SjabloonAnker.VANDAAG
    los: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SjabloonGegevens:
    """A whole template: its name, its instrument, its lines in order."""

    naam: str
    instrument: Instrument | None = None
    regels: Sequence[RegelVanSjabloon]


class RegelGeweigerd(DomainError):
    """One line was refused, so nothing was done; `nummer` says which."""

    def __init__(self, nummer: int, reden: str) -> None:
        super().__init__(reden)
        self.nummer = nummer


@transaction.atomic
def add_sjabloon(*, gegevens: SjabloonGegevens, by: Gebruiker, at: datetime) -> Sjabloon:
    """Keep a new template."""
    return _write(gegevens, by, at, reeks=uuid.uuid4().hex, act="maakte het sjabloon")


@transaction.atomic
def change_sjabloon(
    *, sjabloon: Sjabloon, gegevens: SjabloonGegevens, by: Gebruiker, at: datetime
) -> Sjabloon:
    """Make the next version of a template; the one before stays readable."""
    row = _locked(sjabloon)
    if row.gesloten_at is not None:
        raise DomainError(
            "Iemand anders wijzigde dit sjabloon intussen, of nam het uit gebruik. Open het "
            "opnieuw."
        )
    _close(row, at)
    return _write(
        gegevens,
        by,
        at,
        reeks=row.reeks,
        versie=row.versie + 1,
        standaard=row.standaard,
        act="wijzigde het sjabloon",
    )


@transaction.atomic
def copy_sjabloon(*, sjabloon: Sjabloon, by: Gebruiker, at: datetime) -> Sjabloon:
    """Make a template of its own out of another one, also out of one that is retired."""
    gegevens = gegevens_van(sjabloon)
    naam = _free_name(gegevens.naam, by)
    return _write(
        replace(gegevens, naam=naam), by, at, reeks=uuid.uuid4().hex, act="kopieerde het sjabloon"
    )


@transaction.atomic
def retire_sjabloon(*, sjabloon: Sjabloon, by: Gebruiker, at: datetime) -> Sjabloon:
    """Take a template out of use; it stays readable."""
    row = _locked(sjabloon)
    if row.gesloten_at is None:
        with audit.act(f"nam het sjabloon “{row.naam}” uit gebruik"):
            _close(row, at)
    return row


@transaction.atomic
def take_standaard(*, by: Gebruiker, at: datetime) -> list[Sjabloon]:
    """Take over the templates of the release that this bestuur does not have yet."""
    if by.bestuur is None:
        raise DomainError("Kies eerst voor welk bestuur u werkt.")
    had = set(Sjabloon.objects.visible_to(by).values_list("standaard", flat=True))
    instrumenten = {row.code: row for row in Instrument.objects.all()}
    made = []
    for bron in standaardsjablonen():
        if bron.code in had:
            continue
        regels = [
            RegelVanSjabloon(
                soort=SjabloonSoort(regel.soort),
                tekst=regel.tekst,
                domein=Levensdomein(regel.domein),
                uitvoerders=[Uitvoerder(mover) for mover in regel.uitvoerders],
                partner=regel.partner,
                dagen=regel.dagen,
                anker=SjabloonAnker(regel.anker),
                los=regel.los,
            )
            for regel in bron.regels
        ]
        gegevens = SjabloonGegevens(
            naam=_free_name(bron.naam, by),
            instrument=instrumenten[bron.instrument] if bron.instrument else None,
            regels=regels,
        )
        made.append(
            _write(
                gegevens,
                by,
                at,
                reeks=uuid.uuid4().hex,
                standaard=bron.code,
                act="nam het standaardsjabloon over",
            )
        )
    return made


def gegevens_van(sjabloon: Sjabloon) -> SjabloonGegevens:
    """Return a stored template as it was written."""
    regels = list(sjabloon.regels.order_by("nummer"))
    boven = doel_erboven(Plaats(row.nummer, row.soort) for row in regels)
    return SjabloonGegevens(
        naam=sjabloon.naam,
        instrument=sjabloon.instrument,
        regels=[
            RegelVanSjabloon(
                soort=SjabloonSoort(row.soort),
                tekst=row.tekst,
                domein=Levensdomein(row.domein),
                uitvoerders=[Uitvoerder(mover) for mover in row.uitvoerders],
                partner=row.partner,
                dagen=row.dagen,
                anker=SjabloonAnker(row.anker),
                los=boven.get(row.nummer) is not None and row.doel is None,
            )
            for row in regels
        ],
    )


def _write(
    gegevens: SjabloonGegevens,
    by: Gebruiker,
    at: datetime,
    *,
    reeks: str,
    act: str,
    versie: int = 1,
    standaard: str = "",
) -> Sjabloon:
    _check(gegevens)
    if by.bestuur is None:
        raise DomainError("Kies eerst voor welk bestuur u werkt.")
    row = Sjabloon(
        bestuur=by.bestuur,
        reeks=reeks,
        versie=versie,
        naam=" ".join(gegevens.naam.split()),
        instrument=gegevens.instrument,
        standaard=standaard,
        gemaakt_door=by,
        gemaakt_at=at,
    )
    with (
        audit.act(f"{act} “{row.naam}”"),
        refuse_on(Sjabloon, "sjabloon_naam_uniek", "sjabloon_versie_uniek", "sjabloon_heeft_naam"),
    ):
        row.save()
        _write_lines(row, gegevens.regels)
    return row


def _write_lines(sjabloon: Sjabloon, regels: Sequence[RegelVanSjabloon]) -> None:
    plaatsen = [
        Plaats(nummer, regel.soort, regel.los) for nummer, regel in enumerate(regels, start=1)
    ]
    boven = doel_erboven(plaatsen)
    names = ("woorden_bekend", "volledig", "stap_heeft_dagen")
    with refuse_on(Sjabloonregel, *(f"sjabloonregel_{name}" for name in names)):
        Sjabloonregel.objects.bulk_create(
            Sjabloonregel(
                bestuur_id=sjabloon.bestuur_id,
                sjabloon=sjabloon,
                nummer=nummer,
                soort=regel.soort,
                doel=boven.get(nummer),
                tekst=" ".join(regel.tekst.split()),
                domein=regel.domein,
                uitvoerders=list(regel.uitvoerders),
                partner=regel.partner.strip(),
                dagen=regel.dagen,
                anker=regel.anker,
            )
            for nummer, regel in enumerate(regels, start=1)
        )


def _check(gegevens: SjabloonGegevens) -> None:
    if not gegevens.regels:
        raise DomainError("Een sjabloon heeft minstens één doel of stap.")
    if len(gegevens.regels) > REGELS_MAX:
        raise DomainError(f"Een sjabloon telt hoogstens {REGELS_MAX} regels.")
    for nummer, regel in enumerate(gegevens.regels, start=1):
        if reden := _mist(regel):
            raise RegelGeweigerd(nummer, f"Regel {nummer}: {reden}")


def _mist(regel: RegelVanSjabloon) -> str:
    """Return what is wrong with one line, or nothing."""
    if not regel.tekst.strip():
        return "schrijf wat het is."
    if len(regel.tekst) > TEKST_MAX:
        return f"schrijf hoogstens {TEKST_MAX} tekens."
    if not regel.uitvoerders:
        return "zeg wie het doet."
    if Uitvoerder.PARTNER in regel.uitvoerders and not regel.partner.strip():
        return "zeg welke partner het doet."
    if regel.soort == SjabloonSoort.STAP and regel.dagen is None:
        return "zeg na hoeveel dagen."
    if regel.dagen is not None and not 0 <= regel.dagen <= DAGEN_MAX:
        return f"kies tussen 0 en {DAGEN_MAX} dagen."
    return ""


def _locked(sjabloon: Sjabloon) -> Sjabloon:
    # The application may only close a row, and locking the key asks no more than that.
    return Sjabloon.objects.select_for_update(of=("self",), no_key=True).get(pk=sjabloon.pk)


def _close(row: Sjabloon, at: datetime) -> None:
    row.gesloten_at = at
    row.save(update_fields=["gesloten_at"])


def _free_name(naam: str, by: Gebruiker) -> str:
    """Return a name that no template in use has, with a number behind it where needed."""
    taken = set(Sjabloon.objects.visible_to(by).in_use().values_list("naam", flat=True))
    base = naam[:70]
    names = [naam, *(f"{base} ({number})" for number in range(2, 100))]
    return next((name for name in names if name not in taken), uuid.uuid4().hex)
