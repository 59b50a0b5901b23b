"""What is held about somebody, as they see it, and ending it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.dispatch.keeping import InboxKeeping
from bot.domain.incoming import Incoming, IncomingPress
from bot.domain.messages import UserRef
from bot.errors import PermanentFailure
from bot.ports.features import Context, Feature
from tests.pictures import jpeg
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DESK,
    EVA,
    IN_ALBYBERGET,
    MX_ROOM,
    OWNER,
    POLICE,
    SHOPS,
    START,
    TG_ROOM,
    Town,
    data_of,
    labels_of,
)


async def test_privacy_of_somebody_new_is_empty(town):
    """Nothing is held, and it is said so."""
    fia = town.newcomer("Fia")
    await town.writes(fia, None, "/integritet")

    assert town.last(fia).startswith("Det här har jag om dig, och varför:\n\n• Inga rapporter")
    assert "Ingen plats" in town.last(fia)
    assert "Du har inte skrivit i någon grupp." in town.last(fia)


async def test_privacy_shows_what_is_held_and_why(town):
    """Numbers first, a reason for each, and who answers for the data."""
    await _lives_here(town)
    await town.writes(ANNA, None, "/privacy")

    assert town.last(ANNA).splitlines() == [
        "Det här har jag om dig, och varför:",
        "",
        "• 1 rapport, så att de som berörs får veta och du kan ändra dem. "
        "Gröna raderas efter 30 dagar, gula 90 och röda 180",
        "• 2 saker du lagt till på andras kort, så att alla ser samma läge",
        "• 1 bevakning, så att jag kan varna dig",
        "• 6 meddelanden och utkast från mig, så att knapparna fungerar, och 7 dagar till",
        "• Ditt konto (telegram:1), ditt språk, ditt nummer i grupperna och vad du sagt ja till, "
        "så att jag kan svara dig",
        "• Ditt namn på det du rapporterar, för att du har valt det",
        "• Att du är i Albyberget och ungefär var, på ett par hundra meter när, i två timmar, "
        "för att du delade din plats",
        "• 4 saker du bestämt, utan innehåll, i två år, för uppföljning",
        "Ansvarig för grupperna du skriver i: Alby grannförening.",
    ]
    assert labels_of(town.told(ANNA)[-1]) == ["Mina val", "Ladda ner", "Radera mig"]


async def test_privacy_in_a_group_is_answered_in_private(town):
    """It is nobody else's business."""
    await town.writes(ANNA, TG_ROOM, "/privacy")

    assert town.in_room(TG_ROOM) == []
    assert town.last(ANNA).startswith("Det här har jag om dig")


async def test_export_is_everything_as_json(town):
    """A file that a machine can read, with the words the person wrote."""
    await _lives_here(town)
    await town.taps_after(ANNA, "/privacy", "Ladda ner")

    held = await _exported(town, ANNA)
    assert town.last(ANNA) == "Här är allt jag har om dig, som en fil."
    assert held["accounts"] == ["telegram:1"]
    assert held["language"] == "sv"
    assert held["shared_area"] == "albyberget"
    assert {c["purpose"] for c in held["consents"]} == {"reports", "name", "place"}
    assert held["aliases"] == {"group:alby-grannar": 1}
    assert [fact["what"] for fact in held["decisions"]].count("consent.given") == 3
    assert held["subscriptions"] == [{"area": "fittja", "at_least": "yellow", "kinds": []}]
    assert [(r["priority"], r["text"], r["photos"]) for r in held["reports"]] == [
        ("yellow", "glas på marken", ["x.jpg"])
    ]
    assert [(c["what"], c["text"]) for c in held["added_to_reports"]] == [
        ("seen", ""),
        ("update", "Jag ser det"),
    ]


async def test_export_has_the_pictures_with_it(town):
    """A name in a list is not the picture."""
    await _lives_here(town)
    await town.writes(ANNA, None, "/export")
    _, picture = town.told(ANNA)[-1].message.media

    assert picture.name == "x.jpg"
    assert (await town.app.parts.media.read(picture.id) or b"").startswith(b"\xff\xd8")


async def test_export_has_drafts_carried_lines_and_what_was_taken_back(town):
    """Not only how many."""
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Visa mitt namn")
    await town.taps(ANNA, "Visa mitt namn")
    await town.writes(ANNA, TG_ROOM, "hej alla")
    await town.writes(ANNA, None, "/rapport")
    await town.taps(ANNA, "Gul")
    await town.taps(ANNA, "Brand")
    await town.writes(ANNA, None, "fittja")
    await town.writes(ANNA, None, "UTKAST", photos=(jpeg(),))
    await town.writes(ANNA, None, "/export")

    held = await _exported(town, ANNA)
    (carried,) = held["carried_lines"]
    assert (carried["group"], carried["text"]) == ("alby-grannar", "hej alla")
    assert "UTKAST" in json.dumps(held["messages_from_the_bot"])
    assert len(town.told(ANNA)[-1].message.media) == 2
    by_purpose = {c["purpose"]: c["withdrawn_at"] for c in held["consents"]}
    assert by_purpose["reports"] is None
    assert by_purpose["name"] is not None


async def test_export_of_an_official_names_the_role(town):
    """Roles are personal data too."""
    await town.writes(POLICE, None, "!export")

    held = await _exported(town, POLICE)
    assert held["roles"] == [{"role": "police", "organisation": "polisen", "expires_at": None}]


async def test_export_holds_nothing_of_others(town):
    """What Bo wrote is Bo's."""
    await town.writes(BO, TG_ROOM, "/gul hemlighet")
    await town.writes(ANNA, None, "/exportera")

    assert "hemlighet" not in json.dumps(await _exported(town, ANNA))


async def test_lines_that_wait_are_held_too(town):
    """For an answer, or for the one who looks after the bot: shown, handed out, erased."""
    fia = town.newcomer("Fia")
    line = await town.writes(fia, TG_ROOM, "/gul glas", photos=(jpeg(),))
    await town.edits(fia, line, "/gul glas och grus")
    await town.writes(fia, None, "/privacy")
    assert "• 1 rad som väntar på ditt svar" in town.last(fia)
    await town.writes(fia, None, "/export")

    (waiting,) = (await _exported(town, fia))["waiting_lines"]
    assert (waiting["room"], waiting["text"]) == (str(TG_ROOM), "/gul glas och grus")
    assert waiting["files"] == ["x.jpg"]


async def test_what_can_t_be_read_any_more_is_named_all_the_same(town):
    """Its bridge was switched off meanwhile: that something waits is still said."""
    fia = town.newcomer("Fia")
    await town.writes(fia, TG_ROOM, "/gul glas")
    async with town.app.parts.database.read() as uow:
        person = await uow.people.get((await uow.people.by_user(fia, START)).id, START)
        assert person is not None
        exported = await InboxKeeping({}).export(person, town.app.ticks._upkeep(uow))

    assert exported.fields == {"waiting_lines": [{"received_at": START.isoformat()}]}


async def test_forget_erases_dead_letters(town):
    """What could not be handled is the sender's all the same."""
    whole = town.app.inbox.dispatcher
    town.app.inbox.dispatcher = replace(whole, features=(BOMB,))
    await town.writes(ANNA, TG_ROOM, "/gul HEMLIG brand")
    for _ in range(6):
        await town.passes(minutes=1)
    town.app.inbox.dispatcher = whole
    await town.writes(ANNA, None, "/export")
    letters = (await _exported(town, ANNA))["waiting_lines"]
    assert [letter["text"] for letter in letters] == ["/gul HEMLIG brand"]
    await town.taps_after(ANNA, "/glom", "Ja, radera allt")

    async with town.app.parts.database.dead_letters() as kept:
        assert await kept.list_all() == []


async def test_forget_reaches_what_a_moderator_was_asked(town):
    """The note shows the report's words and holds none of them; it goes with the report."""
    await town.writes(ANNA, TG_ROOM, "/gul HEMLIG text")
    await town.presses(BO, town.card(TG_ROOM), "Flagga")
    await town.presses(BO, town.card(TG_ROOM), "Klart")
    assert "HEMLIG text" in town.last(OWNER)
    await town.taps_after(ANNA, "/glom", "Ja, radera allt")

    assert not any("HEMLIG" in text for text in town.texts(OWNER))
    async with town.app.parts.database.read() as uow:
        owner = await uow.people.by_user(OWNER, town.clock.now())
        assert await uow.notes.of_person(owner.id) == []


async def test_moderator_sees_the_words_as_they_are_now(town):
    """Not what stood there when it was flagged, and nothing once its time is over."""
    line = await town.writes(ANNA, TG_ROOM, "/gul otrevligt")
    with town.platforms_down():
        await town.presses(BO, town.card(TG_ROOM), "Flagga")
        await town.edits(ANNA, line, "/gul trevligt")
    await town.settle()
    assert town.last(OWNER).endswith("trevligt")
    assert "otrevligt" not in town.last(OWNER)
    await town.passes(days=2)
    await town.passes(days=91)

    assert not any("trevligt" in text for text in town.texts(OWNER))


async def test_forget_asks_first(town):
    """It can't be undone, so it takes two steps; nothing happens before."""
    await _lives_here(town)
    before = town.footprint()
    await town.writes(ANNA, None, "/glom")
    assert labels_of(town.told(ANNA)[-1]) == ["Ja, radera allt", "Nej, behåll"]
    await town.taps(ANNA, "Nej, behåll")

    assert town.last(ANNA) == "Då behåller vi allt som det är."
    assert town.footprint() == before


async def test_forget_removes_every_copy_on_both_platforms(town):
    """Cards, carried lines and what the bot said, with a receipt item by item."""
    await _lives_here(town)
    await town.writes(ANNA, TG_ROOM, "hej alla")
    assert "glas på marken" in town.cards(DESK)[0].text
    await town.taps_after(ANNA, "/glöm", "Ja, radera allt")

    left = [shown.text for shown in town.everything_shown()]
    assert not any("glas på marken" in text or "hej alla" in text for text in left)
    assert town.texts(ANNA) == [
        "Klart. Raderat: 1 rapport och 1 bevakning. 4 kopior tas bort nu. "
        "Välkommen tillbaka när du vill."
    ]


async def test_forget_takes_marks_and_updates_off_the_cards_of_others(town):
    """The card stays; what the person added to it goes."""
    await _lives_here(town)
    assert "Jag ser det" in town.card(MX_ROOM).text
    await town.taps_after(ANNA, "/forget", "Ja, radera allt")

    assert town.card(MX_ROOM).text.splitlines()[-1] == "— Granne 2"
    assert "Jag ser det" not in town.card(MX_ROOM).text


async def test_forget_leaves_nothing_stored(town):
    """No row and no file; ten minutes later not even the account."""
    before = town.footprint()
    fia = town.newcomer("Fia")
    await town.agrees(fia)
    await town.writes(fia, None, "/bevaka fittja")
    await town.writes(fia, SHOPS, "/gul glas på marken", photos=(jpeg(),))
    await town.writes(fia, TG_ROOM, "hej alla")
    await town.taps_after(fia, "/glom", "Ja, radera allt")
    assert town.footprint() == before
    await town.passes(minutes=11)
    await town.writes(fia, None, "/exportera")

    held = await _exported(town, fia)
    assert held["reports"] == held["subscriptions"] == []
    assert held["aliases"] == {}
    assert held["consents"] == []


async def test_forget_takes_pictures_that_are_still_on_their_way(town):
    """Of a line that was not carried yet, and of a form that was not sent."""
    await town.taps_after(ANNA, "/rapport", "Gul")
    await town.taps(ANNA, "Skadegörelse")
    await town.writes(ANNA, None, "Albyberget")
    await town.writes(ANNA, None, "Krossad ruta", photos=(jpeg(),))
    await town.writes(ANNA, None, "/glom")
    with town.platforms_down():
        await town.writes(ANNA, TG_ROOM, "Så här ser det ut", photos=(jpeg(),))
        assert len(town.kept_files()) == 2
        await town.taps(ANNA, "Ja, radera allt")
    await town.settle()

    assert town.kept_files() == []
    assert town.in_room(MX_ROOM) == []


@pytest.mark.parametrize("forget_first", [True, False], ids=["taken-after", "taken-before"])
async def test_forget_drops_what_the_bot_has_not_got_to(town, forget_first):
    """Lines, edits and marks that wait in other rooms; those of others go on."""
    line = await town.writes(ANNA, TG_ROOM, "hej alla")
    await town.writes(ANNA, None, "/glom")
    question = town.told(ANNA)[-1]
    people = town.count_rows("people")
    with town.bot_busy():
        if forget_first:
            await town.presses(ANNA, question, "Ja, radera allt")
        await town.writes(ANNA, TG_ROOM, "HEMLIG ett", photos=(jpeg(),))
        await town.writes(ANNA, SHOPS, "/rod HEMLIG två")
        await town.writes(ANNA, SHOPS, "/okänt HEMLIG tre")
        await town.writes(BO, TG_ROOM, "hej från Bo")
        await town.edits(ANNA, line, "HEMLIG fyra")
        await town.writes(ANNA, TG_ROOM, "HEMLIG fem")
        if not forget_first:
            await town.presses(ANNA, question, "Ja, radera allt")
    await _in_private_first(town, ANNA)
    await town.settle()

    assert not any("HEMLIG" in shown.text for shown in town.everything_shown())
    assert town.texts(MX_ROOM) == ["Granne 2: hej från Bo"]
    assert town.last(ANNA).startswith("Klart. Raderat:")
    assert town.kept_files() == []
    assert town.count_rows("reports") == 0
    await town.passes(minutes=11)
    assert town.count_rows("people") == people - 1


async def _in_private_first(town: Town, user: UserRef) -> None:
    """Let the bot handle what somebody does in private, while it holds lines of other rooms."""
    inbox = town.app.inbox
    entries = (await inbox._claim()).jobs
    private = inbox.dispatcher.bridges[user.platform]
    for entry in sorted(entries, key=lambda e: not _is_direct(private.parse(e.update.payload))):
        await inbox._handle(entry)
        inbox._busy.discard(entry.update.lane)


def _is_direct(incoming: Incoming | None) -> bool:
    return incoming is not None and incoming.is_direct


async def test_what_was_pressed_before_it_was_forgotten_marks_nothing(town):
    """A reaction to a card waits like a line."""
    await town.writes(BO, SHOPS, "/gul glas")
    card = town.card(SHOPS)
    await town.writes(ANNA, None, "/glom")
    with town.bot_busy():
        await town.presses(ANNA, town.told(ANNA)[-1], "Ja, radera allt")
        await town.reacts(ANNA, card.ref, "👁")
    await _in_private_first(town, ANNA)
    await town.settle()

    assert town.count_rows("report_marks") == 0


async def test_forgotten_person_who_comes_back_at_once_is_somebody_new(town):
    """What is agreed to after the erasure is not swept away with what was before it."""
    await town.writes(ANNA, None, "/bevaka fittja")
    await town.taps_after(ANNA, "/glom", "Ja, radera allt")
    await town.passes(minutes=1)
    await town.writes(ANNA, None, "/start")
    await town.taps(ANNA, "Ja, det är okej")
    await town.writes(ANNA, None, "/bevaka albyberget")
    await town.passes(minutes=20)
    await town.writes(BO, TG_ROOM, "/gul glas på marken")
    await town.writes(ANNA, None, "/bevakningar")

    assert "glas på marken" in town.card(ANNA).text
    assert town.last(ANNA) == "Du får rött och gult från Albyberget."


async def test_forgotten_person_gets_nothing_any_more(town):
    """Erased means left alone."""
    await town.writes(CILLA, None, "/bevaka albyberget")
    await town.taps_after(CILLA, "/glom", "Ja, radera allt")
    await town.passes(minutes=11)
    before = town.texts(CILLA)
    await town.writes(BO, TG_ROOM, "/rod det brinner")

    assert town.texts(CILLA) == before


async def test_copy_that_can_t_be_deleted_becomes_a_stone(town):
    """Deleted, or edited to a tombstone where the platform refuses."""
    await town.writes(EVA, MX_ROOM, "hej alla")
    await town.writes(EVA, None, "!forget")
    town.telegram.fail_next = PermanentFailure("message can't be deleted")
    await town.taps(EVA, "Ja, radera allt")

    assert town.texts(TG_ROOM) == ["[raderat]"]


async def test_forget_reaches_lines_of_long_ago(town):
    """Every carried copy, however old."""
    await town.writes(EVA, MX_ROOM, "hej alla")
    await town.passes(days=200)
    await town.taps_after(EVA, "!forget", "Ja, radera allt")

    assert town.texts(TG_ROOM) == []


async def test_forget_pressed_twice_erases_once(town):
    """The second press finds an old button."""
    await town.writes(ANNA, None, "/glom")
    sure = town.told(ANNA)[-1]
    data = next(b.data for row in sure.message.rows for b in row if "Ja" in b.label)
    await town.presses_data(ANNA, sure.ref, data)
    await town.presses_data(ANNA, sure.ref, data)

    assert sum("Klart. Raderat" in text for text in town.texts(ANNA)) == 1


@pytest.mark.parametrize("command", ["/privacy", "/export", "/forget"])
async def test_what_is_held_is_shown_without_any_consent(town, command):
    """A right needs no yes."""
    fia = town.newcomer("Fia")
    await town.writes(fia, None, command)

    assert "väntar på ditt svar" not in town.last(fia)


async def _lives_here(town: Town) -> None:
    """Anna follows, reports, marks, adds, shows her name and has shared her place."""
    await town.writes(BO, None, "/samtycke")
    await town.writes(ANNA, TG_ROOM, "/gul glas på marken", photos=(jpeg(),))
    await town.writes(ANNA, None, "/bevaka fittja")
    await town.writes(ANNA, None, "/samtycke")
    await town.taps(ANNA, "Visa mitt namn")
    await town.taps(ANNA, "Använd min plats")
    await town.writes(ANNA, None, "", position=IN_ALBYBERGET)
    await town.writes(BO, TG_ROOM, "/gul rök ur fönster")
    await town.presses(ANNA, town.card(TG_ROOM), "Sett")
    town.clock.at = town.clock.at.replace(second=1)
    await town.writes(ANNA, TG_ROOM, "/update Jag ser det", reply_to=town.card(TG_ROOM).ref)


async def _exported(town: Town, user: UserRef) -> Any:
    file = town.told(user)[-1].message.media[0]
    assert file.name == "grannbro.json"
    data = await town.app.parts.media.read(file.id)
    assert data is not None
    return json.loads(data)


async def _explodes(_incoming: Incoming, _ctx: Context) -> None:
    raise RuntimeError


BOMB = Feature(name="bomb", accepts=lambda _incoming, _ctx: True, handle=_explodes)


async def test_waiting_update_that_nobody_can_read_does_not_hold_up_the_erasure(town):
    """It becomes a dead letter of its own in its turn."""
    await town.writes(ANNA, None, "/glom")
    asked = town.told(ANNA)[-1]
    press = IncomingPress(
        ref=asked.ref,
        sender=town.sender(ANNA),
        data=data_of(asked, "Ja, radera allt"),
        is_direct=True,
    )
    raw = town.telegram.raw(press)
    await town.app.inbox.accept(raw)
    await town.app.inbox.accept(replace(raw, update_id="unreadable", payload=b"unreadable"))
    await town.settle()

    assert town.last(ANNA).startswith("Klart. Raderat:")
