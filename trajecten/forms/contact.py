"""What happened with the client: contacts and the GPMI."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from kern.forms import DateField, LayoutForm
from trajecten.enums import LogSoort
from trajecten.models import Traject


class ContactForm(LayoutForm):
    """A contact or a note."""

    soort = forms.ChoiceField(label="Wat was het?", choices=LogSoort.choices)
    dag = DateField(label="Dag")
    uur = forms.TimeField(
        label="Uur",
        required=False,
        input_formats=["%H:%M", "%H.%M", "%Hu%M", "%H u %M", "%H"],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        help_text="Bijvoorbeeld 14:30.",
        error_messages={"invalid": "Schrijf het uur als 14:30."},
    )
    traject = forms.ModelChoiceField(
        label="Over welk traject?",
        queryset=Traject.objects.none(),
        required=False,
        empty_label="Over de cliënt in het algemeen",
    )
    tekst = forms.CharField(label="Wat is er besproken?", widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, trajecten: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["traject"].queryset = trajecten  # type: ignore[attr-defined]
        if not self.is_bound:
            # With the telephone in the other hand: no fifteen keys before the first word.
            self.fields["soort"].widget.attrs["autofocus"] = True

    def moment(self) -> datetime:
        """Return the moment in Brussels time; a day without an hour is noon, or now when today."""
        day: date = self.cleaned_data["dag"]
        hour: time | None = self.cleaned_data["uur"]
        now = timezone.localtime()
        if hour is None:
            hour = now.time() if day == now.date() else time(12)
        return timezone.make_aware(datetime.combine(day, hour))


class GpmiForm(LayoutForm):
    """A GPMI from its decision on."""

    beslist_op = DateField(label="Beslissing over het leefloon")
    ontwerp_op = DateField(label="Ontwerp overhandigd op", required=False)
    ondertekend_op = DateField(label="Ondertekend op", required=False)


class DagForm(LayoutForm):
    """One day of a GPMI: draft, signature or end."""

    dag = DateField(label="Dag")
