"""What the bridge knows of rooms while it listens; all of it can be learnt anew."""

import json
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from bot.bridges.matrix.answers import as_object
from bot.bridges.matrix.api import Object
from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.polls import vote_in
from bot.bridges.matrix.reactions import KEY, SETTER, TARGET, reaction_in
from bot.domain.richtext_json import Json

_REACTIONS_REMEMBERED = 5_000
_REACTIONS_KEPT = 300
"""Over a restart: most who take one back do so at once."""


@dataclass
class Known:
    """Names of people by room, and what reactions and votes were on: a removal does not say.

    Attributes:
        joined: Rooms in which the bot is.
    """

    joined: set[str] = field(default_factory=set)
    _names: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _reactions: OrderedDict[str, dict[str, Json]] = field(default_factory=OrderedDict)
    _has_news: bool = False

    def learn(self, room_id: str, event: Object) -> None:
        """Take what an event tells of names and reactions."""
        fields = Fields(event)
        if fields.text_or("type") == "m.room.member":
            user_id, content = fields.text_or("state_key"), fields.inner_or_empty("content")
            self._names[room_id][user_id] = content.text_or("displayname")
        reaction = reaction_in(fields) or vote_in(fields)
        if reaction is not None:
            setter = fields.text_or("sender")
            self._reactions[fields.text_or("event_id")] = {**reaction, SETTER: setter}
            self._has_news = True
            while len(self._reactions) > _REACTIONS_REMEMBERED:
                self._reactions.popitem(last=False)

    def knows(self, room_id: str, user_id: str) -> bool:
        """Whether it was told what somebody is called in a room, be it nothing."""
        return user_id in self._names.get(room_id, ())

    def name(self, room_id: str, user_id: str) -> str:
        """Return what somebody is called in a room; empty if that is not known."""
        return self._names[room_id].get(user_id, "")

    def reaction(self, event_id: str) -> Mapping[str, Json] | None:
        """Return what a reaction or a vote was on, None if it is not known or none.

        After a restart it is not known who has set it: no account is kept.
        """
        return self._reactions.get(event_id)

    def is_last_vote(self, event_id: str, sender: str) -> bool:
        """Whether somebody has not voted in a poll again after that vote, as far as is known."""
        poll = self._reactions[event_id].get(TARGET)
        for later, vote in reversed(self._reactions.items()):
            if later == event_id:
                return True
            if KEY not in vote and (vote.get(TARGET), vote.get(SETTER)) == (poll, sender):
                return False
        return True

    def news(self) -> str | None:
        """Return the reactions as they are to be kept, None if they are as before."""
        if not self._has_news:
            return None
        self._has_news = False
        latest = list(self._reactions.items())[-_REACTIONS_KEPT:]
        kept = {event_id: {**reaction, SETTER: None} for event_id, reaction in latest}
        return json.dumps(kept)

    def learn_kept(self, kept: str) -> None:
        """Take the reactions that were kept; what can't be read is left."""
        with suppress(ValueError):
            for event_id, reaction in as_object(json.loads(kept)).items():
                self._reactions[event_id] = as_object(reaction)

    def forget(self, room_id: str) -> None:
        """Forget a room that the bot has left."""
        self.joined.discard(room_id)
        self._names.pop(room_id, None)
