"""What may be written into a case from outside: short words and texts without anything invisible."""

import math
import re
import unicodedata

from simreg.errors import InputError
from simreg.service.types import Once, Order

MOST_TEXT = 500
_LINE = re.compile(r"\+?[0-9]{3,20}")
_ICCID = re.compile(r"[0-9]{17,21}[0-9F]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def checked_order(order: Order) -> Order:
    """The order, if all of it can be kept. Raises InputError ``order-...`` otherwise."""
    checked_line(order.line)
    if order.iccid is not None and not _ICCID.fullmatch(order.iccid):
        raise InputError("order-iccid", "The ICCID is not one.", "Give its 18 to 22 digits.")
    checked_language(order.language)
    for name, word in (("shop", order.shop), ("agent", order.agent)):
        if word is not None:
            checked_text(word, name, 64)
    if not 0 <= order.lines_elsewhere <= 10_000:
        raise InputError("order-lines", "The number of lines elsewhere is not one.", "Give 0 to 10000.")
    if order.risk is not None and not (math.isfinite(order.risk) and 0 <= order.risk <= 1):
        raise InputError("order-risk", "The risk is not a share.", "Give 0 to 1.")
    return order


def checked_line(line: str) -> str:
    """The line, if it is written as one. Raises InputError ``order-line``."""
    if not _LINE.fullmatch(line):
        raise InputError("order-line", "The line is not a phone number.", "Give its digits, with + and the country code.")
    return line


def checked_language(language: str) -> str:
    """The language's tag, if it is one (BCP 47). Raises InputError ``order-language``."""
    if len(language) > 35 or not _LANGUAGE.fullmatch(language):
        raise InputError("order-language", "The language is not a tag of one.", "Give one such as en or zh-CN.")
    return language


def checked_once(once: Once) -> Once:
    """The key, if it is one. Raises InputError ``idempotency-key``."""
    if not _KEY.fullmatch(once.key):
        sentence = "The Idempotency-Key is not 1 to 255 visible ASCII characters."
        raise InputError("idempotency-key", sentence, "Draw a UUID for each new request.")
    return once


def checked_code(code: str) -> str:
    """The code, if it is a word with dashes. Raises InputError ``text-code``."""
    if len(code) > 64 or not _CODE.fullmatch(code):
        raise InputError("text-code", "The code is not a lower-case word with dashes.", "Give one such as mobile-id.")
    return code


def checked_text(text: str, name: str, most: int = MOST_TEXT, least: int = 1) -> str:
    """The text, if it has ``least`` to ``most`` characters, none of them invisible but line ends.

    Raises InputError ``text-length`` or ``text-invisible``.
    """
    if not least <= len(text) <= most:
        raise InputError("text-length", f"{name} has {len(text)} characters.", f"Give {least} to {most}.")
    if any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") and c not in "\n\r\t" for c in text):
        raise InputError("text-invisible", f"{name} has invisible characters.", "Give plain text.")
    return text


def is_id(text: str) -> bool:
    """Whether a text could be the id of anything."""
    return len(text) <= 40 and re.fullmatch(r"[a-z]+_[a-z0-9]+", text) is not None
