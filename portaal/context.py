"""What the frame of the portal needs on each page; nothing elsewhere."""

from typing import Any

from django.http import HttpRequest

from portaal.http import PAD
from portaal.talen import TALEN


def portaal(request: HttpRequest) -> dict[str, Any]:
    """Return who is inside and which languages there are."""
    if not request.path_info.startswith(PAD):
        return {}
    deur = getattr(request, "portaal", None)
    sessie = deur.sessie if deur is not None and deur.is_binnen else None
    return {
        "portaal_binnen": sessie is not None,
        "portaal_bestuur": sessie.bestuur if sessie is not None else None,
        "portaal_taal": deur.taal if deur is not None else "nl",
        "portaal_talen": [(code, naam) for code, _, naam in TALEN],
        "portaal_terug": request.path_info,
    }
