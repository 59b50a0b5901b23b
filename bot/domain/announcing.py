"""Who may tell whom something in whose name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.areas import AreaId
from bot.domain.groups import Access, Group, GroupKind
from bot.domain.notices import Notice
from bot.domain.organisations import OrganisationId
from bot.domain.people import VERIFIED_ROLES, Grant, Person, Role
from bot.domain.permissions import Action, Actor, Phase, may
from bot.domain.reports import Priority

Chain = tuple[AreaId, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """In whose name somebody tells something; without an organisation it is the coordinators'."""

    organisation: OrganisationId | None

    @property
    def key(self) -> str:
        """What stands for it on a button."""
        return self.organisation or ""


COORDINATORS = Speaker(None)


def speakers_for(person: Person, places: Sequence[Chain], now: datetime) -> Sequence[Speaker]:
    """Return in whose name somebody may announce in all of these places, organisations first.

    Args:
        person: Who wants to.
        places: Each as its slug and all that contain it; none leaves open where.
        now: Decides which roles still hold.
    """
    speakers = dict.fromkeys(
        Speaker(OrganisationId(grant.organisation))
        for grant in _valid(person, now)
        if grant.organisation and grant.role in VERIFIED_ROLES
    )
    if any(grant.role is Role.COORDINATOR for grant in _valid(person, now)):
        speakers[COORDINATORS] = None
    return [one for one in speakers if all(_may_speak(one, person, p, now) for p in places)]


def is_colleague(person: Person, organisation: str | None, now: datetime) -> bool:
    """Whether somebody is verified for an organisation; nobody is for none."""
    return organisation is not None and any(
        grant.organisation == organisation and grant.role in VERIFIED_ROLES
        for grant in _valid(person, now)
    )


def actor_before(notice: Notice, person: Person, places: Sequence[Chain], now: datetime) -> Actor:
    """Return somebody before a notice: a role counts that holds in all of its places."""
    roles = [person.roles_at(place, now) for place in places]
    return Actor(
        roles=frozenset.intersection(*roles) if roles else person.roles_at((), now),
        is_author=notice.author == person.id,
        is_colleague=is_colleague(person, notice.organisation, now),
    )


def actor_to_recall(
    notice: Notice, person: Person, places: Sequence[Chain], now: datetime
) -> Actor:
    """Return somebody before a notice that may be taken back.

    An organisation takes its own words back also from where it looks after nothing any more.
    """
    actor = actor_before(notice, person, places, now)
    if not actor.is_colleague:
        return actor
    own = {g.role for g in _valid(person, now) if g.organisation == notice.organisation}
    return replace(actor, roles=actor.roles | own)


def may_name(group: Group, speaker: Speaker, *, takes_part: bool) -> bool:
    """Whether somebody who may announce in its area may send to a group by name.

    A locked group is reached by whoever takes part in it and by coordinators, a desk by nobody:
    there an organisation talks with itself.
    """
    if group.kind is GroupKind.ORGANISATION_DESK:
        return False
    return group.access is Access.OPEN or takes_part or speaker is COORDINATORS


def wants_proof(notice: Notice, speaker: Speaker) -> bool:
    """Whether it is red, to whole areas and by a verified role: nobody can do more."""
    is_by_role = speaker.organisation is not None
    return is_by_role and bool(notice.areas) and notice.priority is Priority.RED


def _may_speak(speaker: Speaker, person: Person, place: Chain, now: datetime) -> bool:
    roles = {
        grant.role
        for grant in _valid(person, now)
        if grant.covers(place) and _is_behind(grant, speaker)
    }
    return may(Actor(roles=frozenset(roles)), Action.ANNOUNCE, Phase.NEW)


def _is_behind(grant: Grant, speaker: Speaker) -> bool:
    if speaker.organisation is None:
        return grant.role is Role.COORDINATOR
    return grant.organisation == speaker.organisation


def _valid(person: Person, now: datetime) -> Iterable[Grant]:
    return (g for g in person.grants if g.expires_at is None or now < g.expires_at)
