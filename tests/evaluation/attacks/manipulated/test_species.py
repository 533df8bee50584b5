"""What holds for every manipulated capture."""

import re

import numpy as np
import pytest

from evaluation.attacks.manipulated.staged import A, attacker, made, nobody, take
from simreg.evaluation.attacks.manipulated import SPECIES
from simreg.evaluation.attacks.types import Kind, Species, Take

FLAT = (A.BLINK, A.OPEN_MOUTH)
"""A challenge that every species but a change of order can try."""

each_species = pytest.mark.parametrize("species", SPECIES, ids=lambda species: str(species.name))


def fit_for(species: Species) -> tuple[Take, list[Take]]:
    """A take that the species can be made of, and somebody else."""
    return take(FLAT), [attacker(FLAT)]


def test_names_are_unique_and_texts_are_sentences() -> None:
    assert len({species.name for species in SPECIES}) == len(SPECIES)
    for species in SPECIES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", species.name)
        assert species.kind is Kind.MANIPULATED
        assert species.imitates.endswith(".")
        assert species.leaves_out.endswith(".")


@each_species
def test_the_same_seed_makes_the_same_frames(species: Species) -> None:
    subject, others = fit_for(species)
    first, second = made(species, subject, others), made(species, subject, others)
    assert len(first) == len(second)
    assert all(np.array_equal(a.image, b.image) and a.time_s == b.time_s for a, b in zip(first, second, strict=True))


@each_species
def test_frames_are_those_of_a_camera(species: Species) -> None:
    frames = made(species, *fit_for(species))
    steps = np.diff([frame.time_s for frame in frames])
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert frames[0].time_s == 0
    assert steps.min() > 0.05
    assert steps.max() < 0.1
    assert {(frame.image.shape, frame.image.dtype) for frame in frames} == {((240, 320, 3), np.dtype(np.uint8))}
    assert 2 < frames[-1].time_s < 25


@each_species
def test_nobody_to_be_seen_is_not_fit(species: Species) -> None:
    expected = species.name == "replayed-recording"
    assert (species.make(nobody(), [nobody()], np.random.default_rng(1)) is not None) == expected


@each_species
def test_the_take_is_left_as_it_was(species: Species) -> None:
    subject, others = fit_for(species)
    before = [frame.image.copy() for frame in subject.frames]
    made(species, subject, others)
    assert all(np.array_equal(a, b.image) for a, b in zip(before, subject.frames, strict=True))


@pytest.mark.parametrize("species", [s for s in SPECIES if "person-" in s.name or "two-" in s.name or "swap-" in s.name])
def test_without_an_attacker_who_can_do_the_challenge_nothing_is_made(species: Species) -> None:
    chance = np.random.default_rng(1)
    assert species.make(take(), [], chance) is None
    if species.name.startswith("person-swapped-holder"):
        assert species.make(take(), [nobody()], chance) is None
    else:
        assert species.make(take(), [attacker((A.OPEN_MOUTH,))], chance) is None
