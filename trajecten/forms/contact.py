"""What happened with the client: contacts and the GPMI."""

from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from kern.forms import DateField, LayoutForm
from trajecten.commands.contact import LogGegevens
from trajecten.enums import Kring, LogSoort
from trajecten.models import Logboekitem, Traject

# With Alt, beside the text: the kind is chosen without leaving it.
TOETSEN = {
    LogSoort.GESPREK: "g",
    LogSoort.TELEFOON: "t",
    LogSoort.HUISBEZOEK: "h",
    LogSoort.BERICHT: "b",
    LogSoort.VASTSTELLING: "v",
    LogSoort.WERKPLEKBEZOEK: "w",
}
ZICHTBAAR = (
    (Kring.CLIENT, "De cliënt mag dit lezen"),
    (Kring.PARTNER, "Partners mogen dit lezen"),
)


class SoortSelect(forms.RadioSelect):
    """The kinds side by side, each with its key."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give each kind the key that chooses it."""
        option = super().create_option(name, value, *args, **kwargs)
        if value in TOETSEN:
            option["attrs"]["accesskey"] = TOETSEN[value]
        return option


class ContactForm(LayoutForm):
    """A contact or a note."""

    soort = forms.ChoiceField(label="Wat was het?", choices=LogSoort.choices, widget=SoortSelect)
    tekst = forms.CharField(
        label="Wat is er besproken?",
        widget=forms.Textarea(attrs={"rows": 6, "aria-describedby": "id_tekst_hint"}),
    )
    zichtbaar = forms.MultipleChoiceField(
        label="Wie leest mee?",
        choices=ZICHTBAAR,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Het OCMW leest dit altijd. Zonder vinkje leest niemand anders mee.",
    )
    dag = DateField(label="Dag")
    uur = forms.TimeField(
        label="Uur",
        required=False,
        input_formats=["%H:%M", "%H.%M", "%Hu%M", "%H u %M", "%H"],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        help_text="Leeg is nu. Bijvoorbeeld 14:30.",
        error_messages={"invalid": "Schrijf het uur als 14:30."},
    )
    traject = forms.ModelChoiceField(
        label="Over welk traject?",
        queryset=Traject.objects.none(),
        required=False,
        empty_label="Over de cliënt in het algemeen",
    )

    def __init__(self, *args: Any, trajecten: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["traject"].queryset = trajecten  # type: ignore[attr-defined]
        if not self.is_bound:
            # With the telephone in the other hand: no fifteen keys before the first word.
            self.fields["tekst"].widget.attrs["autofocus"] = True

    def moment(self) -> datetime:
        """Return the moment in Brussels time; a day without an hour is noon, or now when today."""
        day: date = self.cleaned_data["dag"]
        hour: time | None = self.cleaned_data["uur"]
        now = timezone.localtime()
        if hour is None:
            hour = now.time() if day == now.date() else time(12)
        return timezone.make_aware(datetime.combine(day, hour))

    def gegevens(self) -> LogGegevens:
        """Return what was filled in as the commands take it."""
        facts = self.cleaned_data
        return LogGegevens(
            soort=LogSoort(facts["soort"]),
            moment=self.moment(),
            tekst=facts["tekst"],
            traject=facts["traject"],
            zichtbaar=frozenset(Kring(kring) for kring in facts["zichtbaar"]),
        )


class ContactWijzigForm(ContactForm):
    """One's own entry, mended; carries which version the page showed."""

    revisie = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Logboekitem, **kwargs: Any) -> None:
        kwargs["initial"] = initial_of(item) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self._was = item.moment

    def moment(self) -> datetime:
        """Return the moment that was filled in; the same minute stays the same moment."""
        typed = super().moment()
        was = timezone.localtime(self._was)
        return self._was if was.replace(second=0, microsecond=0) == typed else typed

    def renew(self, item: Logboekitem) -> None:
        """Let the next press of the button count as an answer to what now stands."""
        data = cast(QueryDict, self.data).copy()
        data["revisie"] = str(item.revisie)
        self.data = data


def initial_of(item: Logboekitem) -> dict[str, Any]:
    """Return an entry as the first values of its form."""
    moment = timezone.localtime(item.moment)
    shared = ((Kring.CLIENT, item.zichtbaar_client), (Kring.PARTNER, item.zichtbaar_partner))
    return {
        "soort": item.soort,
        "tekst": item.tekst,
        "zichtbaar": [kring for kring, may in shared if may],
        "dag": moment.date(),
        "uur": f"{moment:%H:%M}",
        "traject": item.traject_id,
        "revisie": item.revisie,
    }


class AanvullingForm(LayoutForm):
    """Something under an entry: an addition, a question, an answer."""

    tekst = forms.CharField(
        label="Aanvulling",
        widget=forms.Textarea(
            attrs={"rows": 4, "aria-describedby": "id_tekst_hint", "autofocus": True}
        ),
    )

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tekst"].label = label


class GpmiForm(LayoutForm):
    """A GPMI from its decision on."""

    beslist_op = DateField(label="Beslissing over het leefloon")
    ontwerp_op = DateField(label="Ontwerp overhandigd op", required=False)
    ondertekend_op = DateField(label="Ondertekend op", required=False)


class DagForm(LayoutForm):
    """One day of a GPMI: draft, signature or end."""

    dag = DateField(label="Dag")
