"""The step plan: propose, change, answer, close, agree."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.forms import DateField, LayoutForm
from toegang.models import Gebruiker
from trajecten.commands.plan import DoelGegevens, PlanStapGegevens, PlanTeksten
from trajecten.commands.plan.antwoorden import PARTNER_MAX
from trajecten.enums import (
    AkkoordKanaal,
    Levensdomein,
    PlanStapSoort,
    ReactieSoort,
    StapSoort,
    Uitvoerder,
)
from trajecten.models import Doel, Stap, Traject
from trajecten.models.stappenplan import TEKST_MAX

# How a worker hears a client; her own link is hers alone.
GEHOORD = [
    (AkkoordKanaal.BUREAU.value, "Aan het bureau"),
    (AkkoordKanaal.TELEFOON.value, "Aan de telefoon"),
    (AkkoordKanaal.PAPIER.value, "Op papier"),
]
TOLK_MAX = 80


class ItemForm(LayoutForm):
    """What a goal and a step share."""

    tekst = forms.CharField(
        label="Wat?", max_length=TEKST_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )
    uitvoerders = forms.MultipleChoiceField(
        label="Wie doet het?",
        choices=Uitvoerder.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Zeg wie het doet."},
    )
    gebruiker = forms.ModelChoiceField(
        label="Welke begeleider?",
        queryset=Gebruiker.objects.none(),
        required=False,
        empty_label="Wie het dossier volgt",
    )
    partner = forms.CharField(
        label="Welke partner?",
        required=False,
        max_length=120,
    )
    tegen = DateField(label="Tegen wanneer?", required=False)
    domein = forms.ChoiceField(
        label="Domein", choices=Levensdomein.choices, initial=Levensdomein.WERK
    )
    traject = forms.ModelChoiceField(
        label="Hangt aan een traject",
        queryset=Traject.objects.none(),
        required=False,
        empty_label="Geen traject",
    )
    revisie = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sleutel = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self,
        *args: Any,
        client: Client,
        trajecten: Any,
        werkers: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["traject"].queryset = trajecten  # type: ignore[attr-defined]
        self.fields["gebruiker"].queryset = werkers  # type: ignore[attr-defined]
        self.fields["sleutel"].initial = self.fields["sleutel"].initial or uuid4().hex
        self.fields["uitvoerders"].choices = movers_of(client)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask which partner, beside the box where it is written."""
        facts: dict[str, Any] = super().clean() or {}
        movers = facts.get("uitvoerders") or []
        if Uitvoerder.PARTNER in movers and not facts.get("partner"):
            self.add_error("partner", "Zeg welke partner het doet.")
        return facts

    def shared(self) -> dict[str, Any]:
        """Return the facts of a goal and of a step as the commands are told them."""
        names = ("tekst", "tegen", "gebruiker", "partner", "traject")
        facts = self.cleaned_data
        return {
            **{name: facts[name] for name in names},
            "uitvoerders": [Uitvoerder(value) for value in facts["uitvoerders"]],
            "domein": Levensdomein(facts["domein"]),
        }


class DoelForm(ItemForm):
    """A goal."""

    field_order = ("tekst", "domein", "uitvoerders", "gebruiker", "partner", "tegen", "traject")

    def gegevens(self) -> DoelGegevens:
        """Return the goal as the commands are told it."""
        return DoelGegevens(**self.shared())


class PlanStapForm(ItemForm):
    """A step; it may stand without a goal."""

    doel = forms.ModelChoiceField(
        label="Voor welk doel?",
        queryset=Doel.objects.none(),
        required=False,
        empty_label="Zonder doel",
    )
    vervolg = forms.ChoiceField(
        label="Is dit de volgende stap na het traject?",
        required=False,
        choices=[("", "Nee, een gewone stap"), *StapSoort.choices],
        help_text="Kies dan ook het traject en een dag. Zo ziet u tijdig wat er daarna komt.",
    )
    toelichting = forms.CharField(
        label="Uitleg",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hierover hoeft niemand opnieuw akkoord te gaan.",
    )

    field_order = (
        *("tekst", "doel", "uitvoerders", "gebruiker", "partner", "tegen"),
        *("domein", "traject", "vervolg", "toelichting"),
    )

    def __init__(self, *args: Any, doelen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doel"].queryset = doelen  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Say beside each box what a next step still needs."""
        facts = super().clean()
        if facts.get("vervolg"):
            if not facts.get("traject"):
                self.add_error("traject", "Na welk traject komt deze stap?")
            if "tegen" not in self.errors and not facts.get("tegen"):
                self.add_error("tegen", "Een volgende stap heeft een dag nodig.")
        return facts

    def gegevens(self, stap: Stap | None = None) -> PlanStapGegevens:
        """Return the step as the commands are told it; `stap` is the one that changes."""
        facts = self.cleaned_data
        vervolg = facts["vervolg"]
        soort = PlanStapSoort.VOLGENDE_STAP if vervolg else PlanStapSoort.GEWOON
        return PlanStapGegevens(
            **self.shared(),
            doel=facts["doel"],
            soort=soort,
            vervolg=StapSoort(vervolg) if vervolg else "",
            toelichting=facts["toelichting"],
            instrument=stap.instrument if stap else None,
        )


class AntwoordForm(LayoutForm):
    """One answer to one proposal; only the part that belongs to the choice is needed."""

    use_required_attribute = False

    soort = forms.ChoiceField(
        label="Antwoord",
        choices=ReactieSoort.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een antwoord."},
    )
    dag = DateField(label="Liever tegen", required=False, help_text="Bij een andere dag.")
    tekst = forms.CharField(
        label="In eigen woorden",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nodig bij niet akkoord. Schrijf het zoals het gezegd werd.",
    )
    revisie = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, gevraagd: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if gevraagd is not None:
            # Agreeing takes over the day that the other side asked for: the choice says so.
            agree = (ReactieSoort.AKKOORD.value, f"Akkoord met {format_short(gevraagd)}")
            self.fields["soort"].choices = [agree, *ReactieSoort.choices[1:]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the day or the words beside the box where they belong."""
        facts: dict[str, Any] = super().clean() or {}
        soort = facts.get("soort")
        if soort == ReactieSoort.ANDER_TEMPO and "dag" not in self.errors and not facts.get("dag"):
            self.add_error("dag", "Zeg welke dag beter past.")
        if soort == ReactieSoort.NIET_AKKOORD and not (facts.get("tekst") or "").strip():
            self.add_error("tekst", "Zeg in eigen woorden waarom.")
        return facts


class ClientAntwoordForm(AntwoordForm):
    """What the client answered, as a worker heard it."""

    kanaal = forms.ChoiceField(
        label="Hoe zei de cliënt het?",
        choices=GEHOORD,
        initial=AkkoordKanaal.BUREAU,
        widget=forms.RadioSelect,
    )
    tolk = forms.CharField(
        label="Tolk",
        required=False,
        max_length=TOLK_MAX,
        help_text="Naam of dienst. Leeg als er geen tolk was.",
    )


class PartnerAntwoordForm(AntwoordForm):
    """What a partner said about it, as a worker heard it."""

    partner = forms.CharField(
        label="Welke partner?",
        max_length=PARTNER_MAX,
        help_text="Wie het zei, en voor welke organisatie.",
        error_messages={"required": "Schrijf welke partner dit zegt."},
    )
    kanaal = forms.ChoiceField(
        label="Hoe zei de partner het?",
        choices=GEHOORD,
        initial=AkkoordKanaal.TELEFOON,
        widget=forms.RadioSelect,
    )

    field_order = ("partner", "soort", "dag", "tekst", "kanaal")


class SlotForm(LayoutForm):
    """A word at the end of a goal or step."""

    woord = forms.CharField(label="Woord erbij", required=False, max_length=300)
    revisie = forms.IntegerField(widget=forms.HiddenInput, required=False)


class VervalForm(SlotForm):
    """Why a goal or step is not needed any more."""

    woord = forms.CharField(label="Waarom is dit niet meer nodig?", required=False, max_length=300)

    def __init__(self, *args: Any, was_agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["woord"].required = was_agreed
        if was_agreed:
            self.fields["woord"].help_text = "Dit was afgesproken. De cliënt leest uw reden."
            self.fields["woord"].error_messages["required"] = (
                "Dit was afgesproken. Zeg waarom het niet meer nodig is."
            )


class TekstenForm(LayoutForm):
    """What the contract tells besides goals and steps."""

    behoeften = forms.CharField(
        label="Wat is er nodig?",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Verwachtingen, vaardigheden en noden, samen bekeken.",
    )
    evaluatiewijze = forms.CharField(
        label="Hoe bekijken we samen of het lukt?",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    extra_hulp = forms.CharField(
        label="Welke extra hulp of vergoeding hoort erbij?",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    gezien = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def teksten(self) -> PlanTeksten:
        """Return the texts as the command is told them."""
        facts = self.cleaned_data
        return PlanTeksten(**{name: facts[name] for name in facts if name != "gezien"})


class ZichtForm(LayoutForm):
    """A past period of the plan, in the address."""

    van = DateField(label="Van", required=False)
    tot = DateField(label="Tot en met", required=False)


class TafelStapForm(LayoutForm):
    """A step as it is said at the table: what, who, by when."""

    tekst = forms.CharField(
        label="Wat wilt u doen, of wat moet er gebeuren?",
        max_length=TEKST_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf wat het is."},
    )
    uitvoerders = forms.MultipleChoiceField(
        label="Wie doet dit?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Zeg wie het doet."},
    )
    tegen = DateField(label="Tegen wanneer?", required=False)
    sleutel = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sleutel"].initial = uuid4().hex
        self.fields["uitvoerders"].choices = [  # type: ignore[attr-defined]
            (Uitvoerder.CLIENT.value, client.voornaam or "U"),
            (Uitvoerder.OCMW.value, "Het OCMW"),
        ]

    def gegevens(self) -> PlanStapGegevens:
        """Return the step as the command is told it."""
        facts = self.cleaned_data
        return PlanStapGegevens(
            tekst=facts["tekst"],
            uitvoerders=[Uitvoerder(value) for value in facts["uitvoerders"]],
            tegen=facts["tegen"],
        )


def movers_of(client: Client) -> list[tuple[str, str]]:
    """Return who may move, the client by her own name."""
    named = {Uitvoerder.CLIENT: f"{client.voornaam or 'Cliënt'} (cliënt)"}
    return [(value.value, named.get(value, str(value.label))) for value in Uitvoerder]


def renew(form: forms.Form, **shown: object) -> None:
    """Let the next press of the button count for what the page now shows."""
    data = form.data.copy()  # type: ignore[attr-defined]
    for name, value in shown.items():
        data[name] = str(value)
    form.data = data
