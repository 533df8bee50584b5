"""Reads the options of custom operators, which are kept as a flexbuffer map."""

from typing import Any

from flatbuffers import flexbuffers

from simreg.models.convert.flatbuffer import MalformedError

MAX_LENGTH = 4096


class CustomOptions:
    """Looks up single values by name, and nothing else, so that a hostile buffer cannot make work."""

    def __init__(self, octets: bytes) -> None:
        try:
            self._map = flexbuffers.GetRoot(bytearray(octets)).AsMap
        except Exception as error:
            raise MalformedError("an operator's options cannot be read") from error

    def _value(self, name: str) -> Any:
        try:
            return self._map[name]
        except Exception as error:
            raise MalformedError(f"an operator lacks the option {name}") from error

    def integer(self, name: str) -> int:
        """A whole number; raises `MalformedError` when it is missing."""
        return int(self.number(name))

    def number(self, name: str) -> float:
        """A number; raises `MalformedError` when it is missing."""
        try:
            return float(self._value(name).AsFloat)
        except Exception as error:
            raise MalformedError(f"the option {name} is not a number") from error

    def integers(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers; raises `MalformedError` when it is missing or too long."""
        try:
            values = self._value(name).AsTypedVector
            if len(values) > MAX_LENGTH:
                raise MalformedError(f"the option {name} is too long")
            return tuple(int(values[place].AsInt) for place in range(len(values)))
        except MalformedError:
            raise
        except Exception as error:
            raise MalformedError(f"the option {name} is not a list of numbers") from error
