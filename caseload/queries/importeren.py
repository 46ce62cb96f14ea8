"""What the pages of an import show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from caseload.enums import Gevolg, ImportStatus, RijStatus
from caseload.imports.inhoud import Kolomvoorbeeld, aanvaard_of, geweigerd_of
from caseload.models import Import, Importrij
from caseload.rules.inlezen.lezen import is_eigen_kop
from caseload.rules.inlezen.rijen import Geweigerd
from caseload.rules.inlezen.velden import Veld
from clienten.models import Client
from clienten.rules.insz import LENGTH, mask_insz
from toegang.models import Gebruiker

FIRST = 25


@dataclass(frozen=True, slots=True)
class Kolomregel:
    """A column on the page where columns are chosen."""

    kop: str
    cellen: Sequence[str]
    naam: str
    is_gelezen: bool


@dataclass(frozen=True, slots=True)
class Rijregel:
    """A row of the list as a page shows it."""

    nummer: int
    naam: str
    dossiernummer: str
    instrument: str
    start: date | None
    uiterste_dag: date | None
    gevolg: str
    redenen: Sequence[str]
    opmerkingen: Sequence[str]
    client_pk: int | None


def kolomregels(kolommen: Sequence[Kolomvoorbeeld], keuze: dict[str, str]) -> list[Kolomregel]:
    """Return the columns with their samples; national numbers are masked."""
    return [
        Kolomregel(
            kop=kolom.kop or f"Kolom {index + 1}",
            cellen=[_masked(cel, keuze.get(str(index), "")) for cel in kolom.cellen],
            naam=f"kolom_{index}",
            is_gelezen=bool(keuze.get(str(index))) or is_eigen_kop(kolom.kop),
        )
        for index, kolom in enumerate(kolommen)
    ]


def rows_of(lijst: Import, soort: str) -> QuerySet[Importrij]:
    """Return the rows of one kind: refused, with a remark, or with one consequence."""
    rows = Importrij.objects.filter(lijst=lijst).select_related("lijst").order_by("nummer")
    if soort == "geweigerd":
        return rows.filter(status=RijStatus.GEWEIGERD)
    if soort == "opmerking":
        return rows.with_remarks()
    if soort == "wacht":
        return rows.filter(status=RijStatus.AANVAARD)
    if soort in Gevolg.values:
        # Before the work begins every accepted row counts, afterwards those that are done.
        done = [RijStatus.TOEGEPAST, RijStatus.DUBBEL]
        return rows.filter(
            gevolg=soort, status__in=done if lijst.started_at else [RijStatus.AANVAARD]
        )
    if soort == "blijft":
        return rows.filter(status=RijStatus.TOEGEPAST).exclude(redenen=[])
    return rows.exclude(status=RijStatus.GEWEIGERD)


def regels_of(rows: Sequence[Importrij], by: Gebruiker, namen: dict[str, str]) -> list[Rijregel]:
    """Return rows for a page; a wiped row shows its number and verdict only."""
    pks = {row.client_id for row in rows if row.client_id is not None}
    known = dict(
        Client.objects.visible_to(by).filter(pk__in=pks).values_list("pk", "dossiernummer")
    )
    return [_regel(row, known, namen) for row in rows]


def refused_of(lijst: Import) -> list[Geweigerd]:
    """Return all refused rows with their cells, to be mended."""
    return [geweigerd_of(row) for row in rows_of(lijst, "geweigerd")]


def is_done(lijst: Import) -> bool:
    """Tell whether nothing more will happen to the list by itself."""
    return lijst.status not in (
        ImportStatus.GEKOPPELD,
        ImportStatus.BEZIG,
        ImportStatus.TERUGDRAAIEN,
    )


def _regel(row: Importrij, known: dict[int, str], namen: dict[str, str]) -> Rijregel:
    visible = row.client_id if row.client_id in known else None
    gelezen, naam, dossiernummer = None, "", ""
    if row.inhoud and row.status == RijStatus.GEWEIGERD:
        naam, dossiernummer = _as_written(row)
    elif row.inhoud:
        gelezen = aanvaard_of(row)
        naam = f"{gelezen.familienaam} {gelezen.voornaam}".strip()
        dossiernummer = gelezen.dossiernummer
    return Rijregel(
        nummer=row.nummer,
        naam=naam,
        dossiernummer=known.get(row.client_id or 0, dossiernummer),
        instrument=namen.get(gelezen.instrument, "") if gelezen else "",
        start=gelezen.startdatum if gelezen else None,
        uiterste_dag=row.uiterste_dag,
        gevolg=_gevolg(row, known),
        redenen=row.redenen,
        opmerkingen=row.opmerkingen,
        client_pk=visible,
    )


def _as_written(row: Importrij) -> tuple[str, str]:
    """Return the name and the file number of a refused row, as the list has them."""
    cellen = geweigerd_of(row).rij.cellen
    by_veld = {veld: int(index) for index, veld in row.lijst.koppeling.items()}

    def cel(veld: Veld) -> str:
        index = by_veld.get(veld.value, len(cellen))
        return cellen[index].strip()[:60] if index < len(cellen) else ""

    delen = (cel(Veld.VOLLEDIGE_NAAM), cel(Veld.FAMILIENAAM), cel(Veld.VOORNAAM))
    return " ".join(filter(None, delen)), cel(Veld.DOSSIERNUMMER)


def _gevolg(row: Importrij, known: dict[int, str]) -> str:
    if row.status == RijStatus.TERUGGEDRAAID:
        return "teruggedraaid"
    dossier = known.get(row.client_id or 0, "")
    bestaat = f"bestaat al: {dossier}" if dossier else "staat ook hoger in de lijst"
    if row.gevolg == Gevolg.NIEUW:
        return "nieuwe cliënt"
    if row.gevolg == Gevolg.TRAJECT:
        return f"{bestaat}, traject erbij"
    if row.gevolg == Gevolg.AANGEVULD:
        return f"{bestaat}, aangevuld"
    return f"{bestaat}, ongewijzigd"


def _masked(cel: str, veld: str) -> str:
    digits = "".join(letter for letter in cel if letter.isdigit())
    # Ten or eleven digits in a column nobody named yet: perhaps a number that lost its zero.
    looks_like_it = len(digits) in (LENGTH - 1, LENGTH) and veld != Veld.TELEFOON
    if veld == Veld.INSZ or looks_like_it:
        return mask_insz(digits.zfill(LENGTH)) if digits else "•••"
    return cel
