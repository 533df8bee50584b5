"""What every test may use: real material, weights, and no network.

A test whose data are absent is skipped with the reason. With SIMREG_NO_SKIP=1, as where all of it has been laid out,
it fails instead, so that a suite cannot pass by leaving things out.
"""

import os
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings

from simreg.models.store import ModelStore
from simreg.settings import FOLDER

settings.register_profile("no-deadline", deadline=None)  # machines differ in speed
settings.load_profile("no-deadline")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_kept_here() -> Iterator[None]:
    """No test writes where a server keeps what is its own unless told otherwise."""

    def there() -> set[tuple[str, float]]:
        return {(str(path), path.stat().st_mtime) for path in FOLDER.glob("*")}

    before = there()
    yield
    assert there() == before, f"a test wrote into {FOLDER}, the server's own folder"


class NetworkUsedError(AssertionError):
    """A test reached for the network."""


def absent(reason: str) -> NoReturn:
    """Skip the test, or fail it where everything was to be there."""
    if os.environ.get("SIMREG_NO_SKIP") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def material_folder() -> Path | None:
    """Folder of the real material, or None."""
    named = os.environ.get("SIMREG_MATERIAL")
    folder = Path(named) if named else ROOT.parent / "shared" / "material"
    return folder if folder.is_dir() else None


class Weights:
    """Weights that are on this machine; a test that asks for others is skipped, one for altered ones fails."""

    def __init__(self, store: ModelStore) -> None:
        self.store = store

    def path(self, name: str) -> Path:
        """The published file of this name in the manifest."""
        self._need(name)
        return self.store.path(name)

    def ready(self, name: str) -> Path:
        """The ONNX network made of it."""
        self._need(name)
        return self.store.ready(name)

    def _need(self, name: str) -> None:
        if not self.store.available(name):
            absent(f"{name} is not on this machine: simreg models install")


@pytest.fixture(scope="session")
def material() -> Path:
    """Folder of real faces, clips and documents."""
    folder = material_folder()
    if folder is None:
        absent("no real material: set SIMREG_MATERIAL to its folder")
    return folder


@pytest.fixture(scope="session")
def weights() -> Weights:
    """The weights of the manifest, never fetched: from SIMREG_MODELS, the material's models or the user's cache."""
    folder = material_folder()
    models = folder / "models" if folder else None
    local = models if models and models.is_dir() and not os.environ.get("SIMREG_MODELS") else None
    return Weights(ModelStore(local=local, offline=True))


def _is_loopback(address: Any) -> bool:
    """Whether a socket address stays on this machine; a Unix socket's is a path."""
    if not isinstance(address, tuple):
        return True
    try:
        return address[0] == "localhost" or ip_address(address[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse every connection that would leave this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(original: Any) -> Any:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        if not _is_loopback(arguments[-1]):
            raise NetworkUsedError(f"tests run without a network, but this one reaches for {arguments[-1]}")
        return original(self, *arguments)

    return guarded
