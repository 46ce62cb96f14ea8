"""How somebody looks at the plan: grouped by what, which part, which period; only in the URL."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from kern.belgian_dates import format_short
from trajecten.enums import PlanStatus, Stem
from trajecten.forms.plan import ZichtForm
from trajecten.queries.plan import Planregel

PER = {"doel": "Doel", "domein": "Domein", "wie": "Wie het doet", "maand": "Maand"}
OPEN, CLIENT, OCMW, LAAT, GEDAAN, ALLES = "open", "client", "ocmw", "laat", "gedaan", "alles"
DEELS = (OPEN, OCMW, CLIENT, LAAT, GEDAAN, ALLES)


@dataclass(frozen=True, slots=True)
class Zicht:
    """One way of looking; the defaults stand in no address."""

    per: str = "doel"
    deel: str = ""
    van: date | None = None
    tot: date | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read an address; what it does not know is left out."""
        form = ZichtForm(query)
        form.is_valid()
        per, deel = query.get("per", ""), query.get("deel", "")
        return cls(
            per=per if per in PER else "doel",
            deel=deel if deel in DEELS else "",
            van=form.cleaned_data.get("van"),
            tot=form.cleaned_data.get("tot"),
        )

    @classmethod
    def carried(cls, query: QueryDict) -> Self:
        """Read the address that a form carried along."""
        return cls.of(QueryDict(query.get("zicht", "")))

    @property
    def is_periode(self) -> bool:
        """Tell whether one looks back at a period."""
        return self.van is not None or self.tot is not None

    @property
    def gekozen(self) -> str:
        """Return which part is shown; a look back shows all unless one chose."""
        return self.deel or (ALLES if self.is_periode else OPEN)

    def query(self) -> str:
        """Return what stands behind the question mark."""
        parts = {
            "per": "" if self.per == "doel" else self.per,
            "deel": self.deel,
            "van": format_short(self.van) if self.van else "",
            "tot": format_short(self.tot) if self.tot else "",
        }
        return urlencode({name: value for name, value in parts.items() if value})

    def url(self, **changes: object) -> str:
        """Return the address of the same page, looked at somewhat differently."""
        return f"?{replace(self, **changes).query()}"  # type: ignore[arg-type]

    def shows(self, regel: Planregel, *, on: date) -> bool:
        """Tell whether a goal or step is shown."""
        return self.in_periode(regel) and _DEEL[self.gekozen](regel, on)

    def in_periode(self, regel: Planregel) -> bool:
        """Tell whether it stood in the plan on some day of the period."""
        begin = timezone.localdate(regel.item.created_at)
        einde = regel.item.afgesloten_op
        if self.tot is not None and begin > self.tot:
            return False
        return self.van is None or einde is None or einde >= self.van


def count(regels: Iterable[Planregel], deel: str, *, on: date) -> int:
    """Return how many goals and steps belong to a part."""
    return sum(_DEEL[deel](regel, on) for regel in regels)


_DEEL: dict[str, Callable[[Planregel, date], bool]] = {
    OPEN: lambda regel, on: regel.item.is_open,
    CLIENT: lambda regel, on: regel.item.wacht_op == Stem.CLIENT,
    OCMW: lambda regel, on: regel.item.wacht_op == Stem.OCMW,
    LAAT: lambda regel, on: regel.item.is_late(on),
    GEDAAN: lambda regel, on: regel.item.status == PlanStatus.GEDAAN,
    ALLES: lambda regel, on: True,
}
