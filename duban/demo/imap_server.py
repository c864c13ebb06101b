"""``python -m duban.demo.imap_server``: pymap with a password that is hashed in no time.

Its hash of half a million rounds guards passwords that people choose, and takes a tenth of a second
of every login. Here the password is random and gone with the process.
"""

from argparse import Namespace
from typing import Any

from pymap.backend import backends
from pymap.backend.dict import Config, DictBackend
from pymap.main import main
from pysasl.hashing import BuiltinHash


class QuickBackend(DictBackend):
    """pymap's backend in memory."""

    @classmethod
    async def init(cls, args: Namespace, **overrides: Any) -> tuple[DictBackend, Config]:
        """The backend as its options have it, with one round of hashing."""
        return await super().init(args, hash_context=BuiltinHash(rounds=1), **overrides)


if __name__ == "__main__":
    backends.add("quick", QuickBackend)
    main()
