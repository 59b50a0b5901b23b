"""The demo's mail: nothing leaves the machine, and the letter lies where its reader is."""

from dataclasses import dataclass

from bot.conversation import BUTTONS_WORK_FOR, new_note_id
from bot.domain.copies import PersonRef
from bot.domain.mails import Mail
from bot.domain.notes import Note
from bot.domain.words import words
from bot.ports.clock import Clock
from bot.ports.store import Store


@dataclass(frozen=True, kw_only=True)
class DemoMailbox:
    """Shows each mail in the private chat of whoever asked for it, and says that it is a demo.

    So in the demo anybody can prove any mailbox: it shows how it goes, and proves nothing.
    """

    store: Store
    clock: Clock

    async def send(self, mail: Mail) -> None:
        """Put a mail into the chat."""
        now = self.clock.now()
        said = words("demo-mail", to=str(mail.to), subject=mail.subject, text=mail.text)
        note = Note(
            id=new_note_id(),
            feature="demo",
            person=mail.person,
            words=said,
            expires_at=now + BUTTONS_WORK_FOR,
        )
        async with self.store.write() as uow:
            await uow.notes.say(note, PersonRef(mail.person))
