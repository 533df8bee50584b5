"""Who is on which picture, and in which group: what rates are bootstrapped and compared by."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np

from simreg.errors import InputError
from simreg.evaluation.comparison.tables import opened, rows
from simreg.evaluation.comparison.types import Numbers, Pairs

FOLDERS = "the folder of each picture"
MATED_PAIRS = "the mated pairs: pictures that are joined by them show one person"


@dataclass(frozen=True, slots=True)
class Persons:
    """The person of each picture as a number below ``count``, shape (pictures,), and what that was taken from."""

    of_pictures: Numbers
    count: int
    taken_from: str


@dataclass(frozen=True, slots=True)
class Groups:
    """Names of the groups, and for each person the number of theirs, -1 where none is stated: shape (persons,)."""

    names: tuple[str, ...]
    of_persons: Numbers


def persons_of(pairs: Pairs) -> Persons:
    """Who is on which picture.

    The folder that a picture lies in is its person, unless a pair says otherwise (a mated one across two folders, a
    non-mated one inside one, a picture in no folder); then pictures that mated pairs join are one person. Raises
    InputError ``pairs-contradict`` where a non-mated pair joins two pictures that mated pairs say are of one person.
    """
    folders = np.array([name.rpartition("/")[0] for name in pairs.names])
    _, numbers = np.unique(folders, return_inverse=True)
    same = numbers[pairs.pictures[:, 0]] == numbers[pairs.pictures[:, 1]]
    if folders.all() and np.array_equal(same, pairs.mated):
        return Persons(numbers.astype(np.int64), int(numbers.max()) + 1, FOLDERS)
    joined = _joined(len(pairs.names), pairs.pictures[pairs.mated])
    wrong = ~pairs.mated & (joined[pairs.pictures[:, 0]] == joined[pairs.pictures[:, 1]])
    if wrong.any():
        one, other = (pairs.names[number] for number in pairs.pictures[int(np.argmax(wrong))])
        raise InputError(
            "pairs-contradict",
            f"{one} and {other} are listed as non-mated, but mated pairs join them to one person.",
            "Correct the column mated.",
        )
    return Persons(joined, int(joined.max()) + 1, MATED_PAIRS)


def read_groups(path: Path) -> dict[str, str]:
    """The group of each person, from a CSV file with the columns person and group.

    Raises InputError ``groups-unreadable``, ``groups-columns``, ``groups-row``, ``groups-value`` (an empty or
    unprintable name), ``groups-twice`` (a person in two lines), ``groups-empty``.
    """
    found: dict[str, str] = {}
    with opened(path, "groups") as file:
        for line, values in rows(file, ("person", "group"), path, "groups"):
            person, group = (value.strip() for value in values)
            if not (person and group and (person + group).isprintable()):
                raise InputError("groups-value", f"Line {line} of {path.name} lacks a name.", "Name person and group.")
            if person in found:
                sentence = f"{path.name} names {person} again in line {line}."
                raise InputError("groups-twice", sentence, "Give each person one line and one group.")
            found[person] = group
    if not found:
        raise InputError("groups-empty", f"{path.name} names nobody.", "Add a line for each person.")
    return found


def groups_of(stated: dict[str, str], pairs: Pairs, persons: Persons) -> Groups:
    """The stated groups by number of person.

    A person is called by the picture's folder (the whole path or its last part), by the picture's name, or by that name
    without its suffix. Raises InputError ``groups-nobody`` where none of the pictures' persons is named, and
    ``groups-contradict`` where pictures of one person are in two groups.
    """
    names = tuple(sorted(set(stated.values())))
    number = {name: index for index, name in enumerate(names)}
    of_persons = np.full(persons.count, -1, np.int64)
    for picture, person in zip(pairs.names, persons.of_pictures, strict=True):
        group = next((stated[one] for one in _called(picture) if one in stated), None)
        if group is None:
            continue
        if of_persons[person] not in (-1, number[group]):
            sentence = f"The person on {picture} is in two groups: {group} and {names[of_persons[person]]}."
            raise InputError("groups-contradict", sentence, "Give each person one group.")
        of_persons[person] = number[group]
    if (of_persons < 0).all():
        raise InputError(
            "groups-nobody",
            "The list of groups names none of the persons on the pictures.",
            "Call persons as the folders of their pictures are called, or as the pictures are.",
        )
    return Groups(names, of_persons)


def _called(picture: str) -> tuple[str, ...]:
    path = PurePosixPath(picture)
    return str(path.parent), path.parent.name, picture, path.name, path.stem


def _joined(count: int, links: Numbers) -> Numbers:
    """The number of the component of each of ``count`` nodes that the links (n, 2) join."""
    root = list(range(count))

    def top(node: int) -> int:
        while root[node] != node:
            root[node] = node = root[root[node]]
        return node

    for one, other in links.tolist():
        root[top(one)] = top(other)
    _, numbers = np.unique([top(node) for node in range(count)], return_inverse=True)
    return np.asarray(numbers, np.int64)
