"""Reports and bundles of reports."""

from rapporten.models.bundel import Bundel
from rapporten.models.verslag import Verslag

__all__ = ["Bundel", "Verslag"]
