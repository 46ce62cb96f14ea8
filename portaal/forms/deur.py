"""What is asked at the client's door: a short code, and what only she knows."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clienten.rules.telefoon import mobile
from portaal.commands.binnen import Factor
from portaal.kwijt import Vraag
from toegang.models import Bestuur

# Kept apart from the fields of the form that was interrupted.
WIE = "wie"
# The button that asks for a code.
STUUR = f"{WIE}-stuur"
EERSTE_JAAR, LAATSTE_JAAR = 1900, 2100


def _number(label: Any, most: int, *, digits: int) -> forms.CharField:
    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "maxlength": digits, "size": most, "autocomplete": "off"}
    )
    return forms.CharField(label=label, required=False, max_length=digits, widget=widget)


class WieForm(forms.Form):
    """Who are you: a birth date in three boxes, or the code that was sent."""

    dag = _number(_("Dag"), 2, digits=2)
    maand = _number(_("Maand"), 2, digits=2)
    jaar = _number(_("Jaar"), 4, digits=4)
    code = _number(_("Code"), 6, digits=8)

    def __init__(self, *args: Any, met_code: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", WIE)
        super().__init__(*args, **kwargs)
        self.met_code = met_code
        for name in ("dag", "maand", "jaar") if met_code else ("code",):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Make one day of three boxes; what is no day is no attempt."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.met_code:
            if not "".join(cleaned.get("code", "").split()).isdecimal():
                raise forms.ValidationError(_("Typ de code van 6 cijfers."))
            return cleaned
        parts = [cleaned.get(name, "").strip() for name in ("jaar", "maand", "dag")]
        try:
            born = date(*(int(part) for part in parts))
        except ValueError:
            born = date.min
        if not EERSTE_JAAR <= born.year <= LAATSTE_JAAR:
            raise forms.ValidationError(
                _("Typ de dag, de maand en het jaar. Bijvoorbeeld 24 3 1990.")
            )
        cleaned["geboortedatum"] = born
        return cleaned

    def factor(self) -> Factor:
        """Return what was given."""
        if self.met_code:
            return Factor(code="".join(self.cleaned_data["code"].split()))
        return Factor(geboortedatum=self.cleaned_data["geboortedatum"])


class CodeForm(WieForm):
    """The short code of a letter, with the birth date at once: alone it says nothing."""

    brief = forms.CharField(
        label=_("Code uit uw brief"),
        help_text=_("Hoofdletters en streepjes doen er niet toe."),
        max_length=24,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "dir": "ltr",
            }
        ),
        error_messages={"required": _("Typ de code uit uw brief.")},
    )

    def wrong(self) -> None:
        """Say that the two do not belong together, and not which of them is wrong."""
        self.add_error(
            None, gettext("De code en de datum passen niet bij elkaar. Kijk ze nog eens na.")
        )


class GemeenteField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A bestuur, by the name of its municipality."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what stands in the list."""
        return str(obj.gemeente)


class KwijtForm(WieForm):
    """Who lost her link: where she is helped, how she is reached, when she was born."""

    bestuur = GemeenteField(
        Bestuur.objects.order_by("gemeente", "pk"),
        label=_("Uw gemeente"),
        empty_label="",
        error_messages={
            "required": _("Kies uw gemeente."),
            "invalid_choice": _("Kies uw gemeente."),
        },
    )
    bereik = forms.CharField(
        label=_("Uw gsm-nummer of e-mailadres"),
        help_text=_("Het nummer of adres dat uw OCMW van u kent."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
        error_messages={"required": _("Typ uw gsm-nummer of uw e-mailadres.")},
    )

    def clean_bereik(self) -> str:
        """Take what can be a mobile number or an address, whoever's, in its one spelling.

        Questions are counted by it: another dash would otherwise begin a new count.
        """
        written: str = self.cleaned_data["bereik"]
        number = mobile(written)
        if number is None and "@" not in written:
            raise forms.ValidationError(_("Typ uw gsm-nummer of uw e-mailadres."))
        return number or written.strip().casefold()

    def vraag(self) -> Vraag:
        """Return the question."""
        return Vraag(
            bestuur_id=self.cleaned_data["bestuur"].pk,
            bereik=self.cleaned_data["bereik"],
            geboortedatum=self.cleaned_data["geboortedatum"].isoformat(),
        )
