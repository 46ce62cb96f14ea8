"""What belongs to the worker's day."""

from caseload.models.weergave import Weergave

__all__ = ["Weergave"]
