"""Makes the demo: besturen, people, clients and their stories, through the ordinary commands."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db import transaction

from caseload.demo.logboek import CONTACTEN, GESPREKKEN
from caseload.demo.mensen import Ploeg, make_ploegen
from caseload.demo.personen import Persoon, invent_insz, invent_personen
from caseload.demo.plannen import PLANNEN
from caseload.demo.stemmen import Gesprek, moment
from caseload.demo.verhalen import VERHALEN, Verhaal
from clienten import commands as clienten
from clienten.enums import ToewijzingRol, VdabBegeleider
from clienten.models import Client
from kern.db.scope import scope
from kern.periods import last_day_of_months
from toegang.models import Gebruiker
from toegang.scope import in_bestuur
from trajecten import commands as trajecten
from trajecten.commands.follow_up import signals_later
from trajecten.commands.logvragen import ask_logvraag
from trajecten.commands.sjablonen import take_standaard
from trajecten.enums import AkkoordKanaal, Eindreden, EvaluatieWijze, StapSoort, Uitvoerder
from trajecten.models import Instrument, Logboekitem, Traject
from trajecten.queries import regels_voor
from trajecten.rules.termijn import RegelRij
from trajecten.signalen import refresh_signalen

BUREN_TELLEN = 8


@dataclass(frozen=True, slots=True)
class Plaats:
    """Everything a story needs of its bestuur."""

    ploeg: Ploeg
    vandaag: date
    regels: tuple[RegelRij, ...]
    instrumenten: dict[str, Instrument]

    def vaste_dag(self, dagen: int) -> date:
        """Return the day so many days from today."""
        return self.vandaag + timedelta(days=dagen)


def make_demo(*, today: date) -> list[Ploeg]:
    """Fill an empty database; return the teams, Herent first."""
    with transaction.atomic():
        ploegen = make_ploegen()
        for index, ploeg in enumerate(ploegen):
            verhalen = VERHALEN if index == 0 else VERHALEN[index : index + BUREN_TELLEN]
            _fill(ploeg, verhalen, today=today, seed=index)
    return ploegen


def _fill(ploeg: Ploeg, verhalen: tuple[Verhaal, ...], *, today: date, seed: int) -> None:
    bestuur = ploeg.bestuur
    personen = invent_personen(
        gemeente=bestuur.gemeente,
        postcode=bestuur.postcode,
        prefix=f"{bestuur.gemeente[:2].upper()}-{today.year}",
        seed=seed,
    )
    chance = random.Random(seed)  # noqa: S311 - invented people, not secrets
    with in_bestuur(bestuur.pk):
        plaats = Plaats(
            ploeg=ploeg,
            vandaag=today,
            regels=regels_voor(bestuur.pk),
            instrumenten={row.code: row for row in Instrument.objects.select_related("opvolger")},
        )
        if (beheer := ploeg.mensen.get("beheer1")) is not None:
            with acting(beheer, plaats):
                take_standaard(by=beheer, at=moment(today))
        pairs = zip(islice(personen, len(verhalen)), verhalen, strict=True)
        with signals_later():
            for number, (persoon, verhaal) in enumerate(pairs):
                _tell(plaats, persoon, verhaal, number, chance)
        refresh_signalen(bestuur.pk, on=today)


def _tell(
    plaats: Plaats, persoon: Persoon, verhaal: Verhaal, number: int, chance: random.Random
) -> None:
    today = plaats.vandaag
    start = verhaal.start_on(today)
    earlier = verhaal.bekend_dagen or (40 if start else 25)
    known_since = min(start or today, today) - timedelta(days=earlier)
    werkers = [m for m in plaats.ploeg.mensen.values() if _follows(m)]
    by = werkers[number % len(werkers)]
    vast = dict(verhaal.persoon)
    with acting(by, plaats):
        client = clienten.register_client(
            bestuur=plaats.ploeg.bestuur,
            gegevens={**persoon.gegevens, **vast},
            insz=invent_insz(vast["geboortedatum"], 950) if vast else persoon.insz,
            by=by,
            at=moment(known_since),
        )
        _around(client, verhaal, by=by, since=known_since, plaats=plaats)
        traject = _traject(client, verhaal, start, by=by, plaats=plaats) if start else None
        _contacts(client, traject, verhaal, by=by, today=today, chance=chance)
        if verhaal.gpmi_dagen is not None:
            _gpmi(client, verhaal, by=by, today=today)
    if verhaal.plan:
        PLANNEN[verhaal.plan](Gesprek(client, by, today, traject))
    if verhaal.vraag:
        _ask(client, verhaal.vraag, plaats)
    if verhaal.is_afgeschermd:
        lead = next(iter(m for m in plaats.ploeg.mensen.values() if m not in werkers), by)
        with acting(lead, plaats):
            clienten.restrict_client(
                client=client, gemachtigden=[by, lead], by=lead, at=moment(today)
            )


def _ask(client: Client, vraag: str, plaats: Plaats) -> None:
    """Let the lead ask the author something about the latest entry."""
    item = Logboekitem.objects.filter(client=client).order_by("-moment", "-pk").first()
    lead = plaats.ploeg.mensen.get("chef1")
    if item is None or lead is None:
        return
    with acting(lead, plaats):
        ask_logvraag(item=item, vraag=vraag, by=lead, at=moment(plaats.vaste_dag(-3)))


def _around(
    client: Client, verhaal: Verhaal, *, by: Gebruiker, since: date, plaats: Plaats
) -> None:
    at = moment(since)
    if verhaal.statuut is not None:
        statuut = clienten.add_statuut(
            client=client,
            soort=verhaal.statuut,
            van=since,
            categorie=verhaal.categorie if "leefloon" in verhaal.statuut else None,
            beslist_op=since,
            by=by,
            at=at,
        )
        if verhaal.statuut_eindigde is not None:
            ended = plaats.vandaag - timedelta(days=verhaal.statuut_eindigde)
            clienten.close_statuut(statuut=statuut, tot=ended, by=by, at=moment(ended))
    if verhaal.heeft_spilfiguur:
        rol = (
            ToewijzingRol.TRAJECTBEGELEIDER
            if by.gebruikersnaam.startswith("tb")
            else ToewijzingRol.MAATSCHAPPELIJK_WERKER
        )
        clienten.assign(
            client=client, gebruiker=by, rol=rol, van=since, is_spilfiguur=True, by=by, at=at
        )
    if verhaal.vdab:
        registered = min(since + timedelta(days=30), plaats.vandaag)
        clienten.record_vdab(
            client=client,
            van=registered,
            begeleider=VdabBegeleider.OCMW,
            by=by,
            at=moment(registered),
        )


def _traject(
    client: Client, verhaal: Verhaal, start: date, *, by: Gebruiker, plaats: Plaats
) -> Traject:
    today = plaats.vandaag
    gegevens = trajecten.TrajectGegevens(
        begindatum=start,
        beslist_op=start - timedelta(days=12),
        is_nec_haalbaar=True if verhaal.instrument == "twe" else None,
        uren_per_week=verhaal.uren_per_week,
        pwa_overeenkomst_op=date(2016, 5, 2) if verhaal.is_transitie else None,
        laatste_prestatie_op=today - timedelta(days=9) if verhaal.is_transitie else None,
        tewerkstelling_begindatum=(
            min(start + timedelta(days=45), today) if verhaal.instrument == "twe" else None
        ),
    )
    traject = trajecten.start_traject(
        client=client,
        instrument=plaats.instrumenten[verhaal.instrument],
        gegevens=gegevens,
        by=by,
        at=moment(today),
        regels=plaats.regels,
    )
    if verhaal.schorsing is not None:
        begin, length, reden = verhaal.schorsing
        van = today - timedelta(days=begin)
        tot = van + timedelta(days=length) if length is not None else None
        trajecten.add_schorsing(
            traject=traject, van=van, tot=tot, reden=reden, by=by, at=moment(van)
        )
    if verhaal.is_bijgestuurd:
        _evaluated(traject, by=by, today=today)
    _next(traject, verhaal, by=by, today=today)
    return traject


def _evaluated(traject: Traject, *, by: Gebruiker, today: date) -> None:
    """Hold an evaluation some weeks ago, or on the first day of a younger traject."""
    day = max(traject.begindatum, today - timedelta(days=35))
    trajecten.register_evaluatie(
        traject=traject,
        gegevens=trajecten.EvaluatieGegevens(
            gehouden_op=day, wijze=EvaluatieWijze.KANTOOR, verslag="Trajectplan overlopen."
        ),
        by=by,
        at=moment(day),
    )


def _next(traject: Traject, verhaal: Verhaal, *, by: Gebruiker, today: date) -> None:
    stap = _stap(verhaal, today)
    if verhaal.is_beeindigd:
        einde = today + timedelta(days=verhaal.nog_dagen)
        geen = trajecten.StapGegevens(
            soort=StapSoort.GEEN,
            tekst="Werkt voltijds, geen vervolg nodig",
            uitvoerder=Uitvoerder.CLIENT,
            tegen=today,
            kanaal=AkkoordKanaal.TELEFOON,
        )
        gegevens = trajecten.EindGegevens(
            einddatum=einde,
            eindreden=Eindreden.OPLEIDING if stap else Eindreden.WERK_NEC,
            stap=stap or geen,
        )
        trajecten.end_traject(traject=traject, gegevens=gegevens, by=by, at=moment(today))
        return
    if stap is not None:
        # A late step was agreed before its day passed.
        agreed = min(today, stap.tegen - timedelta(days=20))
        trajecten.agree_stap(traject=traject, gegevens=stap, by=by, at=moment(agreed))
    if verhaal.verlenging:
        limit = last_day_of_months(traject.begindatum, verhaal.maanden)
        trajecten.request_verlenging(
            traject=traject,
            tot=limit + timedelta(days=42),
            reden=verhaal.verlenging,
            by=by,
            at=moment(today - timedelta(days=2)),
        )


def _stap(verhaal: Verhaal, today: date) -> trajecten.StapGegevens | None:
    if verhaal.stap is None:
        return None
    return trajecten.StapGegevens(
        soort=verhaal.stap.soort,
        tekst=verhaal.stap.tekst,
        uitvoerder=verhaal.stap.uitvoerder,
        kanaal=AkkoordKanaal.BUREAU,
        tegen=today + timedelta(days=verhaal.stap.over_dagen),
    )


def _contacts(
    client: Client,
    traject: Traject | None,
    verhaal: Verhaal,
    *,
    by: Gebruiker,
    today: date,
    chance: random.Random,
) -> None:
    for number in range(verhaal.contacten):
        day = today - timedelta(days=6 + number * 23 + chance.randrange(9))
        # The latest entry is a contact; an attest in the post is none.
        soort, tekst = chance.choice(GESPREKKEN if number else CONTACTEN)
        trajecten.note_contact(
            client=client,
            soort=soort,
            moment=moment(day, hour=9 + chance.randrange(7)),
            tekst=tekst,
            traject=traject if traject and day >= traject.begindatum else None,
            by=by,
            at=moment(day, hour=17),
        )


def _gpmi(client: Client, verhaal: Verhaal, *, by: Gebruiker, today: date) -> None:
    decided = today - timedelta(days=verhaal.gpmi_dagen or 0)
    signed = decided + timedelta(days=30) if verhaal.gpmi_getekend else None
    gpmi = trajecten.register_gpmi(
        client=client,
        beslist_op=decided,
        ontwerp_op=decided + timedelta(days=14) if signed else None,
        ondertekend_op=signed,
        by=by,
        at=moment(signed or decided),
    )
    for number, days in enumerate(verhaal.evaluatie_dagen):
        day = today - timedelta(days=days)
        trajecten.register_evaluatie(
            gpmi=gpmi,
            gegevens=trajecten.EvaluatieGegevens(
                gehouden_op=day,
                wijze=EvaluatieWijze.KANTOOR if number % 2 == 0 else EvaluatieWijze.TELEFOON,
                verslag="Doelen overlopen, afspraken bevestigd.",
            ),
            by=by,
            at=moment(day),
        )


@contextmanager
def acting(by: Gebruiker, plaats: Plaats) -> Iterator[None]:
    """Let this person act within the bestuur."""
    with scope(bestuur_id=plaats.ploeg.bestuur.pk, actor_id=by.pk):
        yield


def _follows(gebruiker: Gebruiker) -> bool:
    name = gebruiker.gebruikersnaam
    return name.startswith(("mw", "tb")) or name in {"kortenberg1", "bertem1"}
