"""What the archive and the pages of a report or bundle show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.pieces import Cell, Fact, Head, TableRow
from kern.words import day_of
from rapporten.enums import IN_DE_MAAK, VerslagStatus
from rapporten.inhoud import in_vieren
from rapporten.models import Bundel, Verslag
from rapporten.models.verslag import VerslagQuerySet
from toegang.models import Gebruiker
from trajecten.models import Instrument, Traject

LEVELS = {
    VerslagStatus.AANGEVRAAGD: "petrol",
    VerslagStatus.BEZIG: "petrol",
    VerslagStatus.KLAAR: "orde",
    VerslagStatus.MISLUKT: "nu",
    VerslagStatus.GESTOPT: "rest",
}
HEADS = (
    Head("Cliënt"),
    Head("Instrument"),
    Head("Periode"),
    Head("Stand"),
    Head("Gevraagd"),
    Head("Bestand"),
)


@dataclass(frozen=True, slots=True)
class Voortgang:
    """How far a bundle is."""

    total: int
    done: int
    ready: int
    failed: int
    left: str


def gefilterd(user: Gebruiker, keuze: Mapping[str, str | date]) -> VerslagQuerySet:
    """Return the reports the user may see, narrowed by the filters, newest first."""
    found = Verslag.objects.visible_to(user)
    if tekst := str(keuze.get("client", "")).strip():
        clienten = Client.objects.visible_to(user)
        found = found.filter(
            Q(client__in=clienten.named_like(tekst).values("pk"))
            | Q(client__dossiernummer__iexact=tekst)
        )
    exact = {"instrument": "traject__instrument__code", "status": "status"}
    found = found.filter(**{field: keuze[name] for name, field in exact.items() if name in keuze})
    if door := keuze.get("door"):
        found = found.filter(aangevraagd_door__gebruikersnaam=door)
    if van := keuze.get("van"):
        found = found.filter(periode_tot__gte=van)
    if tot := keuze.get("tot"):
        found = found.filter(periode_van__lte=tot)
    return found.for_list()


def instrument_keuzes() -> list[tuple[str, str]]:
    """Return the instruments to filter on, in the order of the ladder."""
    return list(Instrument.objects.for_list().values_list("code", "naam"))


def medewerker_keuzes(user: Gebruiker) -> list[tuple[str, str]]:
    """Return the people to filter on, the user herself first."""
    people = Gebruiker.objects.visible_to(user).for_list()
    names = [(p.gebruikersnaam, p.naam) for p in people if p.pk != user.pk]
    return [(user.gebruikersnaam, f"Ik ({user.naam})"), *names]


def rijen(verslagen: Sequence[Verslag]) -> list[TableRow]:
    """Return the rows of the list."""
    return [_rij(verslag) for verslag in verslagen]


def _rij(verslag: Verslag) -> TableRow:
    is_ready = verslag.status == VerslagStatus.KLAAR
    download: object = "–"
    if is_ready:
        download = format_html(
            '<a href="{}" download>Pdf<span class="visually-hidden"> van {}</span></a>',
            reverse("rapporten:download", args=[verslag.pk]),
            verslag.client.naam,
        )
    return TableRow(
        name=verslag.client.naam,
        note=verslag.nummer,
        url=reverse("rapporten:verslag", args=[verslag.pk]),
        cells=(
            Cell(verslag.traject.instrument.naam),
            Cell(periode(verslag.periode_van, verslag.periode_tot)),
            Cell(verslag.get_status_display(), level=LEVELS[VerslagStatus(verslag.status)]),
            Cell(format_short(day_of(verslag.aangevraagd_at)), note=verslag.aangevraagd_door.naam),
            Cell(download, note=grootte(verslag.bytes) if is_ready else ""),
        ),
    )


def periode(van: date, tot: date) -> str:
    """Return a period as it is written in a list."""
    return f"{format_short(van)} t.e.m. {format_short(tot)}"


def grootte(aantal: int) -> str:
    """Return a size in kB or MB."""
    kilo = max(1, round(aantal / 1000))
    return f"{kilo} kB" if kilo < 1000 else f"{kilo / 1000:.1f} MB".replace(".", ",")


def feiten(verslag: Verslag) -> list[Fact]:
    """Return what is known of a report."""
    found = [
        Fact("Instrument", verslag.traject.instrument.naam),
        Fact("Periode", periode(verslag.periode_van, verslag.periode_tot)),
        Fact(
            "Gevraagd door",
            verslag.aangevraagd_door.naam,
            note=f"op {format_short(day_of(verslag.aangevraagd_at))}",
        ),
    ]
    if verslag.status == VerslagStatus.KLAAR and verslag.gegevens_at:
        moment = f"{format_short(day_of(verslag.gegevens_at))}"
        found += [
            Fact("Gegevens van", moment),
            Fact("Kenmerk van de inhoud", in_vieren(verslag.inhoud_sha256)),
            Fact(
                "Controlegetal van het bestand",
                in_vieren(verslag.sha256),
                note=grootte(verslag.bytes),
            ),
        ]
    return found


def voortgang(bundel: Bundel, *, now: datetime) -> Voortgang:
    """Count how far a bundle is, and guess how long it still takes."""
    count = bundel.verslagen.aggregate(
        total=Count("pk"),
        waiting=Count("pk", filter=Q(status__in=IN_DE_MAAK)),
        ready=Count("pk", filter=Q(status=VerslagStatus.KLAAR)),
        failed=Count("pk", filter=Q(status=VerslagStatus.MISLUKT)),
    )
    done = count["total"] - count["waiting"]
    return Voortgang(
        total=count["total"],
        done=done,
        ready=count["ready"],
        failed=count["failed"],
        left=_left(now - bundel.aangevraagd_at, done=done, waiting=count["waiting"]),
    )


def _left(spent: timedelta, *, done: int, waiting: int) -> str:
    if not done or not waiting:
        return ""
    seconds = spent.total_seconds() / done * waiting
    if seconds < 60:
        return "nog minder dan een minuut"
    minutes = round(seconds / 60)
    return "nog ongeveer 1 minuut" if minutes == 1 else f"nog ongeveer {minutes} minuten"


def niet_gelukt(bundel: Bundel) -> list[Verslag]:
    """Return the reports of a bundle that failed, with their client, by name."""
    failed = bundel.verslagen.filter(status=VerslagStatus.MISLUKT).select_related("client")
    return list(failed.order_by("client__zoeknaam", "pk"))


def eigen_lopende(user: Gebruiker, *, on: date) -> list[int]:
    """Return the running trajecten of the clients the user follows."""
    clienten = Client.objects.visible_to(user).followed_by(user, on=on)
    lopend = Traject.objects.visible_to(user).open_on(on).filter(client__in=clienten)
    return list(lopend.order_by("client__zoeknaam", "pk").values_list("pk", flat=True))


def selectie(user: Gebruiker, keys: Sequence[int]) -> list[Traject]:
    """Return the trajecten of a selection that the user may see, by name of the client."""
    found = Traject.objects.visible_to(user).filter(pk__in=keys)
    return list(found.select_related("client", "instrument").order_by("client__zoeknaam", "pk"))
