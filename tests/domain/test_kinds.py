"""What a report is about, told by its words; and by which words it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kinds import RESTRICTED_KINDS, Kind, guess_kind

TOLD: dict[Kind, tuple[str, ...]] = {
    Kind.THEFT_RING: (
        "Stöldligan är här igen, de tömmer hyllorna med parfym",
        "En liga som stjäl godis går från butik till butik",
        "De tömmer parfymhyllan på Kicks nu",
        "Shoplifting gang working the mall",
        "Looks like organised theft, four women with prams",
    ),
    Kind.FIRE: (
        "Det brinner i soprummet på Albyvägen",
        "Brand i en container bakom Ica",
        "brand!",
        "Rök ur ett fönster på tredje våningen",
        "Kommer tjock rök.",
        "Det luktar brandrök i hela trapphuset",
        "Lägenhetsbrand på Tomtbergavägen, alla ut!",
        "Bilbrand på parkeringen",
        "Soprumsbrand igen",
        "Några ungdomar eldar vid lekplatsen",
        "Det ryker från taket",
        "Brandlarmet går i 14:an",
        "En fimp får balkongen att brinna",
        "Fem bilar brann i natt",
        "There is a fire in the bin behind the station",
        "I can see smoke from the roof",
        "The shed is burning",
        "House on fire!",
    ),
    Kind.BURGLARY: (
        "Inbrott i källarförrådet i natt",
        "Någon bröt sig in genom balkongdörren",
        "De har brutit sig in i cykelrummet",
        "Uppbrutna förråd på gaveln",
        "Somebody broke into our basement last night",
        "Break-in at number 14",
        "Attempted break in at the kiosk",
        "Burglars in the garage",
    ),
    Kind.VIOLENCE: (
        "Slagsmål utanför pizzerian",
        "Pågående misshandel på perrongen",
        "En man misshandlas vid kiosken",
        "En kille med kniv vid torget",
        "Knivhuggen man vid busshållplatsen",
        "Skottlossning hördes från parkeringen",
        "Jag hörde tre skott nyss",
        "Någon skjuter i centrum",
        "Skjutning vid tunnelbanan",
        "Någon blev nedslagen vid tunnelbanan",
        "Bråk mellan två gäng",
        "Två män slåss",
        "Two men fighting outside the pub",
        "Heard gunshots near the square",
        "A boy was beaten up at the bus stop",
        "Man stabbed by the kiosk",
    ),
    Kind.THREAT: (
        "Han hotade kassörskan med stryk",
        "Min granne har fått mordhot på en lapp",
        "Bombhot mot skolan",
        "Personalen blev hotad av en kund",
        "Hotfull man på apoteket",
        "A man is threatening the staff",
    ),
    Kind.GRAFFITI: (
        "Klotter på hela gaveln mot Albyvägen",
        "Någon har sprayat på skolans vägg",
        "Gångtunneln är nedtaggad igen",
        "De har taggat ner hela hissen",
        "Graffiti on the bus stop again",
        "They spray painted the underpass",
    ),
    Kind.VANDALISM: (
        "Krossad ruta på busskuren",
        "De har slagit sönder lekplatsen",
        "Skadegörelse på bilar i garaget",
        "Någon har skurit sönder däck på tre cyklar",
        "They smashed three car windows",
    ),
    Kind.TRAFFIC: (
        "Tre bilar krockade i rondellen",
        "Trafikolycka vid avfarten, köerna växer",
        "Mc-olycka på Hågelbyleden",
        "Cyklist påkörd vid övergångsstället",
        "Buskörning med mopeder på gångvägen",
        "Två bilar har kolliderat",
        "Bad crash at the crossing",
    ),
    Kind.THEFT: (
        "Min cykel blev stulen utanför biblioteket",
        "Cykelstöld i garaget",
        "Han blev bestulen på mobilen",
        "De snodde mitt paket",
        "Ficktjuvar på Västerlånggatan",
        "Rån mot guldsmeden!",
        "Han blev rånad på telefonen",
        "Snattare på väg ut från Ica",
        "My bike was stolen last night",
        "Shoplifters in the pharmacy",
        "I was robbed at the cash machine",
    ),
    Kind.SUSPICIOUS: (
        "Okänd man känner på dörrar i trapphuset",
        "Någon kände på bildörrarna i natt",
        "Misstänkt person går runt bland bilarna",
        "Misstänkt man med mörkt hår och ryggsäck",
        "Någon smyger omkring på gården",
        "Två killar rekar i villakvarteret",
        "Someone is trying car doors on our street",
        "Suspicious van outside the school",
    ),
    Kind.LOST_FOUND: (
        "Hittat en nyckelknippa vid lekparken",
        "Jag har tappat min plånbok",
        "Bortsprungen katt, svart med vit tass",
        "Upphittad mobil på 172:an",
        "Found a phone on the bench by the pond",
        "Lost cat, grey, answers to Misse",
    ),
    Kind.SAFETY_ENVIRONMENT: (
        "Gatlyktan utanför 12:an är trasig",
        "Helt mörkt på gångvägen till skolan",
        "Belysningen är släckt i tunneln",
        "Häcken skymmer sikten vid korsningen",
        "Det är halka på gångvägen",
        "Mycket skräp vid återvinningen",
        "Kanyler i sandlådan",
        "Street light broken on our corner",
        "The hedge hides the crossing",
    ),
    Kind.INFORMATION: (
        "Påminnelse om städdagen på lördag",
        "Information från styrelsen om garaget",
        "Reminder: the yard cleaning is on Saturday",
    ),
}  # fmt: skip

FALSE_FRIENDS: dict[str, tuple[str, ...]] = {
    "no threat": ("Vi bor på hotell Anglais", "Hotellfrukosten är slut", "Vi säljer hot dogs"),
    "no fire": (
        "Min bror är brandman och söker lägenhet",
        "Brandmän besöker förskolan på fredag",
        "Brandbilen visas upp på torget",
        "Vi ses i Brandbergen",
        "Hildebrand söker sin moped",
        "Jag brinner för Alby",
        "Rökt lax till salu på torget",
        "Rökfri gård, tack",
        "Rökrutan flyttas",
        "Brännboll på lördag",
        "Brand new sofa, free to collect",
        "I got fired today",
        "The fire station has open house",
        "Fire drill at school tomorrow",
        "Smoke-free yard, please",
        "Fireworks on New Year's Eve",
    ),
    "no violence": (
        "Kan någon skjutsa mig till Tumba?",
        "Söker skjuts till Knivsta på söndag",
        "Vår skjutdörr kärvar",
        "Vi skjuter upp årsmötet",
        "Skottkärra bortskänkes",
        "Vem vill skotta snö?",
        "En bråkdel av medlemmarna kom",
        "Firefighters visit the school",
    ),
    "no graffiti": (
        "Taggtråd ligger vid stängslet",
        "Rosorna har taggar",
        "Jag är så taggad på festen",
    ),
    "no theft": (
        "Robban fyller femtio",
        "Robin Hood visas på torget",
        "Tjuvstart på loppet",
        "Var kommer brevet från?",
    ),
    "no traffic": ("Vi spelar krocket på gården",),
    "no hedge": ("Måsarna häckar på taket", "Hedgehog in the garden"),
    "no litter": ("A litter of kittens needs homes",),
    "no dark street": ("En man med mörkt hår och jacka",),
    "no bush to cut": ("Hon ramlade från klippan vid badet",),
    "nothing lost": ("Foundation meeting tonight", "Han har tappat tålamodet"),
    "nothing told": ("", "Hej!", "Har någon en skiftnyckel att låna?", "Den röda stugan", "🔥"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"),
    [(kind, text) for kind, texts in TOLD.items() for text in texts],
    ids=lambda value: ascii(str(value)),
)
def test_words_tell_the_kind(kind: Kind, text: str):
    """As people here would write it, in both languages."""
    assert guess_kind(text) is kind


@pytest.mark.parametrize(
    "text", [text for texts in FALSE_FRIENDS.values() for text in texts], ids=ascii
)
def test_false_friends_tell_nothing(text: str):
    """Better no kind than a wrong one: a fire that is a fireman frightens people."""
    assert guess_kind(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Stöldliga har stulit parfym", Kind.THEFT_RING),
        ("Inbrott, de har stulit en cykel", Kind.BURGLARY),
        ("Han hotade mig med kniv", Kind.VIOLENCE),
        ("Krossad ruta och stulen dator", Kind.VANDALISM),
        ("Klotter och annan skadegörelse", Kind.GRAFFITI),
        ("Misstänkt man, det var mörkt på gården", Kind.SUSPICIOUS),
        ("Misstänkt stöld på Ica", Kind.THEFT),
        ("Bilbrand efter trafikolycka", Kind.FIRE),
    ],
)
def test_particular_kind_wins_over_the_general(text: str, kind: Kind):
    """The one that says most about what to do."""
    assert guess_kind(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "Försvunnen pojke, sex år, röd jacka",
        "Missing girl, six years old",
        "Efterlyst bil, grå Volvo",
        "Försvunnen person, senast sedd vid torget",
    ],
)
def test_kinds_of_the_police_are_never_guessed(text: str):
    """A guess must not stop a neighbour's report: those kinds are for verified police alone."""
    assert guess_kind(text) not in RESTRICTED_KINDS


@pytest.mark.parametrize("kind", sorted(set(Kind) - RESTRICTED_KINDS))
def test_every_open_kind_can_be_told(kind: Kind):
    """The table above has sentences for each."""
    assert len(TOLD[kind]) >= 3


@given(st.text(max_size=200))
def test_any_text_may_be_guessed(text: str):
    """Nothing written breaks the guessing, and case does not matter."""
    guessed = guess_kind(text)

    assert guessed not in RESTRICTED_KINDS


@given(st.sampled_from([text for texts in TOLD.values() for text in texts]))
def test_case_does_not_matter(text: str):
    """Who is afraid writes in capitals."""
    assert guess_kind(text.upper()) is guess_kind(text.lower()) is guess_kind(text)
