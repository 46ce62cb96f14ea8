"""One way to make a form: plain forms, laid out by crispy, dates as people write them."""

from datetime import date
from types import MappingProxyType
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kern.belgian_dates import DateError, format_short, parse_date

# Django's own sentences speak of a "waarde" and of a "geldige keuze".
PLAIN_MESSAGES = MappingProxyType(
    {
        "required": "Vul dit in.",
        "invalid_choice": "Kies een van de mogelijkheden in de lijst.",
        "max_length": "Dit is te lang: %(show_value)d tekens, hoogstens %(limit_value)d.",
        "min_length": "Dit is te kort: minstens %(limit_value)d tekens.",
        "max_value": "Dit is te veel: hoogstens %(limit_value)s.",
        "min_value": "Dit is te weinig: minstens %(limit_value)s.",
        "max_decimal_places": "Te veel cijfers na de komma: hoogstens %(max)s.",
        "null_characters_not_allowed": "Hier staat een onleesbaar teken. Typ de tekst opnieuw.",
    }
)


class DateInput(forms.TextInput):
    """A text box for a date; browsers blank a typed date that their own picker refuses."""

    template_name = "components/widgets/date.html"

    def format_value(self, value: Any) -> str | None:
        """Show a stored date as dd/mm/jjjj and typed text as it was typed."""
        return format_short(value) if isinstance(value, date) else value


class DateField(forms.Field):
    """A date in any Belgian spelling, or `morgen`, `+6m`."""

    widget = DateInput
    default_error_messages = {"required": "Vul een datum in."}

    def to_python(self, value: Any) -> date | None:
        """Return the day that was typed."""
        if value in self.empty_values:
            return None
        try:
            return parse_date(value, today=timezone.localdate())
        except DateError as error:
            raise ValidationError(str(error), code="datum") from error


class LayoutForm(forms.Form):
    """Base of all forms: crispy renders the fields, the template owns `<form>`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            speak_plainly(field)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def speak_plainly(field: forms.Field) -> None:
    """Give a field our sentences where its form did not choose one itself."""
    if isinstance(field, forms.FileField):
        return
    for code, message in PLAIN_MESSAGES.items():
        # What a form chose is a plain string; Django's own sentences are lazy.
        if not isinstance(field.error_messages.get(code), str):
            field.error_messages[code] = message
