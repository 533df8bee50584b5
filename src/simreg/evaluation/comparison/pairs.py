"""Which pictures are compared: a list, or all of a folder."""

import hashlib
from array import array
from pathlib import Path, PurePosixPath

import numpy as np

from simreg.errors import InputError
from simreg.evaluation.comparison.tables import opened, rows
from simreg.evaluation.comparison.types import Flags, Numbers, Pairs

COLUMNS = ("reference", "probe", "mated")
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".avif"}

MOST = 30_000_000
"""Comparisons in one evaluation: they are held in memory, about 140 bytes each."""


def read_pairs(path: Path) -> Pairs:
    """The comparisons of a CSV file with the columns reference, probe and mated (1 or 0).

    Raises InputError ``pairs-unreadable``, ``pairs-columns``, ``pairs-row``, ``pairs-picture`` (no name, absolute, or
    leading out of the folder), ``pairs-mated``, ``pairs-itself``, ``pairs-twice``, ``pairs-empty``, ``pairs-too-many``.
    """
    numbers: dict[str, int] = {}
    found, mated = array("q"), array("b")
    with opened(path, "pairs") as file:
        for line, (reference, probe, same) in rows(file, COLUMNS, path, "pairs"):
            if same.strip() not in ("0", "1"):
                raise _wrong("mated", path, line, f"has {same!r} as mated", "Write 1 for one person, 0 for two.")
            one, other = (_number(name, numbers, path, line) for name in (reference, probe))
            if one == other:
                raise _wrong("itself", path, line, "compares a picture with itself", "Take the line out.")
            found.extend((one, other))
            mated.append(same.strip() == "1")
            if len(mated) > MOST:
                raise _too_many(len(mated))
    if not found:
        raise InputError("pairs-empty", f"{path.name} holds no comparisons.", "Add a line for each of them.")
    names, pictures = tuple(numbers), np.array(found, np.int64).reshape(-1, 2)
    if (twice := repeated(pictures, len(names))) is not None:
        first, second = pictures[twice].tolist()
        sentence = f"{path.name} holds the comparison of {names[first]} and {names[second]} more than once."
        raise InputError("pairs-twice", sentence, "Leave one of the lines; their order of pictures does not matter.")
    source = f"{path.name} sha256 {_digest(path)}"
    return Pairs(names, pictures, np.array(mated, np.bool_), source)


def all_pairs(images: Path) -> Pairs:
    """All comparisons of the pictures of a folder that holds a folder for each person.

    Raises InputError ``images-missing``, ``images-empty``, ``images-loose`` (a picture in no folder),
    ``pairs-too-many``.
    """
    names = listed(images)
    if loose := next((name for name in names if "/" not in name), None):
        sentence = f"{loose} lies in no person's folder, so that it cannot be known who it shows."
        raise InputError("images-loose", sentence, "Put each person's pictures into a folder, or give a list of pairs.")
    _, persons = np.unique([name.rpartition("/")[0] for name in names], return_inverse=True)
    pictures = np.stack(np.triu_indices(_few_enough(len(names)), 1), axis=1)
    return Pairs(names, pictures, persons[pictures[:, 0]] == persons[pictures[:, 1]], "all pairs of pictures")


def with_all_non_mated(pairs: Pairs, images: Path) -> Pairs:
    """The mated comparisons of a list, and all non-mated ones of the folder as `all_pairs` has them."""
    every = all_pairs(images)
    numbers = {name: number for number, name in enumerate(every.names)}
    if unknown := [name for name in pairs.names if name not in numbers]:
        raise missing_pictures(unknown, images)
    new = np.array([numbers[name] for name in pairs.names], np.int64)
    mated, other = new[pairs.pictures[pairs.mated]], every.pictures[~every.mated]
    flags = np.arange(len(mated) + len(other)) < len(mated)
    source = f"mated pairs of {pairs.source}, all non-mated pairs of pictures"
    return Pairs(every.names, np.concatenate([mated, other]), flags, source)


def listed(images: Path) -> tuple[str, ...]:
    """All pictures in a folder and below, by their suffix, in order."""
    if not images.is_dir():
        raise InputError("images-missing", f"{images} is not a folder.", "Name the folder that holds the pictures.")
    found = sorted(
        path.relative_to(images).as_posix()
        for path in images.rglob("*")
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()
    )
    if len(found) < 2:
        raise InputError("images-empty", f"{images} holds no two pictures.", "Name the folder that holds them.")
    return tuple(found)


def check_pictures(pairs: Pairs, images: Path) -> None:
    """Raise InputError ``images-missing`` or ``picture-unknown`` where something that is to be compared is not there."""
    if not images.is_dir():
        raise InputError("images-missing", f"{images} is not a folder.", "Name the folder that holds the pictures.")
    if unknown := [name for name in pairs.names if not (images / name).is_file()]:
        raise missing_pictures(unknown, images)


def missing_pictures(unknown: list[str], images: Path) -> InputError:
    """``picture-unknown``, for pictures that are not in the folder."""
    more = f" and {len(unknown) - 1:,} more" if len(unknown) > 1 else ""
    return InputError(
        "picture-unknown",
        f"{unknown[0]}{more} of the list of pairs cannot be found in {images}.",
        "Names are relative to the folder of --images; upper and lower case matter.",
    )


def repeated(pictures: Numbers, count: int) -> int | None:
    """The place of a pair that is there before, in whichever order; None where there is none."""
    keys = pictures.min(axis=1) * count + pictures.max(axis=1)
    order = np.argsort(keys, kind="stable")
    again: Flags = np.diff(keys[order]) == 0
    return int(order[1:][again].min()) if again.any() else None


def _number(name: str, numbers: dict[str, int], path: Path, line: int) -> int:
    number = numbers.get(name)
    if number is not None:
        return number
    parts = PurePosixPath(name).parts
    absolute = name.startswith(("/", "\\")) or name[1:2] == ":"
    if not name.strip() or not name.isprintable() or absolute or ".." in (*parts, *name.split("\\")):
        why = f"names {name!r}, which is no picture in the folder"
        raise _wrong("picture", path, line, why, "Name pictures relative to the folder of --images, without '..'.")
    return numbers.setdefault(name, len(numbers))


def _few_enough(pictures: int) -> int:
    if pictures * (pictures - 1) // 2 > MOST:
        raise _too_many(pictures * (pictures - 1) // 2)
    return pictures


def _too_many(count: int) -> InputError:
    sentence = f"{count:,} comparisons are more than the {MOST:,} that are evaluated at once."
    return InputError("pairs-too-many", sentence, "Give a list of fewer pairs.")


def _wrong(code: str, path: Path, line: int, why: str, remedy: str) -> InputError:
    return InputError(f"pairs-{code}", f"Line {line} of {path.name} {why}.", remedy)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
