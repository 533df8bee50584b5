"""The audit: what it takes for a fault, and that silence is no pass."""

import importlib.util
import json
import sys
from types import ModuleType

import pytest

from conftest import ROOT


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "scripts" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["audit"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("licences", "good"),
    [
        (("MIT",), True),
        (("Apache-2.0",), True),
        (("BSD License", "BSD-3-Clause"), True),
        (("Python Software Foundation License",), True),
        (("GPL-3.0-only",), False),
        (("AGPL-3.0",), False),
        (("MIT", "GNU General Public License v3"), False),
        (("Proprietary",), False),
        ((), False),
    ],
)
def test_permissive_licences_only(licences: tuple[str, ...], good: bool, audit: ModuleType) -> None:
    assert (audit.Component("one", "1", licences).fault is None) == good


def test_a_package_that_was_looked_at_may_stay(audit: ModuleType) -> None:
    assert audit.Component("psycopg", "3", ("LGPL-3.0-only",)).fault is None


def test_the_packages_of_an_sbom_are_read(audit: ModuleType) -> None:
    licences = [{"license": {"id": "MIT"}}, {"license": {"name": "BSD License"}}, {"expression": "Apache-2.0"}]
    bom = {"components": [{"name": "a", "version": "1", "licenses": licences}, {"name": "pip", "version": "2"}]}
    [one] = audit.components(bom)
    assert one.licences == ("MIT", "BSD License", "Apache-2.0")


def test_known_vulnerabilities_are_found(audit: ModuleType) -> None:
    told = {
        "dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1"}]}, {"name": "b", "skip_reason": "x"}]
    }
    assert audit.verdict(json.dumps(told)) == (
        "Python packages: 1 of 2 audited, 1 known vulnerabilities.",
        ["a 1: PYSEC-1"],
    )
    npm = {"vulnerabilities": {"lit": {"severity": "high"}}}
    assert audit.verdict_of_npm(json.dumps(npm))[1] == ["lit: high"]


@pytest.mark.parametrize("answer", ["", "not json", "{}", '{"dependencies": [{"name": "a", "skip_reason": "x"}]}'])
def test_no_answer_is_said_to_be_none(answer: str, audit: ModuleType) -> None:
    told, found = audit.verdict(answer)
    assert "NOT AUDITED" in told
    assert found == []


@pytest.mark.parametrize("answer", ["", '{"error": {"code": "E405"}}'])
def test_nor_is_npm_s(answer: str, audit: ModuleType) -> None:
    assert "NOT AUDITED" in audit.verdict_of_npm(answer)[0]
