"""The page of one traject."""

from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern.belgian_dates import format_short
from kern.pieces import Act, Fact, StepCard
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.enums import PlanStatus, StapSoort, Stem, Uitvoerder
from trajecten.models import Logboekitem, Stap
from trajecten.overzicht import Trajectblad, onderbrekingen, spoor_van
from trajecten.queries.logboek import regels_of, with_answers
from trajecten.views.opening import client_url, open_blad

LOG_SHOWN = 20
VOICES = {
    Uitvoerder.CLIENT: "client",
    Uitvoerder.MEDEWERKER: "petrol",
    Uitvoerder.OCMW: "petrol",
    Uitvoerder.PARTNER: "rest",
}
LEVELS = {
    PlanStatus.VOORGESTELD: "binnenkort",
    PlanStatus.AFGESPROKEN: "petrol",
    PlanStatus.ONEENS: "binnenkort",
    PlanStatus.GEDAAN: "orde",
    PlanStatus.VERVALLEN: "rest",
}
WACHT_OP = {
    Stem.CLIENT: "Voorgesteld, wacht op de cliënt",
    Stem.OCMW: "De cliënt wacht op antwoord",
}


@require_safe
@requires(Permission.TRAJECT_VIEW)
def traject(request: UserRequest, pk: int) -> TemplateResponse:
    """Show the clocks with their sums, what happened, and what can be done."""
    blad = open_blad(request, pk, scherm="traject")
    row = blad.traject
    may_change = request.user.may(Permission.TRAJECT_CHANGE)
    logboek = with_answers(
        Logboekitem.objects.visible_to(request.user).filter(traject=row).for_list()
    )
    level, word = blad.stand
    context = {
        "blad": blad,
        "traject": row,
        "level": level,
        "word": word,
        "client_url": client_url(row.client_id),
        "facts": _facts(blad),
        "pauses": onderbrekingen(blad.schorsingen),
        "lanes": [spoor_van(blad)],
        "steps": [
            _step(stap, request, may_change=may_change)
            for stap in sorted(blad.stappen, key=lambda stap: stap not in blad.open_stappen)
        ],
        "plan_steps": [
            _step(stap, request, may_change=False) for stap in blad.planstappen if stap.is_open
        ],
        "acts": _acts(blad) if may_change else [],
        "more": [*_verslag(request, row.pk), *(_more(blad) if may_change else [])],
        "may_change": may_change,
        "may_decide": _may_decide(request, blad),
        "mag_redigeren": request.user.may(Permission.TEKST_REDACT),
        "logboek": regels_of(logboek[:LOG_SHOWN], request.user),
    }
    return TemplateResponse(request, "trajecten/traject.html", context)


def _facts(blad: Trajectblad) -> list[Fact]:
    row = blad.traject
    correct = Act("vul in", reverse("trajecten:correct", args=[row.pk]))

    def day(value: object) -> str:
        return format_short(value) if value else ""  # type: ignore[arg-type]

    facts = [Fact("Start", day(row.begindatum))]
    if row.einddatum:
        facts.append(Fact("Werkelijk einde", day(row.einddatum), note=row.get_eindreden_display()))
        if row.volgend_traject:
            facts.append(Fact("Volgend traject", str(row.volgend_traject)))
    else:
        facts.append(Fact("Gepland einde", day(row.geplande_einddatum), add=correct))
    facts.append(Fact("Beslist op", day(row.beslist_op), add=correct))
    haalbaar = {True: "ja", False: "nee", None: ""}[row.is_nec_haalbaar]
    facts.append(
        Fact("Regulier werk binnen twee jaar?", haalbaar, missing="nog niet ingeschat", add=correct)
    )
    if row.tewerkstelling_begindatum:
        facts.append(Fact("Start van artikel 60", day(row.tewerkstelling_begindatum)))
    if row.pwa_overeenkomst_op:
        facts.append(Fact("PWA-overeenkomst van", day(row.pwa_overeenkomst_op)))
        facts.append(Fact("Laatste prestatie", day(row.laatste_prestatie_op), add=correct))
    if row.uren_per_week is not None:
        uren = f"{row.uren_per_week:g}".replace(".", ",")
        facts.append(Fact("Uren per week", f"{uren} uur"))
    if row.instrument.rechtsgrond:
        facts.append(Fact("Rechtsgrond", row.instrument.rechtsgrond))
    return facts


def _step(stap: Stap, request: UserRequest, *, may_change: bool) -> StepCard:
    late = stap.is_late(timezone.localdate())
    acts: list[Act] = []
    if may_change and stap.is_open:
        done, drop = (
            reverse(f"trajecten:{name}", args=[stap.pk]) for name in ("finish_stap", "drop_stap")
        )
        acts = [Act("Gedaan", done, "vink", is_post=True), Act("Vervalt", drop)]
    geen = stap.vervolg == StapSoort.GEEN
    movers = [Uitvoerder(word) for word in stap.uitvoerders]
    return StepCard(
        voice="rest" if geen else VOICES[movers[0]],
        mover="Geen vervolg" if geen else stap.wie,
        text=stap.tekst,
        due=None if geen else stap.geldt_tegen,
        state="Te laat" if late else _state(stap),
        level="nu" if late else LEVELS[PlanStatus(stap.status)],
        acts=acts,
    )


def _state(stap: Stap) -> str:
    return WACHT_OP[Stem(stap.wacht_op)] if stap.wacht_op else stap.get_status_display()


def _acts(blad: Trajectblad) -> list[Act]:
    """Return the acts at the top; the first is what the traject needs most."""
    pk, client_pk = blad.traject.pk, blad.traject.client_id
    stap = Act("Spreek vervolgstap af", reverse("trajecten:add_stap", args=[pk]), "plus")
    contact_url = reverse("trajecten:add_logboekitem", args=[client_pk])
    contact = Act("Noteer contact", f"{contact_url}?traject={pk}", "telefoon", key="n")
    if blad.traject.einddatum is not None:
        return [contact]
    return [contact, stap] if blad.heeft_vervolg else [stap, contact]


def _more(blad: Trajectblad) -> list[Act]:
    pk = blad.traject.pk

    def link(label: str, name: str, icon: str) -> Act:
        return Act(label, reverse(f"trajecten:{name}", args=[pk]), icon)

    if blad.traject.einddatum is not None:
        return [
            link("Heropen het traject", "reopen", "ongedaan"),
            link("Verbeter de gegevens", "correct", "potlood"),
        ]
    plan = reverse(
        "trajecten:plan_afspraak", args=[blad.traject.client_id], query={"bij": f"t{pk}"}
    )
    acts = [
        Act("Maak een afspraak", plan, "kalender"),
        link("Schors het traject", "add_schorsing", "pauze"),
        link("Noteer evaluatie", "add_evaluatie", "verslag"),
        link("Verbeter de gegevens", "correct", "potlood"),
        link("Wat als?", "what_if", "herhaal"),
        link("Beëindig het traject", "end", "vlag"),
    ]
    if blad.gevraagd is None and blad.limiet.uiterste_dag is not None:
        acts.insert(2, link("Vraag een verlenging", "request_verlenging", "kalender"))
    return acts


def _verslag(request: UserRequest, pk: int) -> list[Act]:
    # The app of reports lies above this one: its screen is found by name, if it is there.
    if not request.user.may(Permission.VERSLAG_MAKE):
        return []
    try:
        return [Act("Maak een verslag", reverse("rapporten:maak_verslag", args=[pk]), "document")]
    except NoReverseMatch:
        return []


def _may_decide(request: UserRequest, blad: Trajectblad) -> bool:
    vraag = blad.gevraagd
    return (
        vraag is not None
        and vraag.gevraagd_door_id != request.user.pk
        and request.user.may(Permission.VERLENGING_DECIDE)
    )
