"""What the client is asked about her plan: a day, a word, a step, a goal."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from kern.periods import add_months
from trajecten.commands.plan import DoelGegevens, PlanStapGegevens
from trajecten.enums import Uitvoerder
from trajecten.models.stappenplan import TEKST_MAX

WOORD_MAX = 300
ANTWOORD_MAX = 2000
JAREN = 4
NIETS = _("Schrijf eerst wat u wilt zeggen.")
TE_LANG = _("Dit is te lang. Schrijf het korter.")
ANDERS = "anders"


class WoordForm(forms.Form):
    """A word that may be said or not."""

    tekst = forms.CharField(
        label=_("Wilt u er iets bij zeggen? Dat hoeft niet."),
        required=False,
        max_length=WOORD_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TE_LANG},
    )


class NeeForm(forms.Form):
    """Why not, in her own words."""

    tekst = forms.CharField(
        label=_("Wat is er niet goed?"),
        help_text=_("Zeg het in uw eigen woorden."),
        max_length=ANTWOORD_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": NIETS, "max_length": TE_LANG},
    )


class DagForm(forms.Form):
    """A day: a quick choice, or a day, a month and a year; no script is needed for it."""

    snel = forms.CharField(required=False, max_length=10)
    dag = forms.CharField(
        label=_("Dag"),
        required=False,
        max_length=2,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 2, "autocomplete": "off"}),
    )
    maand = forms.ChoiceField(label=_("Maand"), required=False)
    jaar = forms.ChoiceField(label=_("Jaar"), required=False)

    def __init__(self, *args: Any, vanaf: date | None = None, later: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.vandaag = timezone.localdate()
        self.later = later
        self.vanaf = max(vanaf or self.vandaag, self.vandaag)
        years = range(self.vandaag.year, self.vandaag.year + JAREN)
        self.fields["maand"].choices = [("", "–"), *MONTHS.items()]  # type: ignore[attr-defined]
        self.fields["jaar"].choices = [(year, year) for year in years]  # type: ignore[attr-defined]
        self.fields["jaar"].initial = self.vandaag.year

    @property
    def keuzes(self) -> Sequence[tuple[Any, date]]:
        """Return the quick choices: how far away, and which day that is."""
        if self.later:
            names = (_("Een week later"), _("Een maand later"), _("Drie maanden later"))
        else:
            names = (_("Over een week"), _("Over een maand"), _("Over drie maanden"))
        days = (self.vanaf + timedelta(7), add_months(self.vanaf, 1), add_months(self.vanaf, 3))
        return tuple(zip(names, days, strict=True))

    @property
    def gekozen(self) -> str:
        """Return which quick choice was ticked, to tick it again."""
        return str(self["snel"].value() or "")

    def clean(self) -> dict[str, Any]:
        """Make one day of what was chosen; two different days are no answer."""
        cleaned: dict[str, Any] = super().clean() or {}
        typed = bool(cleaned.get("dag", "").strip() or cleaned.get("maand"))
        quick = cleaned.get("snel", "")
        if quick and quick != ANDERS:
            if typed:
                raise forms.ValidationError(_("U koos twee dagen. Kies er één."))
            return cleaned | {"dag_": self._quick(quick)}
        if not typed:
            if quick == ANDERS or self.is_dag_nodig:
                raise forms.ValidationError(_("Kies een dag."))
            return cleaned | {"dag_": None}
        return cleaned | {"dag_": self._typed(cleaned)}

    is_dag_nodig = True

    def _quick(self, quick: str) -> date:
        try:
            return self._not_past(date.fromisoformat(quick))
        except ValueError:
            raise forms.ValidationError(_("Kies een dag.")) from None

    def _typed(self, cleaned: dict[str, Any]) -> date:
        try:
            day = date(int(cleaned["jaar"]), int(cleaned["maand"]), int(cleaned["dag"]))
        except (KeyError, ValueError):
            raise forms.ValidationError(
                _("Deze dag bestaat niet. Kijk de dag en de maand na.")
            ) from None
        return self._not_past(day)

    def _not_past(self, day: date) -> date:
        if day < self.vandaag:
            raise forms.ValidationError(_("Deze dag is al voorbij. Kies een latere dag."))
        return day

    @property
    def gekozen_dag(self) -> date | None:
        """Return the day that was chosen."""
        day: date | None = self.cleaned_data["dag_"]
        return day


class AndereDagForm(DagForm, WoordForm):
    """Another day, with a word if she likes."""

    field_order = ("snel", "dag", "maand", "jaar", "tekst")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tekst"].max_length = ANTWOORD_MAX  # type: ignore[attr-defined]


class VoorstelForm(DagForm):
    """A goal: what she wants, and by when if she knows."""

    is_dag_nodig = False

    tekst = forms.CharField(
        label=_("Wat wilt u bereiken?"),
        help_text=_("Bijvoorbeeld: werken in een keuken."),
        max_length=TEKST_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf wat u wilt."), "max_length": TE_LANG},
    )
    sleutel = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sleutel"].initial = uuid4()

    @property
    def merk(self) -> str:
        """Return the mark that makes one proposal of a form that is sent twice."""
        return str(self.cleaned_data["sleutel"] or uuid4())

    def doel(self) -> DoelGegevens:
        """Return the goal she proposes."""
        return DoelGegevens(
            tekst=self.cleaned_data["tekst"],
            uitvoerders=[Uitvoerder.CLIENT],
            tegen=self.gekozen_dag,
        )


WIE = (
    ("client", _("Ik")),
    ("ocmw", _("Het OCMW")),
    ("samen", _("Wij samen")),
)
_DOEN_HET = {
    "client": [Uitvoerder.CLIENT],
    "ocmw": [Uitvoerder.OCMW],
    "samen": [Uitvoerder.CLIENT, Uitvoerder.OCMW],
}


class StapVoorstelForm(VoorstelForm):
    """A step: what, who does it, and by when if she knows."""

    wie = forms.ChoiceField(
        label=_("Wie doet het?"),
        choices=WIE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie het doet."), "invalid_choice": _("Kies wie.")},
    )
    field_order = ("tekst", "wie")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tekst"].label = _("Wat is de stap?")
        self.fields["tekst"].help_text = _("Bijvoorbeeld: mijn cv maken.")

    def stap(self) -> PlanStapGegevens:
        """Return the step she proposes."""
        return PlanStapGegevens(
            tekst=self.cleaned_data["tekst"],
            uitvoerders=_DOEN_HET[self.cleaned_data["wie"]],
            tegen=self.gekozen_dag,
        )


def who_of(uitvoerders: Sequence[str]) -> str:
    """Return the choice that belongs to these movers."""
    hers = Uitvoerder.CLIENT in uitvoerders
    return "samen" if hers and len(uitvoerders) > 1 else "client" if hers else "ocmw"


def boxes_of(day: date | None) -> dict[str, Any]:
    """Return how the boxes show a day that stands."""
    if day is None:
        return {}
    return {"snel": ANDERS, "dag": day.day, "maand": day.month, "jaar": day.year}
