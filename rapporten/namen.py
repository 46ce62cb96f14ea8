"""How files are called outside the archive: by file number and day, without a name."""

import re

from django.utils import timezone

from rapporten.models import Bundel, Verslag

_NIET_VEILIG = re.compile(r"[^A-Za-z0-9._-]+")


def bestandsnaam(verslag: Verslag) -> str:
    """Return the name under which a report is downloaded."""
    dossier = _NIET_VEILIG.sub("-", verslag.client.dossiernummer).strip("-.") or "dossier"
    code = _NIET_VEILIG.sub("-", verslag.traject.instrument.code)
    return f"voortgangsverslag-{dossier}-{code}-{verslag.periode_tot:%Y%m%d}-{verslag.pk}.pdf"


def bundelnaam(bundel: Bundel) -> str:
    """Return the name under which a bundle is downloaded."""
    day = timezone.localdate(bundel.aangevraagd_at)
    return f"voortgangsverslagen-{day:%Y%m%d}-{bundel.pk}.{bundel.vorm}"
