"""Links declared void: a contact has left, or a mail has gone astray."""

from datetime import datetime

from duban.errors import WrongUsage
from duban.service.workplace import Workplace
from duban.store import accounts
from duban.store.database import Record, reading, writing
from notifications.wording import clean


def revoke(workplace: Workplace, address: str, because: str, by: str, at: datetime) -> None:
    """Declare void the links that a contact's mails have carried so far, however it is spelt.

    Links in later mails to the same address are good again.

    Raises:
        WrongUsage: no mail ever went to the address and no roster has it, or a reason is missing.
    """
    wanted, reason = clean(address).lower(), clean(because)
    if not reason:
        raise WrongUsage("a revocation needs its reason", "give it with --text")
    with writing(workplace.engine) as connection:
        spellings = {*accounts.written_to(connection, wanted), *_in_rosters(workplace, wanted)}
        if not spellings:
            raise WrongUsage(
                f'nothing was ever sent to "{wanted}", and no roster has it',
                "give the address as `duban outbox list` shows it",
            )
        for spelling in sorted(spellings):
            accounts.revoke(connection, spelling, at, by, reason)


def _in_rosters(workplace: Workplace, wanted: str) -> set[str]:
    found = (address for roster in workplace.rosters.values() for address in roster.addresses)
    return {address for address in found if address.lower() == wanted}


def revoked(workplace: Workplace, limit: int, offset: int) -> tuple[list[Record], int]:
    """What was declared void, the newest first, and how much there is in all."""
    with reading(workplace.engine) as connection:
        return accounts.revocations(connection, limit, offset), accounts.count_revocations(
            connection
        )
