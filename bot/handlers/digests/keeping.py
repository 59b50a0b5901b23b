"""What is kept of when people want to be alerted and of what waits for them."""

from collections.abc import Sequence

from bot.domain.alert_settings_json import alert_settings_to_json
from bot.domain.alerting import AT_ONCE_ALWAYS
from bot.domain.digests import DigestId
from bot.domain.people import Person, PersonId
from bot.domain.quiet_hours import quiet_span
from bot.domain.richtext_json import Json
from bot.domain.words import Words, words
from bot.handlers.digests.asking import NAME
from bot.handlers.digests.giving import (
    AT_A_TIME,
    RECENT_FOR,
    digest_subject,
    give,
    give_all,
    people_due,
)
from bot.ports.held_alerts import HeldAlert
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    held = await upkeep.uow.held_alerts.of(person.id)
    return (words("privacy-held-alerts", number=len(held)),) if held else ()


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    settings = (await upkeep.uow.alert_settings.of_all([person.id])).get(person.id)
    held = await upkeep.uow.held_alerts.of(person.id)
    digests = await upkeep.uow.held_alerts.digests_of(person.id)
    told: list[Json] = [
        {"made_at": digest.made_at.isoformat(), "told_of": await _told_of(digest.id, upkeep)}
        for digest in digests
    ]
    return Exported(
        fields={
            "alert_settings": alert_settings_to_json(settings) if settings else None,
            "held_alerts": [_written(alert) for alert in held],
            "digests": told,
            "recent_alerts": [
                {"what": one.subject.kind.value, "id": one.subject.id, "at": one.at.isoformat()}
                for one in await upkeep.uow.held_alerts.given_to(person.id)
            ],
        }
    )


async def _told_of(digest: DigestId, upkeep: Upkeep) -> list[Json]:
    return [subject.id for subject in await upkeep.uow.held_alerts.in_digest(digest)]


def _written(alert: HeldAlert) -> Json:
    return {
        "what": alert.subject.kind.value,
        "id": alert.subject.id,
        "priority": alert.priority.word,
        "held_at": alert.held_at.isoformat(),
        "due_at": alert.due_at.isoformat(),
    }


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    await upkeep.uow.held_alerts.erase(person)
    await upkeep.uow.alert_settings.erase(person)
    return {}


async def _quiet_ended(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.alert_settings.quiet_ended(upkeep.now, limit=AT_A_TIME)


async def _note_next_quiet(piece: str, upkeep: Upkeep) -> int:
    return await _note_next_quiets([piece], upkeep)


async def _note_next_quiets(pieces: Sequence[str], upkeep: Upkeep) -> int:
    """Note when people's next quiet times are, for whoever looks at 100,000 together."""
    people = list(map(PersonId, pieces))
    settings = await upkeep.uow.alert_settings.of_all(people)
    quiet = {person: settings.get(person, AT_ONCE_ALWAYS).quiet for person in people}
    spans = {hours: quiet_span(hours, upkeep.now, upkeep.zone) for hours in {*quiet.values()}}
    await upkeep.uow.alert_settings.note_quiet({who: spans[quiet[who]] for who in people})
    return len(people)


async def _empty(upkeep: Upkeep) -> Sequence[str]:
    return await upkeep.uow.held_alerts.empty_digests(limit=AT_A_TIME)


async def _erase_empty(piece: str, upkeep: Upkeep) -> int:
    """Remove a digest of which everything is gone."""
    await upkeep.uow.copies.withdraw(digest_subject(DigestId(piece)))
    await upkeep.uow.held_alerts.erase_digest(DigestId(piece))
    return 1


async def _forget_recent(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.held_alerts.forget_recent(upkeep.now - RECENT_FOR)


HOLDING = Holding(
    name=NAME,
    told=_told,
    export=_export,
    erase=_erase,
    chores=(
        Chore(
            name="note_quiet_times",
            pace=Pace.SOON,
            find=_quiet_ended,
            do=_note_next_quiet,
            do_together=_note_next_quiets,
        ),
        Chore(
            name="give_held_alerts",
            pace=Pace.SOON,
            find=people_due,
            do=give,
            do_together=give_all,
        ),
        Chore(name="erase_empty_digests", pace=Pace.SELDOM, find=_empty, do=_erase_empty),
        Chore(name="forget_recent_alerts", pace=Pace.SELDOM, do=_forget_recent),
    ),
)
