"""The forms for a list of hours: the file, and which column holds what."""

from typing import Any

from django import forms
from django.core import signing

from kern.forms import LayoutForm
from toegang.models import Gebruiker
from wijkwerken.lijstbestand import MAX_BYTES, TE_GROOT, Lijst
from wijkwerken.rules.lijst import Veld, ontbreekt, raad_kolommen

SALT = "wijkwerken.lijst"
A_DAY = 24 * 3600
GEEN = "geen"  # this column is not read


class LijstForm(LayoutForm):
    """The list itself."""

    bestand = forms.FileField(
        label="Lijst met uren",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xlsm"}),
        help_text=(
            "Excel (XLSX) of CSV met titels bovenaan: dossiernummer of naam, dag, en uren of "
            "begin en einde. Hoogstens 2.000 rijen."
        ),
        error_messages={"required": "Kies een bestand.", "empty": "Het bestand is leeg."},
    )

    def clean_bestand(self) -> Any:
        """Refuse what is larger than such a list can be."""
        bestand = self.cleaned_data["bestand"]
        if bestand.size > MAX_BYTES:
            raise forms.ValidationError(TE_GROOT)
        return bestand


class KolomForm(LayoutForm):
    """For each column what it holds."""

    def __init__(self, *args: Any, lijst: Lijst, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lijst = lijst
        geraden = raad_kolommen(lijst.koppen)
        choices = [(GEEN, "Niet lezen"), *((veld.value, veld.label) for veld in Veld)]
        for nummer, kop in enumerate(lijst.koppen):
            voorbeeld = next((rij[nummer] for rij in lijst.rijen if nummer < len(rij)), "")
            self.fields[f"kolom_{nummer}"] = forms.ChoiceField(
                label=kop or f"Kolom {nummer + 1}",
                choices=choices,
                initial=geraden.get(nummer, GEEN),
                help_text=f"Bijvoorbeeld {voorbeeld[:30]}" if voorbeeld else "",
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a choice with which no row can be read."""
        facts = super().clean() or {}
        if tekst := ontbreekt(self.keuze):
            raise forms.ValidationError(tekst)
        return facts

    @property
    def keuze(self) -> dict[int, Veld]:
        """Return the field of each column that is read."""
        chosen = {
            nummer: self.cleaned_data.get(f"kolom_{nummer}", GEEN)
            for nummer in range(len(self.lijst.koppen))
        }
        return {nummer: Veld(value) for nummer, value in chosen.items() if value != GEEN}

    @property
    def geraden(self) -> dict[str, str]:
        """Return the choice that the heads suggest, as if it were sent."""
        chosen = raad_kolommen(self.lijst.koppen)
        return {
            f"kolom_{nummer}": chosen.get(nummer, GEEN) for nummer in range(len(self.lijst.koppen))
        }


def seal(lijst: Lijst, user: Gebruiker) -> str:
    """Carry the list to the next page: it is kept nowhere, and only its reader can send it on."""
    inhoud = {
        "wie": user.pk,
        "koppen": lijst.koppen,
        "rijen": lijst.rijen,
        "merk": lijst.merk,
    }
    return signing.dumps(inhoud, salt=SALT, compress=True)


def unseal(tekst: str, user: Gebruiker) -> Lijst | None:
    """Return the list as this user offered it today."""
    try:
        inhoud = signing.loads(tekst, salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return None
    if inhoud["wie"] != user.pk:
        return None
    return Lijst(inhoud["koppen"], inhoud["rijen"], inhoud["merk"])
