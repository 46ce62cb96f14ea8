"""A bestuur writes its own words for papers, or goes back to the standard ones."""

from datetime import datetime

from django.db import transaction

from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.models import Tekstblok
from trajecten.models.tekstblok import TEKSTBLOK_MAX
from trajecten.queries.tekstblokken import laatste_versies, staat
from trajecten.reference.teksten import standaardblokken
from trajecten.rules.teksten import onbekende_woorden

BEDENKTIJD = "[bedenktijd]"


@transaction.atomic
def write_tekstblok(
    *, code: str, taal: str, tekst: str, na_versie: int, by: Gebruiker, at: datetime
) -> Tekstblok:
    """Write the next version of a text; `na_versie` is what the page showed.

    The words of the release, or none at all, are stored as empty: a later release may better them.
    """
    if by.bestuur is None:
        raise DomainError("Kies eerst voor welk bestuur u werkt.")
    blok = standaardblokken().get(code)
    if blok is None or taal not in blok.teksten:
        raise DomainError("Deze tekst staat op geen enkel blad.")
    woorden = clean_tekst(tekst)
    if BEDENKTIJD in woorden and not code.startswith("gpmi_"):
        raise DomainError(f"{BEDENKTIJD} kan alleen in een tekst van het GPMI.")
    nu = staat(blok, taal, laatste_versies(by.bestuur.pk))
    if nu.row is not None and nu.tekst == (woorden or blok.teksten[taal]):
        return nu.row
    row = Tekstblok(
        bestuur=by.bestuur,
        code=code,
        taal=taal,
        versie=na_versie + 1,
        tekst="" if woorden == blok.teksten[taal] else woorden,
        door=by,
        at=at,
    )
    act = f"wijzigde de tekst “{blok.naam}” ({taal})"
    with (
        audit.act(act if row.tekst else f"nam de standaardtekst “{blok.naam}” ({taal}) terug"),
        refuse_on(Tekstblok, "tekstblok_versie_uniek", "tekstblok_niet_te_lang"),
    ):
        row.save()
    return row


def clean_tekst(tekst: str) -> str:
    """Return the words as they are kept, or refuse what would not be printed."""
    woorden = "\n".join(regel.rstrip() for regel in tekst.replace("\r\n", "\n").split("\n"))
    woorden = woorden.strip()
    if len(woorden) > TEKSTBLOK_MAX:
        raise DomainError(f"Schrijf hoogstens {TEKSTBLOK_MAX} tekens; nu zijn het {len(woorden)}.")
    if vreemd := onbekende_woorden(woorden):
        raise DomainError(
            f"[{vreemd[0]}] kunnen we niet invullen. Gebruik [bestuur], [telefoon] of [bedenktijd]."
        )
    return woorden
