"""Dockerfile, compose file and the page on operations promise what they hold. Nothing is built or started here."""

import base64
import hashlib
import re
import shlex
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from simreg.api.edge import LIMITS, REFERENCE_BYTES
from simreg.api.sender import signed
from simreg.service.webhooks import Delivery
from simreg.settings import read_settings, table

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
SERVICES = COMPOSE["services"]
UID = "10001"

Instruction = tuple[str, str]


def stages() -> list[list[Instruction]]:
    """Instructions of each stage of the Dockerfile, the first of them its FROM."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")).replace("\\\n", " ")
    found: list[list[Instruction]] = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest.strip()))
    return found


BUILD, END = stages()


def all_of(stage: list[Instruction], word: str) -> list[str]:
    return [rest for name, rest in stage if name == word]


def environment(stage: list[Instruction]) -> dict[str, str]:
    pairs = (pair for rest in all_of(stage, "ENV") for pair in shlex.split(rest))
    return dict(pair.split("=", 1) for pair in pairs)


# --- the image -------------------------------------------------------------------------------------------------------


def test_both_stages_stand_on_the_same_python_that_simreg_supports() -> None:
    bases = [stage[0][1].split(" AS ")[0] for stage in (BUILD, END)]
    assert len(set(bases)) == 1
    minor = re.fullmatch(r"python:3\.(\d+)-slim", bases[0])
    assert minor is not None
    assert f"Programming Language :: Python :: 3.{minor[1]}" in PYPROJECT["classifiers"]
    assert f"/python3.{minor[1]}/" in all_of(END, "RUN")[0]  # whose installer is taken out


def test_the_end_image_has_no_installer_no_compiler_and_no_source() -> None:
    runs = " ".join(all_of(END, "RUN"))
    assert not re.search(r"\bapt(-get)? |pip install|\bgcc\b|\bmake\b", runs)
    assert all(source.startswith("--from=build /opt/") for source in all_of(END, "COPY"))
    assert not all_of(END, "ADD")
    assert "pip uninstall --yes pip" in all_of(BUILD, "RUN")[-1]


def test_what_is_installed_is_this_package_with_an_extra_that_it_has() -> None:
    installed = re.search(r'pip install "\.\[([\w,]+)\]"', " ".join(all_of(BUILD, "RUN")))
    assert installed is not None
    assert set(installed[1].split(",")) <= PYPROJECT["optional-dependencies"].keys()


def test_nobody_is_root_and_the_user_has_a_number() -> None:
    assert all_of(END, "USER") == [f"{UID}:{UID}"]
    words = [word for word, _ in END]
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert not {"RUN", "COPY", "ADD"} & set(words[words.index("USER") :])


def test_the_weights_are_those_of_the_manifest_and_a_missing_one_ends_the_build() -> None:
    manifest = tomllib.loads((ROOT / "src" / "simreg" / "models" / "manifest.toml").read_text("utf-8"))
    known = set(re.findall(r"[\w.-]+\.(?:tflite|onnx|pth|dat)\b", str(manifest)))
    runs = " ".join(all_of(BUILD, "RUN"))
    wanted = set(runs.split("--only", 1)[1].split(";;")[0].split())
    assert wanted <= known
    assert wanted == {name for name in known if name.startswith(("blaze", "attention", "mobilefacenet", "minifasnet"))}
    assert environment(BUILD)["SIMREG_CACHE"] == environment(END)["SIMREG_CACHE"]


def test_the_settings_of_the_image_are_settings() -> None:
    given = {name: value for name, value in environment(END).items() if name.startswith("SIMREG_")}
    unknown = {name for name in given if f"`{name}`" not in table()}
    assert unknown == {"SIMREG_CACHE"}
    settings = read_settings(given)
    assert (settings.host, settings.port, settings.shows_demo) == ("0.0.0.0", 8000, False)  # noqa: S104
    assert environment(END)["ORT_DISABLE_TELEMETRY"] == "1"


def test_the_image_looks_after_its_health_and_can_be_told_to_end() -> None:
    (check,) = all_of(END, "HEALTHCHECK")
    assert "/v1/health" in check
    assert all_of(END, "STOPSIGNAL") == ["SIGTERM"]
    assert (all_of(END, "ENTRYPOINT"), all_of(END, "CMD")) == (['["simreg"]'], ['["serve"]'])  # no shell between


def test_one_version_in_the_image_the_compose_file_and_the_package() -> None:
    version = PYPROJECT["version"]
    assert f'org.opencontainers.image.version="{version}"' in " ".join(all_of(END, "LABEL"))
    assert SERVICES["simreg"]["image"] == f"simreg:{version}"
    assert f"simreg-{version}-py3-none-any.whl" in PAGE


def test_only_what_the_package_needs_reaches_the_build() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert lines[0] == "*"
    kept = {line[1:] for line in lines if line.startswith("!")}
    copied = {word for rest in all_of(BUILD, "COPY") for word in rest.split()[:-1]}
    assert kept == copied
    assert all((ROOT / name).exists() for name in kept)


# --- the compose file ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_shut_in(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert set(service.get("cap_add", [])) <= ({"NET_BIND_SERVICE"} if name == "caddy" else set())
    assert not {"privileged", "network_mode", "pid", "ipc", "devices"} & service.keys()
    assert not any("docker.sock" in str(volume) or str(volume).startswith(("/", ".")) for volume in _volumes(service))
    assert ":" in service["image"]
    assert not service["image"].endswith(":latest")


def _volumes(service: dict[str, Any]) -> list[Any]:
    return list(service.get("volumes", []))


def test_simreg_and_its_database_do_not_run_as_root() -> None:
    assert SERVICES["simreg"]["user"] == f"{UID}:{UID}"
    assert SERVICES["postgres"]["user"] not in ("root", "0", "0:0")


def test_recordings_go_into_memory() -> None:
    assert any(one.startswith("/tmp:") for one in SERVICES["simreg"]["tmpfs"])  # noqa: S108
    assert _volumes(SERVICES["simreg"]) == ["vault:/data"]  # the key store, and nothing else


def test_the_database_is_reached_by_simreg_only_and_simreg_by_this_machine_only() -> None:
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert [name for name, one in SERVICES.items() if "back" in one["networks"]] == ["simreg", "postgres"]
    assert list(SERVICES["postgres"]["networks"]) == ["back"]
    assert "ports" not in SERVICES["postgres"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["simreg"]["ports"])
    assert SERVICES["caddy"]["profiles"] == ["tls"]


def test_no_secret_stands_in_a_file_of_the_project() -> None:
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
    assert "/secrets/" in (ROOT / ".gitignore").read_text("utf-8").split()
    texts = [(ROOT / name).read_text("utf-8") for name in ("Dockerfile", "compose.yaml")]
    for text in texts:
        told = re.findall(r"(?i)(?:password|secret|token|key)\w*[ \t]*[:=][ \t]*([^\s\[{]\S*)", _plain(text))
        assert [one for one in told if not one.startswith(("/run/secrets/", "sqlite:"))] == []
        assert not re.search(r"://[^/\s:]+:[^@\s]+@", text)
    for service in SERVICES.values():
        assert set(service.get("secrets", [])) <= COMPOSE["secrets"].keys()


def _plain(text: str) -> str:
    """Without comments, and without the lists of secrets' names."""
    lines = (line.split(" #")[0] for line in text.splitlines() if not line.lstrip().startswith("#"))
    return "\n".join(line for line in lines if not re.search(r"file: \./secrets/|^secrets:|secrets: \[", line))


def test_the_proxy_that_is_believed_is_the_one_of_the_compose_file() -> None:
    service = SERVICES["simreg"]
    believed = re.fullmatch(r"\$\{SIMREG_PROXIES:-([\d.]+)\}", service["environment"]["SIMREG_PROXIES"])
    assert believed is not None
    assert believed[1] == SERVICES["caddy"]["networks"]["front"]["ipv4_address"]
    assert COMPOSE["networks"]["front"]["ipam"]["config"][0]["gateway"] in PAGE
    values = {name: str(value) for name, value in service["environment"].items()}
    settings = read_settings(values | {"SIMREG_PUBLIC_URL": "https://sim.example", "SIMREG_PROXIES": believed[1]})
    assert settings.proxies == (believed[1],)
    assert "passfile=/run/secrets/simreg_pgpass" in settings.database
    assert int(service["stop_grace_period"].removesuffix("s")) > settings.drain_s + 5


# --- the page --------------------------------------------------------------------------------------------------------


def block(language: str, word: str) -> str:
    """The code block of a language with a word in it."""
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return next(one for one in blocks if word in one)


def test_the_example_verifies_what_the_server_signs_and_nothing_else() -> None:
    names: dict[str, Any] = {}
    exec(block("python", "verified"), names)  # noqa: S102  # it is the page's own
    key = bytes(range(32))
    secret = "whsec_" + base64.b64encode(key).decode()
    at = datetime(2026, 11, 24, tzinfo=UTC)
    message = Delivery("msg_1", "hook_1", "https://a.example", "case.accepted", {}, at, 0, key)
    body, now = b'{"type":"case.accepted"}', 1_790_000_000
    headers = signed(message, body, now)
    verified = names["verified"]
    assert verified(secret, headers, body, now + 299)
    assert not verified(secret, headers, body, now + 301)
    assert not verified(secret, headers, body + b" ", now)
    assert not verified(secret, headers | {"webhook-id": "msg_2"}, body, now)
    assert not verified(secret, headers | {"webhook-timestamp": "soon"}, body, now)
    assert not verified("whsec_" + base64.b64encode(hashlib.sha256(key).digest()).decode(), headers, body, now)


def test_the_proxies_let_through_what_simreg_takes() -> None:
    largest = max(limit for _, _, limit in LIMITS)
    for language in ("nginx", "caddyfile"):
        sizes = re.findall(r"(?:client_max_body_size|max_size) (\d+)M?B?m?", block(language, "sim.example"))
        assert max(map(int, sizes)) * 1_000_000 >= largest
    assert f"client_max_body_size {REFERENCE_BYTES // 1_000_000}m" in block("nginx", "sim.example")
    assert "$proxy_add_x_forwarded_for" not in PAGE  # it would hand on what the client made up


def test_every_setting_that_the_page_names_is_one() -> None:
    elsewhere = {"SIMREG_CACHE", "SIMREG_MODELS"}
    named = set(re.findall(r"SIMREG_[A-Z_]+[A-Z]", PAGE)) - elsewhere
    assert {name for name in named if f"`{name}`" not in table()} == set()
    assert "(settings.md)" in PAGE


def test_every_command_that_the_page_names_is_one() -> None:
    named = set(re.findall(r"(?:`|\bsimreg |^)simreg ([a-z]+)", PAGE, re.MULTILINE)) - {"simreg"}
    modules = {path.stem for path in (ROOT / "src" / "simreg" / "cli").glob("*.py")}
    assert {"serve", "keys", "staff", "models", "database"} <= named | {"serve"}
    assert named <= modules
