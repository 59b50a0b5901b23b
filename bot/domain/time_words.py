"""What the words of a time mean, in Swedish and English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from enum import Enum
from typing import TypeAlias

from bot.domain.quiet_hours import EVERY_DAY, WEEKEND, WORKDAYS, Weekday


class Mark(Enum):
    """What stands between times and days, or says of which kind a time is."""

    TO = "to"
    BREAK = "break"
    OFF = "off"
    WEEKLY = "weekly"
    EXCEPT = "except"
    WHOLE = "whole"
    NIGHT = "night"
    MORNING = "morning"
    EVENING = "evening"
    TODAY = "today"
    TOMORROW = "tomorrow"
    TONIGHT = "tonight"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may be an hour, or how many of something."""

    value: int


Days: TypeAlias = frozenset[Weekday]
Token: TypeAlias = time | Days | timedelta | Number | Mark

_DAY_NAMES: Mapping[Weekday, Sequence[str]] = {
    Weekday.MONDAY: ("monday", "mon", "måndag", "mandag", "mån", "man"),
    Weekday.TUESDAY: ("tuesday", "tue", "tues", "tisdag", "tis"),
    Weekday.WEDNESDAY: ("wednesday", "wed", "onsdag", "ons"),
    Weekday.THURSDAY: ("thursday", "thu", "thur", "thurs", "torsdag", "tor", "tors"),
    Weekday.FRIDAY: ("friday", "fri", "fredag", "fre"),
    Weekday.SATURDAY: ("saturday", "sat", "lördag", "lordag", "lör", "lor"),
    Weekday.SUNDAY: ("sunday", "sun", "söndag", "sondag", "sön", "son"),
}
_NUMBERS = (
    ("a", "an", "one", "en", "ett"), ("two", "två", "tva"), ("three", "tre"), ("four", "fyra"),
    ("five", "fem"), ("six", "sex"), ("seven", "sju"), ("eight", "åtta", "atta"),
    ("nine", "nio"), ("ten", "tio"), ("eleven", "elva"), ("twelve", "tolv"),
)  # fmt: skip
_WORDS: Mapping[Token | None, str] = {
    WORKDAYS: "weekday weekdays workdays vardag vardagar vardagarna",
    WEEKEND: "weekend weekends helg helger helgen helgerna",
    EVERY_DAY: "daily dagligen everyday",
    Mark.WEEKLY: "weekly veckovis",
    Mark.TO: "to till til until tills",
    Mark.BREAK: "och and samt",
    Mark.EXCEPT: "except utom förutom forutom inte not ej",
    Mark.WHOLE: "hela hel all whole",
    Mark.OFF: "off av bort nej no none never aldrig inga ingen inget stop stopp sluta avsluta "
    "slut remove cancel end",
    Mark.NIGHT: "night nights natt natten nätter natter nätterna natterna nattetid",
    Mark.MORNING: "morning mornings morgon morgonen morgnar morgnarna",
    Mark.EVENING: "evening evenings kväll kvall kvällen kvallen kvällar kvallar kvällarna",
    Mark.TODAY: "today idag ikväll ikvall",
    Mark.TOMORROW: "tomorrow imorgon imorrn morrn",
    Mark.TONIGHT: "tonight inatt",
    timedelta(minutes=1): "min mins minut minuter minute minutes",
    timedelta(minutes=30): "halvtimme halvtimma",
    timedelta(hours=1): "h tim timme timma timmar hour hours",
    timedelta(days=1): "d dag dagen dagar dygn dygnet day days",
    timedelta(weeks=1): "w v vecka veckan veckor week weeks",
    timedelta(days=30): "månad manad månader manader month months",
    timedelta(days=365): "år year years",
    time(0): "midnight midnatt",
    time(12): "noon",
    None: "from från fran mellan between kl klockan at on på pa om i the for in every varje alla "
    "oclock each about men but tack please thanks över over stäng stang ta turn it tyst quiet "
    "silent",
}
MEANT: Mapping[str, Token | None] = {
    **{
        name + ending: frozenset({day})
        for day, names in _DAY_NAMES.items()
        for name in names
        for ending in ("", "s", "ar", "en", "arna")
    },
    **{name: Number(value) for value, names in enumerate(_NUMBERS, start=1) for name in names},
    **{word: token for token, said in _WORDS.items() for word in said.split()},
}
"""None for what only binds other words together."""
MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb", "mars march mar", "april apr",
            "maj may", "juni june jun", "juli july jul", "augusti august aug",
            "september sept sep", "oktober october okt oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
