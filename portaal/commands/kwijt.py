"""Saying that one lost the link: the same work whoever asks."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from portaal.kwijt import Vraag
from portaal.tasks import answer_lost_link

logger = logging.getLogger(__name__)


def ask_lost_link(*, vraag: Vraag) -> None:
    """Put the question in the queue; nothing is looked up here, so nothing can be told."""
    sealed = vraag.sealed()

    def queue() -> None:
        _queue(sealed)

    transaction.on_commit(queue, robust=True)


def _queue(sealed: str) -> None:
    try:
        answer_lost_link.delay(sealed=sealed)
    except (OSError, OperationalError):
        logger.warning("the queue is away: a question for a new link is lost")
