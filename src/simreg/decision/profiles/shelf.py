"""The profiles that come with simreg, and an operator's own file based on one of them."""

from functools import cache
from pathlib import Path

from simreg.decision.profiles.read import LARGEST, read_profile
from simreg.decision.profiles.types import Profile
from simreg.errors import InputError

DEFAULT = "default"
_DATA = Path(__file__).with_name("data")


def names() -> tuple[str, ...]:
    """Names of the profiles that come with simreg, the default first."""
    return tuple(sorted((path.stem for path in _DATA.glob("*.toml")), key=lambda name: (name != DEFAULT, name)))


@cache
def builtin(name: str) -> Profile:
    """A profile that comes with simreg; raises InputError ``profile-unknown``."""
    if name not in names():
        raise InputError(
            "profile-unknown",
            f"There is no profile named “{name}”.",
            f"The names are: {', '.join(names())}. A file of your own is given by its path: ./{name}.toml.",
        )
    return read_profile((_DATA / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml", builtin)


def load_file(path: Path) -> Profile:
    """An operator's own profile.

    Raises InputError ``profile-unreadable``, ``profile-name-taken`` where it has the name of one that comes with simreg,
    and those of `read_profile`.
    """
    try:
        if path.stat().st_size > 4 * LARGEST:
            raise InputError("profile-unreadable", f"{path} is too large for a profile.", "Give another file.")
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise InputError("profile-unreadable", f"The profile {path} cannot be read: {why}.", "Check the path.") from error
    profile = read_profile(text, str(path), builtin)
    if profile.name in names():
        raise InputError(
            "profile-name-taken",
            f"{path}: name “{profile.name}” is that of a profile that comes with simreg.",
            f"Give it another name, such as {profile.name}-own, and based_on = “{profile.name}”.",
        )
    return profile


def find(name_or_path: str) -> Profile:
    """A profile by the name of one that comes with simreg, or by the path of a file (with .toml or a slash)."""
    if name_or_path.endswith(".toml") or "/" in name_or_path or "\\" in name_or_path:
        return load_file(Path(name_or_path))
    return builtin(name_or_path)
