"""Who may do what. The one place where that is decided; default is no."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.domain.people import VERIFIED_ROLES, Role


class Action(StrEnum):
    """What somebody wants to do."""

    FILE = "file"
    FILE_RESTRICTED = "file_restricted"
    MARK = "mark"
    UPDATE = "update"
    EDIT = "edit"
    CONFIRM = "confirm"
    RESOLVE = "resolve"
    DECLARE_FALSE = "declare_false"
    WITHDRAW = "withdraw"
    HIDE = "hide"
    REOPEN = "reopen"
    CHANGE_PRIORITY = "change_priority"
    MOVE = "move"
    LINK = "link"
    BE_LINKED_TO = "be_linked_to"
    ANSWER_OFFICIALLY = "answer_officially"
    ANNOUNCE = "announce"
    CORRECT_NOTICE = "correct_notice"
    RECALL_NOTICE = "recall_notice"
    READ_TIP = "read_tip"
    ANSWER_TIP = "answer_tip"
    CLOSE_TIP = "close_tip"
    HAND_OVER_TIP = "hand_over_tip"
    APPROVE_ROLE = "approve_role"
    APPROVE_FIRST_ROLE = "approve_first_role"
    REVOKE_ROLE = "revoke_role"
    VOUCH = "vouch"
    CHANGE_ORGANISATION = "change_organisation"


class Standing(StrEnum):
    """How a person stands to a report, a tip, a notice or somebody's role."""

    AUTHOR = "author"
    READER = "reader"
    VERIFIED = "verified"
    POLICE = "police"
    STEWARD = "steward"
    COORDINATOR = "coordinator"
    COLLEAGUE = "colleague"


class Phase(StrEnum):
    """What can still be done to a matter.

    Withdrawn and hidden ones are reopenable too, but not by everybody: nobody brings back what its
    author took back, and no author what a moderator hid.
    """

    NEW = "new"
    ACTIVE = "active"
    REOPENABLE = "reopenable"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person before a matter.

    Attributes:
        roles: What the person holds where the matter is.
        is_author: It is the person's own: who wrote it, or whose role it is.
        got_it: It has reached the person, or a room where the person is.
        is_colleague: The person is verified for the organisation whose matter it is.
    """

    roles: frozenset[Role]
    is_author: bool = False
    got_it: bool = False
    is_colleague: bool = False

    @property
    def standings(self) -> frozenset[Standing]:
        """All ways in which the person stands to the report."""
        found = set()
        if self.is_author:
            found.add(Standing.AUTHOR)
        elif self.got_it:
            found.add(Standing.READER)
        if self.roles & VERIFIED_ROLES:
            found.add(Standing.VERIFIED)
        if Role.POLICE in self.roles:
            found.add(Standing.POLICE)
        if self.roles & {Role.MODERATOR, Role.COORDINATOR}:
            found.add(Standing.STEWARD)
        if Role.COORDINATOR in self.roles:
            found.add(Standing.COORDINATOR)
        if self.is_colleague and Standing.VERIFIED in found:
            found.add(Standing.COLLEAGUE)
        return frozenset(found)


_ANYBODY = frozenset(Standing)
_DESK = frozenset({Standing.COLLEAGUE})
_OFFICE = frozenset({Standing.COLLEAGUE, Standing.COORDINATOR})
Rules: TypeAlias = Mapping[Action, Mapping[Phase, frozenset[Standing]]]
RULES: Rules = {
    Action.FILE_RESTRICTED: {Phase.NEW: frozenset({Standing.POLICE})},
    Action.MARK: {Phase.ACTIVE: _ANYBODY},
    Action.UPDATE: {Phase.ACTIVE: _ANYBODY, Phase.REOPENABLE: _ANYBODY},
    Action.EDIT: {Phase.ACTIVE: frozenset({Standing.AUTHOR})},
    Action.CONFIRM: {Phase.ACTIVE: frozenset({Standing.VERIFIED})},
    Action.RESOLVE: {Phase.ACTIVE: frozenset({Standing.AUTHOR, Standing.VERIFIED})},
    Action.DECLARE_FALSE: {
        Phase.ACTIVE: frozenset({Standing.VERIFIED, Standing.STEWARD}),
        Phase.REOPENABLE: frozenset({Standing.VERIFIED, Standing.STEWARD}),
    },
    Action.WITHDRAW: {
        Phase.ACTIVE: frozenset({Standing.AUTHOR}),
        Phase.REOPENABLE: frozenset({Standing.AUTHOR}),
    },
    Action.HIDE: {
        Phase.ACTIVE: frozenset({Standing.STEWARD}),
        Phase.REOPENABLE: frozenset({Standing.STEWARD}),
        Phase.WITHDRAWN: frozenset({Standing.STEWARD}),
        Phase.CLOSED: frozenset({Standing.STEWARD}),
    },
    Action.REOPEN: {
        Phase.REOPENABLE: frozenset({Standing.AUTHOR, Standing.VERIFIED, Standing.STEWARD}),
        Phase.WITHDRAWN: frozenset({Standing.AUTHOR}),
        Phase.HIDDEN: frozenset({Standing.STEWARD}),
    },
    Action.CHANGE_PRIORITY: {Phase.ACTIVE: frozenset({Standing.AUTHOR, Standing.VERIFIED})},
    Action.MOVE: {Phase.ACTIVE: frozenset({Standing.AUTHOR, Standing.VERIFIED})},
    Action.LINK: {
        Phase.ACTIVE: frozenset({Standing.AUTHOR, Standing.VERIFIED, Standing.STEWARD}),
    },
    Action.BE_LINKED_TO: {Phase.ACTIVE: _ANYBODY, Phase.REOPENABLE: _ANYBODY},
    Action.ANSWER_OFFICIALLY: {
        Phase.ACTIVE: frozenset({Standing.VERIFIED}),
        Phase.REOPENABLE: frozenset({Standing.VERIFIED}),
        Phase.CLOSED: frozenset({Standing.VERIFIED}),
    },
    Action.ANNOUNCE: {Phase.NEW: frozenset({Standing.VERIFIED, Standing.COORDINATOR})},
    Action.CORRECT_NOTICE: {Phase.ACTIVE: _OFFICE},
    Action.RECALL_NOTICE: {Phase.ACTIVE: _OFFICE},
    Action.READ_TIP: {Phase.ACTIVE: _DESK, Phase.CLOSED: _DESK},
    Action.ANSWER_TIP: {Phase.ACTIVE: _DESK, Phase.CLOSED: _DESK},
    Action.CLOSE_TIP: {Phase.ACTIVE: _DESK},
    Action.HAND_OVER_TIP: {Phase.ACTIVE: _DESK},
    Action.APPROVE_ROLE: {Phase.NEW: _DESK},
    Action.APPROVE_FIRST_ROLE: {Phase.NEW: frozenset({Standing.COORDINATOR})},
    Action.VOUCH: {Phase.NEW: _OFFICE},
    Action.REVOKE_ROLE: {Phase.ACTIVE: _OFFICE | {Standing.AUTHOR}},
    Action.CHANGE_ORGANISATION: {
        Phase.NEW: frozenset({Standing.COORDINATOR}),
        Phase.ACTIVE: frozenset({Standing.COORDINATOR}),
    },
}


def may(actor: Actor, action: Action, phase: Phase) -> bool:
    """Decide whether somebody may do something to a report in this phase."""
    return may_by(RULES, actor, action, phase)


def may_by(rules: Rules, actor: Actor, action: Action, phase: Phase) -> bool:
    """Decide it by a table; what does not stand there nobody may."""
    if action is Action.FILE:
        return phase is Phase.NEW
    allowed = rules.get(action, {}).get(phase, frozenset())
    return not allowed.isdisjoint(actor.standings)
