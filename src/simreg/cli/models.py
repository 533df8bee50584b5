"""``simreg models``: install, list and check the weights."""

import argparse
from pathlib import Path
from typing import Any

from simreg.cli.progress import Bar
from simreg.errors import ModelError
from simreg.models.manifest import Entry
from simreg.models.store import ModelStore, State

COMPLETE, INCOMPLETE = 0, 2
"""Exit statuses: everything that a verification needs is here and sound, or not."""


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``models`` and its three commands; each sets ``func``, which returns the exit status."""
    models = subparsers.add_parser("models", help="install, list and check the weights").add_subparsers(
        dest="models_command", metavar="COMMAND", required=True
    )
    for name, func, text in (
        ("install", install, "fetch all weights and prepare them"),
        ("list", list_, "show what the weights are, where they are or would come from"),
        ("check", check, "verify digests and load every network"),
    ):
        command = models.add_parser(name, help=text, description=text)
        command.add_argument("--models", type=Path, metavar="DIR", help="folder with weights (default: SIMREG_MODELS)")
        command.set_defaults(func=func)
        if name == "install":
            command.add_argument("--only", nargs="+", metavar="NAME", help="only these files")


def install(args: argparse.Namespace) -> int:
    """Fetch and prepare all files or the ones asked for: 0 when nothing that is needed lacks, else 2."""
    with Bar() as progress:
        store = ModelStore(local=args.models, progress=progress)
        entries = [store.manifest.entry(name) for name in args.only] if args.only else list(store.manifest.entries)
        problems = {entry.name: error for entry in entries if (error := _problem_installing(store, entry))}
    for entry in entries:
        if error := problems.get(entry.name):
            state = "missing" if error.code == "weights-unavailable" else "refused"
            print(f"{entry.name}: {state}; without it {entry.without}\n    {error.code}: {error.sentence}")
        else:
            print(f"{entry.name}: ready ({store.origin(entry.name)})")
    if problems:
        for remedy in dict.fromkeys(error.remedy for error in problems.values()):
            print(remedy)
    if args.only:
        return INCOMPLETE if problems else COMPLETE
    refused = any(error.code != "weights-unavailable" for error in problems.values())
    return _conclude(store, {entry.name for entry in entries} - problems.keys(), refused)


def _problem_installing(store: ModelStore, entry: Entry) -> ModelError | None:
    try:
        store.path(entry.name, retry=True)
        if entry.is_network:
            store.ready(entry.name)
    except ModelError as error:
        if error.code.startswith("cache-"):
            raise
        return error
    return None


def list_(args: argparse.Namespace) -> int:
    """Print every file of the manifest: 0."""
    store = ModelStore(local=args.models)
    for entry in store.manifest.entries:
        print(f"{entry.name}: {_where(store, entry)}")
        print(f"    {entry.purpose}; {entry.licence}; {entry.size / 1e6:.1f} MB\n    sha256 {entry.sha256}")
    return COMPLETE


def _where(store: ModelStore, entry: Entry) -> str:
    would = ", then ".join(["a local folder (SIMREG_MODELS)", *map(str, entry.sources)])
    try:
        match store.state(entry.name):
            case State.HERE:
                return f"here ({store.origin(entry.name)})"
            case State.DAMAGED:
                return f"damaged in the cache; to be fetched again from {would}"
            case State.ABSENT:
                return f"not here; would come from {would}"
    except ModelError as error:
        return f"{error.code}: {error.sentence}"


def check(args: argparse.Namespace) -> int:
    """Verify digests and load every network, without the network: 0 when nothing lacks and nothing is wrong, else 2."""
    with Bar() as progress:
        store = ModelStore(local=args.models, progress=progress, offline=True)
        found = {entry.name: _checked(store, entry) for entry in store.manifest.entries}
    for name, (_, text) in found.items():
        print(f"{name}: {text}")
    here = {name for name, (state, _) in found.items() if state is State.HERE}
    return _conclude(store, here, any(state is State.DAMAGED for state, _ in found.values()))


def _checked(store: ModelStore, entry: Entry) -> tuple[State, str]:
    from simreg.models.session import open_session

    try:
        state = store.state(entry.name)
        if state is State.DAMAGED:
            return state, "damaged in the cache"
        if state is State.ABSENT:
            return state, f"not here; without it {entry.without}"
        if entry.is_network:
            open_session(store.ready(entry.name))
    except ModelError as error:
        return State.DAMAGED, f"{error.code}: {error.sentence} {error.remedy}"
    return state, f"sound ({store.origin(entry.name)})"


def _conclude(store: ModelStore, here: set[str], wrong: bool) -> int:
    lacking = store.manifest.lacking(here)
    if lacking:
        print(f"Incomplete: a verification needs {', '.join(lacking)} as well.")
    elif wrong:
        print("Something is wrong with the files named above: `simreg models install`.")
    else:
        print("Everything that a verification needs is here.")
    return INCOMPLETE if lacking or wrong else COMPLETE
