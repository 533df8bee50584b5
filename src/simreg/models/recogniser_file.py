"""A recogniser and its preprocessing, described in a small TOML file: the built-in ones, or one that an operator brings.

    name = "auraface"                 how thresholds and reports call it
    file = "glintr100.onnx"           ONNX beside this file: input 1x3xSxS float32, output 1xN
    sha256 = "..."                    digest of that file
    licence = "Apache-2.0"
    input_size = 112                  S, pixels
    colour = "rgb"                    order of the channels: rgb or bgr
    mean = 127.5                      one number or three, in units of 0..255, in the order of the channels
    std = 127.5                       the same; or scale = 1 / std instead
    template_length = 512             N
    mirror = true                     whether the templates of the picture and of its mirror image are averaged
    thresholds = "thresholds.json"    optional, beside this file: what its scores are worth
    alignment = "arcface"             optional: five points to the usual 112x112 template, or dlib's 150x150 chip
    centre = "centre.json"            optional, beside this file: {"centre": [N numbers]}, what is subtracted from the
                                      features of length 1 because many persons have it in common
    lengths = [14, 21]                optional, with the next: lengths of the network's output that are told apart,
    length_power = 0.15               and by how much shorter ones are made to count more; 0 to 1

The network is given (pixel - mean) / std. `simreg.face.recogniser.Adjustment` says what the last three do.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from simreg.errors import ModelError

SIZES = {"arcface": 112, "dlib": 150}
"""Side in pixels of the picture that each alignment gives."""

BUILT_IN = ("mobilefacenet", "dlib-resnet")
"""Names of the recognisers that simreg itself describes, the better one first."""

_KEYS = {"name", "file", "sha256", "licence", "input_size", "colour", "template_length", "mirror"}
_OPTIONAL = {"mean", "std", "scale", "thresholds", "alignment", "centre", "lengths", "length_power"}
_LARGEST = 1 << 16
_SMALLEST = 1e-6

Channels = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class RecogniserSpec:
    """A recogniser as its file describes it.

    ``file`` is a name of the manifest for a built-in one, else the path of the ONNX file; ``mean`` and ``std`` are in
    units of 0..255, one for each channel in the order of ``colour`` (``rgb`` or ``bgr``); ``input_size`` in pixels;
    ``centre`` (as many numbers as a template has, or none), ``lengths`` and ``length_power`` as in
    `simreg.face.recogniser.Adjustment`.
    """

    name: str
    file: str
    sha256: str
    licence: str
    alignment: str
    input_size: int
    colour: str
    mean: Channels
    std: Channels
    template_length: int
    mirror: bool
    thresholds: Path | None
    built_in: bool
    centre: tuple[float, ...] = ()
    lengths: tuple[float, float] = (1.0, 1.0)
    length_power: float = 0.0


def built_in_recogniser(name: str) -> RecogniserSpec:
    """One of `BUILT_IN`."""
    return _load(Path(__file__).with_name("recognisers") / f"{name}.toml", built_in=True)


def load_recogniser_file(path: Path) -> RecogniserSpec:
    """Read and validate an operator's file; that the network is there and fits is seen when it is loaded.

    Raises ModelError ``bad-recogniser-file``.
    """
    return _load(path, built_in=False)


def _load(path: Path, built_in: bool) -> RecogniserSpec:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        _refuse(path, f"cannot be read: {error.strerror or error}")
    except (ValueError, RecursionError) as error:
        _refuse(path, f"is not TOML: {error}")
    if missing := sorted(_KEYS - table.keys()):
        _refuse(path, f"lacks {', '.join(missing)}")
    if unknown := sorted(table.keys() - _KEYS - _OPTIONAL):
        _refuse(path, f"has unknown keys: {', '.join(unknown)}")
    return _Reader(path, table).spec(built_in)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Takes the values out of one file's table and refuses the ones that make no sense."""

    path: Path
    table: dict[str, Any]

    def spec(self, built_in: bool) -> RecogniserSpec:
        alignment = self.choice("alignment", tuple(SIZES), "arcface")
        size = self.count("input_size")
        if size != SIZES[alignment]:
            _refuse(self.path, f"has input_size {size}, but the alignment {alignment} gives {SIZES[alignment]} pixels")
        file = self.text("file")
        if not built_in and not file.endswith(".onnx"):
            _refuse(self.path, f"names {file}, which is no .onnx file")
        return RecogniserSpec(
            name=self.text("name"),
            file=file if built_in else str(self.path.parent / file),
            sha256=self.digest(),
            licence=self.text("licence"),
            alignment=alignment,
            input_size=size,
            colour=self.choice("colour", ("rgb", "bgr")),
            mean=self.channels("mean"),
            std=self.std(),
            template_length=self.count("template_length"),
            mirror=self.flag("mirror"),
            thresholds=self.path.parent / self.text("thresholds") if "thresholds" in self.table else None,
            built_in=built_in,
            centre=self.centre(),
            lengths=self.lengths(),
            length_power=self.number("length_power", 0.0, 0.0, 1.0),
        )

    def text(self, key: str) -> str:
        value = self.table[key]
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            _refuse(self.path, f"has no plain text as {key}")
        return value

    def digest(self) -> str:
        value = self.text("sha256").lower()
        if not re.fullmatch(r"[0-9a-f]{64}", value):
            _refuse(self.path, "has a sha256 that is not 64 hexadecimal digits")
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        value = self.table.get(key, default)
        if value not in choices:
            _refuse(self.path, f"has {key} {value!r}; it may be {' or '.join(choices)}")
        return str(value)

    def count(self, key: str) -> int:
        value = self.table[key]
        if type(value) is not int or not 0 < value <= _LARGEST:
            _refuse(self.path, f"has {key} {value!r}; it must be a whole number from 1 to {_LARGEST}")
        return value

    def flag(self, key: str) -> bool:
        value = self.table[key]
        if type(value) is not bool:
            _refuse(self.path, f"has {key} {value!r}; it may be true or false")
        return value

    def std(self) -> Channels:
        if ("std" in self.table) == ("scale" in self.table):
            _refuse(self.path, "must have either std or scale")
        key = "std" if "std" in self.table else "scale"
        first, second, third = self.channels(key)
        if min(first, second, third) < _SMALLEST:
            _refuse(self.path, f"has a {key} that is not above 0")
        return (first, second, third) if key == "std" else (1 / first, 1 / second, 1 / third)

    def centre(self) -> tuple[float, ...]:
        """Fewer than all numbers, or features of length 1 that are mostly the same, would be another file's."""
        if "centre" not in self.table:
            return ()
        path = self.path.parent / self.text("centre")
        try:
            values = json.loads(path.read_bytes())["centre"]
        except OSError as error:
            _refuse(self.path, f"names the centre {path}, which cannot be read: {error.strerror or error}")
        except (ValueError, KeyError, TypeError, RecursionError):
            _refuse(self.path, f"names the centre {path}, which is no JSON object with a list centre")
        if not isinstance(values, list) or len(values) != self.table["template_length"]:
            _refuse(self.path, f"names the centre {path}, which does not hold template_length numbers")
        if any(type(value) not in (int, float) or not abs(value) <= 1 for value in values):
            _refuse(self.path, f"names the centre {path}, which holds something else than numbers from -1 to 1")
        return tuple(map(float, values))

    def lengths(self) -> tuple[float, float]:
        if ("lengths" in self.table) != ("length_power" in self.table):
            _refuse(self.path, "must have both lengths and length_power, or neither")
        value = self.table.get("lengths", [1.0, 1.0])
        if not isinstance(value, list) or len(value) != 2 or any(type(one) not in (int, float) for one in value):
            _refuse(self.path, f"has lengths {value!r}; it must be two numbers")
        low, high = map(float, value)
        if not _SMALLEST <= low <= high <= _LARGEST:
            _refuse(self.path, f"has lengths {value!r}; they must be above 0, the lower one first")
        return low, high

    def number(self, key: str, default: float, low: float, high: float) -> float:
        value = self.table.get(key, default)
        if type(value) not in (int, float) or not low <= value <= high:
            _refuse(self.path, f"has {key} {value!r}; it must be a number from {low:g} to {high:g}")
        return float(value)

    def channels(self, key: str) -> Channels:
        value = self.table.get(key)
        parts: list[Any] = value if isinstance(value, list) else [value] * 3
        if len(parts) != 3 or any(type(part) not in (int, float) or not abs(part) <= _LARGEST for part in parts):
            _refuse(self.path, f"has {key} {value!r}; it must be one number or three, of ordinary size")
        first, second, third = map(float, parts)
        return first, second, third


def _refuse(path: Path, why: str) -> NoReturn:
    raise ModelError(
        "bad-recogniser-file",
        f"The recogniser file {path} {why}.",
        "`python -m pydoc simreg.models.recogniser_file` says what it must hold.",
    )
