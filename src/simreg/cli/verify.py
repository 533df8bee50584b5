"""simreg verify: a document's portrait, a recording, a challenge; accepted, referred or refused."""

import argparse
import json
from pathlib import Path

from simreg.as_json import result_as_json
from simreg.cli.progress import Bar
from simreg.cli.words import told
from simreg.decision.types import Outcome
from simreg.liveness.challenge import WINDOW_S, parse_challenge
from simreg.output import write_text
from simreg.report.page import render_report
from simreg.verification import Settings
from simreg.verify_files import verify

EXIT_STATUS = {Outcome.ACCEPT: 0, Outcome.REFER: 3, Outcome.REFUSE: 4}


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    p = commands.add_parser(
        "verify",
        help="judge a recording against a document",
        description="Was it a live person who followed the challenge, and is it the document's holder?",
        epilog="Exit status: 0 accept, 3 refer, 4 refuse, 2 unusable input or usage, 1 a fault of the program.",
    )
    p.add_argument(
        "--reference", type=Path, required=True, metavar="PICTURE", help="portrait, or photograph of the document"
    )
    p.add_argument("--capture", type=Path, required=True, metavar="VIDEO", help="recording of the person")
    p.add_argument(
        "--challenge", default="", metavar="ACTIONS", help="what was asked for, in order: turn-left,blink,turn-right"
    )
    p.add_argument("--mirrored", action="store_true", help="the recording is mirrored, as some front cameras save it")
    p.add_argument(
        "--window", type=_seconds, default=WINDOW_S, metavar="SECONDS", help="time for each action (default 20)"
    )
    p.add_argument("--recogniser", type=Path, metavar="FILE", help="your own recogniser, described in a TOML file")
    p.add_argument("--threshold", type=Path, metavar="FILE", help="your own threshold, for the recogniser in use")
    p.add_argument(
        "--passive-pad",
        choices=("required", "optional"),
        default="required",
        help="whether a capture that passive PAD could not assess may be accepted (default: required)",
    )
    p.add_argument("--json", action="store_true", help="print one JSON object instead of words")
    p.add_argument("--report", type=Path, metavar="HTML", help="write a page to look at")
    p.add_argument("--with-images", action="store_true", help="put face pictures into the report")
    p.add_argument("--language", choices=("en", "zh"), default="en", help="language of the report")
    p.add_argument("--quiet", action="store_true", help="no progress bar")
    p.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Judge, tell, and give the exit status that fits the outcome."""
    challenge = parse_challenge(options.challenge) if options.challenge.strip() else ()
    settings = Settings(window_s=options.window, passive_pad_required=options.passive_pad == "required")
    with Bar(enabled=not options.quiet) as bar:
        result = verify(
            options.reference,
            options.capture,
            challenge,
            mirrored=options.mirrored,
            settings=settings,
            recogniser=options.recogniser,
            threshold=options.threshold,
            with_images=options.with_images,
            progress=bar,
        )
    if options.report is not None:
        write_text(options.report, render_report(result, language=options.language))
    if options.json:
        print(json.dumps(result_as_json(result), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print(told(result))
        if options.report is not None:
            print(f"\nReport: {options.report}")
    return EXIT_STATUS[result.decision.outcome]


def _seconds(text: str) -> float:
    value = float(text)
    if not 0.5 <= value <= 120:
        raise argparse.ArgumentTypeError("must be from 0.5 to 120 seconds")
    return value
