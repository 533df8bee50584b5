"""All species of attack that can be made here."""

from collections.abc import Sequence

from simreg.errors import InputError
from simreg.evaluation.attacks.types import Species


def all_species() -> tuple[Species, ...]:
    """Presentation attacks first, then manipulated captures."""
    from simreg.evaluation.attacks import manipulated, presentation

    return (*presentation.SPECIES, *manipulated.SPECIES)


def chosen(names: Sequence[str]) -> tuple[Species, ...]:
    """The species of these names in their own order, all where none is named.

    Raises `InputError` ``species-unknown``.
    """
    known = {species.name: species for species in all_species()}
    for name in names:
        if name not in known:
            sentence = f"“{name}” is no species of attack."
            raise InputError("species-unknown", sentence, "`simreg attacks list` names them all.")
    return tuple(species for name, species in known.items() if not names or name in names)
