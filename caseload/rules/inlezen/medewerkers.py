"""The text in the column "Medewerker" to a user name; tolerant of case, blanks and order."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from caseload.rules.inlezen.redenen import ONBEKENDE_MEDEWERKER, RijGeweigerd
from caseload.rules.inlezen.tekst import squeeze, tidy

_ASIDE = re.compile(r"^(.*?)[(\[](.*?)[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class BekendeMedewerker:
    """A worker of the bestuur to whom clients can be assigned."""

    gebruikersnaam: str
    voornaam: str = ""
    familienaam: str = ""


class Medewerkerslijst:
    """Finds the worker meant by a text."""

    def __init__(self, medewerkers: Iterable[BekendeMedewerker]) -> None:
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_username: dict[str, set[str]] = defaultdict(set)
        for worker in medewerkers:
            self._by_username[squeeze(worker.gebruikersnaam)].add(worker.gebruikersnaam)
            first, last = squeeze(worker.voornaam), squeeze(worker.familienaam)
            if first and last:
                for text in (first + last, last + first, first[0] + last, last + first[0]):
                    self._by_name[text].add(worker.gebruikersnaam)

    def find(self, text: str) -> str:
        """Return the user name, or refuse."""
        forms = [text]
        if match := _ASIDE.match(text):
            forms.extend(match.groups())
        if "@" in text:
            forms.append(text.partition("@")[0])
        for form in forms:
            sleutel = squeeze(form)
            # A user name wins from a name that happens to read the same.
            found = self._by_username.get(sleutel) or self._by_name.get(sleutel) or set()
            if len(found) == 1:
                return next(iter(found))
            if len(found) > 1:
                raise RijGeweigerd(f"medewerker {tidy(text)} is niet eenduidig")
        raise RijGeweigerd(ONBEKENDE_MEDEWERKER)
