"""Finding out how a room knows the people that a line mentions."""

from bot.domain.bylines import byline_words
from bot.domain.consent import Purpose
from bot.domain.groups import GroupId
from bot.domain.mentions import Addressee, address, mentioned_in, name_of_stranger
from bot.domain.messages import UserRef
from bot.domain.people import Person
from bot.domain.reports import Byline
from bot.domain.richtext import RichText
from bot.ports.showing import Showing


async def addressed(text: RichText, group: GroupId, showing: Showing) -> RichText:
    """Return a line's words as they stand in one room."""
    known: dict[UserRef, Addressee] = {}
    for user, shown in mentioned_in(text).items():
        person = await showing.uow.people.known(user, showing.now)
        if person is not None:
            known[user] = await _addressee(person, shown, group, showing)
    return address(text, known)


async def _addressee(person: Person, shown: str, group: GroupId, showing: Showing) -> Addressee:
    """Return somebody as a room may know them: told of it only where they agreed to be shown."""
    if Purpose.NAME not in person.consents:
        return Addressee(name=await _alias(person, group, showing))
    name = name_of_stranger(shown)
    groups = await showing.uow.groups.written_in_by(person.id)
    if showing.reader.room is None or group not in {one.id for one in groups}:
        return Addressee(name=name)
    accounts = await showing.uow.people.accounts(person.id)
    here = [account for account in accounts if account.platform is showing.reader.platform]
    return Addressee(name=name, account=here[0] if here else None)


async def _alias(person: Person, group: GroupId, showing: Showing) -> str:
    """Return the number by which the group knows somebody; nothing of those it never heard."""
    number = (await showing.uow.aliases.of(person.id)).get(f"group:{group}")
    if number is None:
        return "…"
    return showing.label(byline_words(Byline(alias=number), organisation=None))
