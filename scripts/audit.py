"""What simreg is made of and whether anything is known against it: an SBOM, licences, and known vulnerabilities.

    pip install cyclonedx-bom pip-audit
    python scripts/audit.py --python VENV/bin/python [--web web] --out sbom.json

The SBOM is CycloneDX 1.6. A licence that is not permissive, or a known vulnerability, is exit status 1. Where those who
know cannot be reached nothing is known: that is said, and is neither a pass nor a failure.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PERMISSIVE = re.compile(
    r"(?i)\b(MIT|BSD|Apache|ISC|PSF|Python(-2\.0| Software)|Zlib|Unlicense|0BSD|HPND|MPL|Mozilla|CC0|Public Domain)"
)
"""MPL is not permissive, but binds its own files only; nothing of simreg is a changed file of such a package."""

FORBIDDEN = re.compile(r"(?i)\b(A?GPL|LGPL|GNU|SSPL|BUSL|Commons Clause|CC-BY-NC)")
LOOKED_AT = {
    "protobuf": "BSD-3-Clause, as its LICENSE file says; its metadata do not",
    "psycopg": "LGPL-3.0: an optional driver, used unchanged and exchangeable",
    "psycopg-binary": "as psycopg",
}
"""Packages whose licence was looked at by a person, and why they may stay."""


@dataclass(frozen=True)
class Component:
    """A package with its version and all that it says of its licence."""

    name: str
    version: str
    licences: tuple[str, ...]

    @property
    def fault(self) -> str | None:
        """Why it may not be used."""
        if self.name in LOOKED_AT:
            return None
        told = " / ".join(self.licences)
        if not told:
            return "says nothing of a licence"
        return None if PERMISSIVE.search(told) and not FORBIDDEN.search(told) else f"its licence is {told[:80]}"


def main() -> int:
    """Write, look, and tell: 0, or 1 where something is wrong."""
    parser = argparse.ArgumentParser(description="SBOM, licences and known vulnerabilities.")
    parser.add_argument("--python", type=Path, required=True, help="of the environment in which simreg is installed")
    parser.add_argument("--web", type=Path, help="the front end's folder, with its package-lock.json")
    parser.add_argument("--out", type=Path, required=True, help="where the SBOM is written")
    given = parser.parse_args()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    bom = made(given.python, given.out)
    found = [f"{one.name} {one.version}: {one.fault}" for one in components(bom) if one.fault]
    print(f"{given.out}: {len(list(components(bom)))} packages")
    for told, known in (audited(bom), shipped(given.web) if given.web else ("", [])):
        print(told)
        found += known
    for one in found:
        print(f"FOUND {one}")
    return 1 if found else 0


def made(python: Path, out: Path) -> dict[str, Any]:
    """The SBOM of an environment."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", str(python), "--sv", "1.6", "--output-reproducible"]
    subprocess.run([*command, "--output-file", str(out)], check=True)  # noqa: S603
    return dict(json.loads(out.read_text("utf-8")))


def components(bom: dict[str, Any]) -> Iterator[Component]:
    """The packages of an SBOM but for the installer and simreg itself."""
    for one in bom.get("components", []):
        if one["name"] in ("pip", "setuptools", "simreg"):
            continue
        told = (each.get("license", each) for each in one.get("licenses", []))
        words = tuple(each.get("id") or each.get("name") or each.get("expression") or "" for each in told)
        yield Component(one["name"], one["version"], tuple(filter(None, words)))


def audited(bom: dict[str, Any]) -> tuple[str, list[str]]:
    """What is known against the Python packages."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text("".join(f"{one.name}=={one.version}\n" for one in components(bom)), "utf-8")
        command = [sys.executable, "-m", "pip_audit", "-r", str(wanted), "--no-deps", "--disable-pip", "-f", "json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return verdict(done.stdout)


def verdict(answer: str) -> tuple[str, list[str]]:
    """What pip-audit's JSON says."""
    try:
        told = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return "Python packages: NOT AUDITED, the service gave no answer.", []
    looked = [one for one in told if "vulns" in one]
    found = [f"{one['name']} {one['version']}: {bug['id']}" for one in looked for bug in one["vulns"]]
    if not looked:
        return "Python packages: NOT AUDITED, the service cannot be reached or knows none of them.", []
    return f"Python packages: {len(looked)} of {len(told)} audited, {len(found)} known vulnerabilities.", found


def shipped(web: Path) -> tuple[str, list[str]]:
    """What is known against what is built into the pages."""
    done = subprocess.run(["npm", "audit", "--omit=dev", "--json"], cwd=web, capture_output=True, text=True, check=False)  # noqa: S607
    return verdict_of_npm(done.stdout)


def verdict_of_npm(answer: str) -> tuple[str, list[str]]:
    """What npm's JSON says."""
    try:
        bugs = json.loads(answer)["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        return "Packages of the pages: NOT AUDITED, the service gave no answer.", []
    found = [f"{name}: {one['severity']}" for name, one in bugs.items()]
    return f"Packages of the pages: audited, {len(found)} known vulnerabilities.", found


if __name__ == "__main__":
    sys.exit(main())
