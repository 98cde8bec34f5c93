"""Fetching a file from the address that a platform gave, without being led to other machines."""

import ipaddress
import socket
from urllib.parse import urlsplit

import httpx

from qcdc_core.evidence.kinds import LARGEST

_LIMITS = httpx.Timeout(20, connect=5)
_GONE = (400, 401, 403, 404, 410)


class FetchError(Exception):
    """``code`` holds no address. ``final``: trying again would not help."""

    def __init__(self, code: str, *, final: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.final = final


def fetch_address(url: str, relay: str | None = None) -> bytes:
    """The bytes, at most LARGEST. Raises FetchError.

    Only public addresses, by HTTPS, or those of ``relay``, which the settings name.
    """
    _check(url, relay)
    try:
        with httpx.stream("GET", url, timeout=_LIMITS) as answer:
            if answer.status_code != httpx.codes.OK:
                raise FetchError("gone", final=answer.status_code in _GONE)
            return _read(answer)
    except httpx.InvalidURL as problem:
        raise FetchError("address", final=True) from problem
    except httpx.HTTPError as problem:
        raise FetchError(type(problem).__name__) from problem


def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise FetchError("file_too_large", final=True)
    return bytes(body)


def _check(url: str, relay: str | None) -> None:
    try:
        parts = urlsplit(url)
        place = parts.hostname, parts.port
    except ValueError as problem:
        raise FetchError("address", final=True) from problem
    if relay is not None and place == (urlsplit(relay).hostname, urlsplit(relay).port):
        return
    if parts.scheme != "https" or not parts.hostname:
        raise FetchError("address", final=True)
    if not all(ipaddress.ip_address(one).is_global for one in _numbers(parts.hostname)):
        raise FetchError("address", final=True)


def _numbers(host: str) -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(host, 443)}
    except UnicodeError as problem:  # a label that no name can have
        raise FetchError("address", final=True) from problem
    except OSError as problem:
        raise FetchError("name") from problem
