"""Forms of the beheerder."""

from typing import Any

from django import forms

from kern.forms import DateField, LayoutForm
from toegang.enums import Rol
from toegang.models import Gebruiker

ROLLEN = [("", "Kies een rol"), *Rol.choices]


class GebruikerForm(LayoutForm):
    """Name and address of a person."""

    voornaam = forms.CharField(label="Voornaam", max_length=60)
    familienaam = forms.CharField(label="Familienaam", max_length=80)
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        help_text="Voor de dagmail en om een vergeten wachtwoord te vernieuwen.",
    )


class UserNameField(forms.CharField):
    """A user name in lower case: names differ in more than their capitals."""

    def to_python(self, value: Any) -> str:
        """Fold the case before the name is checked."""
        return str(super().to_python(value)).lower()


class NewGebruikerForm(GebruikerForm):
    """A new account with its first role."""

    gebruikersnaam = UserNameField(
        label="Gebruikersnaam",
        max_length=60,
        help_text="Kleine letters, cijfers, punt of streepje. Hiermee meldt de persoon zich aan.",
        validators=Gebruiker._meta.get_field("gebruikersnaam").validators,
    )
    rol = forms.ChoiceField(label="Rol", choices=ROLLEN)
    van = DateField(label="Vanaf")

    field_order = ["voornaam", "familienaam", "gebruikersnaam", "email", "rol", "van"]


class AanstellingForm(LayoutForm):
    """A further role of a person."""

    rol = forms.ChoiceField(label="Rol", choices=ROLLEN)
    van = DateField(label="Vanaf")
    tot = DateField(label="T.e.m.", required=False, help_text="Leeg: zonder einde.")

    def clean(self) -> dict[str, Any]:
        """Check the order of the days."""
        cleaned = super().clean() or {}
        van, tot = cleaned.get("van"), cleaned.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", "De laatste dag ligt vóór de eerste dag.")
        return cleaned


class BestuurForm(LayoutForm):
    """What clients see of the bestuur."""

    telefoon = forms.CharField(
        label="Telefoonnummer",
        required=False,
        max_length=40,
        help_text="Zoals het in een brief staat. Leeg: een cliënt belt haar begeleider.",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )


class EndForm(LayoutForm):
    """The last day of a role."""

    tot = DateField(
        label="Laatste dag",
        help_text="Vul gisteren in om de toegang meteen te sluiten.",
    )
