"""Make the project's own environment in .venv, then run one of the project's commands in it.

Needs a Python and nothing else: no pip, no ensurepip, no activated environment. A stamp in .venv says what was
installed, so that a second call goes straight to its command. It runs on any Python from 3.8 on, so that an old one
can still say what is missing. PYTHON names the interpreter to use; without it the newest suitable one is taken.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from pip_wheel import NoPipError, download_pip

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
SIMREG = BIN / ("simreg.exe" if os.name == "nt" else "simreg")
STAMP = VENV / "simreg-stamp.json"
OLDEST, NEWEST = (3, 11), (3, 14)
EXTRAS = ("", "server", "test", "dev")  # each holds the ones before it
WITH_A_BROWSER = ("tests/browser", "tests/end_to_end")
WITHOUT_WEIGHTS = "not weights and not material"


class StopError(Exception):
    """What is missing, and what to do about it."""


class Interpreter(NamedTuple):
    """A Python that was found: the program to start, and its version."""

    program: str
    version: tuple[int, int]

    def suits(self) -> bool:
        """Whether simreg runs on it."""
        return OLDEST <= self.version <= NEWEST


def dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def say(text: str) -> None:
    print(f"simreg: {text}", flush=True)


def environment() -> dict[str, str]:
    """The user's environment without what would lead Python or pip away from .venv."""
    astray = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "PIP_PYTHON")
    kept = {name: value for name, value in os.environ.items() if name not in astray}
    return dict(kept, PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")


def call(*command: object) -> int:
    """Exit status of a command whose output the user sees."""
    return subprocess.call([str(word) for word in command], cwd=ROOT, env=environment())  # noqa: S603


def quiet(*command: object) -> subprocess.CompletedProcess[str] | None:
    """A command whose output is kept, or None when it cannot be started."""
    try:
        return subprocess.run(  # noqa: S603
            [str(word) for word in command],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except OSError:
        return None


def works(*command: object) -> bool:
    done = quiet(*command)
    return done is not None and done.returncode == 0


def interpreter(program: object) -> Interpreter | None:
    """The Python behind a name, the base one when it belongs to a virtual environment; None when it does not start."""
    asked = (
        "import json, sys; print(json.dumps([getattr(sys, '_base_executable', sys.executable), sys.version_info[:2]]))"
    )
    done = quiet(program, "-c", asked)
    if done is None or done.returncode != 0:
        return None
    try:
        base, version = json.loads(done.stdout.splitlines()[-1])
        return Interpreter(base, (version[0], version[1]))
    except (ValueError, IndexError):
        return None


def span() -> str:
    return f"Python {dotted(OLDEST)} to {dotted(NEWEST)}"


def chosen() -> Interpreter | None:
    """The Python that PYTHON names, or None when it names none."""
    name = os.environ.get("PYTHON")
    if not name:
        return None
    found = interpreter(name)
    if found is None:
        raise StopError(
            f"PYTHON is {name!r}, which does not start as a Python. Give the name or path of one, or leave it out."
        )
    if not found.suits():
        raise StopError(f"PYTHON is {name!r}, which is Python {dotted(found.version)}; simreg needs {span()}.")
    return found


def newest() -> Interpreter:
    """The newest suitable Python of this machine."""
    names = [sys.executable, *(f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)), "python3", "python"]
    found = [one for one in map(interpreter, names) if one]
    suitable = [one for one in found if one.suits()]
    if suitable:
        return max(suitable, key=lambda one: one.version)
    others = ", ".join(sorted({dotted(one.version) for one in found})) or "none"
    raise StopError(
        f"simreg needs {span()}; found here: {others}. Install one (on Debian or Ubuntu: apt install python3 "
        "python3-venv), or name it: make run PYTHON=/path/to/python3"
    )


def stamped() -> dict[str, object]:
    """What the stamp says; empty when there is none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return stamp if isinstance(stamp, dict) else {}
    except (OSError, ValueError):
        return {}


def prepare(extra: str) -> None:
    """Make .venv hold simreg with an extra and all that it needs."""
    wanted = chosen()
    stamp = stamped()
    python = interpreter(PYTHON) if PYTHON.exists() else None
    kept = python if python and python.suits() and stamp.get("root", str(ROOT)) == str(ROOT) else None
    if kept and wanted and kept.version != wanted.version:
        kept = None
    if kept is None:
        make_environment(wanted or newest())
        stamp = {}
    project = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    have = stamp.get("extra") if stamp.get("project") == project else None
    if have in EXTRAS and EXTRAS.index(str(have)) >= EXTRAS.index(extra):
        return
    extra = max(extra, str(stamp.get("extra", "")), key=EXTRAS.index)
    bring_pip()
    install(extra)
    STAMP.write_text(json.dumps({"root": str(ROOT), "project": project, "extra": extra}), encoding="utf-8")


def make_environment(base: Interpreter) -> None:
    """Make .venv anew; without pip where this Python has no ensurepip."""
    say(f"making .venv with Python {dotted(base.version)} ({base.program})")
    for options in ([], ["--without-pip"]):
        done = quiet(base.program, "-m", "venv", "--clear", *options, VENV)
        if done is not None and done.returncode == 0:
            return
    told = done.stdout.strip() if done else ""
    raise StopError(
        f"{base.program} cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv\n{told}"
    )


def bring_pip() -> None:
    """Give .venv a pip: its own, ensurepip's, one that another pip installs, or the package index's wheel."""
    base = interpreter(PYTHON)
    if base is None or works(PYTHON, "-m", "pip", "--version") or works(PYTHON, "-m", "ensurepip"):
        return
    for pip in ([base.program, "-m", "pip"], ["pip3"], ["pip"]):
        if works(*pip, "--python", PYTHON, "install", "pip"):
            return
    say("this Python has no pip: taking it from the package index")
    with tempfile.TemporaryDirectory() as folder:
        try:
            wheel = download_pip(Path(folder), base.version[1])
        except NoPipError as error:
            raise StopError(f"{error} Install pip for this Python (on Debian: apt install python3-pip).") from error
        done = quiet(PYTHON, wheel / "pip", "install", "--no-index", wheel)
    if not works(PYTHON, "-m", "pip", "--version"):
        raise StopError(f"pip could not be installed into .venv.\n{done.stdout.strip() if done else ''}")


def install(extra: str) -> None:
    say("installing simreg and what it needs into .venv")
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    talk = [] if sys.stdout.isatty() else ["--quiet"]
    if call(PYTHON, "-m", "pip", "install", *talk, "--editable", target) != 0:
        raise StopError(
            "simreg could not be installed: pip's own message stands above. Without a network, or behind a proxy or a "
            "private index, set up pip for it (pip config set global.index-url ..., global.proxy ...) and try again."
        )


def simreg(*words: str) -> int:
    return call(SIMREG, *words)


def pytest(*words: str) -> int:
    """Run the tests that need no browser, some files at once; ``-n0`` among the words runs one after the other."""
    at_once = max(1, min(4, os.cpu_count() or 1))
    without = [f"--ignore={folder}" for folder in WITH_A_BROWSER]
    return call(PYTHON, "-m", "pytest", f"-n{at_once}", "--dist=loadfile", *without, *words)


def run(arguments: list[str]) -> int:
    """Install, fetch the weights, and run the server with a page where one can try it."""
    prepare("server")
    return simreg("models", "install") or simreg("serve", "--open", *arguments)


def demo(arguments: list[str]) -> int:
    """Install, fetch the weights, and judge an animated portrait."""
    prepare("")
    return simreg("models", "install") or simreg("demo", *arguments)


def test(arguments: list[str]) -> int:
    """Install, fetch the weights, and run the whole suite but for what needs a browser."""
    prepare("test")
    if simreg("models", "install") != 0:
        say("not all weights are here: the tests that need them are skipped, and say so")
    return pytest(*arguments)


def fast(arguments: list[str]) -> int:
    """Run the tests that need neither weights nor real faces."""
    prepare("test")
    return pytest("-m", WITHOUT_WEIGHTS, *arguments)


def browser(arguments: list[str]) -> int:
    """Run the tests in a real browser, one after the other: they tell time."""
    prepare("test")
    return call(PYTHON, "-m", "pytest", *WITH_A_BROWSER, *arguments)


def lint(arguments: list[str]) -> int:
    """Run ruff and mypy over the tree: each of them, whatever the others say."""
    prepare("dev")
    checks = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"])
    return max([call(PYTHON, "-m", *check, *arguments) for check in checks])


COMMANDS = {"run": run, "demo": demo, "test": test, "fast": fast, "browser": browser, "lint": lint}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        say(f"usage: bootstrap.py {'|'.join(COMMANDS)} [arguments]")
        return 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except StopError as stop:
        print(f"simreg: {stop}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
