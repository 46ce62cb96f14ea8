"""What a sentence tells besides the row of a signal: her own words, whose step, which day.

Read with the signals that are shown, never stored: the words stand in the plan only.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Exists, F, JSONField, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from trajecten.enums import (
    AfspraakSoort,
    PlanStatus,
    SignaalCode,
    Stem,
)
from trajecten.models import Afspraak, Akkoord, Doel, Planversie, Reactie, Signaal, Stap

Nader = dict[str, Any]


def _of_client(model: Any) -> Any:
    return model.objects.filter(bestuur=OuterRef("bestuur_id"), client=OuterRef("client_id"))


def _first(rows: Any, **names: Any) -> Subquery:
    return Subquery(rows.values(rij=JSONObject(**names))[:1])


def _asked(model: type[Doel] | type[Stap]) -> Subquery:
    """Return what waits longest for the OCMW, with what the client said about it last."""
    key = "doel" if model is Doel else "stap"
    said = Reactie.objects.filter(
        **{key: OuterRef("pk")}, stem=Stem.CLIENT, revisie=OuterRef("revisie")
    ).order_by("-at", "-pk")
    rows = _of_client(model).filter(status=PlanStatus.VOORGESTELD, wacht_op=Stem.OCMW)
    return _first(
        rows.order_by("wacht_sinds", "pk"),
        id=F("pk"),
        tekst=F("tekst"),
        sinds=F("wacht_sinds"),
        antwoord=_first(said, soort=F("soort"), tekst=F("tekst"), dag=F("dag")),
    )


def _late() -> Subquery:
    rows = _of_client(Stap).agreed().filter(afgesproken_tegen=OuterRef("vervaldag"))
    here = Q(traject=OuterRef("traject_id")) | Q(traject__isnull=True)
    rows = rows.filter(here).order_by(F("traject").asc(nulls_last=True), "pk")
    blocked = rows.model.objects.filter(pk=OuterRef("pk"), blokkeringen__tot__isnull=True)
    return _first(
        rows,
        id=F("pk"),
        tekst=F("tekst"),
        uitvoerders=F("uitvoerders"),
        partner=F("partner"),
        wacht=Exists(blocked.filter(blokkeringen__isnull=False)),
    )


def _proposed() -> Subquery:
    rows = _of_client(Stap).next_steps().filter(status=PlanStatus.VOORGESTELD)
    rows = rows.filter(traject=OuterRef("traject_id")).order_by("-wacht_sinds", "-pk")
    return _first(rows, id=F("pk"), wacht_op=F("wacht_op"))


def _version() -> Subquery:
    agreed = Akkoord.objects.filter(planversie=OuterRef("pk"), stem=Stem.CLIENT)
    rows = _of_client(Planversie).awaiting().order_by("-nummer")
    return _first(rows, nummer=F("nummer"), is_van_client=Exists(agreed))


def _planned() -> Subquery:
    rows = _of_client(Afspraak).planned().filter(soort=AfspraakSoort.EVALUATIE)
    rows = rows.filter(begint_at__gte=timezone.now()).order_by("begint_at", "pk")
    return _first(rows, begint_at=F("begint_at"))


def expression() -> Case:
    """Return what the sentences of each code need; nothing is read for the others."""
    asked = JSONObject(stap=_asked(Stap), doel=_asked(Doel))
    return Case(
        When(code=SignaalCode.CLIENT_WACHT, then=asked),
        When(code=SignaalCode.STAP_TE_LAAT, then=_late()),
        When(code=SignaalCode.LIMIET_NADERT, then=_proposed()),
        When(code=SignaalCode.VERSIE_WACHT, then=_version()),
        When(
            code__in=[SignaalCode.EVALUATIE, SignaalCode.GPMI_EVALUATIE],
            then=_planned(),
        ),
        default=None,
        output_field=JSONField(),
    )


def nader_bij(signalen: Iterable[Signaal]) -> dict[int, Nader]:
    """Return what the sentences of these signals need, by their key, in one query."""
    keys = [row.pk for row in signalen]
    rows = Signaal.objects.filter(pk__in=keys).annotate(nader=expression())
    return {pk: nader for pk, nader in rows.values_list("pk", "nader") if nader}
