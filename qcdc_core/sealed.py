"""Encryption at rest for the few values that must not be readable in a stolen database.

Fernet (AES-128-CBC with HMAC-SHA256) under keys derived from QCDC_DATA_KEY. Several keys may be
set, separated by commas: the first one seals, all of them unseal, so that a key can be replaced:
put the new one in front, `reseal` what is stored, take the old one away.
"""

import hmac
from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qcdc_core.config import Settings, data_keys, settings


class Unreadable(ValueError):  # noqa: N818 - named for what it says about the value
    """The value was sealed under a key that is not set any more, or was changed since."""

    def __init__(self) -> None:
        super().__init__("a sealed value cannot be read with the data keys that are set")


def seal(text: str, current: Settings | None = None) -> str:
    """ASCII, about 4/3 of the length plus 100; another one each time, so useless for comparing.

    ``current``: whose keys are used, by default those of this process.
    """
    # Fernet writes the time into the open; nothing here asks how old a value is.
    return _box(data_keys(current or settings())).encrypt_at_time(text.encode(), 0).decode("ascii")


def unseal(sealed: str, current: Settings | None = None) -> str:
    """Raises Unreadable."""
    try:
        return _box(data_keys(current or settings())).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def reseal(sealed: str, current: Settings | None = None) -> str:
    """The same value under the first key. Raises Unreadable."""
    return seal(unseal(sealed, current), current)


def fingerprint(text: str, current: Settings | None = None) -> str:
    """64 hex digits, the same for the same text, for finding a sealed value without unsealing all.

    Keyed, since a plain digest of a phone number is undone by trying all numbers. Under the first
    key: after a change of keys fingerprints are made anew together with `reseal`.
    """
    key = _derived(data_keys(current or settings())[0], b"qcdc fingerprint")
    return hmac.new(key, text.encode(), "sha256").hexdigest()


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_fernet_key(key)) for key in keys])


def _fernet_key(key: str) -> bytes:
    return urlsafe_b64encode(_derived(key, b"qcdc sealed"))


@cache
def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
