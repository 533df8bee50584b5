"""What an operator sets: one dataclass, read from environment variables that begin with SIMREG_."""

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from simreg.errors import InputError

PREFIX = "SIMREG_"
FOLDER = Path("simreg-data")
KEY_FILE = FOLDER / "key"
LOG_KEY_FILE = FOLDER / "log-key"
LOG_ORIGIN = "simreg.invalid/log"
"""Name of the log of a trial; nobody else's may be called so."""


def _setting(default: Any, text: str, least: int = 0, *, secret: bool = False) -> Any:
    return field(default=default, repr=not secret, metadata={"text": text, "least": least})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of `simreg serve`; docs/operations.md has them as a table that is made of this class."""

    database: str = _setting(
        f"sqlite:///{FOLDER}/simreg.db",
        "URL of the database: `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/NAME`",
        secret=True,
    )
    inspect_database: str = _setting(
        "",
        "URL by which inspectors read, with a role that may read only what they look at; on SQLite the database itself "
        "is opened for reading, and nothing needs to be set",
        secret=True,
    )
    key_file: Path = _setting(  # noqa: RUF009
        KEY_FILE, "file with the deployment's key, 32 bytes in base64, readable by its owner only"
    )
    key: str = _setting("", "the key itself in base64, instead of a file", secret=True)
    key_store: str = _setting(
        "",
        "URL of the database in which the keys of what is sealed lie, apart from the other one and from its backups; "
        "`keys.db` beside a SQLite database unless set",
        secret=True,
    )
    vault_key_file: str = _setting(
        "", "file with the key that wraps the key store's keys, if it is not to be made of the deployment's key"
    )
    transit: str = _setting(
        "", "key in the transit engine of Vault or OpenBao that wraps them instead: `https://HOST:8200/transit/KEY`"
    )
    transit_token: str = _setting("", "token for it, which may encrypt and decrypt with that key", secret=True)
    log_origin: str = _setting(
        LOG_ORIGIN, "name of the log, such as `sim.example/log`; has to be set for any but a trial, and never changes"
    )
    log_key_file: Path = _setting(  # noqa: RUF009
        LOG_KEY_FILE, "file with the secret that signs the log, 32 bytes in base64, readable by its owner only"
    )
    profile: str = _setting("default", "profile of cases whose order names none")
    profiles: tuple[str, ...] = _setting((), "files with profiles of your own, separated by commas")
    recogniser: str = _setting("", "file with a recogniser of your own, as for `simreg verify --recogniser`")
    threshold: str = _setting("", "file with thresholds of your own, as `simreg calibrate` writes it")
    host: str = _setting("127.0.0.1", "address to listen on")
    port: int = _setting(8000, "port to listen on", 1)
    public_url: str = _setting(
        "http://localhost:8000", "address under which subscribers reach the server; follows the port where it is not set"
    )
    origins: tuple[str, ...] = _setting(
        (), "further origins whose pages may capture, separated by commas, such as `https://shop.example`"
    )
    proxies: tuple[str, ...] = _setting((), "addresses of reverse proxies whose X-Forwarded-For is believed")
    demo: str = _setting(
        "auto",
        "the trial page `/`, whose cases are activated by themselves: `on`, `off`, or `auto`, which is on as long as "
        "host and public URL are this machine's own",
    )
    tries_address: int = _setting(30, "trial cases opened from one address in a minute", 1)
    workers: int = _setting(0, "worker processes that look at frames; 0 for one a core")
    captures: int = _setting(4, "captures at once in each worker process", 1)
    sockets_address: int = _setting(8, "captures at once from one address", 1)
    sockets_shop: int = _setting(8, "captures at once for one shop", 1)
    drain_s: int = _setting(30, "seconds that running captures are given when the server is told to end")
    link_s: int = _setting(
        86_400,
        "seconds that a subscriber's link is good for; one that reaches the case's end shows the outcome a day longer",
        60,
    )
    staff_s: int = _setting(28_800, "seconds after which staff must sign in again", 60)
    second_factor: str = _setting(
        "auto",
        "whether staff need a code of an authenticator app beside the password: `on`, `off`, or `auto`, which is on "
        "unless the public URL is this machine's own",
    )
    device_keys: str = _setting(
        "auto",
        "whether an agent's device has to sign the cases that are opened on it: `on`, `off`, or `auto`, which is on "
        "unless the public URL is this machine's own",
    )
    oidc_issuer: str = _setting(
        "", "identity provider by which staff may sign in, too (OpenID Connect); it has to ask for a second factor itself"
    )
    oidc_client_id: str = _setting("", "this server's id at the provider")
    oidc_client_secret: str = _setting("", "its secret there; none for a public client", secret=True)
    oidc_name_claim: str = _setting(
        "email", "claim that is the name of the member; an `email` counts only where the provider has verified it"
    )
    idempotency_s: int = _setting(86_400, "seconds that an Idempotency-Key is remembered", 60)
    sweep_s: int = _setting(5, "seconds between two rounds of expiry and erasure", 1)
    webhook_timeout_s: int = _setting(10, "seconds that the receiver of a webhook has to answer", 1)
    webhook_private: str = _setting("off", "whether webhooks may go to private addresses: `on` or `off`")
    log_level: str = _setting("info", "debug, info, warning or error")

    @property
    def key_store_url(self) -> str:
        """URL of the key store; empty where it has to be named and is not."""
        file = self.database.removeprefix("sqlite:///")
        beside = f"sqlite:///{Path(file).with_name('keys.db')}" if file != self.database else ""
        return self.key_store or beside

    @property
    def own_recogniser(self) -> Path | None:
        """The operator's own recogniser, which needs thresholds of its own."""
        return Path(self.recogniser) if self.recogniser else None

    @property
    def own_thresholds(self) -> Path | None:
        """The operator's own thresholds."""
        return Path(self.threshold) if self.threshold else None

    @property
    def asks_second(self) -> bool:
        """Whether staff need a second factor."""
        return self.second_factor == "on" or (self.second_factor == "auto" and not self.seen_here_only)

    @property
    def asks_device(self) -> bool:
        """Whether agents' devices sign."""
        return self.device_keys == "on" or (self.device_keys == "auto" and not self.seen_here_only)

    @property
    def seen_here_only(self) -> bool:
        """Whether the public address is this machine's own, as for a trial."""
        return is_local(urlsplit(self.public_url).hostname or "")

    @property
    def shows_demo(self) -> bool:
        """Whether trial cases can be opened."""
        local = is_local(self.host) and is_local(urlsplit(self.public_url).hostname or "")
        return self.demo == "on" or (self.demo == "auto" and local)


_WORDS = {
    "second_factor": ("auto", "on", "off"),
    "device_keys": ("auto", "on", "off"),
    "log_level": ("debug", "info", "warning", "error"),
    "demo": ("auto", "on", "off"),
    "webhook_private": ("on", "off"),
}
_ORIGINS = ("public_url", "origins")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in an environment; empty variables count as not set.

    Raises InputError ``setting`` and names the variable, but never repeats its value, which may be secret.
    """
    values = {one.name: _value(one, text) for one in fields(Settings) if (text := environ.get(variable(one), "").strip())}
    if "port" in values:
        values.setdefault("public_url", f"http://localhost:{values['port']}")
    if "recogniser" in values and "threshold" not in values:
        sentence = "SIMREG_RECOGNISER is set, but SIMREG_THRESHOLD is not: scores of another network mean something else."
        raise InputError("setting", sentence, "Measure it: simreg evaluate comparison, then simreg calibrate.")
    return Settings(**values)


def is_local(host: str) -> bool:
    """Whether a host is this machine itself, as seen from nowhere else."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def variable(one: "Field[Any]") -> str:
    """The environment variable of a setting."""
    return PREFIX + one.name.upper()


def table() -> str:
    """All settings as a table in Markdown."""
    rows = (f"| `{variable(one)}` | {_shown(one.default)} | {one.metadata['text']} |" for one in fields(Settings))
    return "\n".join(("| variable | default | what it sets |", "| --- | --- | --- |", *rows)) + "\n"


def _shown(default: Any) -> str:
    text = ",".join(default) if isinstance(default, tuple) else str(default)
    return f"`{text}`" if text else ""


def _value(one: "Field[Any]", text: str) -> Any:
    if isinstance(one.default, int):
        if not text.isascii() or not text.isdigit() or int(text) < one.metadata["least"]:
            raise _wrong(one, f"a whole number from {one.metadata['least']}")
        return int(text)
    if isinstance(one.default, Path):
        return Path(text)
    parts = tuple(part for word in text.split(",") if (part := word.strip()))
    if one.name in _ORIGINS and not all(_is_origin(part) for part in parts):
        raise _wrong(one, "addresses such as https://shop.example, without a path")
    if text not in _WORDS.get(one.name, (text,)):
        raise _wrong(one, f"one of {', '.join(_WORDS[one.name])}")
    return parts if isinstance(one.default, tuple) else text


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    whole = f"{parts.scheme}://{parts.netloc}"
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in whole and text == whole


def _wrong(one: "Field[Any]", wanted: str) -> InputError:
    return InputError("setting", f"{variable(one)} has a value that cannot be used.", f"Give {wanted}.")
