"""“Is this really the police?”, as people ask it in words of their own."""

import re

_WHO = (
    r"polis(?:en)?|kommunen|en myndighet|myndigheten|räddningstjänsten|brandkåren|"
    r"(?:the )?police|(?:the )?municipality|(?:the )?council|an authority|"
    r"the fire (?:service|brigade)"
)
_WHAT = r"äkta|sant|fejk|falskt?|bluff|en bluff|ett bedrägeri|genuine|real|true|fake|a scam|a fake"
_REALLY = r"verkligen|faktiskt|på riktigt|really|actually|for real"
_ASKS = re.compile(
    r"(?:hej|hello|hi)?[ ,!.]*"
    r"(?:är|e|is|are)\s+(?:det|detta|den|du|ni|this|that|it|you)(?:\s+(?:här|där|kortet|card))?"
    rf"(?:\s+(?:{_REALLY}))?(?:\s+(?:från|from))?\s+(?:{_WHO}|{_WHAT})(?:\s+(?:{_REALLY}))?[\s?!.]*",
    re.IGNORECASE,
)
_LONGEST_CHARS = 100


def asks_if_genuine(text: str) -> bool:
    """Whether a line asks this and nothing else."""
    line = " ".join(text.split())
    return len(line) <= _LONGEST_CHARS and _ASKS.fullmatch(line) is not None
