import io
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from simreg.models import upstream
from simreg.models.manifest import SourceError, Upstream
from simreg.models.progress import NullProgress

FILE = bytes(range(256)) * 1000
SOURCE = Upstream("owner/repository", "a" * 40, "file.bin")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.endswith("/missing.bin"):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(FILE)))
        self.end_headers()
        self.wfile.write(FILE[: len(FILE) // 2] if self.path.endswith("/torn.bin") else FILE)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def opener() -> Iterator[upstream.Opener]:
    """Opens the addresses of the real host on a server of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def open_here(url: str, timeout: float) -> upstream.Response:
        here = url.replace("https://raw.githubusercontent.com", f"http://127.0.0.1:{server.server_port}")
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        response: upstream.Response = direct.open(here, timeout=timeout)
        return response

    yield open_here
    server.shutdown()
    thread.join()
    server.server_close()


class Recorder(NullProgress):
    def __init__(self) -> None:
        self.said: list[tuple[str, int, int]] = []

    def update(self, task: str, done: int, total: int) -> None:
        self.said.append((task, done, total))


def test_gives_the_file_and_tells_how_far_it_is(opener: upstream.Opener) -> None:
    progress = Recorder()
    assert upstream.fetch_upstream(SOURCE, len(FILE), progress, opener) == FILE
    done = [done for _, done, _ in progress.said]
    assert done == sorted(done)
    assert len(done) > 2
    assert progress.said[-1] == ("download owner/repository", len(FILE), len(FILE))


@pytest.mark.parametrize(
    ("path", "size", "why"),
    [
        ("missing.bin", len(FILE), "Not Found"),
        ("torn.bin", len(FILE), f"ended after {len(FILE) // 2} of {len(FILE)} bytes|IncompleteRead"),
        ("file.bin", len(FILE) - 1, "longer than the 255999 bytes expected"),
        ("file.bin", len(FILE) + 1, "ended after 256000 of 256001 bytes"),
    ],
)
def test_anything_else_is_a_failure_that_says_why(opener: upstream.Opener, path: str, size: int, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        upstream.fetch_upstream(Upstream("o/r", "a" * 40, path), size, NullProgress(), opener)


def test_reads_no_more_than_it_must_of_an_endless_file() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, amount: int = -1, /) -> bytes:
            self.given += amount
            return bytes(amount)

    endless = Endless()
    with pytest.raises(SourceError, match="longer than"):
        upstream.fetch_upstream(SOURCE, 1000, NullProgress(), lambda *_: endless)
    assert endless.given < 100_000
    assert endless.closed


def test_gives_up_on_a_server_that_only_drips(monkeypatch: pytest.MonkeyPatch) -> None:
    class Drip(io.RawIOBase):
        def read(self, amount: int = -1, /) -> bytes:
            return b"."

    monkeypatch.setattr(upstream, "WHOLE_S", -1.0)
    with pytest.raises(SourceError, match="not there after"):
        upstream.fetch_upstream(SOURCE, 1000, NullProgress(), lambda *_: Drip())


def test_a_machine_without_network_is_told() -> None:
    def unplugged(url: str, timeout: float) -> upstream.Response:
        assert timeout == 5
        raise OSError("Network is unreachable")

    with pytest.raises(SourceError, match="Network is unreachable"):
        upstream.fetch_upstream(SOURCE, 10, NullProgress(), unplugged)


def test_opens_https_alone() -> None:
    with pytest.raises(OSError, match="not an https address"):
        upstream.open_https("file:///etc/hostname", 5)
