"""The forms for hours: a whole month at once, or one performance."""

from datetime import date
from typing import Any

from django import forms

from kern.forms import DateField, LayoutForm
from wijkwerken.commands.prestaties import Cel
from wijkwerken.models import Inschrijving, Inzet, Opdracht, Prestatie
from wijkwerken.queries.roosterblad import Rooster, Vak
from wijkwerken.rules.invoer import UrenOnleesbaar, lees_uren, toon_uren
from wijkwerken.rules.prestaties import DAY, HOUR, duur


class MaandForm:
    """Reads the cells of a grid that were changed; each stands by itself."""

    def __init__(self, data: Any, blad: Rooster) -> None:
        self.getypt: dict[str, str] = {}
        self.fouten: dict[str, str] = {}
        self.cellen: list[Cel] = []
        for persoon in blad.personen:
            gezien = _basis(data.get(f"b-{persoon.inschrijving.pk}", ""))
            for rij in persoon.regels:
                for vak in rij.vakken:
                    if vak.is_open and vak.naam in data:
                        self._read(persoon.inschrijving, rij.opdracht, vak, data, gezien)

    def _read(
        self,
        inschrijving: Inschrijving,
        opdracht: Opdracht | None,
        vak: Vak,
        data: Any,
        gezien: dict[str, tuple[int, int]],
    ) -> None:
        tekst = data.get(vak.naam, "").strip()
        pk, stond = gezien.get(vak.naam, (None, 0))
        self.getypt[vak.naam] = tekst
        try:
            minuten = lees_uren(tekst)
        except UrenOnleesbaar as error:
            self.fouten[vak.naam] = str(error)
            return
        if minuten == stond:
            return
        self.cellen.append(
            Cel(
                sleutel=vak.naam,
                inschrijving_id=inschrijving.pk,
                dag=vak.dag.dag,
                minuten=minuten,
                opdracht=opdracht,
                gezien=pk,
            )
        )


def _basis(tekst: str) -> dict[str, tuple[int, int]]:
    """Read which row the grid showed in which cell; a made-up text says nothing."""
    found: dict[str, tuple[int, int]] = {}
    for part in tekst.split():
        naam, _, rest = part.partition("=")
        pk, _, minuten = rest.partition(":")
        if pk.isdecimal() and minuten.isdecimal() and len(rest) < 30:
            found[naam] = int(pk), int(minuten)
    return found


class PrestatieForm(LayoutForm):
    """One performance: how long, or from when until when."""

    dag = DateField(label="Dag")
    uren = forms.CharField(
        label="Hoelang",
        required=False,
        max_length=12,
        help_text="Bijvoorbeeld 4, 4,5 of 4:30. Of vul hieronder het begin en het einde in.",
    )
    begin = forms.TimeField(
        label="Van",
        required=False,
        widget=forms.TextInput,
        input_formats=["%H:%M", "%H.%M", "%Hu%M", "%H"],
        help_text="Nodig als er over middernacht gewerkt werd, bijvoorbeeld 22:00.",
        error_messages={"invalid": "Schrijf het uur als 22:00."},
    )
    einde = forms.TimeField(
        label="Tot",
        required=False,
        widget=forms.TextInput,
        input_formats=["%H:%M", "%H.%M", "%Hu%M", "%H"],
        error_messages={"invalid": "Schrijf het uur als 01:00."},
    )
    opdracht = forms.ModelChoiceField(
        label="Opdracht",
        queryset=Opdracht.objects.none(),
        required=False,
        empty_label="Zonder opdracht",
    )
    sleutel = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(
        self, *args: Any, inschrijving: Inschrijving, prestatie: Prestatie | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        inzetten = Inzet.objects.filter(inschrijving=inschrijving).values("opdracht")
        opdrachten = Opdracht.objects.filter(pk__in=inzetten)
        if prestatie is not None and prestatie.opdracht_id:
            opdrachten |= Opdracht.objects.filter(pk=prestatie.opdracht_id)
        field = self.fields["opdracht"]
        field.queryset = opdrachten.select_related("opdrachtgever")  # type: ignore[attr-defined]
        field.label_from_instance = _label  # type: ignore[attr-defined]

    def clean_uren(self) -> str:
        """Refuse what are no hours, under their own box."""
        tekst: str = self.cleaned_data["uren"]
        try:
            lees_uren(tekst)
        except UrenOnleesbaar as error:
            raise forms.ValidationError(str(error)) from error
        return tekst

    def clean(self) -> dict[str, Any]:
        """Work out the minutes, and refuse two ways that contradict each other."""
        facts = super().clean() or {}
        uren = lees_uren(facts.get("uren") or "")
        begin, einde = facts.get("begin"), facts.get("einde")
        if "uren" not in facts or {"begin", "einde"} & set(self.errors):
            return facts
        if begin and einde:
            minuten = duur(begin, einde)
            if uren and uren != minuten:
                self.add_error(
                    "uren", f"Van {begin:%H:%M} tot {einde:%H:%M} is {toon_uren(minuten)} uur."
                )
            facts["minuten"] = minuten
        elif einde:
            self.add_error("begin", "Vul ook in vanaf wanneer.")
        elif not uren:
            self.add_error("uren", "Vul in hoelang er gewerkt werd.")
        else:
            facts["minuten"] = uren
        return facts


def _label(opdracht: Opdracht) -> str:
    return f"{opdracht.omschrijving} · {opdracht.opdrachtgever.naam}"


def first_values(prestatie: Prestatie) -> dict[str, Any]:
    """Return what a form to correct a performance shows first, the part past midnight with it."""
    rows = [prestatie]
    if prestatie.groep is not None:
        same = Prestatie.objects.valid().filter(inschrijving=prestatie.inschrijving_id)
        rows = list(same.filter(groep=prestatie.groep).order_by("dag"))
    values = {
        "dag": rows[0].dag,
        "uren": toon_uren(sum(row.minuten for row in rows)),
        "opdracht": prestatie.opdracht_id,
    }
    if len(rows) == 1:
        return values
    begin = DAY - rows[0].minuten
    einde = rows[1].minuten
    return values | {"begin": _klok(begin), "einde": _klok(einde)}


def _klok(minuten: int) -> str:
    return f"{minuten // HOUR:02}:{minuten % HOUR:02}"


def maand_of(jaar: int, maand: int) -> date | None:
    """Return the first day of a month that the grid can show."""
    if not (2018 <= jaar <= 2100 and 1 <= maand <= 12):
        return None
    return date(jaar, maand, 1)
