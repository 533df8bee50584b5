"""What holds for the project as a whole: commands, versions, licence, sizes, who imports what, a core without a world."""

import ast
import os
import re
import socket
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import simreg

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "simreg"
MODULES = sorted(SOURCE.rglob("*.py"))
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LARGEST = 16_000
USUAL = 4_000

NEVER = {
    "mediapipe",
    "dlib",
    "torch",
    "tensorflow",
    "face_recognition",
    "insightface",
    "tflite_runtime",
    "ai_edge_litert",
}

CORE = (
    "quality",
    "face",
    "liveness",
    "comparison",
    "documents",
    "decision",
    "engine",
    "beside",
    "sampling",
    "verification",
    "result",
)
WORLD = {
    *("time", "datetime", "random", "secrets", "uuid"),
    *("os", "sys", "io", "pathlib", "glob", "shutil", "tempfile", "mmap", "importlib", "sqlite3", "logging"),
    *("socket", "ssl", "http", "urllib", "requests", "httpx", "subprocess", "threading", "asyncio", "multiprocessing"),
}
"""Modules that reach a clock, chance, disk, network, settings or other processes."""
WORLDLY_CALLS = {"open", "input", "print"}
WORLDLY_PARTS = {
    "cv2": {"imread", "imreadmulti", "imwrite", "VideoCapture", "VideoWriter", "FileStorage", "randu", "randn", "theRNG"},
    "np": {
        "random",
        "load",
        "save",
        "savez",
        "savez_compressed",
        "fromfile",
        "loadtxt",
        "savetxt",
        "genfromtxt",
        "memmap",
    },
}
ALLOWED: dict[tuple[str, str], str] = {
    ("decision/profiles/shelf.py", "pathlib"): "reads the profiles that the package carries, and an operator's files",
    ("comparison/thresholds.py", "pathlib"): "reads the thresholds that the package carries, and an operator's file",
}
"""(module under src/simreg, what it uses): why that is no way out of the core."""


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def name_of(module: Path) -> str:
    return module.relative_to(SOURCE).as_posix()


def room_containing(module: Path) -> str:
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    """Dotted names that a module imports, those of simreg down to the module or the name taken from the package."""
    package = ("simreg", *module.relative_to(SOURCE).parent.parts)
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (
                ".".join((*package[: len(package) + 1 - node.level], *filter(None, [node.module])))
                if node.level
                else node.module
            )
            whole = base == "simreg" or (
                SOURCE.joinpath(*str(base).split(".")[1:]).is_dir() and str(base).startswith("simreg.")
            )
            yield from (f"{base}.{alias.name}" for alias in node.names) if whole else (str(base),)


def room_of(dotted: str) -> str:
    """The path below simreg of a dotted name: ``simreg.face.types`` is ``face/types``."""
    return dotted.removeprefix("simreg.").replace(".", "/")


def rooms() -> dict[str, list[str]]:
    """The table of docs/architecture.md: what each room may import."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", text, re.MULTILINE)
    return {room: re.findall(r"`([^`]+)`", cell) for room, cell in rows}


def allows(rule: str, path: str) -> bool:
    """Whether a cell of the table covers a path: itself, what is below it, ``*/types``, or ``*`` for everything."""
    if rule == "*":
        return True
    if rule.startswith("*/"):
        return path.split("/")[1:2] == [rule[2:]]
    return path == rule or path.startswith(rule + "/")


# --- commands and documents ------------------------------------------------------------------------------------------


def test_readme_shows_the_two_commands_first() -> None:
    block = re.search(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    assert [line.split("#")[0].strip() for line in block[1].splitlines()] == ["make run", "make test"]


def test_every_make_target_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z ]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    known = {target for line in targets for target in line.split()}
    shown = {
        word for page in PAGES for word in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert {"run", "test"} <= shown
    assert shown <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_the_page_of_reason_codes_is_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "reason_codes.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


# --- version and licence ---------------------------------------------------------------------------------------------


def test_one_version_everywhere() -> None:
    history = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[(\d[^\]]*)\]", history, re.MULTILINE)
    assert newest is not None
    assert simreg.__version__ == newest[1]
    if "version" in PYPROJECT["project"]:
        assert PYPROJECT["project"]["version"] == simreg.__version__


def test_one_licence_everywhere() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert PYPROJECT["project"]["license"] == "Apache-2.0"
    assert PYPROJECT["project"]["license-files"] == ["LICENSE"]
    assert "Apache-2.0, see [LICENSE](LICENSE)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_bootstrap_and_the_package_want_the_same_pythons() -> None:
    text = (ROOT / "scripts" / "bootstrap.py").read_text(encoding="utf-8")
    span = re.search(r"^OLDEST, NEWEST = \(3, (\d+)\), \(3, (\d+)\)$", text, re.MULTILINE)
    assert span is not None
    named = [one.rpartition(" :: ")[2] for one in PYPROJECT["project"]["classifiers"] if "Python :: 3." in one]
    assert named == [f"3.{minor}" for minor in range(int(span[1]), int(span[2]) + 1)]
    assert PYPROJECT["project"]["requires-python"] == f">=3.{span[1]}"


# --- sizes and imports -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_module_is_large_without_a_reason_at_its_head(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.encode()) <= LARGEST or "Above 16 kB because" in text[:1000]


def test_modules_are_small_as_a_rule() -> None:
    assert statistics.median(module.stat().st_size for module in MODULES) < USUAL


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_rooms_import_only_what_the_architecture_allows(module: Path) -> None:
    table = rooms()
    room = room_containing(module)
    if room.startswith("__"):
        return  # the package's own face: it shows what users may import
    assert room in table, f"docs/architecture.md does not know the room {room}"
    rules = [*table[room], room, "errors"]
    ways = {room_of(name) for name in imported(module) if name.startswith("simreg.") and "__version__" not in name}
    assert {way for way in ways if not any(allows(rule, way) for rule in rules)} == set()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_nothing_imports_what_must_not_be_needed(module: Path) -> None:
    assert {name.split(".")[0] for name in imported(module)} & NEVER == set()


def test_nothing_requires_what_must_not_be_needed() -> None:
    wanted = {re.split(r"[^\w.-]", one)[0].replace("-", "_").lower() for one in PYPROJECT["project"]["dependencies"]}
    assert wanted & NEVER == set()


def test_onnxruntime_starts_with_its_telemetry_switched_off() -> None:
    """Its official builds report their use to its maker unless the environment says otherwise before it is imported."""
    program = """
import os, sys
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "onnxruntime":
            print(os.environ.get("ORT_DISABLE_TELEMETRY"))
sys.meta_path.insert(0, Watch())
import simreg
"""
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["1"], done.stderr


# --- the core --------------------------------------------------------------------------------------------------------


def reaches(module: ast.Module) -> set[str]:
    """What a module uses that reaches out of the core."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] in WORLD}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in WORLD:
            found.add(node.module)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORLDLY_CALLS:
            found.add(node.func.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            part = f"{node.value.id}.{node.attr}"
            if node.attr in WORLDLY_PARTS.get(node.value.id, ()):
                found.add(part)
    return found


@pytest.mark.parametrize("module", [one for one in MODULES if room_containing(one) in CORE], ids=name_of)
def test_the_core_reads_no_clock_chance_disk_network_or_settings(module: Path) -> None:
    assert {use for use in reaches(tree(module)) if (name_of(module), use) not in ALLOWED} == set()


def test_every_exception_for_the_core_is_still_needed() -> None:
    used = {(name_of(module), use) for module in MODULES for use in reaches(tree(module))}
    assert set(ALLOWED) <= used


@pytest.mark.parametrize(
    "text",
    [
        "import time",
        "from os import environ",
        "import urllib.request",
        "open('x')",
        "np.random.rand()",
        "cv2.imread('x')",
    ],
)
def test_a_way_out_of_the_core_is_noticed(text: str) -> None:
    assert reaches(ast.parse(text))


@pytest.mark.parametrize(
    ("rule", "path", "covered"),
    [
        ("face", "face/types", True),
        ("face", "face", True),
        ("face", "facet/types", False),
        ("face/types", "face/mesh", False),
        ("*/types", "liveness/types", True),
        ("*/types", "liveness/pad", False),
        ("*/types", "types", False),
        ("*", "anything/at/all", True),
    ],
)
def test_a_rule_of_the_table_covers_what_it_says(rule: str, path: str, covered: bool) -> None:
    assert allows(rule, path) is covered


def test_capture_and_models_import_nothing_but_errors() -> None:
    table = rooms()
    assert (table["capture"], table["models"], table["errors"]) == ([], [], [])


# --- the suite itself ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [("192.0.2.1", 443), ("pypi.org", 443), ("2001:db8::1", 443, 0, 0)])
def test_no_test_can_reach_the_network(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    with socket.socket(family) as one, pytest.raises(AssertionError, match="without a network"):
        one.connect(address)


def test_tests_can_reach_their_own_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_no_weights_faces_or_recordings_are_in_the_tree() -> None:
    private = {
        ".onnx",
        ".tflite",
        ".dat",
        ".pth",
        ".jpg",
        ".jpeg",
        ".png",
        ".mp4",
        ".mov",
        ".webm",
        ".gif",
        ".npy",
        ".npz",
    }
    places = ("src", "tests", "docs", "scripts", "benchmarks", ".ci")
    found = [path for place in places for path in (ROOT / place).rglob("*") if path.suffix.lower() in private]
    outputs = ROOT / "tests" / "data" / "convert"  # numbers that networks gave for pictures made by code
    assert [path for path in found if path.parent != outputs] == []
    assert sum(path.stat().st_size for path in outputs.iterdir()) < 100_000
