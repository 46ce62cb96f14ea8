"""What a report says, and what the archive shows."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.db.models.functions import Left, Length
from django.utils import timezone

from clienten.models import Insznummer, Statuut, Toewijzing
from clienten.rules.insz import mask_insz
from kern.periods import ONE_DAY
from rapporten.inhoud import (
    Evaluatiemoment,
    Notitie,
    Pauze,
    Persoon,
    Stap,
    Trajectgegevens,
    Uitstel,
    VerslagInhoud,
)
from rapporten.models import Verslag
from rapporten.rules.tekst import MAX_NOTITIES, MAX_PER_NOTITIE, kort_in, passend
from rapporten.tijdlijn import lanes_voor
from trajecten.enums import IN_PERSOON, LEVENDE_STAND, Uitvoerder, VerlengingStatus
from trajecten.models import (
    Evaluatie,
    Gpmi,
    Logboekitem,
    Schorsing,
    Traject,
    Verlenging,
)
from trajecten.queries import feiten_uit, regels_voor
from trajecten.rules.feiten import TrajectFeiten
from trajecten.rules.klokken import klok_for
from trajecten.rules.termijn import RegelOntbreekt, Soort, Termijn

GEEN_KLOK = "De uiterste dag kon niet berekend worden: {reden} Vraag na bij uw beheerder."


def inhoud_van(verslag: Verslag, *, at: datetime) -> VerslagInhoud:
    """Gather everything a report says; the scope of its bestuur stands open."""
    traject = Traject.objects.select_related("client", "instrument", "bestuur").get(
        pk=verslag.traject_id
    )
    return inhoud_voor(
        traject,
        van=verslag.periode_van,
        tot=verslag.periode_tot,
        opsteller=verslag.aangevraagd_door.naam,
        at=at,
    )


def inhoud_voor(
    traject: Traject, *, van: date, tot: date, opsteller: str, at: datetime
) -> VerslagInhoud:
    """Gather everything a report about these days says."""
    today = timezone.localdate(at)
    schorsingen = list(Schorsing.objects.filter(traject=traject).order_by("van", "pk"))
    verlengingen = list(
        Verlenging.objects.filter(traject=traject)
        .select_related("beslist_door")
        .order_by("gevraagd_at", "pk")
    )
    evaluaties = list(
        Evaluatie.objects.filter(client=traject.client_id)
        .filter(Q(traject=traject) | Q(traject__isnull=True))
        .select_related("door")
        .order_by("gehouden_op", "pk")
    )
    feiten = feiten_uit(
        traject,
        schorsingen=schorsingen,
        verlengingen=[v for v in verlengingen if v.status == VerlengingStatus.GOEDGEKEURD],
        evaluaties=[e for e in evaluaties if e.traject_id == traject.pk],
    )
    klokken, geen_limiet = _klokken(traject, feiten, today)
    limiet = klokken[0] if klokken else None
    statuten = list(Statuut.objects.filter(client=traject.client_id).order_by("van", "pk"))
    notities, weggelaten = _notities(traject, van, tot)
    return VerslagInhoud(
        bestuur=traject.bestuur.naam,
        gemeente=traject.bestuur.gemeente,
        persoon=_persoon(traject, statuten, today),
        traject=_gegevens(traject),
        begeleider=_begeleider(traject, today) or opsteller,
        van=van,
        tot=tot,
        limiet=limiet,
        geen_limiet=geen_limiet,
        andere_klokken=tuple(klokken[1:]),
        pauzes=tuple(_pauzes(schorsingen)),
        uitstellen=tuple(_uitstellen(verlengingen)),
        lanes=lanes_voor(
            traject,
            andere=_andere_trajecten(traject),
            statuten=statuten,
            gpmi=Gpmi.objects.filter(client=traject.client_id).order_by("beslist_op", "pk"),
            schorsingen=schorsingen,
            evaluaties=evaluaties,
            limiet=None if limiet is None else limiet.uiterste_dag,
        ),
        notities=tuple(notities),
        weggelaten=weggelaten,
        evaluaties=tuple(_evaluaties(evaluaties, traject, van, tot)),
        stappen=tuple(_stappen(traject, van, tot)),
        gegevens_at=at,
    )


def _klokken(traject: Traject, feiten: TrajectFeiten, today: date) -> tuple[Sequence[Termijn], str]:
    """Return the clocks, or why there are none; a passed minimum needs no follow-up any more."""
    try:
        klok = klok_for(traject.instrument.klok)
        klokken = klok(feiten, regels_voor(traject.bestuur_id), op=today)
    except RegelOntbreekt as ontbreekt:
        return (), GEEN_KLOK.format(reden=ontbreekt)
    rest = [
        item
        for item in klokken[1:]
        if item.uiterste_dag is not None
        and traject.einddatum is None
        and not (item.soort is Soort.VROEGSTE and item.uiterste_dag < today)
    ]
    return (*klokken[:1], *rest), ""


def _persoon(traject: Traject, statuten: Sequence[Statuut], today: date) -> Persoon:
    client = traject.client
    nummer = Insznummer.objects.filter(client=client, tot__isnull=True).first()
    nu = next((s for s in statuten if s.van <= today and (s.tot is None or s.tot >= today)), None)
    return Persoon(
        naam=client.naam,
        geboortedatum=client.geboortedatum,
        dossiernummer=client.dossiernummer,
        insz=mask_insz(nummer.reveal()) if nummer else "",
        statuut=str(nu) if nu else "",
        statuut_sinds=nu.van if nu else None,
    )


def _gegevens(traject: Traject) -> Trajectgegevens:
    return Trajectgegevens(
        instrument=traject.instrument.naam,
        rechtsgrond=traject.instrument.rechtsgrond,
        begindatum=traject.begindatum,
        beslist_op=traject.beslist_op,
        gepland_einde=traject.geplande_einddatum,
        einddatum=traject.einddatum,
        eindreden=traject.get_eindreden_display() if traject.eindreden else "",
        haalbaar=traject.is_nec_haalbaar,
    )


def _begeleider(traject: Traject, today: date) -> str:
    vast = (
        Toewijzing.objects.active_on(today)
        .filter(client=traject.client_id, is_spilfiguur=True)
        .select_related("gebruiker")
        .first()
    )
    return vast.gebruiker.naam if vast else ""


def _andere_trajecten(traject: Traject) -> QuerySet[Traject]:
    return (
        Traject.objects.filter(client=traject.client_id)
        .exclude(pk=traject.pk)
        .select_related("instrument")
        .order_by("begindatum", "pk")
    )


def _pauzes(schorsingen: Iterable[Schorsing]) -> Iterable[Pauze]:
    for item in schorsingen:
        toelichting = kort_in(item.toelichting, hoogstens=400).tekst
        yield Pauze(item.van, item.tot, item.get_reden_display(), toelichting)


def _uitstellen(verlengingen: Iterable[Verlenging]) -> Iterable[Uitstel]:
    for item in verlengingen:
        yield Uitstel(
            tot=item.tot,
            status=item.get_status_display(),
            reden=kort_in(item.reden, hoogstens=600).tekst,
            gevraagd_op=timezone.localdate(item.gevraagd_at),
            beslist_op=timezone.localdate(item.beslist_at) if item.beslist_at else None,
            beslist_door=item.beslist_door.naam if item.beslist_door else "",
            motivering=kort_in(item.beslissing_reden, hoogstens=600).tekst,
        )


def _evaluaties(
    rijen: Iterable[Evaluatie], traject: Traject, van: date, tot: date
) -> Iterable[Evaluatiemoment]:
    for item in rijen:
        yield Evaluatiemoment(
            dag=item.gehouden_op,
            waarvan="traject" if item.traject_id == traject.pk else "GPMI",
            wijze=item.get_wijze_display(),
            is_in_persoon=item.wijze in IN_PERSOON,
            haalbaar=item.is_nec_haalbaar,
            tekst=kort_in(item.verslag, hoogstens=2_000).tekst,
            door=item.door.naam,
            in_periode=van <= item.gehouden_op <= tot,
        )


def _stappen(traject: Traject, van: date, tot: date) -> Iterable[Stap]:
    """Yield what is still to be done, and what was done or dropped in the period."""
    # A proposal is nothing to report yet: what was agreed stands here, also after it was closed.
    rijen = traject.stappen.next_steps().filter(
        Q(status__in=LEVENDE_STAND, afgesproken_op__isnull=False)
        | Q(afgesloten_op__gte=van, afgesloten_op__lte=tot)
    )
    for item in rijen.select_related("gebruiker", "client").order_by("tegen", "pk"):
        is_van_client = item.uitvoerders == [Uitvoerder.CLIENT]
        naam = item.client.voornaam or item.client.familienaam
        medewerker = item.gebruiker.naam if item.gebruiker else ""
        yield Stap(
            tekst=item.tekst,
            soort=item.get_vervolg_display(),
            wie=naam if is_van_client else medewerker or item.wie,
            is_van_client=is_van_client,
            tegen=item.geldt_tegen,
            status=item.get_status_display(),
            afgesproken_op=item.afgesproken_op,
            afgesloten_op=item.afgesloten_op,
        )


def _notities(traject: Traject, van: date, tot: date) -> tuple[list[Notitie], int]:
    """Return the log of the period, oldest first, and how many older entries were left out.

    Entries about another traject of the client stay out. Only the first part of a text leaves
    the database, so that one enormous note takes no memory.
    """
    zone = timezone.get_current_timezone()
    begin, end = (datetime.combine(day, time.min, zone) for day in (van, tot + ONE_DAY))
    alle = Logboekitem.objects.filter(
        Q(traject=traject) | Q(traject__isnull=True),
        client=traject.client_id,
        moment__gte=begin,
        moment__lt=end,
    )
    rijen = list(
        alle.select_related("auteur")
        .defer("tekst")
        .annotate(kop=Left("tekst", MAX_PER_NOTITIE + 1), lengte=Length("tekst"))
        .order_by("-moment", "-pk")[: MAX_NOTITIES + 1]
    )
    lengtes = (min(row.lengte, MAX_PER_NOTITIE) for row in rijen)  # type: ignore[attr-defined]
    getoond = passend(rijen, lengtes)
    weggelaten = 0 if len(getoond) == len(rijen) else alle.count() - len(getoond)
    notities = [_notitie(row, row.kop) for row in reversed(getoond)]  # type: ignore[attr-defined]
    return notities, weggelaten


def _notitie(row: Logboekitem, kop: str) -> Notitie:
    ingekort = kort_in(kop)
    return Notitie(
        moment=timezone.localtime(row.moment),
        soort=row.get_soort_display(),
        auteur=row.auteur.naam,
        tekst=ingekort.tekst,
        is_ingekort=ingekort.is_ingekort,
    )
