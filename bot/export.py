"""Everything that is held about a person, as JSON values."""

from datetime import datetime

from bot.domain.consent import CONSENT_VERSION
from bot.domain.people import Grant, Person
from bot.domain.reports import Contribution, Report
from bot.domain.richtext_json import Json
from bot.domain.subscriptions import Subscription
from bot.ports.store import UnitOfWork


async def everything_held(person: Person, *, uow: UnitOfWork, now: datetime) -> Json:
    """Return what the bot holds about a person; docs/privacy.md names the purpose of each part."""
    groups = await uow.groups.written_in_by(person.id)
    aliases = {g.name: await uow.people.alias(person.id, f"group:{g.id}") for g in groups}
    consents: list[Json] = [purpose.value for purpose in sorted(person.consents)]
    return {
        "exported_at": now.isoformat(),
        "accounts": [str(account) for account in await uow.people.accounts(person.id)],
        "language": person.language,
        "shared_area": person.shared_area,
        "consents": {"version": CONSENT_VERSION, "given": consents},
        "roles": [_role(grant) for grant in person.grants],
        "aliases": dict[str, Json](aliases),
        "subscriptions": [_followed(s) for s in await uow.subscriptions.of(person.id)],
        "reports": [_report(report) for report in await uow.reports.of_author(person.id)],
        "added_to_reports": [
            _contribution(found) for found in await uow.reports.contributions_of(person.id)
        ],
        "messages_being_carried": len(await uow.relays.of_person(person.id)),
        "messages_from_the_bot": len(await uow.notes.of_person(person.id)),
    }


def _role(grant: Grant) -> Json:
    return {
        "role": grant.role.value,
        "organisation": grant.organisation,
        "expires_at": grant.expires_at.isoformat() if grant.expires_at else None,
    }


def _followed(subscription: Subscription) -> Json:
    return {"area": subscription.area, "at_least": subscription.at_least.word}


def _report(report: Report) -> Json:
    return {
        "id": report.id,
        "area": report.area,
        "priority": report.priority.word,
        "kind": report.kind.value if report.kind else None,
        "state": report.state.value,
        "text": report.text.plain,
        "photos": len(report.media),
        "created_at": report.created_at.isoformat(),
    }


def _contribution(found: Contribution) -> Json:
    return {
        "report": found.report,
        "what": found.what,
        "text": found.text,
        "at": found.at.isoformat(),
    }
