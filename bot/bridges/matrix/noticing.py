"""Making the inbox's entries of what a sync tells, each with what is needed to read it later."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.bridges.matrix import polls, updates
from bot.bridges.matrix.answers import Told, as_object
from bot.bridges.matrix.api import Object
from bot.bridges.matrix.asking import Asking
from bot.bridges.matrix.buttons import BUTTONS, presses_in
from bot.bridges.matrix.encryption import ENCRYPTED
from bot.bridges.matrix.errors import Refusal
from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.gaps import Gaps, is_coming
from bot.bridges.matrix.invitations import Invitations, is_space
from bot.bridges.matrix.known import Known
from bot.bridges.matrix.messages import answered_in
from bot.bridges.matrix.mirrors import Mirrors
from bot.bridges.matrix.privates import Privates
from bot.bridges.matrix.questions import MEMBER
from bot.bridges.matrix.reactions import KEY, SETTER, TARGET, reaction_in
from bot.bridges.matrix.rooms import message_ref
from bot.bridges.matrix.standing import MAX_ID_CHARS, Standing
from bot.bridges.matrix.threads import Threads
from bot.bridges.matrix.upgrades import TOMBSTONE, Upgrades
from bot.domain.incoming import RawUpdate
from bot.domain.richtext_json import Json
from bot.errors import PermanentFailure


@dataclass(kw_only=True)
class Noticing:
    """Turns rooms into updates; raises MatrixError if something can't be asked now."""

    me: str
    known: Known
    privates: Privates
    standing: Standing
    asking: Asking
    gaps: Gaps
    upgrades: Upgrades
    invitations: Invitations
    mirrors: Mirrors
    threads: Threads
    _removers: dict[str, Mapping[str, Json]] = field(default_factory=dict)

    async def of_joined(self, room: Told, *, since: str) -> list[RawUpdate]:
        """Return what happened in a room since a position; nothing from before the bot came."""
        self._removers.clear()
        self.known.joined.add(room.room_id)
        for event in room.state:
            self.known.learn(room.room_id, event)
        events = list(room.events)
        if room.is_limited:
            self.privates.note_change(room.room_id)
        if room.is_limited and not any(is_coming(event, self.me) for event in events):
            events = [*await self.gaps.missing(room, since=since), *events]
        found: list[RawUpdate] = []
        for event in _since_coming(events, self.me):
            self.known.learn(room.room_id, event)
            await self._learn_name(room.room_id, event)
            found += await self._of_event(room.room_id, event)
        return found

    async def of_late(self, room_id: str, event: Object) -> RawUpdate | None:
        """Return what happened earlier and can be read only now."""
        told = await self._told_of(room_id, ENCRYPTED, event)
        told = {**told, **await self._told_of_readers(room_id, event)}
        return self._raw(room_id, event, {**told, updates.LATE: True})

    async def of_leaving(self, room: Told) -> list[RawUpdate]:
        """Return what was said in a room before the bot was put out of it.

        Nothing of a private chat: who reads it by now the bot is not told.
        """
        if self.privates.is_direct(room.room_id):
            return []
        self._removers.clear()
        own = [number for number, event in enumerate(room.events) if _is_about(event, self.me)]
        found: list[RawUpdate] = []
        for event in room.events[: own[-1]] if own else ():
            if not _is_about(event, self.me):
                self.known.learn(room.room_id, event)
                await self._learn_name(room.room_id, event)
                found += await self._of_event(room.room_id, event)
        return found

    async def of_left(self, room: Told) -> list[RawUpdate]:
        """Return what has put the bot out of a room."""
        self.known.forget(room.room_id)
        own = [event for event in room.events if _is_about(event, self.me)]
        found = [
            self._raw(
                room.room_id,
                event,
                self._told_of_private(room.room_id, str(event.get("sender", ""))),
            )
            for event in own[-1:]
        ]
        self.privates.note_change(room.room_id)
        self.standing.encryption.leave(room.room_id)
        return [update for update in found if update]

    async def _learn_name(self, room_id: str, event: Object) -> None:
        """Ask what somebody is called if that was not told: a server may think that it was."""
        sender = Fields(event).text_or("sender")
        if updates.event_type_of(event) not in updates.CONCERNS or sender == self.me:
            return
        if not 0 < len(sender) <= MAX_ID_CHARS or self.known.knows(room_id, sender):
            return
        try:
            told = await self.asking.state(room_id, MEMBER, sender)
        except Refusal as refusal:
            if not refusal.is_for_good:
                raise
            told = None
        self.known.learn(room_id, {"type": MEMBER, "state_key": sender, "content": told or {}})

    async def _of_event(self, room_id: str, event: Object) -> list[RawUpdate]:
        event_type = updates.event_type_of(event)
        is_own = event.get("sender") == self.me
        is_coming_in = is_coming(event, self.me)
        if event_type not in updates.CONCERNS or (is_own and not is_coming_in):
            return []
        if event_type == ENCRYPTED:
            self.standing.encryption.expect(room_id, event)
        told = await self._told_of(room_id, event_type, event)
        if is_coming_in and is_space(as_object(told.get(updates.CREATE))):
            await self.invitations.leave(room_id)
            return []
        if is_coming_in:
            # The list of private chats may be told after the chat.
            create = as_object(told.get(updates.CREATE))
            self.privates.learn_made({**create, "room_id": room_id})
        if event_type != MEMBER:
            told = {**told, **await self._told_of_readers(room_id, event)}
        found = [self._raw(room_id, event, told)]
        if event_type == MEMBER:
            self.privates.note_change(room_id)
        if event_type == TOMBSTONE:
            successor = await self.upgrades.successor_of(room_id, event)
            found.append(self._move(room_id, event, successor) if successor else None)
        if is_coming_in:
            found.append(await self._move_here(room_id))
        return [update for update in found if update]

    async def _told_of(self, room_id: str, event_type: str, event: Object) -> Mapping[str, Json]:
        fields = Fields(event)
        match event_type:
            case "m.room.message" | "m.room.encrypted" | "m.sticker":
                return await self._told_of_answer(room_id, fields)
            case _ if event_type in updates.VOTES:
                return await self._answered(room_id, polls.voted_on(_content(fields)))
            case "m.reaction":
                return await self._told_of_reaction(room_id, fields)
            case "m.room.redaction":
                gone = updates.redacted_by(fields)
                self.standing.forget(gone)
                return await self._told_of_taking_back(room_id, gone)
            case _ if event_type == "m.room.power_levels" or event_type in updates.POLL_ENDS:
                return await self._told_of_powers(room_id)
            case "m.room.member" if _is_about(event, self.me):
                return await self._told_of_powers(room_id)
            case "m.room.member":
                return self._told_of_private(room_id, fields.text_or("state_key"))
            case _:
                return {}

    async def _told_of_answer(self, room_id: str, event: Fields) -> Mapping[str, Json]:
        """Return what somebody answers: other rooms may not have it. The bot knows its own."""
        content = _content(event)
        self.threads.note(event.text_or("event_id"), content.whole())
        # What is sealed may be a vote or a poll's end, of which no more than that is seen.
        poll = polls.voted_on(content)
        may_end = poll and event.text_or("type") == ENCRYPTED
        powers = await self._told_of_powers(room_id) if may_end else {}
        return {**powers, **await self._answered(room_id, answered_in(content) or poll)}

    async def _answered(self, room_id: str, answered: str) -> Mapping[str, Json]:
        if not 0 < len(answered) <= MAX_ID_CHARS or self.standing.has(answered):
            return {}
        found = await self.asking.answered(room_id, answered)
        return {updates.ANSWERED: found} if found and found.get("sender") != self.me else {}

    async def _told_of_reaction(self, room_id: str, event: Fields) -> Mapping[str, Json]:
        """Return what the buttons carry of the message that somebody reacts to."""
        reaction = reaction_in(event)
        if reaction is None:
            return {}
        try:
            content = await self.standing.content_of(message_ref(room_id, str(reaction[TARGET])))
        except PermanentFailure:
            return {}
        except Refusal as refusal:
            if refusal.is_for_good:
                return {}
            raise
        presses = presses_in(content.get(BUTTONS))
        if str(reaction[KEY]) in presses:
            self.mirrors.take_back(message_ref(room_id, event.text_or("event_id")))
        return {updates.PRESSES: presses} if presses else {}

    async def _told_of_taking_back(self, room_id: str, event_id: str) -> Mapping[str, Json]:
        """Return which reaction or vote was taken back and whose it was; else who may do that.

        A vote that its voter has changed since counts no more, whether it is there or not.
        """
        known = self.known.reaction(event_id)
        if not known:
            return await self._told_of_removers(room_id)
        # Of what was removed the homeserver still tells who had sent it.
        sender = known.get(SETTER) or (await self.asking.answered(room_id, event_id)).get("sender")
        setter = sender if isinstance(sender, str) else ""
        if KEY not in known and not self.known.is_last_vote(event_id, setter):
            return {}
        return {updates.REACTION: {**known, SETTER: setter}}

    async def _told_of_removers(self, room_id: str) -> Mapping[str, Json]:
        """Return who may remove what others write, asked once for all that a round tells.

        What a moderator removes of a spammer comes in hundreds.
        """
        if room_id not in self._removers:
            self._removers[room_id] = await self._told_of_powers(room_id)
        return self._removers[room_id]

    def _told_of_private(self, room_id: str, user_id: str) -> Mapping[str, Json]:
        return {updates.THEIRS: True} if self.privates.is_of(room_id, user_id) else {}

    async def _told_of_readers(self, room_id: str, event: Object) -> Mapping[str, Json]:
        """Return that others read what is called private; whoever comes, comes to that."""
        if not await self.privates.is_shared(room_id):
            return {}
        is_theirs = self.privates.is_listed_for(room_id, str(event.get("sender", "")))
        return {updates.SHARED: True, updates.THEIRS: is_theirs}

    async def _told_of_powers(self, room_id: str) -> Mapping[str, Json]:
        try:
            return await self.asking.told_of_powers(room_id)
        except Refusal as refusal:
            if refusal.is_for_good:
                return {}
            raise

    async def _move_here(self, room_id: str) -> RawUpdate | None:
        """Return that another room goes on as the one into which the bot has come, if so."""
        found = await self.upgrades.predecessor_of(room_id)
        return self._move(found[0], found[1], room_id) if found else None

    def _move(self, old: str, tombstone: Object, new: str) -> RawUpdate | None:
        """Return that a room goes on as another; that it was told to is another update."""
        named = {**tombstone, "event_id": f"{tombstone.get('event_id', '')}>{new}"}
        return self._raw(old, named, {updates.SUCCESSOR: new})

    def _raw(self, room_id: str, event: Object, told: Mapping[str, Json]) -> RawUpdate | None:
        beside: dict[str, Json] = {**told}
        if self.privates.is_direct(room_id) and updates.SHARED not in told:
            beside[updates.DIRECT] = True
        if self.standing.encryption.is_noted(room_id) or event.get("type") == ENCRYPTED:
            beside[updates.SEALED] = True
        name = self.known.name(room_id, str(event.get("sender", "")))
        if name:
            beside[updates.NAME] = name
        return updates.raw_update(room_id, event, beside)


def _since_coming(events: list[Object], me: str) -> list[Object]:
    """Return the events from where the bot came into the room; all if it was there before."""
    comings = [number for number, event in enumerate(events) if is_coming(event, me)]
    return events[comings[-1] :] if comings else events


def _content(event: Fields) -> Fields:
    return event.inner_or_empty("content")


def _is_about(event: Object, user_id: str) -> bool:
    is_member = event.get("type") == "m.room.member" and event.get("state_key") == user_id
    return is_member and bool(as_object(event.get("content")))
