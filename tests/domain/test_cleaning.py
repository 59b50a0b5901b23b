"""What nobody shall see: hidden characters in text, and names that only the bot may print."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cleaning import (
    MAX_MARKS,
    MAX_NAME_CHARS,
    clean_file_name,
    clean_name,
    clean_text,
    has_words,
)
from bot.domain.reserved_names import RESERVED, RESERVED_WORDS, is_reserved, skeleton
from bot.domain.richtext import CodeBlock, Quote, RichText, Style, Styled, Text, rich
from tests.domain.examples import trees
from tests.real_data import REAL_DATA

SCB = REAL_DATA / "moderation"

SPOOFS = (
    # plain, inflected and compounded
    "Polis", "POLIS", "Polisen", "Polisen Botkyrka", "Insp. Polisen", "Anna Polis",
    "kvarterspolisen", "SvenskPolis", "ThePolice", "xXPolisXx", "närpolis", "Botkyrkapolis",
    "Botkyrka kommun", "BotkyrkaKommun", "Admin", "sysadmin", "Moderator", "Grannbro",
    "Grannbro bot", "Bot", "Väktare Securitas", "Ordningsvakt", "Räddningstjänsten", "Brandkåren",
    "Fire Service", "SOS Alarm", "Trygghetssamordnare", "Granne 14", "Granne14", "Neighbour 3",
    # Cyrillic, Greek, Armenian, Cherokee, Lisu, Canadian letters
    "Роliѕ", "Роlіs", "Pоlіsen", "Рolіsеn", "Аdmin", "Вot", "Кommun", "Kоммun",
    "ρolis", "Pσlιs", "Ρolis", "PΟLIS", "Εva Polis", "Κommun", "Μoderator", "Κommuп",
    "Pօlis", "ᏢOLIS", "ꓑOLIS", "ᑭolis", "Grаnne 14",
    # full width, small capitals, mathematical, circled, squared, flags
    "Ｐｏｌｉｓ", "Ｋｏｍｍｕｎ", "ᴘᴏʟɪs", "ᴋᴏᴍᴍᴜɴ", "𝓟𝓸𝓵𝓲𝓼", "𝐀𝐝𝐦𝐢𝐧", "𝙼𝚘𝚍𝚎𝚛𝚊𝚝𝚘𝚛", "ℙ𝕠𝕝𝕚𝕤",
    "ⓟⓞⓛⓘⓢ", "⒫⒪⒧⒤⒮", "🅟🅞🅛🅘🅢", "🄿🄾🄻🄸🅂", "🅿🅾🅻🅸🆂", "🇵🇴🇱🇮🇸", "ᵖᵒˡⁱˢ",
    # turned round, hidden characters, line ends
    "\u202esiloP", "\u202eneisiloP", "\u2067nimdA\u2069", "Po\u200blis", "po\u00adlis",
    "pol\u034fis", "po\u2063lis", "pol\U000e0069\U000e007fis", "po\ufe0flis", "Po\u3164lis",
    "Po\u200dlis", "Polis\nBotkyrka", "Po\x00lis",
    # digits and signs for letters, letters for letters
    "P0lis", "P0l1s", "Po1isen", "Po|is", "PoIis", "POLlS", "P°lis", "Adm1n", "4dmin", "@dmin",
    "Moder@tor", "mod3rator", "K0mmun", "6rannbro", "Grannbr0", "G®annbro", "Poli$en", "8ot",
    "rnoderator", "Adrnin", "Aclmin", "Kornrnun", "0rdningsvakt",
    # spaced out
    "P o l i s", "P.o.l.i.s", "P-o-l-i-s", "P_o_l_i_s", "P*o*l*i*s", "Pol is", "Po lis en",
    "A d m i n", "K o m m u n", "B o t", "p  o  l  i  s", "Anna P o l i s",
    # emoji badges
    "👮Polis", "Polis👮‍♀️", "✅ Polisen", "🅿️olis", "⭐Admin⭐", "Kommun ✔️", "🤖 Bot",
    # accents
    "Pölis", "Pòlís", "P̷o̷l̷i̷s̷", "Ƥolis", "Pøliʂ", "Polısen", "Kömmun", "Ädmin", "Vãktare",
    "Ṗọḷịṣ",
    # other languages that are read here
    "Полиция", "Поліція", "Policía", "Policja Botkyrka", "Poliisi", "Polizei", "Booliiska",
    "شرطة", "پلیس", "Админ", "Модератор", "Коммуна", "Бот",
)  # fmt: skip

REAL_NAMES = {
    "latin": (
        "Anna Andersson", "Åke Öström", "Björn Ådahl", "Bo T", "Pål Polhem", "Botilda Nilsson",
        "Botond Kiss", "Zlatan Ibrahimović", "Łukasz Wójcik", "Şükrü Yılmaz", "Nguyễn Thị Ánh",
        "José Ñúñez", "Guðrún Þórsdóttir", "Søren Kierkegård", "Siobhán O’Brien", "D'Angelo",
        "Metropolis", "George Christopolis", "Polischuk", "Nikolai Polissky", "Josef Polišenský",
        "Grigorios Papadopoulos", "Admir Hodžić", "Talbot", "Abbot",
        "Badmintonkalle", "Paul Isaksson", "Pol Iversen", "Komnenos", "Mode Torsson", "Ayaan Cali",
        "Xalwo Maxamed", "Clara Arne", "Anna-Karin (mamma)", "J. R. Bernt", "Bo 2", "Malin 3 tr",
    ),
    "cyrillic": (
        "Павел Полищук", "Оксана Поліщук", "Роман Ковальчук", "Анна Комарова", "Андрій Шевченко",
        "Вова", "Ольга Ростова", "Борис Петров", "Мирослав Юрьев", "Алёна Ёлкина", "Сергій Ботвин",
        "Евгений Полисский", "Адам Минаев",
    ),
    "greek": (
        "Δημήτρης Πολίτης", "Ελένη Παπαδοπούλου", "Γιώργος Κομνηνός", "Αθηνά Βότση", "Πάνος",
        "Κώστας Πολυχρόνης", "Μαρία Οικονόμου", "Ιωάννης Χρυσόπολης", "Σπύρος",
    ),
    "arabic": (
        "محمد علي", "فاطمة الزهراء", "أحمد", "يوسف حسن", "زینب کریمی", "علی رضایی",
        "سارة", "عبد الرحمن", "لیلا پهلوان", "خالد شريف", "نور", "هاشم",
    ),
    "hebrew": ("דוד לוי", "שרה כהן", "יוסף", "מרים", "אברהם פולישוק", "נועה"),
    "devanagari": ("अनिता शर्मा", "राजेश कुमार", "प्रिया", "मोहन", "लक्ष्मी", "विष्णु"),
    "han": ("李小龙", "王芳", "佐藤健", "陳", "田中さくら", "张伟"),
    "hangul": ("김민준", "이서연", "박지훈", "최", "정하은"),
    "ethiopic": ("ሰላም ተስፋይ", "ኣብርሃም", "ዮሃንስ", "ሳባ", "ሄለን"),
    "thai": ("สมชาย", "มาลี", "ณัฐพล ใจดี", "ปิยะ"),
    "georgian and armenian": ("გიორგი", "ნინო", "Արամ", "Գոհար Պողոսյան", "Աննա"),
}  # fmt: skip


def test_corpora_are_large_enough():
    """Goals: spoofs by the hundred, and names in the scripts that people here have."""
    assert len(set(SPOOFS)) >= 140
    assert len(REAL_NAMES) >= 8
    assert sum(map(len, REAL_NAMES.values())) >= 100


@pytest.mark.parametrize("name", SPOOFS, ids=ascii)
def test_no_spoof_of_a_role_is_printed(name: str):
    """Only the bot prints badges; who is called like one is shown under the alias."""
    assert clean_name(name) is None


@pytest.mark.parametrize(
    "name", [name for names in REAL_NAMES.values() for name in names], ids=ascii
)
def test_no_real_name_is_refused(name: str):
    """Nobody's own name is a forgery, in whatever script it is written."""
    assert clean_name(name) == unicodedata.normalize("NFKC", name)


@pytest.mark.parametrize("file", ["man", "kvinnor"])
def test_names_that_swedes_are_called_pass(file: str):
    """All first names borne by at least two hundred people in Sweden."""
    path = SCB / f"scb_tilltalsnamn_{file}_200plus.csv"
    if not path.exists():
        pytest.skip(f"the list of names is not here: {path.name}")
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    names = [row["name"] for row in rows]

    assert len(names) > 1000
    assert [name for name in names if clean_name(name) != name] == []


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("  Anna   Andersson ", "Anna Andersson"),
        ("Anna\nBo", "Anna Bo"),
        ("Anna\tBo\u2028Cilla", "Anna Bo Cilla"),
        ("Anna 🌼", "Anna"),
        ("✔ Anna ✅", "Anna"),
        ("An\u200bna\u202e", "Anna"),
        ("Ａｎｎａ", "Anna"),
        ("Anna\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "Anná" + "\u0301" * MAX_MARKS),
        ("<b>Anna</b>", "bAnnab"),
        ("A" * 40, "A" * MAX_NAME_CHARS),
        ("A" * 31 + " Bo", "A" * 31),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("An\u200cna", "Anna"),
        ("", None),
        ("   ", None),
        ("\u3164\u115f", None),
        ("🌼🌼", None),
        ("112", None),
        ("...", None),
        ("\u200b\ufe0f", None),
    ],
    ids=[
        "spaces",
        "line end",
        "tab and line separator",
        "emoji",
        "badges",
        "hidden",
        "full width",
        "stacked marks",
        "markup",
        "too long",
        "cut before a space",
        "joiner",
        "joiner where none is written",
        "empty",
        "blank",
        "letters without a shape",
        "only emoji",
        "only digits",
        "only points",
        "only hidden",
    ],
)
def test_name_is_made_safe_to_print(name: str, printed: str | None):
    """One short line without badges; nothing at all if nothing is left."""
    assert clean_name(name) == printed


@given(st.text(max_size=60))
def test_cleaned_name_is_short_visible_and_clean_already(name: str):
    """Whatever somebody calls themselves, and cleaning again changes nothing."""
    printed = clean_name(name)
    if printed is None:
        return

    assert 1 <= len(printed) <= MAX_NAME_CHARS
    assert all(unicodedata.category(c)[0] in "LMN" or c in NOT_LETTERS for c in printed)
    assert not is_reserved(printed)
    assert clean_name(printed) == printed


NOT_LETTERS = " -'’.()\u200c\u05be\u05f3\u0f0b"
LETTER_SWAPS = {"o": "0οо", "i": "1lіι", "s": "5ѕ$", "a": "4а@", "e": "3е", "p": "рρ", "m": "м"}


@given(st.sampled_from(RESERVED + RESERVED_WORDS), st.data())
def test_disguises_of_every_reserved_word_are_seen_through(word: str, data: st.DataObject):
    """Letters swapped, in any case, between other words, with signs around them."""
    letters = (data.draw(st.sampled_from([c, c.upper(), *LETTER_SWAPS.get(c, "")])) for c in word)
    around = data.draw(st.sampled_from(["{}", "Anna {}", "⭐{}⭐", "{} 2", "({})", "{}\u200b"]))

    assert clean_name(around.format("".join(letters))) is None


@given(st.text(max_size=300))
def test_any_name_can_be_judged(name: str):
    """No name breaks the judging, however long or odd."""
    assert is_reserved(name) in (True, False)


@given(st.text(st.sampled_from("polisPOLIS01 åäöÅрοѕ👮\u0301"), max_size=12))
def test_skeleton_is_the_same_in_any_case(name: str):
    """What looks alike has one skeleton, and accents leave none."""
    assert skeleton(name.lower()) == skeleton(name) == skeleton(skeleton(name))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("rök\u202e!ud ti", "rök!ud ti"),
        ("rö\u200bk", "rök"),
        ("ro\u0308k", "rök"),
        ("ro\u200b\u0308k", "rök"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("a\tb", "a\tb"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a\n\u200b\n\u200b\nb", "a\n\nb"),
        ("  rök \n", "rök"),
        ("H" + "\u0302" * 50 + "ej", "Ĥ" + "\u0302" * MAX_MARKS + "ej"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("👩\u200d🚒 👍🏽 ☎️", "👩\u200d🚒 👍🏽 ☎️"),
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ),
        ("hej\U000e0068\U000e0065\U000e006a", "hej"),
        ("\u3164", ""),
        ("\ufeffrök", "rök"),
    ],
    ids=[
        "direction override",
        "zero width",
        "composed",
        "composed after cleaning",
        "line ends",
        "control characters",
        "tab stays",
        "empty lines",
        "empty lines behind hidden ones",
        "blanks at the ends",
        "stacked marks",
        "Persian joiner stays",
        "emoji stay",
        "a flag of tags stays",
        "a text hidden in tags",
        "a letter without a shape",
        "byte order mark",
    ],
)
def test_text_loses_what_can_not_be_seen(text: str, clean: str):
    """What changes how text reads, without being seen, goes; what people write stays."""
    assert clean_text(rich(text)).plain == clean


def test_cleaning_keeps_the_form():
    """Bold stays bold, and hidden characters go out of quotes and code too."""
    text = RichText(
        (Styled(Style.BOLD, (Text("rö\u200bk"),)), Quote((Text("a\u202e"),)), CodeBlock("b\x00"))
    )

    assert clean_text(text).nodes == (
        Styled(Style.BOLD, (Text("rök"),)),
        Quote((Text("a"),)),
        CodeBlock("b"),
    )


@given(trees)
def test_cleaning_twice_is_cleaning_once(text: RichText):
    """What was cleaned at the door needs no second look inside."""
    once = clean_text(text)

    assert clean_text(once) == once


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rök", True),
        ("火", True),
        ("112", True),
        ("...a", True),
        ("", False),
        ("  ", False),
        ("🔥🔥", False),
        ("!?", False),
        ("☎️", False),
    ],
    ids=ascii,
)
def test_letters_or_digits_say_something(text: str, *, says: bool):
    """A report of emoji alone helps nobody."""
    assert has_words(text) is says


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("dörr.jpg", "dörr.jpg"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\anna\bild.png", "bild.png"),
        ("", "file"),
        ("..", "file"),
        ("a/", "file"),
        ("🌼.🌼", "file"),
        (".bashrc", "bashrc"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("a\nb\x00.jpg", "ab.jpg"),
        ("<script>.svg", "script.svg"),
        ("x" * 300 + ".jpg", "x" * 96 + ".jpg"),
        ("x" * 300 + "." + "y" * 99, "y" * 99),
        ("फ़ोटो (1).jpg", "फ़ोटो (1).jpg"),
    ],
    ids=[
        "plain",
        "path",
        "Windows path",
        "nothing",
        "points",
        "a folder",
        "only emoji",
        "hidden file",
        "turned round",
        "line end",
        "markup",
        "the end is kept",
        "cut at a point",
        "another script",
    ],
)
def test_file_name_is_safe_to_show_and_to_store(name: str, shown: str):
    """Never a path, never empty, never longer than a hundred characters."""
    assert clean_file_name(name) == unicodedata.normalize("NFC", shown)


@given(st.text(max_size=150))
def test_no_file_name_leads_elsewhere(name: str):
    """Whatever a sender calls a file, it is one part of a path."""
    shown = clean_file_name(name)

    assert 1 <= len(shown) <= 100
    assert Path(shown).name == shown
    assert not shown.startswith(".")
    assert clean_file_name(shown) == shown
