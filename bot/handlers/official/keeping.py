"""What is kept of who has posted for an organisation, and when it ends."""

from collections.abc import Sequence

from bot.domain.official_answers import OfficialAnswer
from bot.domain.official_posts import OfficialPost
from bot.domain.people import Person, PersonId
from bot.domain.richtext_json import Json
from bot.domain.words import Words, words
from bot.ports.holdings import Chore, Erased, Exported, Holding, Pace, Upkeep


async def _told(person: Person, upkeep: Upkeep) -> Sequence[Words]:
    posts = await upkeep.uow.official_posts.of_author(person.id)
    days = upkeep.lifetimes.official_post.days
    return [words("privacy-official", number=len(posts), days=days)] if posts else []


async def _export(person: Person, upkeep: Upkeep) -> Exported:
    posts = await upkeep.uow.official_posts.of_author(person.id)
    answers = await upkeep.uow.official_answers.of_author(person.id)
    named = await upkeep.uow.name_warnings.of(person.id)
    return Exported(
        fields={
            "official_posts": [_post(post) for post in posts],
            "official_answers": [_answer(answer) for answer in answers],
            "names_told_of": [at.isoformat() for at in named],
        }
    )


def _post(post: OfficialPost) -> Json:
    return {
        "code": post.code,
        "what": post.kind.value,
        "about": post.subject,
        "organisation": post.organisation,
        "posted_at": post.posted_at.isoformat(),
    }


def _answer(answer: OfficialAnswer) -> Json:
    return {
        "code": answer.code,
        "report": answer.report,
        "organisation": answer.organisation,
        "verdict": answer.verdict.value,
        "text": answer.text.plain,
        "answered_at": answer.answered_at.isoformat(),
    }


async def _erase(person: PersonId, upkeep: Upkeep) -> Erased:
    """Forget who wrote it; what an organisation has said stays said, in its name alone."""
    await upkeep.uow.official_posts.unlink(person)
    await upkeep.uow.official_answers.unlink(person)
    await upkeep.uow.name_warnings.erase_of(person)
    return {}


async def _forget_old_posts(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.official_posts.forget_old(upkeep.now - upkeep.lifetimes.official_post)


async def _forget_old_warnings(_piece: str, upkeep: Upkeep) -> int:
    return await upkeep.uow.name_warnings.forget_old(upkeep.now - upkeep.lifetimes.passer_by)


HOLDING = Holding(
    name="official",
    told=_told,
    export=_export,
    erase=_erase,
    chores=(
        Chore(name="forget_old_posts", pace=Pace.SELDOM, do=_forget_old_posts),
        Chore(name="forget_old_warnings", pace=Pace.SELDOM, do=_forget_old_warnings),
    ),
)
