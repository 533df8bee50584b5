"""In Chinese, and for people whom movement on the screen disturbs."""

import json
import re

import pytest

from browser.page import Look
from conftest import ROOT
from end_to_end.actor import ANN
from end_to_end.conftest import Windows
from end_to_end.house import House
from end_to_end.subscriber import Subscriber

pytestmark = [pytest.mark.weights, pytest.mark.material]

CHINESE = Look(width=390, height=844, scheme="dark", language="zh-CN")
MOVING = """[...document.getAnimations(), ...document.querySelector("portrait-capture").shadowRoot.getAnimations()]
    .filter((one) => one.playState === "running").length"""
FOREIGN = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,}")


def words(part: str) -> dict[str, dict[str, str]]:
    """The page's texts in Chinese."""
    file = ROOT / "web" / "src" / "texts" / f"{part}.zh.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))


def is_chinese(who: Subscriber) -> None:
    assert who.page.evaluate("document.documentElement.lang") == "zh-CN"
    assert FOREIGN.findall(who.page.text()) == []


def test_in_chinese_from_consent_to_result(house: House, phone: Windows, portrait: bytes) -> None:
    case, link = house.opened(language="zh")
    who = phone(CHINESE)
    who.opens(link)
    who.sees("consent")
    is_chinese(who)
    who.looks_right("zh-consent")
    who.page.click("#agree")
    who.sees("document")
    is_chinese(who)
    house.call("PUT", f"/v1/cases/{case}/reference", portrait)
    who.page.reload()
    who.sees("ready")
    who.begins(ANN)
    asked = who.prompted()
    assert who.page.read("#prompt") == words("capture")["prompts"][asked]
    is_chinese(who)
    who.sees("accepted", 60)
    is_chinese(who)
    who.looks_right("zh-accepted")
    assert who.page.read("#title") == words("page")["accepted"]["title"]
    who.page.click("#language")
    who.page.wait("document.documentElement.lang === 'en'")


@pytest.mark.parametrize("calm", [False, True])
def test_nothing_moves_where_it_disturbs(house: House, phone: Windows, portrait: bytes, calm: bool) -> None:
    _, link = house.referenced(portrait)
    who = phone(Look(width=1280, height=800, scheme="dark", calm=calm))
    who.opens(link)
    who.begins(ANN)
    who.prompted()
    assert (who.page.evaluate(MOVING) == 0) is calm
