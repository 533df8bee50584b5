"""A small manifest with made-up weights, and a network that serves them and counts."""

from collections.abc import Mapping

from simreg.models.files import sha256
from simreg.models.manifest import Artefact, Entry, IndexMember, Manifest, Source, SourceError, Upstream
from simreg.models.progress import ProgressSink

DETECTOR, MESH, RECOGNISER, PORTRAIT = b"detector", b"landmark mesh", b"the recogniser", b"picture"
WHEEL = Artefact("some-wheel", "1.0", "some_wheel-1.0-py3-none-any.whl", "0" * 64, 100, ("--only-binary=:all:",))
UPSTREAM = Upstream("someone/something", "c" * 40, "weights/recogniser.onnx")


def entry(name: str, data: bytes, role: str, *sources: Source, required: bool = False) -> Entry:
    return Entry(name, sha256(data), len(data), "CC0", role, f"is the {role}", "it is missed", required, sources)


MANIFEST = Manifest(
    (
        entry("detector.onnx", DETECTOR, "detector", IndexMember(WHEEL, "in/detector"), required=True),
        entry("mesh.onnx", MESH, "mesh", IndexMember(WHEEL, "in/mesh"), required=True),
        entry("recogniser.onnx", RECOGNISER, "recogniser", UPSTREAM),
        entry("portrait.png", PORTRAIT, "demo-portrait"),
    )
)


class SyntheticNetwork:
    """Has the members ``index`` and the one file ``file``; None stands for a network that is down."""

    def __init__(self, index: dict[str, bytes] | None = None, file: bytes | None = None) -> None:
        self.index = index
        self.file = file
        self.asked: list[str] = []

    def members(self, artefact: Artefact, members: Mapping[str, int], progress: ProgressSink) -> dict[str, bytes]:
        self.asked.append(artefact.project)
        progress.update("index", 1, 1)
        if self.index is None:
            raise SourceError("the index is down")
        return {member: self.index[member] for member in members}

    def upstream(self, source: Upstream, size: int, progress: ProgressSink) -> bytes:
        self.asked.append(source.repository)
        progress.update("upstream", 1, 1)
        if self.file is None:
            raise SourceError("upstream is down")
        return self.file


INDEX = {"in/detector": DETECTOR, "in/mesh": MESH}
