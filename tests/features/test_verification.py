"""`/verify`, `/approve`, `/revoke`: nobody speaks for an organisation by a name alone."""

from dataclasses import replace

import pytest

from bot.domain.messages import UserRef
from bot.domain.people import Grant, Role
from bot.errors import PermanentFailure, TemporaryFailure, UnknownOutcome
from tests.town import (
    ANNA,
    BO,
    CILLA,
    DAVID,
    DESK,
    EVA,
    MX,
    MX_ROOM,
    OWNER,
    POLICE,
    TG,
    TG_ROOM,
    code_on,
    labels_of,
    police,
)

ANNA_AT_WORK, PIA_AT_WORK = "anna.ek@polisen.se", "pia.polis@polisen.se"
BADGE = "Polisen ✔ verifierad polis"


async def proves(town, user, address, *, organisation="polisen"):
    """Let somebody apply and answer the code."""
    await town.writes(user, None, f"/verify {organisation} {address}")
    await town.writes(user, None, town.mailbox.code_to(address))


async def shows_it_is_her(town, address=PIA_AT_WORK, user=POLICE):
    """Let whoever is asked to prove anew do so."""
    await town.writes(user, None, address)
    await town.writes(user, None, town.mailbox.code_to(address))


async def is_verified(town, user, address, *, by=POLICE):
    """Let somebody come all the way, with a colleague of the police."""
    await proves(town, user, address)
    code = code_in(town.last(DESK))
    await town.writes(by, None, f"/approve {code}")
    if "Skriv din mejladress" in town.last(by):
        await shows_it_is_her(town)
        await town.taps(by, "Fortsätt")
    return code


def code_in(text):
    """The code of an application, as the desk reads it."""
    return text.split("Kod: ")[1].strip(" .")


async def coordinate(town, *users):
    """Let people be coordinators everywhere."""
    async with town.app.parts.database.write() as uow:
        for user in users:
            await uow.people.grant(user, Grant(role=Role.COORDINATOR), town.clock.now())


async def role_of(town, user):
    """What somebody may be at the place of the police."""
    async with town.app.parts.database.read() as uow:
        person = await uow.people.known(user, town.clock.now())
    return person.badge_at(("botkyrka",), town.clock.now()) if person else None


async def test_code_and_a_colleague_make_somebody_verified(town):
    """Both, in that order; then the badge is there."""
    await proves(town, ANNA, ANNA_AT_WORK)
    waiting, asked = town.last(ANNA), town.last(DESK)
    await town.presses(POLICE, town.in_room(DESK)[-1], "Godkänn")
    again = town.last(POLICE)
    await shows_it_is_her(town)
    await town.taps(POLICE, "Fortsätt")
    await town.writes(ANNA, TG_ROOM, "/gul Vi är på plats vid torget")

    assert waiting.startswith("Tack, adressen är din. Nu frågar jag en kollega hos Polisen")
    assert ANNA_AT_WORK in asked
    assert again.startswith("Jag behöver veta att det är du.")
    assert any(text.startswith("Klart, du är verifierad för Polisen") for text in town.texts(ANNA))
    assert BADGE in town.card(TG_ROOM).text


async def test_forms_ask_for_what_is_missing(town):
    """An organisation by a button, then an address, then the code."""
    await town.taps_after(ANNA, "/verifiera", "Polisen")
    asked = town.last(ANNA)
    await town.writes(ANNA, None, "anna")
    unfit = town.last(ANNA)
    await town.writes(ANNA, None, ANNA_AT_WORK)
    sent = town.last(ANNA)
    await town.writes(ANNA, None, "12345")

    assert asked.startswith("Skriv din mejladress hos Polisen")
    assert unfit.startswith("Det där ser inte ut som en mejladress.")
    assert sent.startswith("En kod är på väg till a•••@\u2060polisen.se.")
    assert town.last(ANNA).startswith("Koden är sex siffror")


async def test_address_alone_tells_the_organisation(town):
    """Its domain is known."""
    await town.writes(ANNA, None, f"/verify {ANNA_AT_WORK}")

    assert len(town.mailbox.to(ANNA_AT_WORK)) == 1


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("anna@pоlisen.se", "Adressen ser ut som polisen.se"),
        ("anna@po1isen.se", "Adressen ser ut som polisen.se"),
        ("anna@post.polisen.se", "Adressen ska sluta på @\u2060polisen.se"),
        ("anna@polisen.se.example.org", "Den adressen är inte organisationens egen"),
        ("anna@xpolisen.se", "Den adressen är inte organisationens egen"),
        ("anna+polisen.se@gmail.com", "Skriv adressen utan plustecken"),
        ("anna+b@polisen.se", "Skriv adressen utan plustecken"),
        ("аnna@polisen.se", "I adressen finns en bokstav som inte är a–z"),
        ("info@polisen.se", "Den brevlådan läses av flera"),
        ("anna@polisen.se,bo@evil.se", "Det där ser inte ut som en mejladress"),
        ("anna%evil.se@polisen.se", "Det där ser inte ut som en mejladress"),
        ("evil.se!anna@polisen.se", "Det där ser inte ut som en mejladress"),
        ("anna@[127.0.0.1]", "Det där ser inte ut som en mejladress"),
    ],
)
async def test_address_that_only_looks_right_is_refused_with_a_clear_word(town, typed, answer):
    """And no mail goes anywhere, nor is anything left behind."""
    await town.writes(ANNA, None, f"/verify polisen {typed}")

    assert town.last(ANNA).startswith(answer)
    assert town.mailbox.mails == []
    assert town.count_rows("verifications") == town.count_rows("mail_codes") == 0


async def test_domain_may_be_written_large(town):
    """Names of domains know no case; nor do mailboxes, so that one is one person."""
    await proves(town, ANNA, ANNA_AT_WORK)
    await town.writes(BO, None, "/verify polisen Anna.EK@POLISEN.se")

    assert len(town.mailbox.to(ANNA_AT_WORK)) == 2


async def test_wrong_code_is_counted_and_the_sixth_is_not_looked_at(town):
    """Ten tries, the right one among the last, open nothing."""
    await town.writes(ANNA, None, f"/verify polisen {ANNA_AT_WORK}")
    right = town.mailbox.code_to(ANNA_AT_WORK).replace(" ", "")
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(5):
        await town.writes(ANNA, None, wrong)
    spent = town.last(ANNA)
    for _ in range(5):
        await town.writes(ANNA, None, f"/verify {right}")

    assert "Du har 4 försök kvar." in town.texts(ANNA)[-10]
    assert spent.startswith("Den koden gäller inte längre.")
    assert town.last(ANNA).startswith("Jag väntar inte på någon kod")
    assert town.in_room(DESK) == []


async def test_code_ends_after_a_quarter_of_an_hour(town):
    """A mail that is found later opens nothing."""
    await town.writes(ANNA, None, f"/verify polisen {ANNA_AT_WORK}")
    await town.passes(minutes=15)
    await town.writes(ANNA, None, f"/verify {town.mailbox.code_to(ANNA_AT_WORK)}")

    assert town.last(ANNA).startswith("Jag väntar inte på någon kod")
    assert town.in_room(DESK) == []


async def test_code_works_once_and_for_whom_it_was_sent(town):
    """Somebody else who sees it can't use it."""
    await town.writes(ANNA, None, f"/verify polisen {ANNA_AT_WORK}")
    code = town.mailbox.code_to(ANNA_AT_WORK)
    await town.writes(BO, None, f"/verify {code}")
    refused = town.last(BO)
    await town.writes(ANNA, None, code)
    await town.writes(ANNA, None, f"/verify {code}")

    assert refused.startswith("Jag väntar inte på någon kod")
    assert town.last(ANNA).startswith("Jag väntar inte på någon kod")
    assert len(town.in_room(DESK)) == 1


async def test_mailbox_is_not_filled(town):
    """Three mails an hour to one address, whoever asks."""
    for user in (ANNA, BO, CILLA, EVA):
        await town.writes(user, None, f"/verify polisen {ANNA_AT_WORK}")

    assert len(town.mailbox.mails) == 3
    assert town.last(EVA).startswith("Det har redan gått flera koder.")


async def test_strangers_mails_do_not_keep_an_officer_from_acting(town):
    """Whose mailbox it is proves it anew, whatever others have had sent there."""
    await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.passes(hours=13)
    for user in (BO, CILLA, EVA, BO):
        await town.writes(user, None, f"/verify polisen {ANNA_AT_WORK}")
    await proves(town, DAVID, "david.ek@polisen.se")
    await town.writes(ANNA, None, f"/approve {code_in(town.last(DESK))}")
    await town.writes(ANNA, None, town.mailbox.code_to(ANNA_AT_WORK))
    await town.taps(ANNA, "Fortsätt")

    assert await role_of(town, DAVID) is not None


async def test_one_person_gets_five_codes_an_hour(town):
    """However many addresses they think of."""
    for number in range(7):
        await town.writes(ANNA, None, f"/verify polisen namn{number}@polisen.se")
    await town.passes(hours=1)
    await town.writes(ANNA, None, "/verify polisen namn9@polisen.se")

    assert len(town.mailbox.mails) == 6


async def test_code_stands_nowhere_but_in_the_mail(town):
    """Not in the database, sealed or not; the address only sealed."""
    await town.writes(ANNA, None, f"/verify polisen {ANNA_AT_WORK}")
    code = town.mailbox.code_to(ANNA_AT_WORK).replace(" ", "")
    stored = b"".join(path.read_bytes() for path in town.folder.glob("*.db*"))

    assert code.encode() not in stored
    assert ANNA_AT_WORK.encode() not in stored
    assert b"anna.ek" not in stored


async def test_nobody_approves_themselves(town):
    """Neither by the desk's button nor by the command."""
    await proves(town, ANNA, ANNA_AT_WORK)
    asked = town.in_room(DESK)[-1]
    await town.presses(ANNA, asked, "Godkänn")
    await town.writes(ANNA, None, f"/approve {code_in(asked.text)}")

    assert town.last(ANNA).startswith("Sig själv kan ingen godkänna.")
    assert await role_of(town, ANNA) is None


async def test_same_human_on_two_platforms_does_not_approve_either(town):
    """One mailbox is one human, whatever the accounts."""
    await is_verified(town, ANNA, ANNA_AT_WORK)
    anna_too = UserRef(MX, "@anna:hem.se")
    await proves(town, anna_too, ANNA_AT_WORK)
    code = code_in(town.last(DESK))
    await town.writes(ANNA, None, f"/approve {code}")
    same = town.last(ANNA)
    await town.writes(POLICE, None, f"/approve {code}")

    assert same.startswith("Ni har samma mejladress")
    assert (await role_of(town, anna_too)) is not None


async def test_configured_person_does_not_vouch_for_their_other_account(town):
    """The mailbox is asked for first, and so it is known."""
    await proves(town, ANNA, PIA_AT_WORK)
    await town.writes(POLICE, None, f"/approve {code_in(town.last(DESK))}")
    await shows_it_is_her(town)
    await town.taps(POLICE, "Fortsätt")

    assert town.last(POLICE).startswith("Ni har samma mejladress")
    assert await role_of(town, ANNA) is None


async def test_neighbour_and_coordinator_do_not_approve_where_a_colleague_can(town):
    """Coordinators run the groups; who is police the police say."""
    await proves(town, ANNA, ANNA_AT_WORK)
    code = code_in(town.last(DESK))
    for user in (BO, OWNER):
        await town.writes(user, None, f"/approve {code}")

        assert town.last(user).startswith("Godkänna kan bara den")
    assert await role_of(town, ANNA) is None


async def test_refusal_ends_it_and_is_told(town):
    """The person may try again, after talking."""
    await proves(town, ANNA, ANNA_AT_WORK)
    await town.presses(POLICE, town.in_room(DESK)[-1], "Säg nej")
    await town.writes(POLICE, None, "/approve")

    assert any(text.startswith("Polisen godkände inte din begäran.") for text in town.texts(ANNA))
    assert town.last(POLICE) == "Inget väntar på dig."
    assert town.count_rows("verifications") == 0


async def test_neighbour_before_the_first_is_sent_to_the_coordinators(alone):
    """Nobody at the organisation could do it yet, so nobody is sent there."""
    await proves(alone, ANNA, ANNA_AT_WORK)
    await alone.writes(EVA, None, f"/approve {code_in(alone.last(BO))}")

    assert alone.last(EVA).startswith("Den första hos en organisation godkänns av två samordnare.")


async def test_who_may_end_roles_without_a_code_is_told_how(town):
    """Those from the configuration are in no list; residents have none to end."""
    for user, said in (
        (OWNER, "/revoke telegram:42"),
        (POLICE, "/revoke mig"),
        (BO, "ingen roll"),
    ):
        await town.writes(user, None, "/revoke")

        assert said in town.last(user)


@pytest.fixture
async def alone(town):
    """The police have nobody verified yet; three coordinators."""
    await town.writes(OWNER, None, f"/revoke {POLICE}")
    await coordinate(town, BO, CILLA)
    return town


async def test_first_of_an_organisation_takes_two_coordinators(alone):
    """One is not enough, twice the same neither, nor the applicant."""
    await coordinate(alone, ANNA)
    await proves(alone, ANNA, ANNA_AT_WORK)
    code = code_in(alone.last(BO))
    await alone.writes(ANNA, None, f"/approve {code}")
    await alone.writes(BO, None, f"/approve {code}")
    await alone.taps(BO, "Godkänn")
    one = await role_of(alone, ANNA)
    await alone.taps(CILLA, "Godkänn")

    assert alone.last(ANNA) != ""
    assert one is None
    assert await role_of(alone, ANNA) is not None


async def test_vote_of_the_applicant_s_other_account_does_not_count(alone):
    """Also if it showed only later whose mailbox it has."""
    await proves(alone, ANNA, ANNA_AT_WORK)
    code = code_in(alone.last(BO))
    await alone.writes(BO, None, f"/approve {code}")
    await proves(alone, BO, ANNA_AT_WORK)
    await alone.writes(CILLA, None, f"/approve {code}")

    assert await role_of(alone, ANNA) is None


async def test_vote_of_who_coordinates_no_more_does_not_count(alone):
    """The eyes have to be there when it is decided."""
    await proves(alone, ANNA, ANNA_AT_WORK)
    code = code_in(alone.last(BO))
    await alone.writes(BO, None, f"/approve {code}")
    alone.changes_rows(
        "DELETE FROM grants WHERE role = 'coordinator' AND person_id IN "
        "(SELECT person_id FROM verification_votes)"
    )
    await alone.writes(CILLA, None, f"/approve {code}")

    assert await role_of(alone, ANNA) is None


async def test_revoked_role_is_gone_at_once_also_from_cards(town):
    """What was said stays, under what it is by now."""
    code = await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(ANNA, TG_ROOM, "/gul Vi är på plats vid torget")
    before = town.card(MX_ROOM).text
    await town.writes(POLICE, None, f"/revoke {code}")
    await town.writes(ANNA, TG_ROOM, "/gul Nu igen vid torget")

    assert BADGE in before
    cards = [card.text for card in town.cards(MX_ROOM)]
    assert any("tidigare Polisen" in text and "på plats" in text for text in cards)
    assert not any(BADGE in text for text in cards)
    assert any(t.startswith("Din roll för Polisen har återkallats.") for t in town.texts(ANNA))
    assert any(t.startswith(f"En roll för Polisen är slut ({code}).") for t in town.texts(DESK))


async def test_posts_that_wait_lose_the_badge(town):
    """What was not out yet when the role ended goes out without it."""
    code = await is_verified(town, ANNA, ANNA_AT_WORK)
    with town.platforms_down():
        await town.writes(ANNA, TG_ROOM, "/gul Vi är på plats vid torget")
        await town.writes(ANNA, TG_ROOM, "Stanna inne")
        await town.writes(POLICE, None, f"/revoke {code}")
    await town.settle()

    assert any("Stanna inne" in text for text in town.texts(MX_ROOM))
    assert not any(BADGE in text for text in town.texts(MX_ROOM))


async def test_alarm_from_the_mailbox_stops_whoever_asked(town):
    """The code stands in the mail: whoever owns the mailbox owns the word."""
    await town.writes(BO, None, f"/verify polisen {ANNA_AT_WORK}")
    code = town.mailbox.code_to(ANNA_AT_WORK)
    await town.writes(ANNA, None, f"/revoke {town.mailbox.alarm_to(ANNA_AT_WORK)}")
    thanked = town.last(ANNA)
    await town.writes(BO, None, f"/verify {code}")

    assert thanked.startswith("Tack för att du sa till.")
    assert town.last(BO).startswith("Jag väntar inte på någon kod")
    assert any("slog larm" in text for text in town.texts(DESK))


async def test_alarm_of_a_stolen_phone_ends_its_role(town):
    """The thief asks for a proof, and the mail goes to the owner."""
    await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.passes(hours=13)
    await proves(town, BO, "bo.berg@polisen.se")
    await town.writes(ANNA, None, f"/approve {code_in(town.last(DESK))}")
    await town.writes(CILLA, None, f"/revoke {town.mailbox.alarm_to(ANNA_AT_WORK)}")

    assert await role_of(town, ANNA) is None
    assert await role_of(town, BO) is None


async def test_proof_holds_for_twelve_hours(town):
    """Then the mailbox is asked for again before the next role is given."""
    await is_verified(town, ANNA, ANNA_AT_WORK)
    await proves(town, BO, "bo.berg@polisen.se")
    await town.writes(ANNA, None, f"/approve {code_in(town.last(DESK))}")
    at_once = await role_of(town, BO)
    await town.passes(hours=12)
    await proves(town, CILLA, "cilla.dahl@polisen.se")
    code = code_in(town.last(DESK))
    await town.writes(ANNA, None, f"/approve {code}")
    asked = town.last(ANNA)
    waiting = await role_of(town, CILLA)
    await town.writes(ANNA, None, town.mailbox.code_to(ANNA_AT_WORK))
    await town.taps(ANNA, "Fortsätt")

    assert at_once is not None
    assert asked.startswith("Jag behöver veta att det är du. En kod är på väg till a•••@")
    assert waiting is None
    assert await role_of(town, CILLA) is not None


async def test_revocation_of_a_configured_person_outlives_a_restart(open_town):
    """The configuration would else give the thief the role back."""
    town = await open_town()
    await town.writes(OWNER, None, f"/revoke {POLICE}")
    await town.app.close()
    again = await open_town()

    assert await role_of(again, POLICE) is None


async def restarts(open_town, town, **changes):
    """Close a town and open it with another configuration; the platforms go on counting."""
    await town.app.close()
    again = await open_town(**changes)
    for old, new in ((town.telegram, again.telegram), (town.matrix, again.matrix)):
        vars(new).update(shown=old.shown, _updates=old._updates, _by_key=old._by_key)
    again.written = town.written
    return again


def without_domain():
    """The police, who have given up their mail domain."""
    configured = police()
    given_up = replace(configured.organisation, mail_domains=("police.example",))
    return (replace(configured, organisation=given_up),)


async def test_domain_that_left_the_configuration_proves_nothing_more(open_town):
    """Neither what waits for a yes, nor a code that is still out, nor a role."""
    town = await open_town()
    await town.agrees(ANNA, BO, CILLA, POLICE)
    await is_verified(town, CILLA, "cilla.dahl@polisen.se")
    await proves(town, ANNA, ANNA_AT_WORK)
    waiting = code_in(town.last(DESK))
    await town.writes(BO, None, "/verify polisen bo.berg@polisen.se")
    code = town.mailbox.code_to("bo.berg@polisen.se")
    again = await restarts(open_town, town, organisations=without_domain())
    await again.writes(POLICE, None, f"/approve {waiting}")
    await again.writes(BO, None, code)

    for user in (ANNA, BO, CILLA):
        assert await role_of(again, user) is None
    assert await role_of(again, POLICE) is not None
    assert again.count_rows("verifications") == 0
    assert again.rows("SELECT verb FROM audit WHERE verb = 'role.revoked'") == [("role.revoked",)]
    assert again.last(CILLA).startswith("Din roll för Polisen har återkallats.")


async def test_organisation_that_left_the_configuration_takes_its_roles_along(open_town):
    """Whoever held one is told, and the audit log has it."""
    town = await open_town()
    await town.agrees(CILLA, POLICE)
    code = await is_verified(town, CILLA, "cilla.dahl@polisen.se")
    again = await restarts(open_town, town, organisations=())
    await again.settle()
    facts = again.rows("SELECT verb, about FROM audit ORDER BY id")[-2:]

    assert await role_of(again, CILLA) is None
    assert again.last(CILLA).startswith("Din roll för Polisen har återkallats.")
    assert facts == [("role.revoked", f"polisen {code}"), ("organisation.removed", "polisen")]


async def test_who_left_the_configuration_is_no_applicant(open_town):
    """What they proved when they were asked to was no application."""
    town = await open_town()
    await town.agrees(ANNA, BO, POLICE)
    await is_verified(town, ANNA, ANNA_AT_WORK)
    ((record,),) = town.rows("SELECT id FROM verifications WHERE stage = 'proved'")
    again = await restarts(open_town, town, organisations=(replace(police(), people=()),))
    await again.writes(ANNA, None, f"/approve {record}")
    await again.writes(ANNA, None, "/approve")

    assert again.last(ANNA) == "Inget väntar på dig."
    assert await role_of(again, POLICE) is None


async def test_neighbour_revokes_nobody_but_themselves(town):
    """And may always give up the own role."""
    code = await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(BO, None, f"/revoke {code}")
    still = await role_of(town, ANNA)
    await town.writes(ANNA, None, "/revoke mig")

    assert still is not None
    assert await role_of(town, ANNA) is None


async def test_nobody_learns_by_revoking_who_is_verified(town):
    """An account without a role and one with are answered in the same words."""
    await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(BO, None, f"/revoke {ANNA}")
    of_somebody = town.last(BO)
    await town.writes(BO, None, f"/revoke {CILLA}")

    assert town.last(BO) == of_somebody
    assert of_somebody.startswith("Jag hittar ingen roll med det som du kan återkalla.")


async def test_list_of_roles_ends_one_after_a_question(town):
    """A slip of the thumb takes nobody's role."""
    await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.taps_after(POLICE, "/revoke", ANNA_AT_WORK)
    await town.taps(POLICE, "Nej, låt den vara")
    kept = await role_of(town, ANNA)
    await town.taps_after(POLICE, "/aterta", ANNA_AT_WORK)
    await town.taps(POLICE, "Ja, återkalla")

    assert kept is not None
    assert await role_of(town, ANNA) is None


async def test_role_ends_after_half_a_year_and_says_so_twice_before(town):
    """With a button that renews it, by a code and an approval again."""
    await is_verified(town, ANNA, ANNA_AT_WORK)
    reminded = []
    for _ in range(180):
        await town.passes(days=1)
        reminded += [t for t in town.texts(ANNA) if t.startswith("Din roll för Polisen gäller")]

    assert await role_of(town, ANNA) is None
    assert len({id(t) for t in reminded}) >= 2
    assert town.last(ANNA).startswith("Din roll för Polisen har gått ut.")
    assert town.count_rows("verifications") == 0


async def test_renewal_takes_a_code_and_an_approval(town):
    """Neither alone is enough; meanwhile the role goes on."""
    await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.passes(days=151)
    await town.taps(ANNA, "Förnya")
    await town.taps(ANNA, "Skicka koden")
    await town.writes(ANNA, None, town.mailbox.code_to(ANNA_AT_WORK))
    before = (await role_of(town, ANNA)).expires_at
    await town.writes(POLICE, None, f"/approve {code_in(town.last(DESK))}")
    await town.writes(POLICE, None, town.mailbox.code_to(PIA_AT_WORK))
    await town.taps(POLICE, "Fortsätt")

    assert ((await role_of(town, ANNA)).expires_at - before).days == 151


async def test_unanswered_application_lapses_with_its_address(town):
    """After a week nobody waits any more."""
    await proves(town, ANNA, ANNA_AT_WORK)
    await town.passes(days=7)

    assert town.last(ANNA).startswith("Ingen hos Polisen svarade i tid")
    assert town.count_rows("verifications") == 0


async def test_refused_mail_is_told_kindly(town):
    """The server does not know the mailbox."""
    town.mailbox.fails = [PermanentFailure("the server answered 550")]
    await town.writes(ANNA, None, f"/verify polisen {ANNA_AT_WORK}")

    assert town.last(ANNA).startswith("Mejlservern tog inte emot a•••@\u2060polisen.se.")


async def test_mail_server_out_of_order_is_tried_again(town):
    """And if it stays so until the code is too old, that is told."""
    town.mailbox.fails = [TemporaryFailure("451")]
    await town.writes(ANNA, None, f"/verify polisen {ANNA_AT_WORK}")
    none_yet = len(town.mailbox.mails)
    await town.passes(seconds=5)
    town.mailbox.fails = [TemporaryFailure("451")] * 100
    await town.writes(BO, None, "/verify polisen bo.berg@polisen.se")
    await town.passes(minutes=16)

    assert none_yet == 0
    assert len(town.mailbox.to(ANNA_AT_WORK)) == 1
    assert town.last(BO).startswith("Jag fick inte iväg mejlet")


async def test_lost_answer_doubles_a_mail_at_most_once(town):
    """A code that comes twice is better than none; the same code in both."""
    town.mailbox.fails = [UnknownOutcome("lost")] * 10
    town.mailbox.takes_before_failing = True
    await town.writes(ANNA, None, f"/verify polisen {ANNA_AT_WORK}")
    for _ in range(5):
        await town.passes(seconds=30)

    assert len(town.mailbox.mails) == 2
    assert len({mail.text for mail in town.mailbox.mails}) == 1
    assert len({mail.key for mail in town.mailbox.mails}) == 1


async def test_crash_while_sending_neither_loses_nor_trebles(town):
    """What was begun is begun once more, and once only."""
    town.mailbox.fails = [KeyboardInterrupt()]
    town.mailbox.takes_before_failing = True
    with pytest.raises(KeyboardInterrupt):
        await town.writes(ANNA, None, f"/verify polisen {ANNA_AT_WORK}")
    await town.app.mailing.recover()
    await town.settle()
    await town.app.mailing.recover()
    await town.settle()

    assert len(town.mailbox.mails) == 2


async def test_without_mail_settings_it_says_so_kindly(open_town):
    """And that a coordinator can still be told."""
    town = await open_town(has_mail=False)
    await town.writes(ANNA, None, "/verify polisen anna@polisen.se")

    assert town.last(ANNA).startswith("Den här installationen kan inte skicka mejl")
    assert "samordnare" in town.last(ANNA)


async def test_forgotten_person_has_neither_role_nor_address(town):
    """The desk hears that a role has ended."""
    await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(ANNA, None, "/privacy")
    told = town.last(ANNA)
    await town.taps_after(ANNA, "/forget", "Ja, radera allt")
    await town.passes(minutes=11)

    assert ANNA_AT_WORK in told
    assert await role_of(town, ANNA) is None
    assert town.rows("SELECT count(*) FROM verifications WHERE is_granted")[0][0] == 0
    assert town.rows("SELECT count(*) FROM mail_codes WHERE person_id IS NOT NULL")[0][0] == 1
    assert any("har lämnat Grannbro" in text for text in town.texts(DESK))


async def test_audit_says_whose_role_ended_and_how(town):
    """By what names the role and nobody: the code that the desk read."""
    code = await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.passes(hours=13)
    await proves(town, BO, "bo.berg@polisen.se")
    await town.writes(ANNA, None, f"/approve {code_in(town.last(DESK))}")
    await town.writes(CILLA, None, f"/revoke {town.mailbox.alarm_to(ANNA_AT_WORK)}")
    facts = town.rows("SELECT verb, about FROM audit ORDER BY id")[-2:]

    assert facts == [
        ("role.alarmed", f"polisen {code}"),
        ("role.revoked", f"polisen {code}"),
    ]
    assert any(
        text.startswith(f"En roll för Polisen är slut ({code}).") for text in town.texts(DESK)
    )


async def test_every_step_is_in_the_audit_log(town):
    """Facts without content."""
    code = await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(POLICE, None, f"/revoke {code}")
    facts = town.rows("SELECT verb FROM audit WHERE verb NOT LIKE 'consent%' ORDER BY id")
    verbs = [verb for (verb,) in facts]

    assert verbs == [
        "verification.asked",
        "verification.proved",
        "verification.asked",
        "verification.proved",
        "role.granted",
        "role.revoked",
    ]
    assert not any("@" in about for (about,) in town.rows("SELECT about FROM audit"))


async def test_buttons_of_the_desk_end_with_the_decision(town):
    """Nobody decides twice."""
    await is_verified(town, ANNA, ANNA_AT_WORK)

    assert all(labels_of(shown) == [] for shown in town.in_room(DESK))
    assert TG_ROOM.platform is TG


async def what_is_said_of(town, user, text="Vi är på plats vid torget"):
    """What a neighbour reads who asks whether a post is genuine."""
    await town.writes(user, TG_ROOM, f"/gul {text}")
    await town.writes(BO, None, f"/kolla {code_on(town.card(TG_ROOM).text)}")
    return town.last(BO)


async def test_check_says_who_approved_and_when_the_address_was_shown(town):
    """A colleague, in the organisation's name: nobody has agreed to be named for that."""
    await is_verified(town, ANNA, ANNA_AT_WORK)
    said = await what_is_said_of(town, ANNA)

    assert "Den gäller till 20 maj 14:00." in said
    assert "En redan verifierad kollega hos Polisen godkände den." in said
    assert "Adressen där visades senast 21 nov. 13:00." in said
    assert "Pia" not in said


async def test_check_says_that_two_coordinators_approved_the_first(alone):
    """Also when one of them has left since: it is a decision, and nobody's."""
    await proves(alone, ANNA, ANNA_AT_WORK)
    for coordinator in (BO, CILLA):
        await alone.taps(coordinator, "Godkänn")
    await alone.taps_after(CILLA, "/glom", "Ja, radera allt")
    said = await what_is_said_of(alone, ANNA)

    assert "Två samordnare godkände den." in said


async def test_check_tells_of_a_configured_role_when_its_address_was_shown(town):
    """The operator vouches; the mailbox is beside it."""
    await town.writes(POLICE, MX_ROOM, "!gul Vi är på plats")
    await town.writes(BO, None, f"/kolla {code_on(town.card(TG_ROOM).text)}")
    before = town.last(BO)
    await is_verified(town, ANNA, ANNA_AT_WORK)
    await town.writes(BO, None, f"/kolla {code_on(town.card(TG_ROOM).text)}")

    assert "Adressen där" not in before
    assert "tills de ändrar det. Adressen där visades senast 21 nov." in town.last(BO)


async def test_whoever_gets_no_mail_is_told_the_next_step(town):
    """Another address with a button, or a human; what it was asked for goes on after it."""
    await town.writes(POLICE, None, "!verify polisen pia.plois@polisen.se")
    said, offered = town.last(POLICE), labels_of(town.told(POLICE)[-1])
    await town.taps(POLICE, "En annan adress")
    await town.writes(POLICE, None, PIA_AT_WORK)
    await town.writes(POLICE, None, town.mailbox.code_to(PIA_AT_WORK))

    assert "Kommer inget? Titta i skräpposten, eller skriv en annan adress" in said
    assert "be en kollega vid deras desk eller en samordnare" in said
    assert offered == ["Skicka en ny kod", "En annan adress", "Avbryt"]
    assert town.last(POLICE).startswith("Tack, nu vet jag att det är du.")
