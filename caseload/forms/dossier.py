"""The forms of the client's file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from caseload.forms.keuzes import choices_of, optional
from clienten.enums import (
    Geslacht,
    Herkomst,
    Kanaal,
    StatuutSoort,
    Taal,
    ToewijzingRol,
    VdabBegeleider,
    Vrijstelling,
)
from kern.forms import DateField, LayoutForm
from toegang.models import Gebruiker


class ClientForm(LayoutForm):
    """What is known about a person."""

    familienaam = forms.CharField(
        label="Familienaam",
        max_length=120,
        error_messages={"required": "Vul de familienaam in."},
    )
    voornaam = forms.CharField(label="Voornaam", max_length=120, required=False)
    dossiernummer = forms.CharField(label="Dossiernummer", max_length=40)
    geboortedatum = DateField(label="Geboortedatum", required=False)
    geslacht = forms.ChoiceField(
        label="Geslacht", required=False, choices=optional(Geslacht.choices, "Niet gevraagd")
    )
    telefoon = forms.CharField(label="Telefoon", max_length=40, required=False)
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        error_messages={"invalid": "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.be."},
    )
    adres = forms.CharField(label="Straat en nummer", max_length=160, required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    gemeente = forms.CharField(label="Gemeente", max_length=80, required=False)
    taal = forms.ChoiceField(label="Taal van de cliënt", choices=Taal.choices, initial=Taal.NL)
    kanaal = forms.ChoiceField(
        label="Best bereikbaar via",
        required=False,
        choices=optional(Kanaal.choices, "Niet gevraagd"),
    )
    contactvoorkeur = forms.CharField(
        label="Afspraken over contact",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld: na 16 uur, liefst een sms.",
    )
    opmerking = forms.CharField(
        label="Opmerking", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    gezien = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_geboortedatum(self) -> date | None:
        """Refuse a birth that has yet to come."""
        day: date | None = self.cleaned_data["geboortedatum"]
        if day is not None and day > timezone.localdate():
            raise ValidationError("Deze dag ligt in de toekomst.")
        return day

    def gegevens(self) -> dict[str, Any]:
        """Return what is written to the client."""
        return {name: value for name, value in self.cleaned_data.items() if name != "gezien"}


class RegistreerForm(ClientForm):
    """A new person; the number is asked once and sealed."""

    field_order = ("familienaam", "voornaam", "insz", "geboortedatum", "geslacht")
    insz = forms.CharField(
        label="Rijksregisternummer",
        required=False,
        max_length=30,
        help_text="Of BIS-nummer. Met dit nummer kijken we na of de persoon al een dossier heeft.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    volger = forms.ChoiceField(label="Wie wordt spilfiguur?", required=False)

    def __init__(self, *args: Any, medewerkers: Sequence[Gebruiker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.medewerkers = {str(person.pk): person for person in medewerkers}
        people = [(pk, person.naam) for pk, person in self.medewerkers.items()]
        choices_of(self, "volger").choices = [("", "Nog niemand"), *people]
        if not medewerkers:
            del self.fields["volger"]
        self.fields["dossiernummer"].required = False
        self.fields["dossiernummer"].help_text = "Laat leeg om het volgende nummer te nemen."
        del self.fields["gezien"]
        if self.is_bound and "lijkt_op" in self.data:
            self.offer_toch()

    def offer_toch(self) -> None:
        """Let the user say that she means another person than the ones shown."""
        label = "Dit is iemand anders: open toch een dossier"
        self.fields["toch"] = forms.BooleanField(label=label, required=False)

    def spilfiguur(self) -> Gebruiker | None:
        """Return who becomes the fixed contact."""
        return self.medewerkers.get(self.cleaned_data.get("volger", ""))

    def gegevens(self) -> dict[str, Any]:
        """Return what is written to the client."""
        own = super().gegevens()
        return {
            name: value for name, value in own.items() if name not in ("insz", "toch", "volger")
        }


class InszForm(LayoutForm):
    """A number for a client who has none, or another one."""

    insz = forms.CharField(
        label="Rijksregisternummer of BIS-nummer",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


class StatuutForm(LayoutForm):
    """A standing from a day on."""

    soort = forms.ChoiceField(
        label="Statuut", choices=optional(StatuutSoort.choices, "Kies een statuut")
    )
    categorie = forms.TypedChoiceField(
        label="Categorie leefloon",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", "Niet van toepassing"),
            ("1", "1 · samenwonend"),
            ("2", "2 · alleenstaand"),
            ("3", "3 · met gezinslast"),
        ],
    )
    van = DateField(label="Eerste dag", help_text="Het vorige statuut eindigt de dag ervoor.")
    beslist_op = DateField(label="Beslist op", required=False)
    herkomst = forms.ChoiceField(
        label="Herkomst", required=False, choices=optional(Herkomst.choices, "Niet gevraagd")
    )


class LaatsteDagForm(LayoutForm):
    """The last day of something that runs."""

    tot = DateField(label="Laatste dag")


class MedewerkerForm(LayoutForm):
    """Base of forms that name a worker of the bestuur."""

    gebruiker = forms.ChoiceField(label="Medewerker")

    def __init__(self, *args: Any, medewerkers: Sequence[Gebruiker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.medewerkers = {str(person.pk): person for person in medewerkers}
        choices_of(self, "gebruiker").choices = [("", "Kies een medewerker")] + [
            (pk, person.naam) for pk, person in self.medewerkers.items()
        ]

    def clean_gebruiker(self) -> Gebruiker:
        """Return the person."""
        return self.medewerkers[self.cleaned_data["gebruiker"]]


class SpilfiguurForm(MedewerkerForm):
    """Who becomes the fixed contact of one or more clients."""

    rol = forms.ChoiceField(
        label="Als",
        choices=ToewijzingRol.choices,
        initial=ToewijzingRol.MAATSCHAPPELIJK_WERKER,
    )
    van = DateField(label="Eerste dag", help_text="De vorige spilfiguur stopt de dag ervoor.")
    reden = forms.CharField(label="Reden", required=False, max_length=200)


class ToewijzingForm(SpilfiguurForm):
    """Who follows the client, as spilfiguur or beside her."""

    is_spilfiguur = forms.BooleanField(
        label="Dit wordt de spilfiguur, het vaste aanspreekpunt", required=False, initial=True
    )
    field_order = ("gebruiker", "rol", "is_spilfiguur", "van", "reden")


class AfschermForm(LayoutForm):
    """Who may still find and open a restricted file."""

    gemachtigden = forms.MultipleChoiceField(
        label="Wie mag dit dossier vinden en openen?",
        error_messages={
            "required": "Kies minstens één medewerker, anders kan niemand nog aan dit dossier."
        },
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, medewerkers: Sequence[Gebruiker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.medewerkers = {str(person.pk): person for person in medewerkers}
        choices_of(self, "gemachtigden").choices = [
            (pk, person.naam) for pk, person in self.medewerkers.items()
        ]

    def clean_gemachtigden(self) -> list[Gebruiker]:
        """Return the people."""
        return [self.medewerkers[pk] for pk in self.cleaned_data["gemachtigden"]]


class VdabForm(LayoutForm):
    """A registration with VDAB, or why not."""

    van = DateField(label="Ingeschreven of vrijgesteld van")
    vrijstelling = forms.ChoiceField(
        label="Vrijstelling",
        required=False,
        choices=Vrijstelling.choices,
    )
    motivering = forms.CharField(
        label="Motivering van de vrijstelling",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    herziening_op = DateField(label="Vrijstelling herzien op", required=False)
    begeleider = forms.ChoiceField(
        label="Begeleiding door", choices=VdabBegeleider.choices, initial=VdabBegeleider.OCMW
    )
