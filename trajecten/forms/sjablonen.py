"""Templates as the beheerder edits them, and as a worker adapts one for a client."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from kern.forms import DateField, LayoutForm
from trajecten.commands.sjablonen import RegelVanSjabloon, SjabloonGegevens
from trajecten.commands.sjabloonkeuze import Keuze
from trajecten.enums import Levensdomein, SjabloonAnker, SjabloonSoort, Uitvoerder
from trajecten.models import Instrument, Sjabloonregel
from trajecten.models.sjabloon import DAGEN_MAX
from trajecten.models.stappenplan import TEKST_MAX

if TYPE_CHECKING:
    _FormSet = forms.BaseFormSet["RegelForm"]
else:
    _FormSet = forms.BaseFormSet

LEGE_REGELS = 4
WIE = (
    (Uitvoerder.CLIENT, "Cliënt"),
    (Uitvoerder.MEDEWERKER, "Begeleider"),
    (Uitvoerder.OCMW, "OCMW"),
    (Uitvoerder.PARTNER, "Partner"),
)


class SjabloonForm(LayoutForm):
    """The name of a template, and for which instrument it is meant."""

    naam = forms.CharField(label="Naam", max_length=80)
    instrument = forms.ModelChoiceField(
        label="Voor welk instrument",
        queryset=Instrument.objects.none(),
        required=False,
        empty_label="Voor iedereen",
        help_text="Het sjabloon staat dan bovenaan bij cliënten met zo'n traject.",
    )

    def __init__(self, *args: Any, instrumenten: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].queryset = instrumenten  # type: ignore[attr-defined]


class RegelForm(LayoutForm):
    """One line; a line without words does not count."""

    nummer = forms.IntegerField(label="Plaats", required=False, min_value=1, max_value=999)
    soort = forms.ChoiceField(
        label="Doel of stap", choices=SjabloonSoort.choices, initial=SjabloonSoort.STAP
    )
    tekst = forms.CharField(label="Wat", max_length=TEKST_MAX, required=False)
    domein = forms.ChoiceField(
        label="Domein", choices=Levensdomein.choices, initial=Levensdomein.WERK
    )
    uitvoerders = forms.MultipleChoiceField(
        label="Wie doet het", choices=WIE, required=False, widget=forms.CheckboxSelectMultiple
    )
    partner = forms.CharField(
        label="Welke partner",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Welke partner"}),
    )
    dagen = forms.IntegerField(
        label="Na hoeveel dagen", required=False, min_value=0, max_value=DAGEN_MAX
    )
    anker = forms.ChoiceField(
        label="Geteld vanaf", choices=SjabloonAnker.choices, initial=SjabloonAnker.VANDAAG
    )
    los = forms.BooleanField(label="Hoort bij geen doel", required=False)

    @property
    def telt(self) -> bool:
        """Tell whether something was written on this line."""
        return bool(self.cleaned_data.get("tekst", "").strip())

    def clean(self) -> dict[str, Any]:
        """Ask who does it and by when, for a line that counts."""
        facts = self.cleaned_data
        if not facts.get("tekst"):
            return facts
        if not facts.get("uitvoerders"):
            self.add_error("uitvoerders", "Zeg wie het doet.")
        elif Uitvoerder.PARTNER in facts["uitvoerders"] and not facts.get("partner"):
            self.add_error("partner", "Zeg welke partner het doet.")
        if (
            facts.get("soort") == SjabloonSoort.STAP
            and facts.get("dagen") is None
            and "dagen" not in self.errors
        ):
            self.add_error("dagen", "Zeg na hoeveel dagen.")
        return facts

    def regel(self) -> RegelVanSjabloon:
        """Return the line as the command is told it."""
        facts = self.cleaned_data
        return RegelVanSjabloon(
            soort=SjabloonSoort(facts["soort"]),
            tekst=facts["tekst"],
            domein=Levensdomein(facts["domein"]),
            uitvoerders=[Uitvoerder(mover) for mover in facts["uitvoerders"]],
            partner=facts["partner"],
            dagen=facts["dagen"],
            anker=SjabloonAnker(facts["anker"]),
            los=facts["los"],
        )


class RegelFormSet(_FormSet):
    """All lines of a template in their order."""

    def regels(self) -> list[RegelVanSjabloon]:
        """Return the lines that count, by the place that was given to them."""
        telt = [(index, form) for index, form in enumerate(self.forms) if form.telt]
        last = len(self.forms) + 1000
        order = sorted(telt, key=lambda row: (row[1].cleaned_data.get("nummer") or last, row[0]))
        return [form.regel() for _, form in order]


RegelFormulieren = forms.formset_factory(
    RegelForm, formset=RegelFormSet, extra=LEGE_REGELS, max_num=80, absolute_max=80
)


def begin_van(gegevens: SjabloonGegevens) -> list[dict[str, Any]]:
    """Return the first values of the lines of a stored template."""
    names = ("soort", "tekst", "domein", "uitvoerders", "partner", "dagen", "anker", "los")
    return [
        {"nummer": nummer, **{name: getattr(regel, name) for name in names}}
        for nummer, regel in enumerate(gegevens.regels, start=1)
    ]


@dataclass(frozen=True, slots=True)
class Keuzeregel:
    """One line with its boxes, for the page."""

    regel: Sjabloonregel
    kies: forms.BoundField
    tekst: forms.BoundField
    tegen: forms.BoundField
    partner: forms.BoundField | None

    @property
    def fouten(self) -> list[str]:
        """Return what is wrong with this line."""
        boxes = [self.kies, self.tekst, self.tegen, *([self.partner] if self.partner else [])]
        return [str(error) for box in boxes for error in box.errors]


class KeuzeForm(LayoutForm):
    """Which lines of a template become proposals, in which words and by which day."""

    sleutel = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(
        self,
        *args: Any,
        regels: Sequence[Sjabloonregel],
        dagen: Mapping[int, date | None],
        **kwargs: Any,
    ) -> None:
        self.regels = regels
        super().__init__(*args, **kwargs)
        for regel in regels:
            self._add(regel, dagen.get(regel.nummer))

    def _add(self, regel: Sjabloonregel, dag: date | None) -> None:
        n, what = regel.nummer, f"regel {regel.nummer}: {regel.tekst}"
        self.fields[f"kies_{n}"] = forms.BooleanField(
            label=f"Stel voor, {what}", required=False, initial=True
        )
        self.fields[f"tekst_{n}"] = forms.CharField(
            label=f"Wat, regel {n}", max_length=TEKST_MAX, required=False, initial=regel.tekst
        )
        self.fields[f"tegen_{n}"] = DateField(label=f"Tegen, {what}", required=False, initial=dag)
        if Uitvoerder.PARTNER in regel.uitvoerders:
            self.fields[f"partner_{n}"] = forms.CharField(
                label=f"Welke partner, {what}",
                max_length=120,
                required=False,
                initial=regel.partner,
            )

    def rows(self) -> Iterator[Keuzeregel]:
        """Yield the lines with their boxes."""
        for regel in self.regels:
            n = regel.nummer
            partner = self[f"partner_{n}"] if f"partner_{n}" in self.fields else None
            yield Keuzeregel(
                regel, self[f"kies_{n}"], self[f"tekst_{n}"], self[f"tegen_{n}"], partner
            )

    def keuzes(self) -> list[Keuze]:
        """Return the ticked lines as the command is told them."""
        facts = self.cleaned_data
        return [
            Keuze(
                regel=regel,
                tekst=facts[f"tekst_{regel.nummer}"],
                tegen=facts[f"tegen_{regel.nummer}"],
                partner=facts.get(f"partner_{regel.nummer}", ""),
            )
            for regel in self.regels
            if facts.get(f"kies_{regel.nummer}")
        ]
