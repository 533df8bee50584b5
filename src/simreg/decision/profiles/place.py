"""A place in a profile's file, and what is refused there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NoReturn

from simreg.decision.profiles.kinds import Kind, Unfit
from simreg.errors import InputError

LONGEST_TEXT = 500
_REMEDY = "`simreg profiles show default` names every rule and docs/profiles.md says how a file is laid out."


@dataclass(frozen=True, slots=True)
class Place:
    """``file`` is what to call the file, ``path`` the keys down to the place, with dots."""

    file: str
    path: str = ""

    def below(self, key: str) -> "Place":
        """The place of a key below this one."""
        return Place(self.file, f"{self.path}.{key}" if self.path else key)

    def refuse(self, code: str, why: str) -> NoReturn:
        """Raise InputError with this place in its sentence."""
        raise InputError(code, f"{self.file}: {self.path or 'the file'} {why}.", _REMEDY)

    def table(self, value: Any) -> dict[str, Any]:
        """A table."""
        if not isinstance(value, dict):
            self.refuse("profile-wrong-type", "must be a table")
        return value

    def keys(self, value: Any, known: Collection[str], wanted: Collection[str] = ()) -> dict[str, Any]:
        """A table that has no key but the known ones, and all wanted ones."""
        table = self.table(value)
        for key in table:
            if key not in known:
                self.below(_shown(key)).refuse("profile-unknown-key", f"is not known; known are {', '.join(known)}")
        for key in wanted:
            if key not in table:
                self.below(key).refuse("profile-missing-key", "is missing")
        return table

    def text(self, value: Any) -> str:
        """One line of plain text."""
        if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > LONGEST_TEXT:
            self.refuse("profile-wrong-type", f"must be one line of plain text of at most {LONGEST_TEXT} characters")
        return value

    def yes_or_no(self, value: Any) -> bool:
        """True or false."""
        if type(value) is not bool:
            self.refuse("profile-wrong-type", "must be true or false")
        return value

    def read(self, kind: Kind, value: Any) -> Any:
        """A value of a kind."""
        try:
            return kind.read(value)
        except Unfit as unfit:
            self.refuse(unfit.code, f"must be {unfit.wanted}")


def _shown(key: str) -> str:
    return key if key.isprintable() and 0 < len(key) <= 60 else ascii(key[:60])
