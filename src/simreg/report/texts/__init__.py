"""The fixed words of the page. Sentences about the one attempt come from its result and stay as they are."""

from simreg.errors import InputError
from simreg.report.texts.chinese import CHINESE
from simreg.report.texts.english import ENGLISH
from simreg.report.texts.types import Texts

__all__ = ["CHINESE", "ENGLISH", "Texts", "texts_for"]


def texts_for(language: str) -> Texts:
    """The words in a language, ``en`` or ``zh``; raises `InputError` ``unknown-language`` for another."""
    for texts in (ENGLISH, CHINESE):
        if texts.language == language:
            return texts
    raise InputError(
        "unknown-language", f"The report cannot be written in the language “{language}”.", "Choose en or zh."
    )
