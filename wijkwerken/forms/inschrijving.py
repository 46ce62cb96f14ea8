"""The forms for enrolling: organiser, referral, permission, interim days, the decision halfway."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from kern.belgian_dates import DateError, parse_date
from kern.forms import DateField, LayoutForm
from trajecten.commands import EvaluatieGegevens, TrajectGegevens
from trajecten.enums import EvaluatieWijze
from trajecten.forms.base import GuardedForm, YesNoField, choose
from trajecten.models import Instrument
from wijkwerken.commands.inschrijvingen import InschrijvingGegevens, Verwijzing
from wijkwerken.commands.organisatoren import OrganisatorGegevens
from wijkwerken.enums import OrganisatorSoort, Toeleider, Tussenkeuze
from wijkwerken.models import Organisator

DECIMAAL = {"inputmode": "decimal"}
# What few people need is folded away, until it holds something.
DELEN = (
    (
        "Erkend arbeidsongeschikt",
        ("is_arbeidsongeschikt", "toestemming_van", "toestemming_tot"),
    ),
    ("Uit het PWA", ("pwa_overeenkomst_op", "laatste_prestatie_op")),
    ("Nog over de start", ("is_nec_haalbaar", "reden")),
)
BETWEEN = re.compile(r"[;,\n]+|\s{2,}| en ")


@dataclass(frozen=True, slots=True)
class Deel:
    """A part of the form that is folded away, unless something in it is filled in or wrong."""

    titel: str
    velden: list[forms.BoundField]

    @property
    def is_open(self) -> bool:
        """Tell whether there is something to see."""
        return any(veld.errors or veld.value() for veld in self.velden)


class InschrijvingForm(GuardedForm):
    """What an enrolment tells; who referred is asked only at the beginning."""

    organisator = forms.ModelChoiceField(
        label="Organisator", queryset=Organisator.objects.none(), empty_label="Kies een organisator"
    )
    toeleider = forms.ChoiceField(
        label="Wie leidt toe?",
        choices=Toeleider.choices,
        widget=forms.RadioSelect,
        help_text="VDAB voor wie werk zoekt, het OCMW voor wie leefloon krijgt.",
    )
    toegeleid_van = DateField(
        label="Toegeleid op",
        required=False,
        help_text="Leeg: de eerste dag. Niemand begint zonder toeleiding.",
    )
    afspraken = forms.CharField(
        label="Afspraken bij de toeleiding",
        required=False,
        help_text="Waar u samen naartoe werkt. Schrijf hier geen ziekte of diagnose.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    overeenkomst_op = DateField(label="Wijk-werkovereenkomst op", required=False)
    afstand_km = forms.DecimalField(
        label="Afstand naar het werk",
        help_text="In kilometer, heen en terug.",
        required=False,
        min_value=0,
        max_digits=5,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs=DECIMAAL),
    )
    is_arbeidsongeschikt = forms.BooleanField(
        label="Erkend arbeidsongeschikt",
        required=False,
        help_text="Dan is toestemming van de adviserend arts nodig.",
    )
    toestemming_van = DateField(label="Toestemming van", required=False)
    toestemming_tot = DateField(
        label="Toestemming tot en met", required=False, help_text="Leeg: zonder einddatum."
    )

    NIEUW = ("toeleider", "toegeleid_van")

    def __init__(
        self, *args: Any, organisatoren: QuerySet[Organisator], is_nieuw: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisator"].queryset = organisatoren  # type: ignore[attr-defined]
        if not is_nieuw:
            for name in self.NIEUW:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Check the days of the permission."""
        data: dict[str, Any] = super().clean() or {}
        van, tot = data.get("toestemming_van"), data.get("toestemming_tot")
        if van and tot and tot < van:
            self.add_error("toestemming_tot", "De laatste dag ligt vóór de eerste dag.")
        return data

    @property
    def hoofd(self) -> list[forms.BoundField]:
        """Return the fields that everybody sees."""
        weg = {name for _, names in DELEN for name in names}
        return [veld for veld in self.visible_fields() if veld.name not in weg]

    @property
    def delen(self) -> list[Deel]:
        """Return the folded parts with the fields this form has."""
        found = (
            Deel(titel, [self[name] for name in names if name in self.fields])
            for titel, names in DELEN
        )
        return [deel for deel in found if deel.velden]

    def gegevens(self) -> InschrijvingGegevens:
        """Return what was filled in as the command takes it."""
        facts = self.cleaned_data
        names = InschrijvingGegevens.__dataclass_fields__
        return InschrijvingGegevens(**{name: facts[name] for name in names})

    def verwijzing(self) -> Verwijzing:
        """Return who referred, and since when."""
        facts = self.cleaned_data
        return Verwijzing(toeleider=Toeleider(facts["toeleider"]), van=facts["toegeleid_van"])


class StartForm(InschrijvingForm):
    """A traject wijk-werken with its enrolment, in one go."""

    instrument = forms.ModelChoiceField(
        label="Instrument",
        queryset=Instrument.objects.none(),
        empty_label=None,
        to_field_name="code",
        widget=forms.RadioSelect,
    )
    begindatum = DateField(label="Eerste dag als wijk-werker")
    is_nec_haalbaar = YesNoField(label="Regulier werk haalbaar binnen twee jaar?")
    pwa_overeenkomst_op = DateField(
        label="PWA-overeenkomst van",
        required=False,
        help_text="Alleen voor wie uit het PWA kwam: dan loopt het wijk-werken zonder einddatum.",
    )
    laatste_prestatie_op = DateField(
        label="Laatste prestatie", required=False, help_text="Alleen met een PWA-overeenkomst."
    )
    reden = forms.CharField(
        label="Reden",
        max_length=200,
        required=False,
        help_text="Nodig voor een start van meer dan 10 jaar terug of meer dan een jaar vooruit.",
    )

    field_order = [
        *("instrument", "begindatum", "organisator", "toeleider", "toegeleid_van", "afspraken"),
        *("overeenkomst_op", "afstand_km", "is_arbeidsongeschikt", "toestemming_van"),
        *("toestemming_tot", "pwa_overeenkomst_op", "laatste_prestatie_op", "is_nec_haalbaar"),
        "reden",
    ]

    def __init__(self, *args: Any, instrumenten: list[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, is_nieuw=True, **kwargs)
        if len(instrumenten) <= 1:
            del self.fields["instrument"]
        else:
            keys = [row.pk for row in instrumenten]
            rows = Instrument.objects.select_related("opvolger").filter(pk__in=keys)
            self.fields["instrument"].queryset = rows  # type: ignore[attr-defined]
            self.initial.setdefault("instrument", instrumenten[0].code)

    def traject(self) -> TrajectGegevens:
        """Return the facts of the traject."""
        names = ("begindatum", "is_nec_haalbaar", "pwa_overeenkomst_op", "laatste_prestatie_op")
        return TrajectGegevens(**{name: self.cleaned_data[name] for name in names})


class ToeleiderForm(GuardedForm):
    """Somebody else refers from a day on."""

    toeleider = forms.ChoiceField(
        label="Wie leidt voortaan toe?", choices=Toeleider.choices, widget=forms.RadioSelect
    )
    van = DateField(label="Vanaf", help_text="Het wijk-werken loopt gewoon door.")


class TussenbesluitForm(GuardedForm):
    """The review halfway and its decision."""

    gehouden_op = DateField(label="Besproken op")
    wijze = forms.ChoiceField(label="Hoe", choices=EvaluatieWijze.choices, widget=forms.RadioSelect)
    keuze = forms.ChoiceField(
        label="Wat is beslist?", choices=Tussenkeuze.choices, widget=forms.RadioSelect
    )
    verslag = forms.CharField(
        label="Waarom",
        help_text="Schrijf hier geen ziekte of diagnose. Schrijf wat het betekent voor werk.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_nec_haalbaar = YesNoField(label="Regulier werk haalbaar binnen twee jaar?")

    def gegevens(self) -> EvaluatieGegevens:
        """Return the review as the command takes it."""
        facts = self.cleaned_data
        return EvaluatieGegevens(
            gehouden_op=facts["gehouden_op"],
            wijze=EvaluatieWijze(facts["wijze"]),
            verslag=facts["verslag"],
            is_nec_haalbaar=facts["is_nec_haalbaar"],
        )


class DagenField(forms.CharField):
    """Several days, typed one after the other."""

    default_error_messages = {"required": "Vul minstens één dag in."}

    def clean(self, value: Any) -> list[date]:
        """Return the days in order; each is read as a date on its own."""
        typed = super().clean(value)
        today, found = timezone.localdate(), []
        for part in filter(None, (part.strip() for part in BETWEEN.split(typed))):
            try:
                found.append(parse_date(part, today=today))
            except DateError as error:
                raise ValidationError(f"“{part}”: {error}") from error
        if not found:
            raise ValidationError(str(self.error_messages["required"]))
        return sorted(set(found))


class InterimForm(LayoutForm):
    """Days of interim work."""

    dagen = DagenField(
        label="Interimdagen",
        max_length=600,
        help_text="Eén of meer dagen, met een komma ertussen: 1/10/2026, 2/10/2026.",
    )


class OrganisatorForm(LayoutForm):
    """Who organises wijk-werken for the municipality."""

    naam = forms.CharField(label="Naam", max_length=120)
    soort = forms.ChoiceField(
        label="Soort", choices=choose("Kies een soort", OrganisatorSoort.choices)
    )
    chequeprijs = forms.DecimalField(
        label="Prijs van een cheque",
        help_text="In euro. Eén prijs voor elke activiteit.",
        max_digits=6,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs=DECIMAAL),
    )
    contact = forms.CharField(
        label="Contact",
        max_length=200,
        required=False,
        help_text="Wie u belt of mailt: naam, telefoon, mail.",
    )
    van = DateField(label="Van")
    tot = DateField(label="Tot en met", required=False, help_text="Leeg: nog altijd.")

    def clean(self) -> dict[str, Any]:
        """Check the order of the days."""
        data: dict[str, Any] = super().clean() or {}
        van, tot = data.get("van"), data.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", "De laatste dag ligt vóór de eerste dag.")
        return data

    def gegevens(self) -> OrganisatorGegevens:
        """Return what was filled in as the command takes it."""
        facts = {**self.cleaned_data, "soort": OrganisatorSoort(self.cleaned_data["soort"])}
        return OrganisatorGegevens(**facts)
