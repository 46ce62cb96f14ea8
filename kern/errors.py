"""Refusals: a rule of the domain says no, in a Dutch sentence the user can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction


class DomainError(Exception):
    """A refusal; its text is shown to the user as it stands."""


def _message_of(model: type[models.Model], name: str) -> str:
    for constraint in model._meta.constraints:
        if constraint.name == name:
            return str(constraint.get_violation_error_message())
    raise LookupError(f"{model.__name__} has no constraint {name}")


@contextmanager
def refuse_on(model: type[models.Model], *names: str, **messages: str) -> Iterator[None]:
    """Turn a violation of the named constraints into a DomainError with their Dutch message.

    Constraints that live in a migration only (composite keys, triggers) bring their message
    as a keyword: `refuse_on(Traject, traject_binnen_instrument="…")`.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        violated = getattr(diagnosis, "constraint_name", None)
        if violated in messages:
            raise DomainError(messages[violated]) from error
        if violated in names:
            raise DomainError(_message_of(model, violated)) from error
        raise
