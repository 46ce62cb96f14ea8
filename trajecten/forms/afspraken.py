"""Appointments: when, with whom, where; and why one was not held."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kern.forms import DateField, LayoutForm
from toegang.models import Gebruiker
from trajecten.commands.afspraken import AfspraakGegevens
from trajecten.enums import AfspraakOorzaak, AfspraakSoort
from trajecten.forms.base import PreviewedForm
from trajecten.models import Gpmi, Traject

DUREN = (
    (15, "15 minuten"),
    (30, "30 minuten"),
    (45, "45 minuten"),
    (60, "1 uur"),
    (90, "1 uur 30"),
    (120, "2 uur"),
    (180, "3 uur"),
    (240, "4 uur"),
)
HERINNERINGEN = (
    ("", "Geen herinnering"),
    ("1", "De dag vooraf"),
    ("2", "2 dagen vooraf"),
    ("3", "3 dagen vooraf"),
    ("7", "Een week vooraf"),
)


WIE_ZEGT_AF = [
    (AfspraakOorzaak.DOOR_CLIENT.value, "De cliënt"),
    (AfspraakOorzaak.DOOR_OCMW.value, "Het OCMW"),
    (AfspraakOorzaak.DOOR_PARTNER.value, "De partner"),
]


class HourField(forms.TimeField):
    """An hour as people write it: 14:30, 14.30, 14u30 or 14."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H.%M", "%Hu%M", "%H u %M", "%Hu", "%H u", "%H"],
            widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
            error_messages={"invalid": "Schrijf het uur als 14:30."},
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a stored hour without seconds."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


def moment_at(day: date, hour: time) -> datetime:
    """Return the moment in Brussels; refuse an hour that the change of clocks leaves out."""
    moment = timezone.make_aware(datetime.combine(day, hour))
    if timezone.localtime(moment.astimezone(timezone.get_fixed_timezone(0))).time() != hour:
        raise ValidationError("Dat uur bestaat die dag niet: de klok gaat een uur vooruit.")
    return moment


class BalieForm(PreviewedForm):
    """An appointment as the reception desk makes it: no content."""

    SOORTEN: tuple[AfspraakSoort, ...] = (AfspraakSoort.GESPREK, AfspraakSoort.TELEFOON)

    soort = forms.ChoiceField(label="Soort", initial=AfspraakSoort.GESPREK)
    medewerker = forms.ModelChoiceField(
        label="Met wie", queryset=Gebruiker.objects.none(), empty_label="Kies een medewerker"
    )
    dag = DateField(label="Dag")
    uur = HourField(label="Uur")
    duur = forms.TypedChoiceField(label="Hoe lang", choices=DUREN, coerce=int, initial=60)
    plaats = forms.CharField(
        label="Waar",
        required=False,
        max_length=200,
        help_text="Dit staat in het bericht aan de cliënt.",
    )
    herinner_dagen = forms.TypedChoiceField(
        label="Herinnering", choices=HERINNERINGEN, coerce=int, empty_value=None, required=False
    )
    laat_weten = forms.BooleanField(
        label="Laat het de cliënt nu weten", required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        medewerkers: Any,
        kanaal: str = "",
        houdt_soort: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [  # type: ignore[attr-defined]
            (soort.value, soort.label) for soort in self.SOORTEN
        ]
        if houdt_soort:
            del self.fields["soort"]
        self.fields["medewerker"].queryset = medewerkers  # type: ignore[attr-defined]
        self._offer_own("duur", "{} minuten")
        self._offer_own("herinner_dagen", "{} dagen vooraf")
        if kanaal:
            self.fields["laat_weten"].label = f"Laat het de cliënt nu weten ({kanaal})"
        else:
            del self.fields["laat_weten"]

    def _offer_own(self, name: str, words: str) -> None:
        """Offer what the appointment has now, also when the list does not hold it."""
        own, field = self.initial.get(name), self.fields[name]
        known = {str(value) for value, _ in field.choices}  # type: ignore[attr-defined]
        if own is not None and str(own) not in known:
            field.choices = [*field.choices, (own, words.format(own))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put day and hour together."""
        cleaned = super().clean() or {}
        dag, uur = cleaned.get("dag"), cleaned.get("uur")
        if dag is not None and uur is not None:
            try:
                cleaned["begint_at"] = moment_at(dag, uur)
            except ValidationError as problem:
                self.add_error("uur", problem)
        return cleaned

    @property
    def vertelt(self) -> bool:
        """Tell whether the client hears of it now."""
        return bool(self.cleaned_data.get("laat_weten"))

    def gegevens(self, **kept: Any) -> AfspraakGegevens:
        """Return what was filled in; `kept` holds what this form does not show."""
        facts = self.cleaned_data
        soort = facts.get("soort") or kept["soort"]
        kept = {name: value for name, value in kept.items() if name != "soort"}
        return AfspraakGegevens(
            soort=AfspraakSoort(soort),
            begint_at=facts["begint_at"],
            duur=facts["duur"],
            medewerker=facts["medewerker"],
            plaats=facts["plaats"],
            herinner_dagen=facts["herinner_dagen"],
            **kept,
        )


class AfspraakForm(BalieForm):
    """An appointment as a worker makes it."""

    SOORTEN = tuple(AfspraakSoort)

    partner = forms.CharField(
        label="Wie is de derde aan tafel?",
        required=False,
        max_length=120,
        help_text="Bij een gesprek met drie: naam en organisatie.",
    )
    onderwerp = forms.CharField(
        label="Waarover",
        required=False,
        max_length=200,
        help_text="De cliënt leest dit in Mijn plan. Het staat niet in sms, mail of brief.",
    )
    bij = forms.ChoiceField(label="Hoort bij", required=False)
    notitie = forms.CharField(
        label="Notitie",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Blijft binnen het OCMW.",
    )

    def __init__(
        self, *args: Any, trajecten: list[Traject], gpmi: Gpmi | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._trajecten, self._gpmi = trajecten, gpmi
        choices = [(f"t{row.pk}", row.instrument.naam) for row in trajecten]
        if gpmi is not None:
            choices.insert(0, (f"g{gpmi.pk}", "GPMI"))
        if choices:
            self.fields["bij"].choices = [("", "De cliënt in het algemeen"), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["bij"]
        self.order_fields(
            [
                "soort",
                "partner",
                "medewerker",
                "dag",
                "uur",
                "duur",
                "plaats",
                "onderwerp",
                "bij",
                "herinner_dagen",
                "laat_weten",
                "notitie",
            ]
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the third where three sit at the table."""
        cleaned = super().clean()
        if cleaned.get("soort") == AfspraakSoort.DRIEGESPREK and not cleaned.get("partner"):
            self.add_error("partner", "Zeg wie de derde is aan tafel.")
        return cleaned

    def gegevens(self, **kept: Any) -> AfspraakGegevens:
        """Return what was filled in."""
        facts, bij = self.cleaned_data, self.cleaned_data.get("bij", "")
        is_drie = facts["soort"] == AfspraakSoort.DRIEGESPREK
        return super().gegevens(
            partner=facts["partner"] if is_drie else "",
            onderwerp=facts["onderwerp"],
            notitie=facts["notitie"],
            traject=next((row for row in self._trajecten if bij == f"t{row.pk}"), None),
            gpmi=self._gpmi if bij.startswith("g") else None,
        )


class AfzegForm(LayoutForm):
    """Who called it off."""

    oorzaak = forms.ChoiceField(
        label="Wie zegt af?",
        choices=WIE_ZEGT_AF,
        widget=forms.RadioSelect,
        initial=AfspraakOorzaak.DOOR_CLIENT,
    )
    reden = forms.CharField(label="Reden", required=False, max_length=200)
    laat_weten = forms.BooleanField(label="Laat het de cliënt weten", required=False, initial=True)

    def __init__(self, *args: Any, kanaal: str, is_driegesprek: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["oorzaak"]
        if not is_driegesprek:
            field.choices = WIE_ZEGT_AF[:-1]  # type: ignore[attr-defined]
        if kanaal:
            self.fields["laat_weten"].label = f"Laat het de cliënt weten ({kanaal})"
            self.fields["laat_weten"].help_text = "Als het OCMW of de partner afzegt."
        else:
            del self.fields["laat_weten"]


class NietDoorgegaanForm(LayoutForm):
    """That somebody was not there; she may have had a reason, and need not give it."""

    reden = forms.CharField(
        label="Reden",
        required=False,
        max_length=200,
        help_text="Alleen als de cliënt er zelf een gaf.",
    )


class NotitieForm(LayoutForm):
    """What stays inside the office."""

    notitie = forms.CharField(
        label="Notitie",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Blijft binnen het OCMW.",
    )
