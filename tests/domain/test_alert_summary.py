"""The sentence that says all that somebody has asked for, in each combination of wishes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import time, timedelta
from itertools import chain, product

import pytest

from bot.domain.alert_summary import Extent, Told, summary_words
from bot.domain.alerting import AlertSettings
from bot.domain.areas import AreaId
from bot.domain.digests import DigestTimes
from bot.domain.kinds import Kind
from bot.domain.quiet_hours import WEEKEND, WORKDAYS, QuietHours, Weekday
from bot.domain.reports import Priority
from bot.texts import load_texts
from tests.domain.times import STOCKHOLM
from tests.town import START

TEXTS = load_texts(zone=STOCKHOLM)
LANGUAGES = ("sv", "en")
AND = {"sv": "och", "en": "and"}
RED, YELLOW, GREEN = Priority.RED, Priority.YELLOW, Priority.GREEN
FRI_TO_SUN = frozenset({Weekday.FRIDAY, Weekday.SATURDAY, Weekday.SUNDAY})
SOME_DAYS = frozenset({Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY})
SUNDAY = frozenset({Weekday.SUNDAY})
MOST_CHARS = 450

ALBY = Told(
    extent=Extent.AREA,
    name="Albyberget",
    at_least=YELLOW,
    chain=(AreaId("albyberget"), AreaId("botkyrka")),
)
FITTJA = replace(ALBY, name="Fittja", chain=(AreaId("fittja"), AreaId("botkyrka")))
BOTKYRKA = Told(
    extent=Extent.WHOLE_AREA, name="Botkyrka", at_least=RED, chain=(AreaId("botkyrka"),)
)
HERE = Told(extent=Extent.CIRCLE, name="Fittja", at_least=YELLOW, radius_m=500)
AT_SEA = replace(HERE, name="", radius_m=1500)
GROUP = Told(extent=Extent.GROUP, name="Skomakarna", at_least=YELLOW)
NIGHT = QuietHours(begins=time(22), ends=time(7))
EVENING = DigestTimes(at=time(18))
WEEK = timedelta(days=7)


def say(language: str, *followed: Told, **wishes: object) -> str:
    """Write the sentence."""
    settings = AlertSettings(**wishes)  # type: ignore[arg-type]  # its named fields
    return TEXTS.plain(summary_words(followed, settings, START), language)


def on(days: frozenset[Weekday], begins: time = time(23), ends: time = time(9)) -> QuietHours:
    """Quiet hours on some days."""
    return QuietHours(begins=begins, ends=ends, days=days)


PLACES: Sequence[Sequence[Told]] = (
    (ALBY,),
    (BOTKYRKA,),
    (HERE,),
    (AT_SEA,),
    (GROUP,),
    (ALBY, GROUP),
    (ALBY, HERE),
    (HERE, AT_SEA),
)
KINDS = (
    frozenset[Kind](),
    frozenset({Kind.FIRE}),
    frozenset({Kind.FIRE, Kind.THEFT}),
    frozenset(Kind) - {Kind.LOST_FOUND},
)
ALIKE = [
    tuple(replace(one, at_least=at_least, kinds=kinds) for one in places)
    for places, at_least, kinds in product(PLACES, Priority, KINDS)
]
MIXED: Sequence[Sequence[Told]] = (
    (ALBY, BOTKYRKA),
    (BOTKYRKA, replace(GROUP, at_least=GREEN), HERE, ALBY),
    (BOTKYRKA, replace(GROUP, at_least=GREEN)),
    (ALBY, replace(FITTJA, kinds=frozenset({Kind.FIRE})), replace(HERE, at_least=GREEN)),
    tuple(replace(ALBY, name=name) for name in ("Ale", "Boden", "Ekerö", "Falun", "Gagnef")),
    tuple(replace(ALBY, name=kind.name.title(), kinds=frozenset({kind})) for kind in Kind),
)
NOTHING: Sequence[Told] = ()
QUIET: Sequence[Sequence[QuietHours]] = (
    (),
    (NIGHT,),
    (replace(NIGHT, ends=time(6, 30)),),
    (on(WORKDAYS, time(22), time(6)), on(WEEKEND)),
    (on(FRI_TO_SUN),),
    (on(SOME_DAYS),),
    (on(SUNDAY, time(0), time(0)), on(SOME_DAYS, time(20), time(20))),
)
DIGESTS = (
    None,
    EVENING,
    DigestTimes(at=time(18), days=SUNDAY),
    DigestTimes(at=time(7, 30), days=WORKDAYS),
    DigestTimes(at=time(17), days=FRI_TO_SUN),
    DigestTimes(at=time(17), days=SOME_DAYS),
)


def every_choice() -> Iterator[AlertSettings]:
    """Yield each combination; what red does in the quiet only where there is quiet."""
    for quiet, breaks, digest, most, paused, also in product(
        QUIET, (True, False), DIGESTS, (None, 3), (None, START + WEEK), (False, True)
    ):
        if quiet or breaks:
            yield AlertSettings(
                quiet=tuple(quiet),
                red_breaks_quiet=breaks,
                digest=digest,
                most_an_hour=most,
                paused_until=paused,
                also_in_private=also,
            )


def some_choices() -> Iterator[AlertSettings]:
    """Yield what bears on how a place is told: the quiet, whether red breaks it, and a tail."""
    for quiet, breaks, digest in product(QUIET[:4], (True, False), DIGESTS[:2]):
        if quiet or breaks:
            yield AlertSettings(quiet=tuple(quiet), red_breaks_quiet=breaks, digest=digest)


COMBINED = [
    *product([NOTHING, ALIKE[0], MIXED[0], MIXED[1]], every_choice()),
    *product(chain(ALIKE[1:], MIXED[2:]), some_choices()),
]
SAID = {
    language: [
        TEXTS.plain(summary_words(followed, settings, START), language)
        for followed, settings in COMBINED
    ]
    for language in LANGUAGES
}
NAMES = {
    name
    for followed, _ in COMBINED
    for one in followed
    for name in re.findall(r"[^\W\d_]+", one.name)
}


def vocabulary(language: str) -> set[str]:
    """All words of all sentences but names, units and the month."""
    found = {word for said in SAID[language] for word in re.findall(r"[^\W\d_]+", said)}
    return {word.casefold() for word in found - NAMES - {"m", "km", "nov"}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ("one space between words", r"  |\s[,.;:]|\n"),
        ("no comma or stop twice, nothing left out", r",,|, \.|: \.|\.\.|\bNone\b|[{}]"),
        ("no word twice in a row", r"\b(\w+) \1\b"),
        ("no bare joint", r"\b(?:och|and|från|from|inom|within|om|about)\s*[,.]"),
    ],
)
def test_no_sentence_breaks_a_rule_of_writing(language, rule, broken):
    """Whatever somebody combines, it is put together as one would write it."""
    assert [said for said in SAID[language] if re.search(broken, said)] == [], rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_one_sentence(language):
    """It begins with a capital and ends with the only full stop that is none of a short word."""
    for said in SAID[language]:
        bare = re.sub(r"\bkl\.|\bnov\.", "", said)
        assert said[0].isupper()
        assert bare.endswith(".")
        assert bare.count(".") - len(re.findall(r"\d\.\d", bare)) == 1, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_end_with_and(language):
    """Kinds, places and days are listed with commas, and with "and" before the last."""
    joint = AND[language]
    for (followed, _), said in zip(COMBINED, SAID[language], strict=True):
        if len(followed) > 1 and followed[0].at_least == followed[1].at_least:
            assert f" {joint} " in said
        if followed and len(followed[0].kinds) > 1:
            assert f" {joint} " in said


def test_no_word_of_one_language_stands_in_the_other():
    """The two have no word in common, so that one that strays shows."""
    assert vocabulary("sv") & vocabulary("en") == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_different_wishes_never_read_the_same(language):
    """All of it is said: whoever reads the sentence knows what was chosen."""
    told = [re.sub(r"\bAlbyberget\b", "Alby", said) for said in SAID[language]]

    assert len(set(told)) == len(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_longer_than_a_message_of_a_few_lines(language):
    """What is beyond three places or kinds is told as a number."""
    assert max(map(len, SAID[language])) <= MOST_CHARS


def test_pause_that_is_over_is_not_told():
    """Only what holds now."""
    assert say("sv", ALBY, paused_until=START) == "Du får rött och gult från Albyberget."


def test_same_hours_on_several_days_are_told_once():
    """Days that people wrote apart are put together."""
    apart = tuple(on(frozenset({day})) for day in sorted(FRI_TO_SUN))

    assert say("sv", ALBY, quiet=apart) == say("sv", ALBY, quiet=(on(FRI_TO_SUN),))


READ = [
    (
        [ALBY],
        {},
        "Du får rött och gult från Albyberget.",
        "You get red and yellow from Albyberget.",
    ),
    (
        [BOTKYRKA],
        {},
        "Du får rött från hela Botkyrka.",
        "You get red from all Botkyrka.",
    ),
    (
        [replace(ALBY, at_least=GREEN)],
        {},
        "Du får allt från Albyberget.",
        "You get everything from Albyberget.",
    ),
    (
        [ALBY, BOTKYRKA],
        {"quiet": (NIGHT,)},
        "Du får rött och gult från Albyberget, alltid rött från hela Botkyrka, tyst 22–07.",
        "You get red and yellow from Albyberget, always red from all Botkyrka, silent 22–07.",
    ),
    (
        [ALBY, BOTKYRKA],
        {},
        "Du får rött och gult från Albyberget, och rött från hela Botkyrka.",
        "You get red and yellow from Albyberget, and red from all Botkyrka.",
    ),
    (
        [ALBY, BOTKYRKA],
        {"quiet": (NIGHT,), "red_breaks_quiet": False},
        "Du får rött och gult från Albyberget, rött från hela Botkyrka, tyst 22–07 även för rött.",
        "You get red and yellow from Albyberget, red from all Botkyrka, "
        "silent 22–07 even for red.",
    ),
    (
        [GROUP, BOTKYRKA],
        {"quiet": (NIGHT,)},
        "Du får rött och gult från gruppen Skomakarna, alltid rött från hela Botkyrka, "
        "tyst 22–07 utom för rött.",
        "You get red and yellow from the group Skomakarna, always red from all Botkyrka, "
        "silent 22–07 except for red.",
    ),
    (
        [BOTKYRKA],
        {"quiet": (NIGHT,)},
        "Du får rött från hela Botkyrka, tyst 22–07 utom för rött.",
        "You get red from all Botkyrka, silent 22–07 except for red.",
    ),
    (
        [HERE],
        {},
        "Du får rött och gult inom 500 m från din plats i Fittja.",
        "You get red and yellow within 500 m of your place in Fittja.",
    ),
    (
        [AT_SEA],
        {},
        "Du får rött och gult inom 1,5 km från din plats.",
        "You get red and yellow within 1.5 km of your place.",
    ),
    (
        [ALBY, FITTJA, HERE],
        {},
        "Du får rött och gult från Albyberget och Fittja och inom 500 m från din plats i Fittja.",
        "You get red and yellow from Albyberget and Fittja and within 500 m of your place in "
        "Fittja.",
    ),
    (
        list(MIXED[4]),
        {},
        "Du får rött och gult från Ale, Boden, Ekerö och 2 ställen till.",
        "You get red and yellow from Ale, Boden, Ekerö and 2 other places.",
    ),
    (
        [GROUP, replace(ALBY, at_least=GREEN)],
        {},
        "Du får allt från Albyberget, och rött och gult från gruppen Skomakarna.",
        "You get everything from Albyberget, and red and yellow from the group Skomakarna.",
    ),
    (
        [replace(ALBY, kinds=KINDS[2])],
        {},
        "Du får rött och gult om stölder och bränder från Albyberget.",
        "You get red and yellow about thefts and fires from Albyberget.",
    ),
    (
        [replace(GROUP, at_least=GREEN, kinds=KINDS[3])],
        {},
        "Du får allt om stöldligor, stölder, inbrott och 11 slag till från gruppen Skomakarna.",
        "You get everything about theft rings, thefts, burglaries and 11 other kinds from the "
        "group Skomakarna.",
    ),
    (
        [ALBY],
        {"quiet": QUIET[3]},
        "Du får rött och gult från Albyberget, "
        "tyst utom för rött 22–06 på vardagar och 23–09 på helger.",
        "You get red and yellow from Albyberget, "
        "silent except for red 22–06 on weekdays and 23–09 at weekends.",
    ),
    (
        [ALBY],
        {"quiet": (on(FRI_TO_SUN),), "red_breaks_quiet": False},
        "Du får rött och gult från Albyberget, tyst även för rött 23–09 fre–sön.",
        "You get red and yellow from Albyberget, silent even for red 23–09 Fri–Sun.",
    ),
    (
        [ALBY],
        {"quiet": (replace(NIGHT, ends=time(6, 30)),)},
        "Du får rött och gult från Albyberget, tyst 22:00–06:30 utom för rött.",
        "You get red and yellow from Albyberget, silent 22:00–06:30 except for red.",
    ),
    (
        [ALBY],
        {"quiet": (on(SUNDAY, time(0), time(0)),)},
        "Du får rött och gult från Albyberget, tyst utom för rött hela dygnet på söndagar.",
        "You get red and yellow from Albyberget, silent except for red all day on Sundays.",
    ),
    (
        [ALBY],
        {"quiet": (on(SOME_DAYS),)},
        "Du får rött och gult från Albyberget, tyst utom för rött 23–09 mån, ons och fre.",
        "You get red and yellow from Albyberget, silent except for red 23–09 Mon, Wed and Fri.",
    ),
    (
        [ALBY],
        {"digest": EVENING},
        "Du får rött och gult från Albyberget, "
        "allt utom rött i en sammanfattning varje dag kl. 18:00.",
        "You get red and yellow from Albyberget, "
        "all but red in one summary every day at 18:00.",
    ),
    (
        [ALBY],
        {"digest": DIGESTS[2]},
        "Du får rött och gult från Albyberget, "
        "allt utom rött i en sammanfattning på söndagar kl. 18:00.",
        "You get red and yellow from Albyberget, "
        "all but red in one summary on Sundays at 18:00.",
    ),
    (
        [ALBY],
        {"digest": DIGESTS[3], "quiet": (NIGHT,)},
        "Du får rött och gult från Albyberget, tyst 22–07 utom för rött, "
        "och allt utom rött i en sammanfattning på vardagar kl. 07:30.",
        "You get red and yellow from Albyberget, silent 22–07 except for red, "
        "and all but red in one summary on weekdays at 07:30.",
    ),
    (
        [ALBY],
        {"most_an_hour": 3},
        "Du får rött och gult från Albyberget, högst 3 i timmen utöver rött.",
        "You get red and yellow from Albyberget, at most 3 an hour besides red.",
    ),
    (
        [GROUP],
        {"also_in_private": True},
        "Du får rött och gult från gruppen Skomakarna, även det som redan står i dina grupper.",
        "You get red and yellow from the group Skomakarna, also what your groups already show.",
    ),
    (
        [ALBY],
        {"paused_until": START + WEEK},
        "Inget kommer före 28 nov. 13:00, inte ens rött, "
        "och sedan får du rött och gult från Albyberget.",
        "Nothing comes before 28 Nov 13:00, not even red, "
        "and then you get red and yellow from Albyberget.",
    ),
    (
        [],
        {},
        "Du bevakar inget än.",
        "You follow nothing yet.",
    ),
    (
        [],
        {"quiet": (NIGHT,), "most_an_hour": 6},
        "Du bevakar inget än, men det här är valt: tyst 22–07 utom för rött, "
        "och högst 6 i timmen utöver rött.",
        "You follow nothing yet, but this is chosen: silent 22–07 except for red, "
        "and at most 6 an hour besides red.",
    ),
    (
        [],
        {"paused_until": START + WEEK},
        "Du bevakar inget än, men det här är valt: inget alls före 28 nov. 13:00.",
        "You follow nothing yet, but this is chosen: nothing at all before 28 Nov 13:00.",
    ),
    (
        list(MIXED[1]),
        {"quiet": QUIET[3], "digest": EVENING, "most_an_hour": 3, "also_in_private": True},
        "Du får allt från gruppen Skomakarna, rött och gult från Albyberget och inom 500 m från "
        "din plats i Fittja, alltid rött från hela Botkyrka, tyst utom för rött 22–06 på vardagar "
        "och 23–09 på helger, allt utom rött i en sammanfattning varje dag kl. 18:00, högst 3 i "
        "timmen utöver rött, och även det som redan står i dina grupper.",
        "You get everything from the group Skomakarna, red and yellow from Albyberget and within "
        "500 m of your place in Fittja, always red from all Botkyrka, silent except for red 22–06 "
        "on weekdays and 23–09 at weekends, all but red in one summary every day at 18:00, at "
        "most 3 an hour besides red, and also what your groups already show.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("followed", "wishes", "swedish", "english"), READ)
def test_sentence_reads_as_a_neighbour_would_say_it(followed, wishes, swedish, english):
    """Read by eye, each of them."""
    assert say("sv", *followed, **wishes) == swedish
    assert say("en", *followed, **wishes) == english


@pytest.mark.parametrize(
    ("kind", "swedish", "english"),
    [
        (Kind.THEFT_RING, "stöldligor", "theft rings"),
        (Kind.THEFT, "stölder", "thefts"),
        (Kind.BURGLARY, "inbrott", "burglaries"),
        (Kind.VANDALISM, "skadegörelse", "vandalism"),
        (Kind.GRAFFITI, "klotter", "graffiti"),
        (Kind.VIOLENCE, "våld", "violence"),
        (Kind.THREAT, "hot", "threats"),
        (Kind.SUSPICIOUS, "misstänkta händelser", "suspicious events"),
        (Kind.FIRE, "bränder", "fires"),
        (Kind.TRAFFIC, "trafik", "traffic"),
        (Kind.MISSING_PERSON, "försvunna personer", "missing persons"),
        (Kind.WANTED_VEHICLE, "efterlysta fordon", "wanted vehicles"),
        (Kind.SAFETY_ENVIRONMENT, "utemiljön", "outdoor surroundings"),
        (Kind.LOST_FOUND, "hittegods", "lost property"),
        (Kind.INFORMATION, "sådant som är bra att veta", "what is good to know"),
    ],
)
def test_each_kind_is_told_as_what_a_report_is_about(kind, swedish, english):
    """In the plural, where there is one."""
    one = replace(ALBY, kinds=frozenset({kind}))

    assert say("sv", one) == f"Du får rött och gult om {swedish} från Albyberget."
    assert say("en", one) == f"You get red and yellow about {english} from Albyberget."
