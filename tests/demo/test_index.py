from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from report.sample import refused_result, sample_result
from simreg.demo.index import Shown, render_index
from simreg.demo.run import CHALLENGE
from simreg.demo.words import LANGUAGES


class Links(HTMLParser):
    """Targets of links, sources of pictures, and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            self.links.append(found["href"] or "")
        if tag == "img":
            self.pictures.append(found["src"] or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(name: str, as_expected: bool) -> Shown:
    result = sample_result() if name == "live" else refused_result()
    still = np.zeros((48, 64, 3), np.uint8)
    return Shown(name, result, as_expected, ("A <note>.",), (still, still), Path(f"x/{name}.html"), Path(f"x/{name}.mp4"))


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_page_shows_every_scene_and_leads_to_what_lies_beside_it(language: str) -> None:
    words = LANGUAGES[language]
    page = Links(render_index([shown(n, True) for n in words.scenes], CHALLENGE, words))
    assert page.links == [f"{name}.{kind}" for name in words.scenes for kind in ("html", "mp4")]
    assert len(page.pictures) == 2 * len(words.scenes)
    assert all(source.startswith("data:image/jpeg") for source in page.pictures)
    assert page.text.count("A <note>.") == len(words.scenes)
    for scene in words.scenes.values():
        assert scene.title in page.text
        assert scene.expected in page.text
    assert words.unexpected not in page.text


def test_what_was_not_expected_is_said() -> None:
    words = LANGUAGES["en"]
    page = Links(render_index([shown("live", False)], CHALLENGE, words))
    assert words.unexpected in page.text
    assert words.scenes["live"].expected not in page.text


def test_all_languages_have_the_same_scenes() -> None:
    assert len({tuple(words.scenes) for words in LANGUAGES.values()}) == 1
