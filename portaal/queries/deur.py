"""Finding a link or a stay by its secret; each needs the scope of the bestuur it names."""

from datetime import datetime

from portaal.models import Portaallink, Portaalsessie
from portaal.rules.sleutels import Gelezen, read_token
from portaal.rules.termijnen import Stand, stay
from portaal.sleutels import digest


def link_by_token(gelezen: Gelezen) -> Portaallink | None:
    """Return the link of this token, whatever its state."""
    return _link(gelezen, token_hash=digest("token", gelezen))


def link_by_code(gelezen: Gelezen) -> Portaallink | None:
    """Return the link of this short code, whatever its state."""
    return _link(gelezen, code_hash=digest("code", gelezen))


def _link(gelezen: Gelezen, **hashes: str) -> Portaallink | None:
    links = Portaallink.objects.filter(bestuur=gelezen.bestuur_id, **hashes)
    return links.select_related("client", "bestuur").first()


def is_live(link: Portaallink, *, at: datetime) -> bool:
    """Tell whether the link still opens the door, blocked or not."""
    return link.ingetrokken_at is None and link.vervalt_at > at


def stay_by_secret(geheim: str, *, at: datetime) -> tuple[Portaalsessie | None, Stand]:
    """Return the stay of this cookie and how it stands; a dead link ends it at once."""
    gelezen = read_token(geheim)
    if gelezen is None:
        return None, Stand.VOORBIJ
    sessie = (
        Portaalsessie.objects.filter(
            bestuur=gelezen.bestuur_id, geheim_hash=digest("sessie", gelezen)
        )
        .select_related("client", "bestuur", "link")
        .first()
    )
    if sessie is None or not is_live(sessie.link, at=at) or sessie.link.geblokkeerd_at is not None:
        return None, Stand.VOORBIJ
    stand = stay(
        begonnen=sessie.begonnen_at,
        gezien=sessie.gezien_at,
        beeindigd=sessie.geeindigd_at,
        at=at,
    )
    return sessie, stand
