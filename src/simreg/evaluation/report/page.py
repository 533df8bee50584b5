"""Evaluation reports: one HTML file that needs nothing else, in the looks of the report on a verification."""

from collections.abc import Mapping
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from simreg import __version__
from simreg.evaluation.report import words
from simreg.report.formats import number, percent, short_digest


def render_page(template: str, context: Mapping[str, object], package: str) -> str:
    """The page as HTML text.

    ``template`` lies in the folder ``templates`` of ``package``; it extends ``shell.html.j2`` and fills its blocks
    ``title``, ``lead`` and ``main``. ``parts.html.j2`` has macros for what all reports hold.
    """
    return _environment(package).get_template(template).render(context, version=__version__)


@cache
def _environment(package: str) -> Environment:
    places = (package, "simreg.evaluation.report", "simreg.report")
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(place) for place in places]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {one.__name__: one for one in (words.rate, words.span, words.share, words.times, words.ratios)}
    environment.filters |= {one.__name__: one for one in (number, percent, short_digest)}
    return environment
