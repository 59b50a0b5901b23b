"""What a tip is, and what is read after `/tip`."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.areas import AreaId
from bot.domain.organisations import Organisation, OrganisationId
from bot.domain.people import Grant, LanguageSource, Person, PersonId, Role
from bot.domain.permissions import Phase
from bot.domain.richtext import rich
from bot.domain.tip_drafts import TipDraft, TipStep, tip_draft_from_json
from bot.domain.tip_lines import read_tip_line, require_tip_text
from bot.domain.tips import MAX_TIP_CHARS, Tip, TipNumber, TipState, is_colleague, takers, tip_on
from bot.errors import Unacceptable
from tests.town import DESK, START


def organisation(slug: str, name: str, role: Role, *areas: str, desk: bool = True) -> Organisation:
    """One with a desk, unless it has none."""
    return Organisation(
        id=OrganisationId(slug),
        name=name,
        role=role,
        areas=frozenset(map(AreaId, areas)),
        mail_domains=(),
        desk_rooms=(DESK,) if desk else (),
    )


POLICE = organisation("polisen", "Polisen", Role.POLICE, "botkyrka")
COUNCIL = organisation("botkyrka-kommun", "Botkyrka kommun", Role.MUNICIPALITY, "botkyrka")
TOWN = organisation("stockholm-stad", "Stockholms stad", Role.MUNICIPALITY, "stockholm")
GUARDS = organisation("vakt", "Vakten i Alby centrum", Role.GUARD, "albyberget", desk=False)
ALL = (POLICE, COUNCIL, TOWN, GUARDS)
TIP = Tip(
    number=TipNumber(31),
    organisation=POLICE.id,
    tipster=PersonId("p"),
    text=rich("cyklar"),
    sent_at=START,
    touched_at=START,
    key="k",
)


@pytest.mark.parametrize(
    ("said", "meant", "text"),
    [
        ("polisen de säljer", POLICE, "de säljer"),
        ("Polisen: de säljer", POLICE, "de säljer"),
        ("police they sell", POLICE, "they sell"),
        ("Botkyrka kommun lampan är trasig", COUNCIL, "lampan är trasig"),
        ("botkyrka-kommun lampan", COUNCIL, "lampan"),
        ("botkyrka lampan", COUNCIL, "lampan"),
        ("kommunen lampan", COUNCIL, "lampan"),
        ("stockholms lampan", TOWN, "lampan"),
        ("vakten i alby centrum de bråkar", GUARDS, "de bråkar"),
        ("väktarna de bråkar", GUARDS, "de bråkar"),
        ("arla mjölken är sur", None, "arla mjölken är sur"),
        ("pol de säljer", None, "pol de säljer"),
        ("polisen", POLICE, ""),
        ("", None, ""),
    ],
)
def test_organisation_is_known_by_all_that_people_call_it(said, meant, text):
    """By its slug, its name, how that begins, and what everybody calls such a body."""
    read = read_tip_line(rich(said), ALL)

    assert read.organisation == meant
    assert read.text.plain == text


@given(st.text())
def test_any_line_is_read_without_losing_words(said):
    """What is not the organisation's name is told it."""
    read = read_tip_line(rich(said), ALL)

    assert read.text.plain.split() == [] or said.split()[-1].endswith(read.text.plain.split()[-1])
    if read.organisation is None:
        assert read.text.plain.strip(" \n\t:,;.–-") in said


def test_tip_must_say_something_and_not_too_much():
    """Both are told, each in its own words."""
    assert require_tip_text(rich("x" * MAX_TIP_CHARS)).plain
    for text, reason in (("x" * (MAX_TIP_CHARS + 1), "tip-too-long"), ("👍", "tip-needs-words")):
        with pytest.raises(Unacceptable) as refused:
            require_tip_text(rich(text))
        assert refused.value.text_id == reason


def test_closed_tip_goes_on_when_it_is_touched():
    """And closing it twice does not make it live longer."""
    later = START + timedelta(days=3)
    closed = TIP.closed(START)

    assert (closed.state, closed.phase, closed.closed_at) == (
        TipState.CLOSED,
        Phase.CLOSED,
        START,
    )
    assert closed.closed(later) == closed
    assert closed.touched(later).phase is Phase.ACTIVE
    assert closed.touched(later).closed_at is None


def test_hand_over_needs_an_offer():
    """The next desk's card is another than the last one's."""
    moved = TIP.offered(COUNCIL.id).handed_over(START)

    assert moved.organisation == COUNCIL.id
    assert moved.card != TIP.card
    assert tip_on(moved.card) == tip_on(TIP.card) == 31
    assert moved.offered_to is None
    with pytest.raises(ValueError, match="nobody"):
        TIP.handed_over(START)
    assert TIP.offered(COUNCIL.id).closed(START).offered_to is None


def test_those_who_look_after_the_place_come_first():
    """Who has no desk takes no tips."""
    chain = (AreaId("stockholm"),)

    assert list(takers(ALL, chain)) == [TOWN, POLICE, COUNCIL]
    assert list(takers(ALL, ())) == [POLICE, COUNCIL, TOWN]


@pytest.mark.parametrize(
    ("grant", "is_one"),
    [
        (Grant(role=Role.POLICE, organisation="polisen"), True),
        (Grant(role=Role.POLICE, organisation="polisen", expires_at=START), False),
        (Grant(role=Role.POLICE, organisation="botkyrka-kommun"), False),
        (Grant(role=Role.POLICE), False),
        (Grant(role=Role.COORDINATOR, organisation="polisen"), False),
        (Grant(role=Role.MODERATOR), False),
    ],
)
def test_colleague_is_verified_for_the_organisation_and_just_now(grant, is_one):
    """Not for another, not for none, and not in another capacity."""
    person = Person(
        id=PersonId("x"), language="sv", language_source=LanguageSource.DEFAULT, grants=(grant,)
    )

    assert is_colleague(person, POLICE, START) is is_one


def test_draft_asks_for_one_thing_after_the_other_and_survives_being_kept():
    """What is known is not asked again."""
    draft = TipDraft()
    steps = [draft.next_step]
    for known in (
        {"organisation": POLICE.id},
        {"text": rich("cyklar")},
        {"place_known": True, "area": AreaId("alby")},
        {"who_known": True, "is_named": True},
    ):
        draft = tip_draft_from_json({**draft.to_json(), **TipDraft(**known).to_json()} | {
            key: value for key, value in draft.to_json().items() if key not in known and value
        })  # fmt: skip
        steps.append(draft.next_step)

    assert steps == list(TipStep)
    assert tip_draft_from_json(draft.to_json()) == draft
