"""Restricted files: of a colleague, a relative, a politician."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clienten.models import Client, Machtiging, Toewijzing
from kern.errors import DomainError
from toegang.audit import act
from toegang.models import Gebruiker


@transaction.atomic
def restrict_client(
    *, client: Client, gemachtigden: Collection[Gebruiker], by: Gebruiker, at: datetime
) -> Client:
    """Hide the file from everybody but the named workers; called again it changes the names."""
    if not gemachtigden:
        raise DomainError("Kies minstens één medewerker, anders kan niemand nog aan dit dossier.")
    current = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    pks = {gebruiker.pk for gebruiker in gemachtigden}
    follower = (
        Toewijzing.objects.active_on(timezone.localdate(at))
        .filter(client=current)
        .exclude(gebruiker__in=pks)
        .select_related("gebruiker")
        .first()
    )
    if follower is not None:
        raise DomainError(
            f"{follower.gebruiker.naam} begeleidt deze cliënt en verliest zo het dossier. Kies die "
            "medewerker mee, of wijs de cliënt eerst aan iemand anders toe."
        )
    names = ", ".join(sorted(gebruiker.naam for gebruiker in gemachtigden))
    with act(f"schermde het dossier af; gemachtigd: {names}"):
        Machtiging.objects.filter(client=current).exclude(gebruiker__in=pks).delete()
        known = Machtiging.objects.filter(client=current).values_list("gebruiker", flat=True)
        Machtiging.objects.bulk_create(
            Machtiging(bestuur_id=current.bestuur_id, client=current, gebruiker_id=pk)
            for pk in sorted(pks - set(known))
        )
        if not current.afgeschermd:
            current.afgeschermd = True
            current.save(update_fields=["afgeschermd"])
    return current


@transaction.atomic
def unrestrict_client(*, client: Client, by: Gebruiker, at: datetime) -> Client:
    """Make the file an ordinary one again."""
    current = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    if not current.afgeschermd:
        raise DomainError("Dit dossier is niet afgeschermd.")
    current.afgeschermd = False
    with act("hief de afscherming van het dossier op"):
        current.save(update_fields=["afgeschermd"])
        Machtiging.objects.filter(client=current).delete()
    return current
