"""What an organisation says about a claim: whether it is true, and what is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.official_posts import PostCode
from bot.domain.people import PersonId, Role
from bot.domain.reports import ReportId
from bot.domain.richtext import NOTHING, RichText
from bot.domain.richtext_json import Json, from_json, to_json

COUNTED_FOR = timedelta(hours=24)
"""So long it is watched to how many an answer has gone."""
_ROUGH_FOR = timedelta(minutes=10)
_STEPS = 10


class Verdict(StrEnum):
    """Whether a claim is true, as far as an organisation knows."""

    UNKNOWN = "unknown"
    TRUE = "true"
    FALSE = "false"
    PARTLY = "partly"


_SAID = {
    Verdict.FALSE: ("stämmer inte", "not true", "false", "falskt", "falsk", "osant", "fel"),
    Verdict.PARTLY: ("stämmer delvis", "delvis sant", "partly true", "partly", "delvis"),
    Verdict.UNKNOWN: ("vet inte", "not known", "unknown", "okänt", "oklart"),
    Verdict.TRUE: ("stämmer", "true", "sant"),
}
# The longer first: "stämmer inte" begins with "stämmer".
_VERDICT = re.compile(
    "|".join(rf"(?P<{verdict.value}>{'|'.join(said)})" for verdict, said in _SAID.items()),
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*[:;,.–-]*\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialAnswer:
    """The word of one organisation about one report.

    Attributes:
        version: Rises with each verdict: everybody is told of another with a sound.
        told_at: When this version was sent.
        saw: How many had seen the claim by then.
        told: How many of them this version has reached, as it is shown.
    """

    code: PostCode
    report: ReportId
    organisation: str
    role: Role
    verdict: Verdict
    text: RichText
    author: PersonId | None
    answered_at: datetime
    told_at: datetime
    version: int = 1
    saw: int = 0
    told: int = 0

    @property
    def news(self) -> str:
        """What names this version to those who are told of it."""
        return f"{self.code}.{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """An answer in the making."""

    report: ReportId
    verdict: Verdict | None = None
    text: RichText = NOTHING

    def to_json(self) -> dict[str, Json]:
        """Turn it into JSON values."""
        verdict = self.verdict.value if self.verdict else None
        return {"report": self.report, "verdict": verdict, "text": to_json(self.text)}


def answer_draft_from_json(value: Mapping[str, Json]) -> AnswerDraft:
    """Turn JSON values into a draft.

    Raises:
        ValueError: The values are not those that `AnswerDraft.to_json` makes.
    """
    verdict = value.get("verdict")
    return AnswerDraft(
        report=ReportId(str(value.get("report"))),
        verdict=Verdict(verdict) if isinstance(verdict, str) else None,
        text=from_json(value.get("text") or []),
    )


def read_verdict(said: str) -> tuple[Verdict | None, int]:
    """Return the verdict with which an answer begins, and how many characters it takes."""
    found = _VERDICT.match(said)
    if found is None or said[found.end() : found.end() + 1].isalnum():
        return None, 0
    after = _AFTER.match(said, found.end())
    return Verdict(str(found.lastgroup)), after.end() if after else found.end()


def code_in(news: str) -> tuple[PostCode, int]:
    """Return the code and the version that name what people were told."""
    code, _, version = news.partition(".")
    return PostCode(code), int(version)


def is_false(answers: Sequence[OfficialAnswer]) -> bool:
    """Whether an organisation says that the claim is false: no headline repeats it then."""
    return any(answer.verdict is Verdict.FALSE for answer in answers)


def is_worth_showing(answer: OfficialAnswer, told: int, now: datetime) -> bool:
    """Whether another count is worth an edit of all cards: of many not every single one."""
    if told == answer.told:
        return False
    is_large = (told - answer.told) * _STEPS >= answer.saw
    return is_large or told >= answer.saw or now - answer.told_at >= _ROUGH_FOR
