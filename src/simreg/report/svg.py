"""Elements of a drawing, with everything in them escaped."""

from markupsafe import Markup


def tag(element: str, *children: str, **attributes: str | float) -> Markup:
    """An element with its attributes and children; ``class_`` stands for class and ``stroke_width`` for stroke-width.

    Numbers are written with at most two decimals. Children that are not `Markup` are text and are escaped.
    """
    written = Markup("").join(
        Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), _plain(value)) for name, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(element, written, Markup("").join(children))


def across(place: float) -> str:
    """A place or width in hundredths of the drawing's width, which may be any."""
    return f"{_plain(place)}%"


def _plain(value: str | float) -> str:
    if isinstance(value, str):
        return value
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written
