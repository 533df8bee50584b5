"""simreg demo: a subject made by code follows a challenge, ignores one, and is held up as a flat print."""

import argparse
import os
import secrets
import sys
import webbrowser
from pathlib import Path

from simreg.capture.camera import open_camera
from simreg.cli.demo_camera import on_camera
from simreg.cli.progress import Bar
from simreg.demo.index import asked
from simreg.demo.run import CHALLENGE, Demonstration, demonstrate
from simreg.demo.words import LANGUAGES, Words
from simreg.loading import load_engine

FOLDER = Path("out") / "demo"

LONGEST_S = 75.0
"""For how long the user's own camera is looked at."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    p = commands.add_parser(
        "demo",
        help="show what it does, without any files",
        description="A head made by code follows a challenge, ignores one, and is held up as a flat print.",
        epilog="Exit status: 0 when all three ended as they must, 1 otherwise; with --camera as for simreg verify.",
    )
    p.add_argument("--out", type=Path, default=FOLDER, metavar="DIR", help=f"folder for the pages (default: {FOLDER})")
    p.add_argument(
        "--camera", type=int, nargs="?", const=0, metavar="INDEX", help="do it yourself, before your own camera"
    )
    p.add_argument(
        "--reference", type=Path, metavar="PICTURE", help="with --camera: your document, instead of yourself just before"
    )
    p.add_argument("--language", choices=tuple(LANGUAGES), default="en", help="language of the pages and the words")
    p.add_argument(
        "--open", action=argparse.BooleanOptionalAction, help="open the page (default: on a terminal with a display)"
    )
    p.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Show it, say what happened, and open the page."""
    status, page = _on_made_up_camera(options) if options.camera is None else _on_own_camera(options)
    if options.open if options.open is not None else _somebody_looks():
        webbrowser.open(page.resolve().as_uri())
    return status


def _on_made_up_camera(options: argparse.Namespace) -> tuple[int, Path]:
    with Bar(enabled=sys.stderr.isatty()) as bar:
        shown = demonstrate(options.out, options.language, bar)
    print(told(shown, LANGUAGES[options.language]))
    return 0 if shown.as_expected else 1, shown.page


def _on_own_camera(options: argparse.Namespace) -> tuple[int, Path]:
    challenge = tuple(secrets.SystemRandom().sample(CHALLENGE, len(CHALLENGE)))
    with open_camera(options.camera, seconds=LONGEST_S) as source:
        with Bar(enabled=sys.stderr.isatty()) as bar:
            engine = load_engine(progress=bar)
        return on_camera(source, engine, challenge, options.reference, options.out, options.language)


def told(demonstration: Demonstration, words: Words) -> str:
    """What happened, scene by scene, and where to look."""
    lines = [words.title, words.intro, asked(CHALLENGE, words)]
    for shown in demonstration.scenes:
        scene, result = words.scenes[shown.name], shown.result
        lines += ["", f"{scene.title}: {words.outcomes[result.decision.outcome]}", f"  {scene.what}"]
        lines.append(f"  {scene.expected if shown.as_expected else words.unexpected}")
        lines += [f"  {words.says.format(text=reason.text)} [{reason.code}]" for reason in result.decision.reasons]
        lines += [f"  - {note}" for note in shown.notes]
        lines.append(f"  {words.report}: {shown.page}")
    return "\n".join([*lines, "", str(demonstration.page)])


def _somebody_looks() -> bool:
    display = sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return sys.stdout.isatty() and display
