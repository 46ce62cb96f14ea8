"""Field encryption (AES-256-GCM, key ring) and a keyed blind index (HMAC-SHA256).

The associated data ties a ciphertext to its place (bestuur and column): a value copied to another
bestuur's row does not open. Keys live outside the database (`FIELD_KEYS`, `INDEX_KEY`).
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class Unreadable(Exception):
    """The value was not sealed with a known key for this place."""


def seal(text: str, *, place: str) -> bytes:
    """Encrypt text for one place; the result is key id, colon, nonce, ciphertext."""
    return seal_bytes(text.encode(), place=place)


def unseal(sealed: bytes, *, place: str) -> str:
    """Return the text sealed for this place."""
    return unseal_bytes(sealed, place=place).decode()


def seal_bytes(data: bytes, *, place: str) -> bytes:
    """Encrypt the bytes of a file for one place."""
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(key).encrypt(nonce, data, place.encode())
    return key_id.encode() + b":" + nonce + sealed


def unseal_bytes(sealed: bytes, *, place: str) -> bytes:
    """Return the bytes sealed for this place."""
    key_id, _, rest = bytes(sealed).partition(b":")
    key = settings.FIELD_KEYS.get(key_id.decode(errors="replace"))
    if key is None:
        raise Unreadable("unknown key")
    try:
        return AESGCM(key).decrypt(rest[:_NONCE], rest[_NONCE:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable("sealed for another place, or damaged") from error


def sealed_with_first_key(sealed: bytes) -> bool:
    """Tell whether the value was sealed with the key that encrypts now."""
    return bytes(sealed).startswith(next(iter(settings.FIELD_KEYS)).encode() + b":")


def blind_index(text: str, *, place: str) -> str:
    """Return a hex digest that finds the same text again in the same place only."""
    key = hmac.digest(settings.INDEX_KEY, place.encode(), hashlib.sha256)
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()
