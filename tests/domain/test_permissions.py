"""Who may do what: the whole table against an oracle of its own."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from bot.domain.people import Role
from bot.domain.permissions import RULES, Action, Actor, Phase, Rules, Standing, may, may_by

OFFICIALS = {"police", "municipality", "fire_service", "guard", "landlord", "volunteer"}
STEWARDS = {"moderator", "coordinator"}

# What was promised, in words of its own: phase -> action -> who. "anybody" is anybody whom the
# report concerns at all, a colleague is verified for the organisation whose matter it is; what is
# not written here nobody may.
ORACLE = {
    "new": {
        "file": "everyone",
        "file_restricted": "police",
        "announce": "official coordinator",
        "approve_role": "colleague",
        "approve_first_role": "coordinator",
        "vouch": "colleague coordinator",
        "change_organisation": "coordinator",
    },
    "active": {
        "mark": "anybody",
        "update": "anybody",
        "edit": "author",
        "confirm": "official",
        "resolve": "author official",
        "declare_false": "official steward",
        "withdraw": "author",
        "hide": "steward",
        "change_priority": "author official",
        "move": "author official",
        "link": "author official steward",
        "be_linked_to": "anybody",
        "answer_officially": "official",
        "correct_notice": "colleague coordinator",
        "recall_notice": "colleague coordinator",
        "read_tip": "colleague",
        "answer_tip": "colleague",
        "close_tip": "colleague",
        "hand_over_tip": "colleague",
        "revoke_role": "author colleague coordinator",
        "change_organisation": "coordinator",
    },
    "reopenable": {
        "update": "anybody",
        "declare_false": "official steward",
        "withdraw": "author",
        "hide": "steward",
        "reopen": "author official steward",
        "be_linked_to": "anybody",
        "answer_officially": "official",
    },
    "withdrawn": {"hide": "steward", "reopen": "author"},
    "hidden": {"reopen": "steward"},
    "closed": {
        "hide": "steward",
        "answer_officially": "official",
        "read_tip": "colleague",
        "answer_tip": "colleague",
    },
}
RELATIONS = {
    "author": (True, False, False),
    "reader": (False, True, False),
    "colleague": (False, True, True),
    "nobody": (False, False, False),
}


def allowed(roles: frozenset[Role], relation: str, action: Action, phase: Phase) -> bool:
    """Decide it from the oracle, by other means than the code does."""
    wanted = ORACLE[phase.value].get(action.value, "").split()
    names = {role.value for role in roles}
    here = {
        "everyone": True,
        "author": relation == "author",
        "official": bool(names & OFFICIALS),
        "steward": bool(names & STEWARDS),
        "police": "police" in names,
        "coordinator": "coordinator" in names,
        "colleague": relation == "colleague" and bool(names & OFFICIALS),
    }
    here["anybody"] = relation != "nobody" or here["official"] or here["steward"]
    return any(here[who] for who in wanted)


def actor(roles: frozenset[Role], relation: str) -> Actor:
    """Somebody with roles, and how the report reached them."""
    is_author, got_it, is_colleague = RELATIONS[relation]
    return Actor(roles=roles, is_author=is_author, got_it=got_it, is_colleague=is_colleague)


@pytest.mark.parametrize("action", Action, ids=str)
@pytest.mark.parametrize("role", Role, ids=str)
def test_table_of_permissions(role: Role, action: Action):
    """Every role, action, phase and relation: what the oracle says, nothing more or less."""
    roles = frozenset({Role.RESIDENT, role})
    cells = [(phase, relation) for phase in Phase for relation in RELATIONS]

    granted = {(p, r) for p, r in cells if may(actor(roles, r), action, p)}
    assert granted == {(p, r) for p, r in cells if allowed(roles, r, action, p)}


def test_several_roles_give_the_rights_of_each_and_no_more():
    """Holding two roles is holding the one and the other: nothing arises between them."""
    for pair in combinations(Role, 2):
        for relation in RELATIONS:
            for action in Action:
                for phase in Phase:
                    both = may(actor(frozenset(pair), relation), action, phase)
                    each = [may(actor(frozenset({r}), relation), action, phase) for r in pair]

                    assert both is any(each), (pair, relation, action, phase)


def test_nobody_may_do_anything_to_a_report_that_does_not_concern_them():
    """Default deny: a resident whom it never reached can only file one of their own."""
    stranger = actor(frozenset({Role.RESIDENT}), "nobody")
    granted = [(a, p) for a in Action for p in Phase if may(stranger, a, p)]

    assert granted == [(Action.FILE, Phase.NEW)]


@pytest.mark.parametrize(
    "roles",
    [(), (Role.RESIDENT,), (Role.CONTACT_PERSON,), (Role.RESIDENT, Role.CONTACT_PERSON)],
    ids=["none", "resident", "contact person", "both"],
)
def test_reader_only_marks_and_adds(roles: tuple[Role, ...]):
    """A neighbour's word counts by its number, not by a right over the report."""
    reader = actor(frozenset(roles), "reader")
    granted = {a for a in Action for p in Phase if may(reader, a, p)}

    assert granted == {Action.FILE, Action.MARK, Action.UPDATE, Action.BE_LINKED_TO}


def test_somebody_of_whom_nothing_is_known_stands_nowhere():
    """To be the author, or to have got it, must be said."""
    assert Actor(roles=frozenset({Role.RESIDENT})).standings == frozenset()


def test_author_counts_once():
    """Whoever wrote it is no independent reader of it."""
    both = Actor(roles=frozenset({Role.RESIDENT}), is_author=True, got_it=True)

    assert both.standings == actor(frozenset({Role.RESIDENT}), "author").standings


@pytest.mark.parametrize(
    ("role", "relation", "action", "phase"),
    [
        (Role.RESIDENT, "author", Action.REOPEN, Phase.HIDDEN),
        (Role.POLICE, "author", Action.REOPEN, Phase.HIDDEN),
        (Role.RESIDENT, "author", Action.WITHDRAW, Phase.HIDDEN),
        (Role.POLICE, "reader", Action.DECLARE_FALSE, Phase.HIDDEN),
        (Role.POLICE, "reader", Action.REOPEN, Phase.WITHDRAWN),
        (Role.MODERATOR, "reader", Action.REOPEN, Phase.WITHDRAWN),
        (Role.POLICE, "reader", Action.DECLARE_FALSE, Phase.WITHDRAWN),
        (Role.MODERATOR, "reader", Action.FILE_RESTRICTED, Phase.NEW),
        (Role.GUARD, "reader", Action.FILE_RESTRICTED, Phase.NEW),
        (Role.MODERATOR, "reader", Action.WITHDRAW, Phase.ACTIVE),
        (Role.POLICE, "reader", Action.EDIT, Phase.ACTIVE),
        (Role.RESIDENT, "author", Action.CONFIRM, Phase.ACTIVE),
        (Role.RESIDENT, "author", Action.HIDE, Phase.ACTIVE),
        (Role.POLICE, "reader", Action.REOPEN, Phase.CLOSED),
        (Role.COORDINATOR, "colleague", Action.READ_TIP, Phase.ACTIVE),
        (Role.POLICE, "reader", Action.READ_TIP, Phase.ACTIVE),
        (Role.COORDINATOR, "reader", Action.APPROVE_ROLE, Phase.NEW),
    ],
    ids=[
        "an author does not undo a moderator",
        "not even one with a badge",
        "nor by withdrawing first",
        "a badge does not show what is hidden",
        "nor bring back what its author took back",
        "nor does a moderator",
        "nor by calling it false",
        "missing persons are the police's",
        "not a guard's",
        "nobody withdraws for another",
        "nobody writes in another's name",
        "nobody confirms oneself",
        "authors withdraw, they don't hide",
        "what is long over stays over",
        "coordinators read no tips",
        "nor does one desk read another's",
        "nobody is let in by those who don't know them",
    ],
)
def test_what_must_never_be_granted(role: Role, relation: str, action: Action, phase: Phase):
    """The grants that would do most harm, each by name."""
    assert not may(actor(frozenset({Role.RESIDENT, role}), relation), action, phase)


def mutants() -> Iterator[tuple[Action, Phase, Standing, Rules]]:
    """Every table that differs from the real one by one standing, taken away or let in."""
    for action, phase, standing in product(RULES, Phase, Standing):
        before = RULES[action].get(phase, frozenset())
        if IMPLIED.get(standing) in before:
            continue  # who stands so may do it already
        row = {**RULES[action], phase: before ^ {standing}}
        yield action, phase, standing, {**RULES, action: row}


# Two standings that always come together can't be told apart from outside.
IMPLIED = {
    Standing.COORDINATOR: Standing.STEWARD,
    Standing.POLICE: Standing.VERIFIED,
    Standing.COLLEAGUE: Standing.VERIFIED,
}


def is_noticed(rules: Rules, action: Action, phase: Phase) -> bool:
    """Whether somebody may do what the oracle forbids, or may not what it allows."""
    return any(
        may_by(rules, actor(roles, relation), action, phase)
        != allowed(roles, relation, action, phase)
        for roles in (frozenset({Role.RESIDENT, role}) for role in Role)
        for relation in RELATIONS
    )


def test_every_change_of_the_table_is_noticed():
    """A right that is taken away, or one that is let in, makes the oracle disagree somewhere."""
    tried = list(mutants())
    unnoticed = [
        (action, phase, standing)
        for action, phase, standing, rules in tried
        if not is_noticed(rules, action, phase)
    ]

    assert unnoticed == []
    assert len(tried) > 900


@pytest.mark.parametrize("action", [a for a in Action if a is not Action.FILE], ids=str)
def test_action_that_the_table_forgets_is_allowed_to_nobody(action: Action):
    """Default deny: without its row nobody has the right, and the oracle sees that it is gone."""
    without = {a: row for a, row in RULES.items() if a is not action}
    everybody = [actor(frozenset({role}), relation) for role in Role for relation in RELATIONS]

    assert not [a for a in everybody if any(may_by(without, a, action, p) for p in Phase)]
    assert any(is_noticed(without, action, phase) for phase in Phase)
