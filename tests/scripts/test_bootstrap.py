"""The bootstrap's decisions: which Python, when to install anew, and which wheel of pip."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import bootstrap  # noqa: E402
import pip_wheel  # noqa: E402

THIS = sys.version_info[:2]

PAGE = """
<a href="../../packages/aa/pip-9.0.3-py2.py3-none-any.whl#sha256={a}">pip-9.0.3-py2.py3-none-any.whl</a>
<a href="../../packages/bb/pip-24.0-py3-none-any.whl#sha256={b}" data-requires-python="&gt;=3.7">pip-24.0</a>
<a href="https://files.example/pip-25.1.1-py3-none-any.whl#sha256={c}" data-requires-python="&gt;=3.9">pip-25.1.1</a>
<a href="https://files.example/pip-25.2-py3-none-any.whl" data-yanked="broken">pip-25.2</a>
<a href="https://files.example/pip-26.0b1-py3-none-any.whl">pip-26.0b1</a>
<a href="https://files.example/pip-27.0-py3-none-any.whl" data-requires-python="&gt;=3.12">pip-27.0</a>
<a href="https://files.example/pip-25.1.1.tar.gz">pip-25.1.1.tar.gz</a>
""".format(a="a" * 64, b="b" * 64, c="c" * 64)


def fake_python(folder: Path, name: str, version: tuple[int, int]) -> Path:
    """A program that answers the bootstrap's question as a Python of this version would."""
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{json.dumps([str(program), list(version)])}'\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


@pytest.fixture
def path_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH; the Python that runs the bootstrap is not suitable."""
    if os.name == "nt":
        pytest.skip("the stand-ins for Pythons are shell scripts")
    old = fake_python(tmp_path, "old", (3, 8))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PYTHON", raising=False)
    monkeypatch.setattr(sys, "executable", str(old))
    return tmp_path


def test_the_newest_suitable_python_is_taken(path_of: Path) -> None:
    fake_python(path_of, "python3", (3, 15))
    fake_python(path_of, "python3.11", (3, 11))
    fake_python(path_of, "python3.13", (3, 13))
    assert bootstrap.newest() == (str(path_of / "python3.13"), (3, 13))


def test_a_python_that_does_not_start_is_passed_over(path_of: Path) -> None:
    broken = fake_python(path_of, "python3.14", (3, 14))
    broken.write_text("#!/bin/sh\necho 'no such version is set' >&2\nexit 127\n")
    fake_python(path_of, "python3.12", (3, 12))
    assert bootstrap.newest().version == (3, 12)


def test_without_a_suitable_python_it_says_what_was_found(path_of: Path) -> None:
    fake_python(path_of, "python3", (3, 15))
    with pytest.raises(bootstrap.StopError, match=r"needs Python 3\.11 to 3\.14; found here: 3\.15, 3\.8\."):
        bootstrap.newest()


def test_the_named_python_overrides(path_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = fake_python(path_of, "mine", (3, 12))
    fake_python(path_of, "python3.13", (3, 13))
    monkeypatch.setenv("PYTHON", str(named))
    assert bootstrap.chosen() == (str(named), (3, 12))


def test_a_named_python_that_does_not_start_is_refused(path_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_python(path_of, "python3.13", (3, 13))
    monkeypatch.setenv("PYTHON", str(path_of / "missing"))
    with pytest.raises(bootstrap.StopError, match="does not start"):
        bootstrap.chosen()


def test_a_named_python_that_is_too_old_is_refused(path_of: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON", str(fake_python(path_of, "mine", (3, 10))))
    with pytest.raises(bootstrap.StopError, match=r"is Python 3\.10; simreg needs Python 3\.11 to 3\.14"):
        bootstrap.chosen()


class Tree:
    """A stand-in for the project, whose .venv is this test's own Python; it counts what would be done."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.made, self.installed = root, 0, list[str]()
        venv = root / ".venv"
        venv.mkdir()
        self.write_project("one")
        for name, value in {"ROOT": root, "VENV": venv, "PYTHON": Path(sys.executable), "STAMP": venv / "stamp"}.items():
            monkeypatch.setattr(bootstrap, name, value)
        monkeypatch.setattr(bootstrap, "make_environment", self._make)
        monkeypatch.setattr(bootstrap, "bring_pip", lambda: None)
        monkeypatch.setattr(bootstrap, "install", self.installed.append)
        monkeypatch.delenv("PYTHON", raising=False)

    def write_project(self, text: str) -> None:
        (self.root / "pyproject.toml").write_text(text)

    def _make(self, _base: object) -> None:
        self.made += 1


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    return Tree(tmp_path, monkeypatch)


def test_the_second_call_installs_nothing(tree: Tree) -> None:
    bootstrap.prepare("test")
    bootstrap.prepare("test")
    bootstrap.prepare("")
    assert (tree.made, tree.installed) == (0, ["test"])


def test_another_pyproject_installs_again_with_the_extra_that_was_there(tree: Tree) -> None:
    bootstrap.prepare("dev")
    tree.write_project("two")
    bootstrap.prepare("")
    assert tree.installed == ["dev", "dev"]


def test_a_wider_extra_is_added(tree: Tree) -> None:
    bootstrap.prepare("")
    bootstrap.prepare("dev")
    assert tree.installed == ["", "dev"]


def test_an_environment_that_was_moved_is_made_anew(tree: Tree) -> None:
    bootstrap.prepare("")
    stamp = json.loads(bootstrap.STAMP.read_text())
    bootstrap.STAMP.write_text(json.dumps(stamp | {"root": "elsewhere"}))
    bootstrap.prepare("")
    assert (tree.made, tree.installed) == (1, ["", ""])


def test_an_environment_of_another_python_is_made_anew(
    tree: Tree, path_of: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.prepare("")
    other = (3, 12) if THIS == (3, 11) else (3, 11)
    monkeypatch.setenv("PYTHON", str(fake_python(path_of, "mine", other)))
    monkeypatch.setattr(bootstrap, "PYTHON", fake_python(path_of, "venv-python", (3, 13)))
    bootstrap.prepare("")
    assert tree.made == 1


def test_what_would_lead_pip_astray_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.example/simple")
    left = bootstrap.environment()
    assert "PYTHONPATH" not in left
    assert "PIP_TARGET" not in left
    assert left["PIP_INDEX_URL"] == "https://index.example/simple"


def test_an_unknown_command_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["dance"]) == 2
    assert "usage" in capsys.readouterr().out


@pytest.mark.parametrize(("minor", "version"), [(11, (25, 1, 1)), (12, (27, 0)), (8, (24, 0))])
def test_the_newest_final_wheel_for_this_python_is_chosen(minor: int, version: tuple[int, ...]) -> None:
    assert max(pip_wheel.offered(PAGE, "https://index.example/simple/pip/", minor)).version == version


def test_relative_addresses_are_resolved_against_the_page() -> None:
    wheels = pip_wheel.offered(PAGE, "https://index.example/simple/pip/", 8)
    assert wheels[0].url.startswith("https://index.example/packages/bb/pip-24.0-py3-none-any.whl")
    assert wheels[0].sha256 == "b" * 64


def test_a_wheel_of_another_digest_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pip_wheel, "fetch", lambda url: PAGE.encode() if url.endswith("/pip/") else b"something else")
    with pytest.raises(pip_wheel.NoPipError, match="another SHA-256"):
        pip_wheel.download_pip(tmp_path, 11)
    assert not list(tmp_path.iterdir())


def test_settings_come_from_the_environment_before_the_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "pip.conf"
    file.write_text("[global]\nindex-url = https://file.example/simple\ncert = /etc/own.pem\n")
    monkeypatch.setattr(pip_wheel, "settings_files", lambda: [tmp_path / "missing", file])
    monkeypatch.setenv("PIP_INDEX_URL", "https://environment.example/simple")
    monkeypatch.delenv("PIP_CERT", raising=False)
    assert pip_wheel.setting("index-url") == "https://environment.example/simple"
    assert pip_wheel.setting("cert") == "/etc/own.pem"
    assert pip_wheel.setting("proxy") == ""
