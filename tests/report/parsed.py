"""Reads a page back: its elements, attributes and words, and whether every element is closed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "img", "br", "link", "input", "hr"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    parts: list["Element | str"] = field(default_factory=list)

    @property
    def children(self) -> list["Element"]:
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def words(self) -> str:
        """All text in the element and below it."""
        return " ".join(" ".join(part if isinstance(part, str) else part.words for part in self.parts).split())

    def all(self, name: str | None = None, **attributes: str) -> list["Element"]:
        """All elements below with this name and with these words among those of their attributes."""
        found = []
        for child in self.children:
            fits = all(word in child.attributes.get(key.rstrip("_"), "").split() for key, word in attributes.items())
            if fits and name in (None, child.name):
                found.append(child)
            found += child.all(name, **attributes)
        return found

    def one(self, name: str | None = None, **attributes: str) -> "Element":
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{len(found)} elements {name} {attributes}"
        return found[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def parse(text: str) -> Element:
    """The root of the page; fails where elements are not closed in order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [reader.root], f"not closed: {[element.name for element in reader.open[1:]]}"
    return reader.root
