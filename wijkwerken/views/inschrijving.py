"""The page "Wijk-werken" of a client, and everything that can be done with her enrolment."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clienten.access import open_client
from clienten.dossierkop import head
from clienten.models import Client
from kern.errors import DomainError
from kern.pieces import Act
from toegang.access import requires
from toegang.http import UserRequest
from toegang.permissions import Permission
from trajecten.models import Instrument
from trajecten.overzicht import onderbrekingen
from trajecten.views.concepten import concept_for
from trajecten.views.opening import attempt, client_url, find_row, open_traject, versie_of
from wijkwerken.commands.inschrijvingen import (
    InschrijvingGegevens,
    change_inschrijving,
    change_toeleider,
    decide_halfway,
    enrol,
    start_wijkwerken,
    withdraw_inschrijving,
    withdraw_toeleider,
)
from wijkwerken.enums import Toeleider, Tussenkeuze
from wijkwerken.forms.inschrijving import (
    InschrijvingForm,
    StartForm,
    ToeleiderForm,
    TussenbesluitForm,
)
from wijkwerken.models import Inschrijving
from wijkwerken.queries.inschrijvingen import (
    Wijkwerkblad,
    inschrijvingen_van,
    organisatoren_op,
    startbaar_op,
    wijkwerkblad,
    zonder_inschrijving,
)
from wijkwerken.views.feiten import facts_of


@require_safe
@requires(Permission.WIJKWERK_VIEW)
def client(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show the clocks, the hours, who refers, what was decided, and what can be done."""
    row = open_client(request.user, client_pk, scherm="wijk-werken")
    on = timezone.localdate()
    rows = inschrijvingen_van(row)
    blad = wijkwerkblad(rows[0], on=on) if rows else None
    may = request.user.may(Permission.WIJKWERK_CHANGE)
    context = head(row, request.user, "wijkwerken:client", on=on) | {
        "blad": blad,
        "facts": facts_of(blad, may=may) if blad else [],
        "pauses": onderbrekingen(blad.schorsingen) if blad else [],
        "eerdere": rows[1:],
        "zonder": zonder_inschrijving(row),
        "acts": _acts(row, blad) if may else [],
        "mag_wijzigen": may,
        "meer": _more(blad) if may and blad else [],
    }
    return TemplateResponse(request, "wijkwerken/client.html", context)


def _acts(row: Client, blad: Wijkwerkblad | None) -> list[Act]:
    if blad is None or blad.traject.einddatum is not None:
        url = reverse("wijkwerken:start", args=[row.pk])
        return [Act("Start wijk-werken", url, "plus")]
    uren = Act("Noteer uren", reverse("wijkwerken:add_prestatie", args=[row.pk]), "klok", key="n")
    besluit = reverse("wijkwerken:tussenbesluit", args=[blad.inschrijving.pk])
    beslis = Act("Evalueer en beslis", besluit, "verslag")
    einde = reverse("trajecten:end", args=[blad.traject.pk])
    if blad.gaat_verder:
        return [Act("Beëindig met volgende stap", einde, "vlag"), uren]
    return [uren, beslis]


def _more(blad: Wijkwerkblad) -> list[Act]:
    def link(label: str, name: str, icon: str) -> Act:
        return Act(label, reverse(f"wijkwerken:{name}", args=[blad.inschrijving.pk]), icon)

    change = link("Wijzig de inschrijving", "change_inschrijving", "potlood")
    if blad.traject.einddatum is not None:
        return [change]
    einde = reverse("trajecten:end", args=[blad.traject.pk])
    return [
        change,
        link("Wissel wie toeleidt", "change_toeleider", "wissel"),
        link("Noteer interimdagen", "add_interim", "kalender"),
        Act("Open het traject", reverse("trajecten:traject", args=[blad.traject.pk]), "trajecten"),
        Act("Beëindig het wijk-werken", einde, "vlag"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_CHANGE)
def start(request: UserRequest, client_pk: int) -> HttpResponse:
    """Start the traject and enrol, in one form."""
    row = open_client(request.user, client_pk, scherm="wijk-werken starten")
    on = timezone.localdate()
    organisatoren = organisatoren_op(request.user, on=on)
    concept = concept_for(request, row, sleutel="wijkwerken-start", titel="Start wijk-werken")
    form = StartForm(
        request.POST or None,
        initial=_eerste(organisatoren) | {"begindatum": on} | concept.initial,
        organisatoren=organisatoren,
        instrumenten=startbaar_op(on),
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: start_wijkwerken(
                client=row,
                traject=form.traject(),
                gegevens=form.gegevens(),
                verwijzing=form.verwijzing(),
                by=request.user,
                at=timezone.now(),
                instrument=_instrument(form),
                reden=form.cleaned_data["reden"],
            ),
        )
        if done is not None:
            messages.success(request, f"{row.voornaam or row.naam} is ingeschreven.")
            return redirect("wijkwerken:client", client_pk=row.pk)
    titel, bewaar = "Start wijk-werken", "Start en schrijf in"
    return _form(request, row, form, titel, bewaar, organisatoren=organisatoren, concept=concept)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_CHANGE)
def enrol_traject(request: UserRequest, pk: int) -> HttpResponse:
    """Enrol on a traject that already runs."""
    traject = open_traject(request, pk, scherm="wijk-werken inschrijven")
    organisatoren = organisatoren_op(request.user, on=timezone.localdate())
    form = InschrijvingForm(
        request.POST or None,
        initial=_eerste(organisatoren) | versie_of(traject.client),
        organisatoren=organisatoren,
        is_nieuw=True,
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: enrol(
                traject=traject,
                gegevens=form.gegevens(),
                verwijzing=form.verwijzing(),
                by=request.user,
                at=timezone.now(),
                versie=form.cleaned_data["versie"],
            ),
        )
        if done is not None:
            undo = reverse("wijkwerken:withdraw_inschrijving", args=[done.pk])
            return _done(request, done, "De inschrijving is bewaard.", undo)
    return _form(
        request,
        traject.client,
        form,
        "Schrijf in voor wijk-werken",
        "Bewaar de inschrijving",
        organisatoren=organisatoren,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_CHANGE)
def change(request: UserRequest, pk: int) -> HttpResponse:
    """Change the organiser, the agreements, the contract or the permission."""
    row = open_inschrijving(request, pk)
    on = timezone.localdate()
    organisatoren = organisatoren_op(request.user, on=on, ook=row.organisator_id)
    known = InschrijvingGegevens.of(row).as_columns()
    form = InschrijvingForm(
        request.POST or None,
        initial={**known, **versie_of(row.traject.client)},
        organisatoren=organisatoren,
        is_nieuw=False,
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: change_inschrijving(
                inschrijving=row,
                gegevens=form.gegevens(),
                by=request.user,
                at=timezone.now(),
                versie=form.cleaned_data["versie"],
            ),
        )
        if done is not None:
            return _done(request, row, "Bewaard.")
    return _form(request, row.traject.client, form, "Wijzig de inschrijving", "Bewaar")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_CHANGE)
def toeleider(request: UserRequest, pk: int) -> HttpResponse:
    """Note that somebody else refers from a day on."""
    row = open_inschrijving(request, pk)
    nu = row.toeleidingen.filter(tot__isnull=True).first()
    ander = next((word for word in Toeleider if nu is None or word != nu.toeleider), None)
    form = ToeleiderForm(
        request.POST or None,
        initial={"toeleider": ander, "van": timezone.localdate(), **versie_of(row.traject.client)},
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: change_toeleider(
                inschrijving=row,
                toeleider=Toeleider(form.cleaned_data["toeleider"]),
                van=form.cleaned_data["van"],
                by=request.user,
                at=timezone.now(),
                versie=form.cleaned_data["versie"],
            ),
        )
        if done is not None:
            undo = reverse("wijkwerken:withdraw_toeleider", args=[pk])
            return _done(request, row, f"{done.get_toeleider_display()} leidt nu toe.", undo)
    return _form(request, row.traject.client, form, "Wissel wie toeleidt", "Bewaar de wissel")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WIJKWERK_CHANGE)
def tussenbesluit(request: UserRequest, pk: int) -> HttpResponse:
    """Hold the review halfway, and decide: on, or to the next step."""
    row = open_inschrijving(request, pk)
    wie = row.traject.client
    concept = concept_for(request, wie, sleutel=f"tussenbesluit-{pk}", titel="Evalueer en beslis")
    initial = {"gehouden_op": timezone.localdate(), **versie_of(wie)}
    form = TussenbesluitForm(request.POST or None, initial=initial | concept.initial)
    if request.method == "POST" and form.is_valid():
        keuze = Tussenkeuze(form.cleaned_data["keuze"])
        done = attempt(
            form,
            lambda: decide_halfway(
                inschrijving=row,
                evaluatie=form.gegevens(),
                keuze=keuze,
                by=request.user,
                at=timezone.now(),
                versie=form.cleaned_data["versie"],
            ),
        )
        if done is not None:
            undo = reverse("trajecten:remove_evaluatie", args=[done.evaluatie_id])
            if keuze is Tussenkeuze.VERDER:
                return _done(request, row, "Bewaard: verder met wijk-werken.", undo)
            said = "Bewaard. Spreek nu de volgende stap af."
            messages.success(request, said, extra_tags=f"ongedaan={undo}")
            return redirect("trajecten:add_stap", pk=row.traject_id)
    titel, bewaar = "Evalueer en beslis", "Bewaar het besluit"
    return _form(request, wie, form, titel, bewaar, concept=concept, rij=row)


@require_POST
@requires(Permission.WIJKWERK_CHANGE)
def undo_toeleider(request: UserRequest, pk: int) -> HttpResponse:
    """Take back the last change of who refers."""
    row = open_inschrijving(request, pk)
    try:
        withdraw_toeleider(inschrijving=row, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De wissel is teruggenomen.")
    return redirect("wijkwerken:client", client_pk=row.client_id)


@require_POST
@requires(Permission.WIJKWERK_CHANGE)
def undo_inschrijving(request: UserRequest, pk: int) -> HttpResponse:
    """Take back an enrolment on which nothing hangs."""
    row = open_inschrijving(request, pk)
    try:
        withdraw_inschrijving(inschrijving=row, by=request.user, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De inschrijving is ingetrokken. Het traject loopt verder.")
    return redirect("wijkwerken:client", client_pk=row.client_id)


def open_inschrijving(request: UserRequest, pk: int) -> Inschrijving:
    """Return the enrolment and write the read log, or answer 404."""
    rows = Inschrijving.objects.select_related(
        "traject__client", "traject__instrument", "organisator"
    )
    row: Inschrijving = find_row(request, rows, pk)
    open_client(request.user, row.client_id, scherm="wijk-werken")
    return row


def client_crumbs(row: Client) -> list[Act]:
    """Return the way back: the file, and wijk-werken in it."""
    url = client_url(row.pk)
    found = [Act(row.naam, url)] if url else []
    return [*found, Act("Wijk-werken", reverse("wijkwerken:client", args=[row.pk]))]


def _instrument(form: StartForm) -> Instrument | None:
    """Return what was chosen, or what was open on the first day: a late entry is of before."""
    chosen: Instrument | None = form.cleaned_data.get("instrument")
    return chosen or next(iter(startbaar_op(form.cleaned_data["begindatum"])), None)


def _eerste(organisatoren: Any) -> dict[str, Any]:
    rows = list(organisatoren[:2])
    return {"organisator": rows[0]} if len(rows) == 1 else {}


def _done(request: UserRequest, row: Inschrijving, said: str, undo: str = "") -> HttpResponse:
    messages.success(request, said, extra_tags=f"ongedaan={undo}" if undo else "")
    return redirect("wijkwerken:client", client_pk=row.client_id)


def _form(
    request: UserRequest, row: Client, form: Any, titel: str, bewaar: str, **more: Any
) -> TemplateResponse:
    organisatoren = more.pop("organisatoren", None)
    context = {
        "client": row,
        "form": form,
        "titel": titel,
        "bewaar": bewaar,
        "concept": more.get("concept"),
        "rij": more.get("rij"),
        "delen": form.delen if isinstance(form, InschrijvingForm) else [],
        "crumbs": client_crumbs(row),
        "geen_organisator": organisatoren is not None and not organisatoren.exists(),
        "mag_lijst": request.user.may(Permission.WIJKWERK_LIST_CHANGE),
    }
    return TemplateResponse(request, "wijkwerken/inschrijving.html", context)
