"""Which language a text is written in."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

MIN_LETTERS = 24
MIN_WORDS = 4  # a link or a row of x is no language
SURE = 0.95
_SEED = 7  # langdetect draws lots; the same text shall always give the same answer


def language_of(text: str, among: Sequence[str]) -> str | None:
    """Return the language of a text, None if it is too short or not surely one of these."""
    is_short = sum(c.isalpha() for c in text) < MIN_LETTERS or len(text.split()) < MIN_WORDS
    if is_short or len(among) < 2:
        return None
    detector = _factory(tuple(among)).create()
    detector.append(text)
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return None
    return str(best.lang) if best.prob >= SURE else None


@lru_cache
def _factory(languages: tuple[str, ...]) -> DetectorFactory:
    """Load the profiles of these languages alone: quicker, and surer between them."""
    folder = files("langdetect").joinpath("profiles")
    factory = DetectorFactory()
    factory.seed = _SEED
    factory.load_json_profile(
        [folder.joinpath(language).read_text(encoding="utf-8") for language in languages]
    )
    return factory
