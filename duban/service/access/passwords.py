"""Passwords as they are kept: scrypt with a salt of its own each, the parameters beside it."""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from threading import BoundedSemaphore
from typing import NamedTuple

from notifications.wording import clean

SHORTEST = 12
LONGEST = 200

_AT_ONCE = BoundedSemaphore(4)
"""Each computation takes 32 MB: many attempts at once wait for each other."""


class _Cost(NamedTuple):
    """The parameters of scrypt."""

    n: int
    r: int
    p: int


_NOW = _Cost(2**15, 8, 1)
_SALT_BYTES = 16
_KEY_BYTES = 32


def hashed(password: str) -> str:
    """``scrypt$n$r$p$salt$key``, with a new salt."""
    salt = secrets.token_bytes(_SALT_BYTES)
    key = _key(password, salt, _NOW)
    parts = ("scrypt", *map(str, _NOW), b64encode(salt).decode(), b64encode(key).decode())
    return "$".join(parts)


def is_right(password: str, kept: str | None) -> bool:
    """Whether this is the password; the same work is done where none is kept."""
    _, n, r, p, salt, key = (kept or _NOBODYS).split("$")
    found = _key(password, b64decode(salt), _Cost(int(n), int(r), int(p)))
    return hmac.compare_digest(found, b64decode(key)) and kept is not None


def _key(password: str, salt: bytes, cost: _Cost) -> bytes:
    with _AT_ONCE:
        return hashlib.scrypt(
            clean(password).encode(),
            salt=salt,
            n=cost.n,
            r=cost.r,
            p=cost.p,
            maxmem=256 * cost.n * cost.r * cost.p,
            dklen=_KEY_BYTES,
        )


_NOBODYS = "$".join(("scrypt", *map(str, _NOW), "AAAAAAAAAAAAAAAAAAAAAA==", "AAAA"))
"""What an unknown name is compared with, so that it takes as long as a known one."""
