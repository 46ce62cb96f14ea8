"""Offering a list and saying which column is what."""

from collections import Counter
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File

from caseload.imports.inhoud import Kolomvoorbeeld
from caseload.rules.inlezen.velden import Veld
from kern.forms import LayoutForm

MEGABYTE = 1024 * 1024
TE_GROOT = (
    f"Het bestand is groter dan {settings.UPLOAD_MAX_BYTES // MEGABYTE} MB. Bewaar alleen de lijst "
    "in een nieuw bestand, of splits ze."
)
NIET_LEZEN = "niet inlezen"
# What belongs together stands together in the choice.
_GROEPEN = (
    (
        "Cliënt",
        (
            Veld.DOSSIERNUMMER,
            Veld.INSZ,
            Veld.FAMILIENAAM,
            Veld.VOORNAAM,
            Veld.VOLLEDIGE_NAAM,
            Veld.GEBOORTEDATUM,
            Veld.GESLACHT,
        ),
    ),
    (
        "Bereikbaar",
        (
            Veld.ADRES,
            Veld.HUISNUMMER,
            Veld.BUS,
            Veld.POSTCODE,
            Veld.GEMEENTE,
            Veld.TELEFOON,
            Veld.EMAIL,
            Veld.TAAL,
        ),
    ),
    (
        "Statuut en traject",
        (
            Veld.STATUUT,
            Veld.STATUUT_CATEGORIE,
            Veld.STATUUT_SINDS,
            Veld.MEDEWERKER,
            Veld.INSTRUMENT,
            Veld.STARTDATUM,
            Veld.OPMERKING,
        ),
    ),
)


class BestandInput(forms.FileInput):
    """A file box on which a file can be dropped: it is as large as the place it stands in."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": ".csv,.txt,.xlsx,.xlsm", "class": "drop-input"})


class BestandForm(LayoutForm):
    """The list itself."""

    bestand = forms.FileField(
        label="Lijst met cliënten",
        widget=BestandInput,
        help_text=(
            "CSV of Excel (XLSX) met een rij titels bovenaan, hoogstens "
            f"{settings.UPLOAD_MAX_BYTES // MEGABYTE} MB en 50.000 rijen. Kies het bestand of "
            "sleep het in het kader."
        ),
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Het bestand is leeg.",
            "max_length": "De naam van het bestand is te lang.",
        },
    )

    def clean_bestand(self) -> "File[bytes]":
        """Refuse what is larger than a list can be."""
        bestand: File[bytes] = self.cleaned_data["bestand"]
        if bestand.size > settings.UPLOAD_MAX_BYTES:
            raise ValidationError(TE_GROOT)
        return bestand


class KoppelForm(LayoutForm):
    """For each column the fact it holds; no fact stands in two columns."""

    def __init__(
        self, *args: Any, kolommen: list[Kolomvoorbeeld], koppeling: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kolommen = kolommen
        choices: list[Any] = [("", NIET_LEZEN)]
        choices += [
            (groep, [(veld.value, veld.label) for veld in velden]) for groep, velden in _GROEPEN
        ]
        for index, kolom in enumerate(kolommen):
            self.fields[f"kolom_{index}"] = forms.ChoiceField(
                label=kolom.kop or f"Kolom {index + 1}",
                choices=choices,
                required=False,
                initial=koppeling.get(str(index), ""),
            )

    @property
    def keuze(self) -> dict[int, str]:
        """Return the field of every column, or "" for one that is not read."""
        return {index: self.cleaned_data[f"kolom_{index}"] for index in range(len(self.kolommen))}

    def clean(self) -> dict[str, Any]:
        """Refuse a fact that was chosen for two columns."""
        data = super().clean() or {}
        chosen = Counter(veld for veld in data.values() if veld)
        for veld, aantal in chosen.items():
            if aantal > 1:
                koppen = [
                    str(self.fields[naam].label) for naam, waarde in data.items() if waarde == veld
                ]
                self.add_error(
                    None,
                    f"{Veld(veld).label} is gekozen voor {' en '.join(koppen)}. Kies één kolom.",
                )
        return data
