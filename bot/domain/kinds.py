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

# The first kind that matches wins, so the particular stands before the general. Each entry is
# the beginning of a word, Swedish and English.
_STEMS: Mapping[Kind, tuple[str, ...]] = {
    Kind.THEFT_RING: ("stöldlig", "tjuvlig", "tömmer hyll", "tömmer parfym", "theft ring",
                      "shoplifting gang", "organi[sz]ed theft"),
    Kind.FIRE: ("brand(?!man|bil|vakt|var|gul)", "brinn", "eldsvåd", "rök ", "rökutveckl",
                "rykning", "it burns", "on fire", "fire(?!work|fight|man)", "smoke"),
    Kind.BURGLARY: ("inbrott", "bryter sig in", "bröt sig in", "burglar", "break-?in",
                    "broke into", "breaking into"),
    Kind.VIOLENCE: ("slagsmål", "misshandl", "knivhug", "kniv", "skjut", "skottlossning", "slåss",
                    "våldsam", "fight", "stabb", "shooting", "assault", "beaten"),
    Kind.THREAT: ("hotar", "hotad", "hotelse", "hotfull", "threat"),
    Kind.GRAFFITI: ("klott", "graffiti", "spraya", "tagg(ar|at|ning)"),
    Kind.VANDALISM: ("skadegör", "vandal", "krossa", "sönderslag", "bränd bil", "smashed"),
    Kind.TRAFFIC: ("trafikolyck", "krock", "påkörd", "påkörning", "viltolyck", "halt väg",
                   "crash", "collision", "car accident", "traffic"),
    Kind.THEFT: ("stöld", "stulen", "stulit", "stulna", "stjäl", "snatt", "ficktjuv", "rånad",
                 "rån ", "cykelstöld", "theft", "stolen", "stole ", "stealing", "pickpocket",
                 "shoplift", "robb"),
    Kind.LOST_FOUND: ("upphitta", "borttappa", "tappat", "tappade", "hittat", "hittade",
                      "bortsprungen", "försvunnen katt", "försvunnen hund", "lost", "found"),
    Kind.SAFETY_ENVIRONMENT: ("trasig lamp", "gatlykt", "lyktstolp", "belysning", "släckt",
                              "mörkt", "häck", "skräp", "nedskräp", "klippa", "halka",
                              "street ?light", "lamp", "litter", "hedge", "rubbish"),
    Kind.SUSPICIOUS: ("misstänk", "smyger", "känner på dörr", "rycker i dörr", "spanar",
                      "suspicious", "lurking", "trying doors", "prowl"),
    Kind.INFORMATION: ("information", "info", "påminnelse", "reminder"),
}  # fmt: skip
_PATTERNS = {
    kind: re.compile(rf"\b(?:{'|'.join(stems)})", re.IGNORECASE) for kind, stems in _STEMS.items()
}


def guess_kind(text: str) -> Kind | None:
    """Return the kind that the words tell of, None if they don't.

    The author sees the guess on the card and can change it; a wrong guess costs a press.
    """
    return next((kind for kind, words in _PATTERNS.items() if words.search(text)), None)
