"""Who may make, link and unlink: whoever administers the room where it is asked."""

from bot.domain.groups import Group
from bot.domain.incoming import Incoming
from bot.domain.notes import Note
from bot.domain.people import Role
from bot.errors import NotPermitted, Unacceptable
from bot.ports.features import Context


def require_room(incoming: Incoming) -> None:
    """Refuse in a private chat, which can be no group's room."""
    if incoming.is_direct:
        raise Unacceptable("group-not-in-private")


def offers(note: Note, action: str) -> bool:
    """Whether a note has a button that does this."""
    return any(choice.action == action for row in note.choices for choice in row)


def require_administers(ctx: Context, group: Group | None) -> None:
    """Refuse whoever neither administers the room nor coordinates where its group is.

    Raises:
        NotPermitted: The platform says that the sender does not administer the room.
    """
    administers = ctx.membership is not None and ctx.membership.administers
    chain = ctx.chain(group.area) if group else ()
    if not administers and Role.COORDINATOR not in ctx.sender.roles_at(chain, ctx.now):
        raise NotPermitted("group-needs-administrator")
