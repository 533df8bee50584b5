"""The one root of everything simreg raises.

An attack, bad quality or a missing face is a result and never raised. What is raised is broken input, broken weights
or a broken machine, and each of these carries a stable code, a sentence for a person and a remedy.
"""


class SimregError(Exception):
    """Root of all errors.

    Attributes: ``code`` a stable lower-case word with dashes, ``sentence`` what is wrong in plain words, ``remedy``
    what to do about it.
    """

    exit_status = 1

    def __init__(self, code: str, sentence: str, remedy: str) -> None:
        super().__init__(f"{sentence} {remedy}".strip())
        self.code = code
        self.sentence = sentence
        self.remedy = remedy


class InputError(SimregError):
    """A file, stream or argument that cannot be used: exit status 2."""

    exit_status = 2


class ModelError(SimregError):
    """Weights that are missing, altered or unfit: exit status 2, as the user can mend it."""

    exit_status = 2


class ConflictError(SimregError):
    """What was asked for does not fit how things stand: exit status 2."""

    exit_status = 2


class LimitError(ConflictError):
    """A limit has been reached: attempts, a lock-out, lines per person."""


class AccessError(SimregError):
    """A token, key, password or right that does not open the door: exit status 2."""

    exit_status = 2


class NotFoundError(SimregError):
    """There is nothing of this name: exit status 2."""

    exit_status = 2
