"""What a report is about, told by its words."""

import re
from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of report."""

    THEFT_RING = "theft_ring"
    THEFT = "theft"
    BURGLARY = "burglary"
    VANDALISM = "vandalism"
    GRAFFITI = "graffiti"
    VIOLENCE = "violence"
    THREAT = "threat"
    SUSPICIOUS = "suspicious"
    FIRE = "fire"
    TRAFFIC = "traffic"
    MISSING_PERSON = "missing_person"
    WANTED_VEHICLE = "wanted_vehicle"
    SAFETY_ENVIRONMENT = "safety_environment"
    LOST_FOUND = "lost_found"
    INFORMATION = "information"


RESTRICTED_KINDS = frozenset({Kind.MISSING_PERSON, Kind.WANTED_VEHICLE})
"""About an identified person or vehicle: verified police alone."""

# The first kind that matches wins, so the particular stands before the general. Each entry is a
# pattern that begins at the beginning of a word, Swedish or English. Mind the false friends:
# skjuts, skjutdörr, Knivsta, Robban, häckning, taggtråd, brand new, hedgehog.
_STEMS: Mapping[Kind, tuple[str, ...]] = {
    Kind.THEFT_RING: (
        "stöldlig", "stöldturn", "tjuvlig", "liga som (?:stjäl|snattar)",
        r"tömmer (?:\w+ )?(?:hyll|parfym)", "(?:theft|shoplifting) (?:ring|gang)",
        "organi[sz]ed (?:theft|shoplifting)",
    ),
    Kind.FIRE: (
        r"brand(?! new| name)(?:en|er|lukt|rök)?\b", "brandlarm", "brandkåren",
        "(?:båt|bil|buss|container|fordons|gräs|hus|kök|käll?ar|lägenhet|mark|mord|rum|skog|sop"
        r"|tak|trapphus|vind|villa)\w{0,5}brand",
        r"brinn(?:a|er)\b(?! för)", r"brann\b", "brunnit", "eldsvåd", r"eldar\b", "lågor",
        r"rök(?:en)?\b", "rök(?:utveckl|lukt|moln)", "ryker", "rykning", "luktar bränt",
        "it burns", "burning",
        r"fires?\b(?! (?:drill|station|hydrant|exit|door|truck|engine|safety|extinguisher|pit))",
        r"smoke\b(?!-free| free| detector)", "smoking from", "flames",
    ),
    Kind.BURGLARY: (
        "inbrott(?!sskydd)", r"(?:bryter|bröt|brutit|bryta|tagit|tog) sig in\b", "uppbrut",
        "burglar", r"break[- ]?ins?\b", "(?:broke|broken|breaking) into",
    ),
    Kind.VIOLENCE: (
        "slagsmål", "misshande?l", "bråk(?!del)", "våldsam", "våldt[oa]", "överfall", "slåss",
        "nedslagen", r"(?:blev|blivit) slag(?:en|na)\b",
        r"kniv(?:en|ar|hot|hug\w*|man\w*|skar\w*|rån\w*|dåd\w*|attack\w*)?\b",
        r"skjut(?:ning\w*|en|its|vapen\w*)\b", "skjut(?:er|it) (?!upp|i höjden|fram)",
        r"skott\b", "skott(?:en|lossning|skad)", "pistol", r"fights?\b", "fighting", "stabb",
        r"shooting\b(?! star)", "shots fired", r"gun(?:shots?|man)?\b", "assault",
        "(?:been|got|was|were) beaten", "beating up",
    ),
    Kind.THREAT: (
        r"hota(?:r|d|de|t|s)?\b", "hotelse", "hotfull", "(?:mord|död|bomb)s?hot", "hot mot",
        "threat",
    ),
    Kind.GRAFFITI: (
        "klott", "graffiti", "spray(?:a|färg|[- ]?paint)", "tagg(?:at|ar) (?:ner|på vägg)",
        "nedtagg", "tagg(?:ning|are)", r"tagging\b", "tagged (?:the|our|a) ",
    ),
    Kind.VANDALISM: (
        "skadegör", "vandal", r"kross(?:a[dtrs]?|ade)\b", "sönderslag",
        r"(?:slagit|slår|slog|sparka\w*) sönder", r"sabb\w*", "(?:skurit|skär) (?:sönder )?däck",
        "(?:uppskurna|sönderskurna) däck", "bränd bil", "smash", "slashed",
    ),
    Kind.TRAFFIC: (
        "trafik(?:olyck|stopp|kaos|farlig)", "(?:bil|buss|cykel|mc|moped)?-?olycka",
        "krock(?!et)", "kolli(?:sion|der)", "påkör(?:d|ning)", "kört på", "viltolyck",
        "avåkning", r"(?:älg|rådjur)\w* på vägen", "halt? (?:på )?väg", "buskör", "fortkör",
        "crash", "collision", "car accident", "traffic(?! light)", "speeding",
    ),
    Kind.THEFT: (
        r"\w*stöld", r"(?:be)?stul(?:en|et|it|na)\b", "stjäl",
        r"stal\b", "snatt", "ficktjuv", r"tjuv(?:en|ar|arna)?\b", "väskryck", "snodde",
        r"snott\b", r"(?:person|väsk)?rån(?:et|a[drt]\w*|förs\w*)?\b", "theft",
        r"th(?:ief|ieves)\b", "stolen", r"stole\b", "steal", "pickpocket", "shoplift",
        r"robb(?:ed|er\w*|ing)\b", "mugg(?:ed|ing)",
    ),
    Kind.SUSPICIOUS: (
        r"misstänk(?!\w* för)", "smyger",
        r"(?:känner|känt|kände|känna|rycker|ryckte|drar) (?:på|i) \w*(?:dörr|handtag)",
        "spanar", "rekar", "snokar", "tittar in (?:i|genom)", "suspicious", "lurking",
        r"(?:trying|checking) (?:\w+ )?(?:doors|handles)", "prowl",
    ),
    Kind.LOST_FOUND: (
        "upphitta", "borttappa", r"tappat\b(?! tålamod)", "tappade", "hittat", "hittade",
        "bortsprung", "(?:försvunnen|borttappad) (?:katt|hund)", "(?:katt|hund)en är borta",
        r"lost\b", r"found\b",
    ),
    Kind.SAFETY_ENVIRONMENT: (
        r"lamp(?:a|an|or|orna|s)?\b", "gatlykt", "lyktstolp", "gatubelys", "belysning", "släckt",
        "(?:för|helt|jätte)? ?mörkt (?:på|i gång|vid|längs|under)", r"häck(?:en|arna)?\b", "skräp",
        "nedskräp", r"hal(?:t|ka)\b", "glassplitter", "kanyl", "potthål", "hål i (?:vägen|asfalt)",
        "street ?light", "litter(?! of)", r"hedges?\b", "rubbish", "pothole", "slippery",
    ),
    Kind.INFORMATION: (
        "information", r"info\b", "påminnelse", "välkomna", "reminder", "welcome to",
    ),
}  # fmt: skip
_PATTERNS = {
    kind: re.compile(rf"\b(?:{'|'.join(stems)})", re.IGNORECASE) for kind, stems in _STEMS.items()
}


def guess_kind(text: str) -> Kind | None:
    """Return the kind that the words tell of, None if they don't.

    The author sees the guess on the card and can change it; a wrong guess costs a press.
    """
    return next((kind for kind, words in _PATTERNS.items() if words.search(text)), None)
