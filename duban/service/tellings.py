"""What an entry makes the other side hear at once: the unit a decision, the office a request.

An answer that only has to be reviewed waits in the office's queue and in its weekly round-up.
"""

from collections.abc import Iterable
from datetime import date

from duban.service.workplace import Workplace
from duban.store.database import Record
from models.entry import DECISIONS, EntryKind
from models.notice import Notice, Reason, Recipient
from models.obligation import Obligation
from models.policy import NoticeKind
from models.reach import Reach
from models.roster import Post

_REQUESTS = frozenset({EntryKind.DECLINED, EntryKind.EXTENSION_REQUESTED})
_OFFICE = (Post.COORDINATING_OFFICE,)
_POSTS_OF_UNIT = (Post.LIAISON, Post.OFFICER_IN_CHARGE, Post.HEAD, Post.COORDINATING_OFFICE)


def telling(
    workplace: Workplace, row: Record, kind: EntryKind, entry: int, on: date
) -> list[Notice]:
    """The notice of an entry that the other side must know of; none for any other entry.

    A decision goes to the first post of the unit that can be reached, or else to the office.
    ``row`` is the obligation after it. A plan that is no longer there tells nobody.
    """
    plan = workplace.office.plans.get(row.plan_id)
    if plan is None or kind not in DECISIONS | _REQUESTS:
        return []
    found = _first(plan.reach, row.unit, _POSTS_OF_UNIT if kind in DECISIONS else _OFFICE, on)
    is_decision = kind in DECISIONS
    return [
        Notice(
            on=on,
            kind=NoticeKind.DECISION if is_decision else NoticeKind.REQUEST,
            reason=Reason(kind.value),
            obligation=row.id,
            revision=row.revision,
            unit=row.unit,
            step=f"{'decision' if is_decision else 'request'}-{entry}",
            due_on=row.due_on,
            recipients=found,
        )
    ]


def withdrawal(reach: Reach, assignment: Obligation, revision: int, on: date) -> Notice:
    """The notice that a unit has nothing left to do under a plan: the matrix asks it no more."""
    return Notice(
        on=on,
        kind=NoticeKind.DECISION,
        reason=Reason.WITHDRAWN,
        obligation=assignment.id,
        revision=revision,
        unit=assignment.unit,
        step="withdrawn",
        due_on=None,
        recipients=first_reader(reach, assignment.unit, on),
    )


def first_reader(reach: Reach, unit: str, on: date) -> tuple[Recipient, ...]:
    """The first post of a unit that somebody answers for on that day, or else the office."""
    return _first(reach, unit, _POSTS_OF_UNIT, on)


def _first(reach: Reach, unit: str, posts: Iterable[Post], on: date) -> tuple[Recipient, ...]:
    """The first of these posts that somebody answers for on that day."""
    contacts = ((post, reach.contact(unit, post, on)) for post in posts)
    return tuple(Recipient(post, found.address) for post, found in contacts if found)[:1]
