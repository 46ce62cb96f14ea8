"""Starting, correcting, ending a traject, and assuming things about it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kern.forms import DateField, LayoutForm
from trajecten.enums import AkkoordKanaal, Eindreden, SchorsingReden, StapSoort, Uitvoerder
from trajecten.forms.base import GuardedForm, YesNoField, choose
from trajecten.models import Traject
from trajecten.rules.schorsingen import Beleid


class TrajectForm(GuardedForm):
    """The facts of a traject."""

    begindatum = DateField(label="Start", help_text="De eerste dag van het traject.")
    beslist_op = DateField(label="Beslist op", required=False)
    geplande_einddatum = DateField(label="Gepland einde", required=False)
    is_nec_haalbaar = YesNoField(label="Regulier werk haalbaar binnen twee jaar?")
    reden = forms.CharField(
        label="Reden",
        max_length=200,
        required=False,
        help_text="Nodig voor een start van meer dan 10 jaar terug of meer dan een jaar vooruit.",
    )
    pwa_overeenkomst_op = DateField(label="PWA-overeenkomst van", required=False)
    laatste_prestatie_op = DateField(label="Laatste prestatie", required=False)
    tewerkstelling_begindatum = DateField(label="Start van artikel 60", required=False)
    uren_per_week = forms.DecimalField(
        label="Uren per week",
        required=False,
        max_digits=4,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    EXTRA = {
        "wijkwerken": ("pwa_overeenkomst_op", "laatste_prestatie_op"),
        "twe": ("tewerkstelling_begindatum",),
        "ama_se": ("uren_per_week",),
        "ama_welzijn": ("uren_per_week",),
    }

    def __init__(self, *args: Any, instrument_code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.EXTRA.get(instrument_code, ())
        for name in {name for names in self.EXTRA.values() for name in names}:
            if name not in wanted:
                del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """Return what was filled in by column; what the instrument does not ask stays as it was."""
        skipped = {"versie", "reden"}
        return {name: value for name, value in self.cleaned_data.items() if name not in skipped}


class StartDayForm(LayoutForm):
    """The day on which a traject starts decides which instruments are open."""

    dag = DateField(label="Start op")


WIE = [
    (Uitvoerder.CLIENT.value, "Cliënt"),
    (Uitvoerder.OCMW.value, "OCMW"),
    (Uitvoerder.PARTNER.value, "Partner"),
]
# Not yet is an answer too: then the step is proposed and the signal stays.
NOG_NIET = "nog_niet"
HOE = [
    (AkkoordKanaal.BUREAU.value, "Aan het bureau"),
    (AkkoordKanaal.TELEFOON.value, "Aan de telefoon"),
    (AkkoordKanaal.PAPIER.value, "Op papier"),
    (NOG_NIET, "Nog niet: de cliënt antwoordt later"),
]


def kanaal_van(hoe: str) -> AkkoordKanaal | None:
    """Return the channel of the client's yes, None while she did not answer."""
    return AkkoordKanaal(hoe) if hoe in AkkoordKanaal.values else None


class StapForm(GuardedForm):
    """What comes next: kind, words, who moves, by when, and how the client agreed."""

    soort = forms.ChoiceField(
        label="Soort",
        choices=choose(
            "Kies een soort", [item for item in StapSoort.choices if item[0] != StapSoort.GEEN]
        ),
    )
    tekst = forms.CharField(label="Wat", max_length=300)
    uitvoerder = forms.ChoiceField(
        label="Wie doet het?", choices=WIE, initial=Uitvoerder.CLIENT, widget=forms.RadioSelect
    )
    partner = forms.CharField(
        label="Welke partner?",
        max_length=120,
        required=False,
        help_text="Alleen als een partner het doet.",
    )
    tegen = DateField(label="Tegen wanneer")
    hoe = forms.ChoiceField(
        label="Hoe is dit met de cliënt afgesproken?",
        choices=HOE,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe de cliënt akkoord ging, of nog niet."},
    )

    def clean(self) -> dict[str, Any]:
        """Ask which partner when a partner moves."""
        data: dict[str, Any] = super().clean() or {}
        ask_partner(self, data)
        return data


def ask_partner(form: forms.Form, data: dict[str, Any]) -> None:
    """Refuse a step of a partner without a name."""
    if data.get("uitvoerder") == Uitvoerder.PARTNER and not data.get("partner"):
        form.add_error("partner", "Schrijf welke partner het doet.")


class VervalForm(GuardedForm):
    """Why a step is not needed any more."""

    reden = forms.CharField(
        label="Waarom is het niet meer nodig?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="De cliënt leest dit in het plan.",
    )


class EindForm(GuardedForm):
    """Why a traject ends, and what comes next: one of three, never nothing."""

    # Only the part that belongs to the choice is asked; the browser cannot know which.
    use_required_attribute = False
    PARTS = (
        *("soort", "tekst", "uitvoerder", "tegen", "hoe"),
        *("volgend_traject", "reden_geen", "hoe_geen"),
    )
    STAP, TRAJECT, BESTAANDE, GEEN = "stap", "traject", "bestaande", "geen"

    einddatum = DateField(label="Laatste dag van het traject")
    eindreden = forms.ChoiceField(
        label="Waarom eindigt het?", choices=choose("Kies een reden", Eindreden.choices)
    )
    toelichting = forms.CharField(
        label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    vervolg = forms.ChoiceField(
        label="Wat is de volgende stap?",
        choices=[],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er na dit traject komt."},
    )
    soort = forms.ChoiceField(
        label="Soort stap",
        required=False,
        choices=choose(
            "Kies een soort", [item for item in StapSoort.choices if item[0] != StapSoort.GEEN]
        ),
    )
    tekst = forms.CharField(label="Wat", max_length=300, required=False)
    uitvoerder = forms.ChoiceField(
        label="Wie doet het?",
        required=False,
        choices=WIE,
        initial=Uitvoerder.CLIENT,
        widget=forms.RadioSelect,
    )
    partner = forms.CharField(
        label="Welke partner?",
        max_length=120,
        required=False,
        help_text="Alleen als een partner het doet.",
    )
    tegen = DateField(label="Tegen wanneer", required=False)
    hoe = forms.ChoiceField(
        label="Hoe is dit met de cliënt afgesproken?",
        required=False,
        choices=HOE,
        widget=forms.RadioSelect,
    )
    volgend_traject = forms.ModelChoiceField(
        label="Welk traject volgt?", queryset=Traject.objects.none(), required=False
    )
    reden_geen = forms.CharField(
        label="Waarom is er bewust geen vervolg?",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    hoe_geen = forms.ChoiceField(
        label="Ging de cliënt daarmee akkoord?",
        required=False,
        choices=HOE,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, andere: Any = None, heeft_stap: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        options = [(self.STAP, "Een nieuwe stap afspreken")]
        if heeft_stap:
            options.insert(0, (self.BESTAANDE, "De stap die er al staat"))
        if andere is not None and andere.exists():
            options.append((self.TRAJECT, "Een ander traject van deze cliënt"))
            self.fields["volgend_traject"].queryset = andere  # type: ignore[attr-defined]
        else:
            del self.fields["volgend_traject"]
        options.append((self.GEEN, "Er komt bewust geen vervolg"))
        self.fields["vervolg"].choices = options  # type: ignore[attr-defined]
        self._say_required(True)

    def full_clean(self) -> None:
        """Check as if no part were asked; `clean` asks for the chosen one."""
        self._say_required(False)
        super().full_clean()
        self._say_required(True)

    def _say_required(self, required: bool) -> None:
        for name in self.PARTS:
            if name in self.fields:
                self.fields[name].required = required

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs to the chosen next step, and for nothing else."""
        cleaned = super().clean() or {}
        asked = {
            self.STAP: ("soort", "tekst", "uitvoerder", "tegen", "hoe"),
            self.TRAJECT: ("volgend_traject",),
            self.GEEN: ("reden_geen", "hoe_geen"),
        }
        for name in asked.get(cleaned.get("vervolg", ""), ()):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError("Vul dit in voor de volgende stap."))
        if cleaned.get("vervolg") == self.STAP:
            ask_partner(self, cleaned)
        return cleaned


class HeropenForm(GuardedForm):
    """Why a traject goes on after all."""

    reden = forms.CharField(
        label="Waarom loopt het traject toch verder?",
        required=False,
        max_length=200,
        help_text="Niet nodig als het einde vandaag is ingevoerd.",
    )


class WatAlsForm(LayoutForm):
    """Assumptions; nothing of this is saved."""

    van = DateField(label="Schorsing van", required=False)
    tot = DateField(label="Schorsing t.e.m.", required=False)
    reden = forms.ChoiceField(
        label="Reden van de schorsing",
        required=False,
        choices=choose("Kies een reden", SchorsingReden.choices),
    )
    beleid = forms.ChoiceField(
        label="Wat een schorsing doet",
        required=False,
        choices=[
            ("", "Zoals nu"),
            (Beleid.HARD_CAP.value, "Verschuift de uiterste dag niet"),
            (Beleid.UNIE.value, "Elke geschorste dag komt erbij"),
            (Beleid.LIJST.value, "Alleen bij redenen op de lijst"),
        ],
    )
    verlengd_tot = DateField(label="Verlenging t.e.m.", required=False)
    duur = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    uren_per_week = forms.DecimalField(
        label="Uren per week",
        required=False,
        localize=True,
        min_value=0,
        max_value=50,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, duur: str, met_beleid: bool, met_uren: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["duur"].label = duur
        wanted = {"duur": bool(duur), "beleid": met_beleid, "uren_per_week": met_uren}
        for name, keep in wanted.items():
            if not keep:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        cleaned = super().clean() or {}
        van, tot = cleaned.get("van"), cleaned.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", "De laatste dag ligt vóór de eerste dag.")
        if tot and not van:
            self.add_error("van", "Vul ook de eerste dag van de schorsing in.")
        return cleaned
