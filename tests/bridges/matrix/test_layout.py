"""How messages and their edits are laid out as events."""

from dataclasses import replace

from bot.bridges.matrix.api import Object
from bot.bridges.matrix.layout import Tone, as_edit, lay_out
from bot.domain.messages import Platform, UserRef
from bot.domain.outgoing import OutgoingMessage
from bot.domain.richtext import rich

BO, EVA = (UserRef(Platform.MATRIX, user) for user in ("@bo:hem.se", "@eva:hem.se"))


def laid_out(message: OutgoingMessage) -> Object:
    """A message that is one event."""
    (content,) = lay_out(message, [], Tone(msgtype="m.text", mark="mark"))
    return content


def test_edit_tells_those_alone_whom_it_adds() -> None:
    """The others were told when the message came; the new content names them all."""
    to_bo = OutgoingMessage(text=rich("Hej Bo"), pings=frozenset({BO}))
    to_both = replace(to_bo, text=rich("Hej Bo och Eva"), pings=frozenset({BO, EVA}))
    same = as_edit(laid_out(replace(to_bo, text=rich("Hej, Bo"))), "$1", before=laid_out(to_bo))
    more = as_edit(laid_out(to_both), "$1", before=laid_out(to_bo))

    assert same["m.mentions"] == {}
    assert laid_out(to_bo)["m.mentions"] == {"user_ids": ["@bo:hem.se"]}
    assert more["m.mentions"] == {"user_ids": ["@eva:hem.se"]}
    assert more["m.new_content"] == laid_out(to_both)


def test_edit_of_what_says_nothing_of_mentions_tells_all() -> None:
    """Nobody was told yet; whatever else stands there is no list of people."""
    now = laid_out(OutgoingMessage(text=rich("Hej Bo"), pings=frozenset({BO})))

    assert as_edit(now, "$1", before={"m.mentions": 7})["m.mentions"] == now["m.mentions"]
