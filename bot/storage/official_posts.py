"""What organisations have posted, and who stood for it."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.domain.areas import AreaId
from bot.domain.official_posts import CODE_CHARS, OfficialPost, PostCode, PostKind, read_code
from bot.domain.people import PersonId, Role
from bot.domain.reports import ID_ALPHABET, ReportId
from bot.domain.vouching import Vouching, approved_by
from bot.storage.official_tables import OFFICIAL_POSTS
from bot.storage.people_tables import GRANTS
from bot.storage.session import Session
from bot.storage.verification_tables import VERIFICATIONS, VOTES

_BY_CODE = select(OFFICIAL_POSTS).where(OFFICIAL_POSTS.c.code == bindparam("of_code"))
_IN_ORDER = (OFFICIAL_POSTS.c.posted_at, OFFICIAL_POSTS.c.code)
_TRIES_A_LENGTH = 16


class OfficialPostRows:
    """Posts in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def free_code(self) -> PostCode:
        """Return a random code that no post has; longer ones as the short ones fill up."""
        for length in CODE_CHARS:
            for _ in range(_TRIES_A_LENGTH):
                found = read_code("".join(secrets.choice(ID_ALPHABET) for _ in range(length)))
                if found is not None and await self.get(found) is None:
                    return found
        raise LookupError("no free code")

    async def add(self, post: OfficialPost) -> None:
        """Store that something was posted."""
        fields = asdict(post)
        row = {
            **{name: value for name, value in fields.items() if name != "author"},
            "kind": post.kind.value,
            "role": post.role.value,
            "author_id": post.author,
        }
        await self._session.run(insert(OFFICIAL_POSTS), [row])

    async def get(self, code: PostCode) -> OfficialPost | None:
        """Return a post, None if there is none such."""
        row = await self._session.first(_BY_CODE, of_code=code)
        return _post(row) if row else None

    async def on_report(self, report: ReportId) -> Sequence[OfficialPost]:
        """Return what organisations have posted on a report's card, oldest first."""
        rows = await self._session.all(
            select(OFFICIAL_POSTS)
            .where(
                OFFICIAL_POSTS.c.subject == report,
                OFFICIAL_POSTS.c.kind != PostKind.NOTICE.value,
            )
            .order_by(*_IN_ORDER)
        )
        return [_post(row) for row in rows]

    async def of_notice(self, notice: str) -> OfficialPost | None:
        """Return a notice's post, None if it has none."""
        row = await self._session.first(
            select(OFFICIAL_POSTS).where(
                OFFICIAL_POSTS.c.subject == notice,
                OFFICIAL_POSTS.c.kind == PostKind.NOTICE.value,
            )
        )
        return _post(row) if row else None

    async def of_author(self, person: PersonId) -> Sequence[OfficialPost]:
        """Return what somebody has posted for organisations, oldest first."""
        rows = await self._session.all(
            select(OFFICIAL_POSTS).where(OFFICIAL_POSTS.c.author_id == person).order_by(*_IN_ORDER)
        )
        return [_post(row) for row in rows]

    async def correct(self, code: PostCode, now: datetime) -> None:
        """Note that a post's words were changed."""
        await self._change(code, corrected_at=now)

    async def recall(self, code: PostCode, now: datetime) -> None:
        """Note that a post was taken back."""
        await self._change(code, recalled_at=now)

    async def vouching(self, person: PersonId, organisation: str) -> Vouching | None:
        """Return how somebody came to speak for an organisation; None if they do no more.

        A role without an end comes from the configuration.
        """
        row = await self._session.first(
            select(GRANTS.c.granted_at, GRANTS.c.expires_at)
            .where(GRANTS.c.person_id == person, GRANTS.c.organisation == organisation)
            .order_by(GRANTS.c.expires_at.is_not(None), GRANTS.c.id)
        )
        if row is None:
            return None
        is_configured = row.expires_at is None
        shown = await self._session.first(
            select(VERIFICATIONS.c.id, VERIFICATIONS.c.proved_at)
            .where(
                VERIFICATIONS.c.person_id == person,
                VERIFICATIONS.c.organisation == organisation,
                VERIFICATIONS.c.proved_at.is_not(None),
            )
            .order_by(VERIFICATIONS.c.is_granted.desc(), VERIFICATIONS.c.proved_at.desc())
        )
        return Vouching(
            granted_at=None if is_configured else row.granted_at,
            expires_at=row.expires_at,
            proved_at=shown.proved_at if shown else None,
            approved_by=approved_by(await self._votes(shown.id) if shown else 0),
        )

    async def _votes(self, verification: str) -> int:
        row = await self._session.first(
            select(func.count().label("number")).where(VOTES.c.verification_id == verification)
        )
        return int(row.number) if row else 0

    async def unlink(self, person: PersonId) -> int:
        """Keep the posts of an erased person, but no longer whose they were; return how many."""
        own = OFFICIAL_POSTS.c.author_id == person
        return await self._session.run(update(OFFICIAL_POSTS).where(own).values(author_id=None))

    async def forget_old(self, before: datetime) -> int:
        """Forget what was posted before a time; return how many."""
        old = OFFICIAL_POSTS.c.posted_at < before
        return await self._session.run(delete(OFFICIAL_POSTS).where(old))

    async def _change(self, code: PostCode, **values: datetime) -> None:
        this = OFFICIAL_POSTS.c.code == code
        await self._session.run(update(OFFICIAL_POSTS).where(this).values(**values))


def _post(row: Row[Any]) -> OfficialPost:
    return OfficialPost(
        code=PostCode(row.code),
        kind=PostKind(row.kind),
        subject=row.subject,
        organisation=row.organisation,
        role=Role(row.role),
        area=AreaId(row.area),
        author=PersonId(row.author_id) if row.author_id else None,
        posted_at=row.posted_at,
        corrected_at=row.corrected_at,
        recalled_at=row.recalled_at,
    )
