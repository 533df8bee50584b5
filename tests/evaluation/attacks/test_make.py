"""Attacks made out of a list of clips: the list beside them, what is kept, what is made anew."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from evaluation.attacks.recorded import clips
from simreg.capture.frame import Frame, Image
from simreg.documents.portrait import Portrait
from simreg.errors import InputError
from simreg.evaluation.attacks import make, sources
from simreg.evaluation.attacks.make import Made, Parameters, make_attacks
from simreg.evaluation.attacks.manifest import NAME, file_digest
from simreg.evaluation.attacks.registry import all_species, chosen
from simreg.evaluation.attacks.types import Kind, Species, Take
from simreg.evaluation.pad.clips import read_clips
from synthetic.engine import synthetic_engine
from synthetic.picture import read_heads
from synthetic.reference import portrait


class Noise:
    """An attack of two frames that depend on chance."""

    kind = Kind.MANIPULATED
    imitates = leaves_out = "Everything."

    def __init__(self, name: str = "noise", fit: bool = True, others: int | None = None) -> None:
        self.name, self.fit, self.others = name, fit, others

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:
        if self.others is not None:
            assert len(others) == self.others
            assert take.name not in {other.name for other in others}
        if not self.fit:
            return None
        shape = (32, 32, 3)
        return iter([Frame(i, i / 15, chance.integers(0, 255, shape, np.uint8)) for i in range(2)])


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clips(tmp_path_factory.mktemp("clips"), {"anna": "blink", "ben": "turn-left", "carl": "blink"})


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "all_species", lambda: (Noise(), Noise("other")))
    monkeypatch.setattr(sources, "find_portrait", found)


def found(image: Image, *_: object) -> Portrait:
    """The portrait in a synthetic picture, which turning and scaling would destroy."""
    heads = read_heads(image)
    return portrait(heads[0].person) if heads else portrait(problem="reference-no-face")


def run(listed: Path, out: Path, *species: Species, **parameters: float) -> Made:
    given = replace(Parameters(seconds=2), **parameters)  # type: ignore[arg-type]
    return make_attacks(listed, out, species or (Noise(),), synthetic_engine(), given)


def bytes_of(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.mp4")}


def test_one_recording_for_each_clip_and_species(listed: Path, tmp_path: Path) -> None:
    made = run(listed, tmp_path, Noise(), Noise("other"))
    assert (made.made, made.kept, made.unfit) == (6, 0, ())
    assert set(bytes_of(tmp_path)) == {f"{s}/{c}.mp4" for s in ("noise", "other") for c in ("anna", "ben", "carl")}


def test_the_list_is_what_evaluate_pad_reads(listed: Path, tmp_path: Path) -> None:
    run(listed, tmp_path)
    rows = read_clips([tmp_path / NAME])
    assert [row.label for row in rows] == ["bona-fide"] * 3 + ["attack"] * 3
    assert all(row.file.is_file() and row.reference and row.reference.is_file() for row in rows)
    ben = rows[4]
    assert (ben.species, ben.kind, ben.challenge) == ("noise", "manipulated", ("turn-left",))
    assert ben.reference is not None
    assert ben.reference.resolve() == listed.parent / "ben.png"


def test_the_same_seed_makes_the_same_bytes_whatever_else_is_made(listed: Path, tmp_path: Path) -> None:
    run(listed, tmp_path / "a", Noise())
    run(listed, tmp_path / "b", Noise("other"), Noise())
    run(listed, tmp_path / "c", Noise(), seed=1)
    a, b, c = (bytes_of(tmp_path / name) for name in "abc")
    assert a.items() <= b.items()
    assert all(a[name] != c[name] for name in a)
    assert len(set(b.values())) == 6


def test_what_is_there_is_kept(listed: Path, tmp_path: Path) -> None:
    first = run(listed, tmp_path)
    again = run(listed, tmp_path)
    assert (again.made, again.kept) == (0, 3)
    assert again.rows == first.rows


def test_what_is_missing_or_damaged_is_made_again(listed: Path, tmp_path: Path) -> None:
    run(listed, tmp_path)
    before = bytes_of(tmp_path)
    (tmp_path / "noise" / "anna.mp4").unlink()
    (tmp_path / "noise" / "ben.mp4").write_bytes(b"damaged")
    again = run(listed, tmp_path)
    assert (again.made, again.kept) == (2, 1)
    assert bytes_of(tmp_path) == before


def test_other_parameters_make_everything_again(listed: Path, tmp_path: Path) -> None:
    run(listed, tmp_path)
    again = run(listed, tmp_path, seed=2)
    assert (again.made, again.kept) == (3, 0)
    assert {row.seed for row in again.rows if row.species} == {"2"}


def test_species_that_were_made_before_stay_in_the_list(listed: Path, tmp_path: Path) -> None:
    run(listed, tmp_path, Noise())
    made = run(listed, tmp_path, Noise("other"))
    assert (made.made, made.kept) == (3, 0)
    assert {row.species for row in made.rows} == {"", "noise", "other"}


def test_digests_are_those_of_the_files(listed: Path, tmp_path: Path) -> None:
    for row in run(listed, tmp_path).rows:
        assert row.sha256 == file_digest(tmp_path / row.file)


def test_what_does_not_fit_is_told(listed: Path, tmp_path: Path) -> None:
    made = run(listed, tmp_path, Noise("other", fit=False))
    assert made.unfit == (("anna", "other"), ("ben", "other"), ("carl", "other"))
    assert bytes_of(tmp_path) == {}


def test_an_attack_gets_clips_of_other_subjects(listed: Path, tmp_path: Path) -> None:
    run(listed, tmp_path, Noise(others=2))


def test_clips_of_the_same_subject_are_no_others(tmp_path: Path) -> None:
    twice = clips(tmp_path, {"anna": "blink", "ben": "blink"})
    text = twice.read_text(encoding="utf-8").replace("ben.png", "anna.png")
    twice.write_text(text, encoding="utf-8")
    run(twice, tmp_path / "out", Noise(others=0))


def test_a_run_that_was_stopped_goes_on(listed: Path, tmp_path: Path) -> None:
    class Stopped(Noise):
        def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:
            if take.name == "ben":
                raise KeyboardInterrupt
            return super().make(take, others, chance)

    with pytest.raises(KeyboardInterrupt):
        run(listed, tmp_path, Stopped())
    again = run(listed, tmp_path)
    assert (again.made, again.kept) == (2, 1)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("anna.mp4,bona-fide,,blink", "anna.mp4,bona-fide,,", "clips-bad-row"),
        ("anna.png", "", "clips-bad-row"),
        ("anna.mp4", "nobody.mp4", "file-missing"),
        ("anna.png", "nobody.png", "file-missing"),
        ("anna.png", "empty.png", "reference-unusable"),
    ],
)
def test_unusable_lists(listed: Path, tmp_path: Path, old: str, new: str, code: str) -> None:
    for path in listed.parent.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    cv2.imwrite(str(tmp_path / "empty.png"), np.full((240, 320, 3), 90, np.uint8))
    changed = tmp_path / listed.name
    changed.write_text(listed.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        run(changed, tmp_path / "out")
    assert caught.value.code == code


def test_a_list_of_attacks_alone(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("file,label,species\na.mp4,attack,x\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        run(tmp_path / "c.csv", tmp_path / "out")
    assert caught.value.code == "clips-no-bona-fide"


def test_a_folder_that_cannot_be_made(listed: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        run(listed, tmp_path / "file" / "out")
    assert caught.value.code == "output-unwritable"


def test_species_are_chosen_by_name_in_their_own_order() -> None:
    names = [species.name for species in all_species()]
    assert len(set(names)) == len(names)
    assert [species.name for species in chosen([names[3], names[1]])] == [names[1], names[3]]
    assert len(chosen([])) == len(names)
    with pytest.raises(InputError) as caught:
        chosen(["hologram"])
    assert caught.value.code == "species-unknown"
