"""Who in the office may do what: the roles of accounts and their rights, as one table."""

from enum import StrEnum

from models.entry import BY_OFFICE, BY_UNIT, EntryKind


class AccountRole(StrEnum):
    """What somebody of the office is: 承办人, 审核人, 领导, 管理员."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What an account may do on the office's pages."""

    READ = "read"
    REGISTER = "register"
    SETTLE = "settle"
    REASSIGN = "reassign"
    DECIDE = "decide"
    REVOKE = "revoke"
    ADMINISTER = "administer"


_CLERK = frozenset({Right.READ, Right.REGISTER, Right.SETTLE, Right.REASSIGN})

RIGHTS: dict[AccountRole, frozenset[Right]] = {
    AccountRole.CLERK: _CLERK,
    AccountRole.REVIEWER: _CLERK | {Right.DECIDE},
    AccountRole.LEADER: frozenset({Right.READ}),
    AccountRole.ADMINISTRATOR: frozenset({Right.READ, Right.REVOKE, Right.ADMINISTER}),
}
"""Role to rights; an administrator who is also to review has a second account for it."""

NEEDS: dict[EntryKind, Right] = (
    dict.fromkeys(BY_UNIT, Right.REGISTER)
    | dict.fromkeys(BY_OFFICE, Right.DECIDE)
    | {EntryKind.REASSIGNED: Right.REASSIGN}
)
"""The right that each entry of a person needs on the office's pages."""
