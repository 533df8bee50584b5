"""The fixed words of the staff pages. What people wrote, and the names of profiles, stay as they are."""

from simreg.console.texts.chinese import CHINESE
from simreg.console.texts.english import ENGLISH
from simreg.console.texts.types import Texts

__all__ = ["CHINESE", "ENGLISH", "LANGUAGES", "Texts", "texts_for"]

_ALL = {texts.language: texts for texts in (ENGLISH, CHINESE)}
LANGUAGES = tuple(_ALL)


def texts_for(language: str) -> Texts:
    """The words in ``en`` or ``zh``."""
    return _ALL[language]
