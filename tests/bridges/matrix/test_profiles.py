"""Lines shown under the name of whoever says them, and read from others who do the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bridges.matrix.api import Object
from bot.bridges.matrix.fields import Fields
from bot.bridges.matrix.layout import Tone, as_edit, lay_out
from bot.bridges.matrix.profiles import PROFILE, name_in
from bot.domain.incoming import IncomingEdit, IncomingMessage
from bot.domain.outgoing import OutgoingMessage, Speaker
from bot.domain.richtext import Quote, RichText, Style, Styled, Text, rich
from bot.domain.richtext_json import Json
from tests.bridges.matrix.events import event, reads, says

TONE = Tone(msgtype="m.text", mark="other")
ANNA = Speaker(id="a1", name="Granne 14")


def carried(said: RichText, *, speaker: Speaker = ANNA) -> OutgoingMessage:
    """A line as the core writes it."""
    name = Styled(Style.BOLD, (Text(speaker.name),))
    text = RichText((name, Text(": "))) + said
    return OutgoingMessage(text=text.stripped(), speaker=speaker)


def read(content: Object) -> IncomingMessage:
    """Read what was laid out, as another program does."""
    found = reads(event("m.room.message", content))
    assert isinstance(found, IncomingMessage)
    return found


def test_line_names_its_speaker_for_apps_old_and_new() -> None:
    """Once beside the words, and once in them for those who show no profiles; never a picture."""
    (content,) = lay_out(carried(rich("hej & hå")), [], TONE)

    assert content[PROFILE] == {"id": "a1", "displayname": "Granne 14", "has_fallback": True}
    assert content["body"] == "Granne 14: hej & hå"
    assert content["formatted_body"] == (
        "<strong data-mx-profile-fallback>Granne 14: </strong>hej &amp; hå"
    )


def test_edit_names_its_speaker_too() -> None:
    """In the new content, which is all that apps read."""
    (content,) = lay_out(carried(rich("nytt")), [], TONE)
    new = as_edit(content, "$1", before={})["m.new_content"]

    assert isinstance(new, dict)
    assert new[PROFILE] == content[PROFILE]


def test_words_stand_below_the_first_file_alone() -> None:
    """The others repeat no name; what stood there before is gone."""
    files: list[Object] = [
        {"msgtype": "m.image", "filename": f"{n}.jpg", PROFILE: {}} for n in "ab"
    ]
    first, second = lay_out(carried(rich("")), files, TONE)
    (bare,) = lay_out(OutgoingMessage(text=rich("hej")), files[:1], TONE)

    assert first["body"] == "Granne 14: "
    assert second[PROFILE] == {"id": "a1", "displayname": "Granne 14"}
    assert PROFILE not in bare


def test_name_that_is_too_long_for_a_profile_stands_in_the_words_alone() -> None:
    """Apps would refuse the whole message."""
    (content,) = lay_out(carried(rich("hej"), speaker=Speaker(id="x", name="å" * 128)), [], TONE)

    assert PROFILE not in content
    assert content["body"] == "å" * 128 + ": hej"


def test_quote_stands_below_the_name() -> None:
    """As before."""
    (content,) = lay_out(carried(RichText((Quote((Text("vem?"),)), Text("jag")))), [], TONE)

    assert content["body"] == "Granne 14: \nvem?\njag"
    assert str(content["formatted_body"]).endswith("</strong><blockquote>vem?</blockquote>jag")


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40
)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z", "S", "M"]), min_size=1, max_size=60
)


@settings(deadline=None)
@given(NAMES, WORDS)
def test_what_is_written_is_read_without_the_name(name: str, words: str) -> None:
    """Whatever either holds: the words come back, and the name beside them."""
    (content,) = lay_out(carried(rich(words), speaker=Speaker(id="x", name=name)), [], TONE)
    plain = {key: value for key, value in content.items() if "format" not in key}
    found = [read(content), read(plain)]

    assert {one.spoken_as for one in found} == {name}
    assert found[0].text == found[1].text
    assert found[0].text.plain in {rich(words).plain, read({**plain, "body": words}).text.plain}


@pytest.mark.parametrize(
    "profile",
    [None, "x", [], {"displayname": ""}, {"displayname": 7}, {"displayname": "å" * 200}],
)
def test_profile_that_is_none_changes_nothing(profile: Json) -> None:
    """Nor does it take anything off the words."""
    found = says(body="Olle: hej", **{PROFILE: profile})

    assert isinstance(found, IncomingMessage)
    assert (found.spoken_as, found.text.plain) == (None, "Olle: hej")


def test_words_are_whole_where_they_do_not_repeat_the_name() -> None:
    """Only what says that it does is shortened, and only by the name itself."""
    beside: Json = {"id": "1", "displayname": "Olle"}
    told: Json = {"id": "1", "displayname": "Olle", "has_fallback": True}
    found = [says(body="Olle: hej", **{PROFILE: beside}), says(body="Nej: hej", **{PROFILE: told})]

    assert [one.text.plain for one in found if isinstance(one, IncomingMessage)] == [
        "Olle: hej",
        "Nej: hej",
    ]


def test_stable_name_of_the_field_is_read_and_the_sender_stays_the_account() -> None:
    """A profile can call itself what it likes."""
    told: Json = {"id": "1", "displayname": "Polisen"}
    found = says(body="hej", **{"m.per_message_profile": told})

    assert isinstance(found, IncomingMessage)
    assert (found.spoken_as, found.sender.name) == ("Polisen", "Anna")
    assert found.sender.user.user_id == "@anna:hem.se"


def test_edit_is_read_by_its_new_content() -> None:
    """Without the name there, too."""
    relation: Json = {"rel_type": "m.replace", "event_id": "$0"}
    told: Json = {"id": "1", "displayname": "Olle", "has_fallback": True}
    new: Json = {"msgtype": "m.text", "body": "Olle: rätt", PROFILE: told}
    found = says(body="* x", **{"m.relates_to": relation, "m.new_content": new})

    assert isinstance(found, IncomingEdit)
    assert (found.spoken_as, found.text.plain) == ("Olle", "rätt")


def test_names_are_not_too_long() -> None:
    """What is longer than a profile may be is none."""
    assert name_in(Fields({PROFILE: {"displayname": "a" * 255}})) == "a" * 255
    assert name_in(Fields({PROFILE: {"displayname": "a" * 256}})) is None
