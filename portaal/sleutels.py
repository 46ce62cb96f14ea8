"""Making tokens and codes, and the digests under which they are kept."""

import secrets

from kern import crypto
from portaal.rules.sleutels import ALPHABET, CODE_LENGTH, Gelezen, write_code, write_token


def new_token(bestuur_id: int) -> str:
    """Return a token that nobody guesses: 192 random bits."""
    return write_token(bestuur_id, secrets.token_urlsafe(24))


def new_code(bestuur_id: int) -> str:
    """Return a short code for paper: 39 random bits, good only with the second factor."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return write_code(bestuur_id, letters)


def new_confirmation() -> str:
    """Return six digits that live a quarter of an hour."""
    return f"{secrets.randbelow(1_000_000):06d}"


def digest(soort: str, gelezen: Gelezen) -> str:
    """Return what is stored: keyed, so that a stolen database gives nothing to try."""
    return crypto.blind_index(gelezen.sleutel, place=f"portaal.{soort}:{gelezen.bestuur_id}")


def confirmation_digest(bestuur_id: int, link_pk: int, code: str) -> str:
    """Return under what the six digits of one link are stored."""
    return digest("bevestiging", Gelezen(bestuur_id, f"{link_pk}:{code}"))
