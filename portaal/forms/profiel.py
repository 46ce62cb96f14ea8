"""How she is reached, as she wants it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clienten.commands import EIGEN_VELDEN
from clienten.enums import Kanaal, Taal
from clienten.models import Client
from portaal.forms.plan import TE_LANG
from portaal.woorden import KANAAL

# Each language by its own name: who reads no Dutch still finds hers.
TALEN = (
    (Taal.NL, "Nederlands"),
    (Taal.FR, "Français"),
    (Taal.EN, "English"),
    (Taal.AR, "العربية"),
    (Taal.TR, "Türkçe"),
    (Taal.UK, "Українська"),
    (Taal.RU, "Русский"),
    (Taal.ES, "Español"),
    (Taal.PT, "Português"),
    (Taal.PL, "Polski"),
    (Taal.RO, "Română"),
    (Taal.BG, "Български"),
    (Taal.FA, "فارسی / دری"),
    (Taal.PS, "پښتو"),
    (Taal.SO, "Soomaali"),
    (Taal.TI, "ትግርኛ"),
    (Taal.ANDERE, _("Een andere taal")),
)
_NEEDS = {Kanaal.SMS: "telefoon", Kanaal.TELEFOON: "telefoon", Kanaal.EMAIL: "email"}


class ProfielForm(forms.Form):
    """Her phone, mail, language and wishes; the hidden boxes hold what the page showed."""

    telefoon = forms.CharField(
        label=_("Telefoon"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "dir": "ltr"}),
        error_messages={"max_length": TE_LANG},
        show_hidden_initial=True,
    )
    email = forms.EmailField(
        label=_("Mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={
            "invalid": _("Dit is geen mailadres. Kijk het nog eens na."),
            "max_length": TE_LANG,
        },
        show_hidden_initial=True,
    )
    taal = forms.ChoiceField(
        label=_("In welke taal schrijven wij u?"), choices=TALEN, show_hidden_initial=True
    )
    kanaal = forms.ChoiceField(
        label=_("Hoe bereiken wij u best?"),
        required=False,
        choices=[("", _("Dat maakt niet uit")), *KANAAL.items()],
        show_hidden_initial=True,
    )
    contactvoorkeur = forms.CharField(
        label=_("Wanneer past het best? Of iets anders?"),
        help_text=_("Bijvoorbeeld: liefst na 16 uur."),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TE_LANG},
        show_hidden_initial=True,
    )

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(client, name) for name in EIGEN_VELDEN}
        super().__init__(*args, **kwargs)

    def clean_telefoon(self) -> str:
        """Refuse what nobody can call."""
        typed: str = self.cleaned_data["telefoon"].strip()
        if typed and sum(sign.isdecimal() for sign in typed) < 8:
            raise ValidationError(gettext("Dit nummer is te kort. Kijk het nog eens na."))
        return typed

    def clean(self) -> dict[str, Any]:
        """Ask for a number or an address when she wants to be reached that way."""
        cleaned: dict[str, Any] = super().clean() or {}
        needed = _NEEDS.get(cleaned.get("kanaal", ""), "")
        if needed and needed in cleaned and not cleaned[needed]:
            self.add_error(
                needed,
                gettext("Typ ook uw telefoon.")
                if needed == "telefoon"
                else gettext("Typ ook uw mailadres."),
            )
        return cleaned

    @property
    def gezien(self) -> dict[str, str]:
        """Return what the page showed."""
        return {
            name: str(
                self[name].field.widget.value_from_datadict(
                    self.data, self.files, self[name].html_initial_name
                )
                or ""
            )
            for name in EIGEN_VELDEN
            if self[name].html_initial_name in self.data
        }

    @property
    def gewijzigd(self) -> dict[str, str]:
        """Return what she changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in EIGEN_VELDEN}


class FoutForm(forms.Form):
    """What is not right in her file."""

    tekst = forms.CharField(
        label=_("Wat klopt er niet?"),
        help_text=_("Bijvoorbeeld: ik ben verhuisd."),
        max_length=220,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf wat er niet klopt."), "max_length": TE_LANG},
    )
    sleutel = forms.UUIDField(required=False, widget=forms.HiddenInput)
