"""What stands in the way: noted, solved, and which steps wait for it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from clienten.commands import DrempelGegevens
from clienten.enums import GEVOELIGE_SOORTEN, GEWONE_SOORTEN, DrempelSoort, DrempelStand
from clienten.models import Drempel, GevoeligeDrempel
from clienten.models.drempel import GEBIED_MAX, TEKST_MAX, WIE_MAX
from kern.forms import DateField, LayoutForm
from toegang.models import Gebruiker
from trajecten.forms.base import GuardedForm, choose
from trajecten.models import Stap
from trajecten.queries.drempels import IK, TEAM

KIES_SOORT = "Kies wat in de weg staat"
ZONDER_WOORDEN = "Gevoelig (zonder woorden)"
ALLEEN_WERK = "Alleen wat het betekent voor werk of opleiding, in een zin."
GEEN_GEVOELIG = (
    "Schrijf hier niets over gezondheid, justitie of schulden. Kies daarvoor “Gevoelig”; "
    "de maatschappelijk werker vult aan."
)
STANDEN = [
    (DrempelStand.OPEN, "Open: er gebeurt nog niets aan"),
    (DrempelStand.AANPAK, "In aanpak: iemand is ermee bezig"),
    (DrempelStand.BLIJFT, "Blijft: we zoeken een weg eromheen"),
]


def _text(label: str, *, rows: int = 2, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=TEKST_MAX,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DrempelForm(GuardedForm):
    """A barrier; who may not open the compartment writes no words about what is sensitive."""

    soort = forms.ChoiceField(label="Wat staat in de weg?")
    is_gevoelig = forms.BooleanField(
        label="Houd dit gevoelig, ook al is het een gewone soort", required=False
    )
    omschrijving = _text("Wat speelt er?", help_text=ALLEEN_WERK)
    actie = _text("Wat doen we eraan?")
    eigenaar = forms.ModelChoiceField(
        label="Welke medewerker pakt het aan?",
        queryset=Gebruiker.objects.none(),
        required=False,
        empty_label="Nog niemand",
    )
    wie = forms.CharField(
        label="Wie helpt nog?",
        required=False,
        max_length=WIE_MAX,
        help_text="Bijvoorbeeld: dienst opvang, een buur, de cliënt zelf.",
    )
    stand = forms.ChoiceField(
        label="Hoe staat het ermee?", choices=STANDEN, widget=forms.RadioSelect
    )
    van = DateField(label="Sinds wanneer?")
    gebied = forms.CharField(
        label="Gebied",
        required=False,
        max_length=GEBIED_MAX,
        help_text="Deelgemeente of wijk, voor de telling van het bestuur. Geen straat.",
        widget=forms.TextInput(attrs={"list": "gebieden", "autocomplete": "off"}),
    )

    def __init__(
        self,
        *args: Any,
        medewerkers: QuerySet[Gebruiker],
        mag_gevoelig: bool,
        is_dicht: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_dicht = is_dicht
        self.fields["eigenaar"].queryset = medewerkers  # type: ignore[attr-defined]
        if is_dicht:
            for name in ("soort", "is_gevoelig", "omschrijving", "actie", "wie"):
                del self.fields[name]
            return
        self.fields["soort"].choices = _soorten(mag_gevoelig)  # type: ignore[attr-defined]
        if not mag_gevoelig:
            del self.fields["is_gevoelig"]
            self.fields["omschrijving"].help_text = f"{ALLEEN_WERK} {GEEN_GEVOELIG}"

    def gegevens(self) -> DrempelGegevens:
        """Return what the command is told."""
        facts = {name: self.cleaned_data.get(name) or "" for name in _WORDS}
        soort = DrempelSoort.GEVOELIG if self.is_dicht else self.cleaned_data["soort"]
        return DrempelGegevens(
            soort=DrempelSoort(soort),
            van=self.cleaned_data["van"],
            stand=DrempelStand(self.cleaned_data["stand"]),
            eigenaar=self.cleaned_data["eigenaar"],
            gebied=self.cleaned_data["gebied"],
            is_gevoelig=bool(self.cleaned_data.get("is_gevoelig")),
            **facts,
        )


_WORDS = ("omschrijving", "actie", "wie")


def _soorten(mag_gevoelig: bool) -> list[tuple[str, Any]]:
    gewoon = [(soort.value, str(soort.label)) for soort in GEWONE_SOORTEN]
    if not mag_gevoelig:
        return choose(KIES_SOORT, [*gewoon, (DrempelSoort.GEVOELIG.value, ZONDER_WOORDEN)])
    gevoelig = [(soort.value, str(soort.label)) for soort in GEVOELIGE_SOORTEN]
    return [
        ("", KIES_SOORT),
        ("Zichtbaar in het dossier", gewoon),
        ("Gevoelig: alleen voor wie het mag zien", gevoelig),
    ]


def initial_of(drempel: Drempel, binnen: GevoeligeDrempel | None) -> dict[str, Any]:
    """Return what a form about a barrier begins with; words come from where they stand."""
    words = binnen or drempel
    return {
        "soort": binnen.soort if binnen else "" if drempel.is_gevoelig else drempel.soort,
        "is_gevoelig": binnen is not None and binnen.soort not in GEVOELIGE_SOORTEN,
        **{name: getattr(words, name) for name in _WORDS},
        "eigenaar": drempel.eigenaar_id,
        "stand": drempel.stand,
        "van": drempel.van,
        "gebied": drempel.gebied,
    }


class OplossingForm(LayoutForm):
    """The day on which a barrier was solved."""

    op = DateField(label="Opgelost op")


class WachtForm(LayoutForm):
    """Which steps wait for a barrier, and since when."""

    stappen = forms.ModelMultipleChoiceField(
        label="Welke stappen wachten hierop?",
        queryset=Stap.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vink minstens één stap aan."},
    )
    van = DateField(label="Wachten sinds")

    def __init__(self, *args: Any, stappen: QuerySet[Stap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stappen"].queryset = stappen  # type: ignore[attr-defined]


class WaaropForm(LayoutForm):
    """For which barrier a step waits, and since when."""

    drempel = forms.ModelChoiceField(
        label="Waarop wacht deze stap?",
        queryset=Drempel.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Kies waarop de stap wacht."},
    )
    van = DateField(label="Wachten sinds")

    def __init__(self, *args: Any, drempels: QuerySet[Drempel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drempel"].queryset = drempels  # type: ignore[attr-defined]


class BordFilter(LayoutForm):
    """The filters of the board; they stand in the address."""

    wie = forms.ChoiceField(
        label="Van wie",
        required=False,
        choices=[(TEAM, "Het hele team"), (IK, "Mijn cliënten en wat ik aanpak")],
    )
    soort = forms.ChoiceField(label="Drempel", required=False)
    gebied = forms.ChoiceField(label="Gebied", required=False)

    def __init__(self, *args: Any, gebieden: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        soorten = [*GEWONE_SOORTEN, DrempelSoort.GEVOELIG]
        self.fields["soort"].choices = _optional(  # type: ignore[attr-defined]
            "Elke drempel", ((soort.value, str(soort.label)) for soort in soorten)
        )
        self.fields["gebied"].choices = _optional(  # type: ignore[attr-defined]
            "Elk gebied", ((gebied, gebied) for gebied in gebieden)
        )

    def chosen(self) -> dict[str, str]:
        """Return the filters that were filled in and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _optional(empty: str, choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return choose(empty, list(choices))
