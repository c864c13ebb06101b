"""Signed tokens: the links to a unit's page, and the tags in reply addresses.

The key that signs is the first; all verify, so a key can be changed while mails made with the old
one are still about. Each purpose has a salt of its own: a tag is no link and the other way round.
"""

import json
import re
from base64 import b32encode
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from itsdangerous import BadData, Signer, URLSafeSerializer
from itsdangerous.encoding import base64_decode

LINK_DAYS = 60
"""A link is good for so many days after the one on which it was made."""

_LINK_SALT, _TAG_SALT = "duban.feedback.link", "duban.feedback.tag"
_SIGNER: dict[str, Any] = {"digest_method": sha256, "key_derivation": "hmac"}
_LONGEST_LINK = 400

_SIGNATURE = 20
"""Characters of base32: 100 bits, and with a key of 16 the tag has 37 characters of 40."""

_KEY = re.compile(r"[a-z0-9]{1,19}", re.ASCII)
_TAG = re.compile(rf"({_KEY.pattern})-[a-z2-7]{{{_SIGNATURE}}}", re.ASCII)


class Tokens:
    """Makes and reads tokens with the deployment's keys, the newest first."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        if not keys:
            raise ValueError("there is no key to sign with")
        self._keys = keys
        self._links = URLSafeSerializer(
            list(reversed(keys)), salt=_LINK_SALT, signer_kwargs=_SIGNER
        )

    def link(self, key: str, on: date) -> str:
        """A URL-safe token that names the mail it stands in and the day it was made."""
        return str(self._links.dumps([key, on.isoformat()]))

    def read_link(self, token: str) -> tuple[str, date] | None:
        """The mail's key and the day of a link; None where it is forged or malformed."""
        if len(token) > _LONGEST_LINK or not token.isascii():
            return None
        try:
            match self._links.loads(token):
                case [str(key), str(day)]:
                    return key, date.fromisoformat(day)
        except (BadData, ValueError):
            pass
        return None

    def tag(self, key: str, address: str, items: Sequence[str]) -> str:
        """What stands in the reply address of a mail: its key, and a signature over the rest.

        It binds the mail's key to whom the mail goes and to its numbered items in their order;
        ``[a-z0-9-]``, at most 40 characters.

        Raises:
            ValueError: the key has other characters than ``[a-z0-9]``, or more than 19.
        """
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} cannot stand in a reply address")
        return _tag(self._keys[0], key, address, items)

    def is_tag_of(self, tag: str, key: str, address: str, items: Sequence[str]) -> bool:
        """Whether the tag was made by ``tag`` with these very values and one of the keys."""
        if not _TAG.fullmatch(tag):
            return False
        made = [_tag(secret, key, address, items) for secret in self._keys]
        return any(compare_digest(one, tag) for one in made)

    def key_of(self, tag: str) -> str | None:
        """The key that a tag claims, unverified; None where it has not a tag's form."""
        found = _TAG.fullmatch(tag)
        return found[1] if found else None


def _tag(secret: str, key: str, address: str, items: Sequence[str]) -> str:
    signed = json.dumps([key, address.lower(), *items]).encode()
    signature = base64_decode(Signer(secret, salt=_TAG_SALT, **_SIGNER).get_signature(signed))
    return f"{key}-{b32encode(signature).decode('ascii')[:_SIGNATURE].lower()}"
