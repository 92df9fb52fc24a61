"""News agencies' credits: where an article names the wire its words come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from tidende.records import Block

_LONGEST_CREDIT = 120
_DATELINE_WITHIN = 90  # characters from the beginning of a paragraph
_YEAR = r"(?:\s*(?:19|20)\d\d)?"


@cache
def _agencies() -> Mapping[str, str]:
    """Map each printed form of an agency to its name."""
    return {form: name for name, forms in _data()["agencies"].items() for form in forms}


@cache
def _languages() -> Mapping[str, str]:
    languages: Mapping[str, str] = _data()["languages"]
    return languages


@cache
def _data() -> Mapping[str, Any]:
    path = files("tidende.ingest") / "agencies.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


class _Patterns:
    """The shapes of a credit, in the agencies' forms."""

    def __init__(self) -> None:
        data = _data()
        by, source, joiner = (_any_of(data[key]) for key in ("bylines", "source_words", "joiners"))
        form = _any_of(_agencies())
        agencies = rf"{form}(?:\s*(?:[/,&|–-]|\s(?:{joiner})\s|\s)\s*{form})*"
        marked = rf"[(\[]\s*©?\s*{agencies}\s*[)\]]|/{agencies}/"
        name = r"[^\W\d_a-z][\w.'’-]*"
        between = rf"(?:(?:{joiner}|[^\W\d_A-Z]{{1,3}})\s+)?"
        names = rf"{name}(?:\s+{between}{name}){{1,4}}"
        byline = rf"(?i:{by}):?\s+{names}"
        # "Publicerad: 2 mars 2026, kl. 05:51": a stamp, and at most a date with its month and hour.
        word, number = r"[^\W\d_]+[.,]?", r"[\d.:/–-]*\d[\d.:/–-]*,?"
        date = rf"(?:{word}\s+){{0,2}}{number}(?:\s+(?:{word}\s+)?{number}){{0,3}}(?:\s+{word})?"
        stamps = _any_of(data["stamps"])
        self.stamp = re.compile(rf"\s*(?i:{stamps})(?:\s*:?|\s*:?\s+{date})\s*")
        self.form = re.compile(form)
        self.line = re.compile(
            rf"[\s(\[/©–—-]*(?:(?i:{source})\s*:?\s*)*©?{_YEAR}\s*{agencies}{_YEAR}[\s)\]/.:©–—-]*"
        )
        self.signed = re.compile(rf"(?:{byline}|{names})\s*[,/|–—-]+\s*[(\[]?{agencies}[)\]]?")
        self.byline = re.compile(byline)
        self.dateline = re.compile(
            rf"(?P<place>[^().!?]{{0,{_DATELINE_WITHIN}}}?)\s*(?P<credit>{marked})"
            r"(?P<dash>\s*(?:--|[-–—:]))?\s+(?=\S)"
        )
        self.end = re.compile(
            r"(?:[.!?…][\"”»’]?|[\"”»])\s*"
            rf"(?P<credit>{marked}|/{agencies}|\s[–—-]{{1,2}}\s?{agencies})\s*\Z"
        )


@cache
def _patterns() -> _Patterns:
    return _Patterns()


def is_credit_line(words: str) -> bool:
    """Tell whether a line holds nothing but a credit: agencies, a byline, or when the page was printed."""
    if len(words) > _LONGEST_CREDIT:
        return False
    shapes = _patterns()
    if any(shape.fullmatch(words) is not None for shape in (shapes.line, shapes.signed, shapes.byline)):
        return True
    if shapes.stamp.fullmatch(words) is not None:
        return True
    dateline = shapes.dateline.match(words + "\n.")  # the pattern wants something after it
    return dateline is not None and dateline.end() == len(words) + 1 and dateline["place"].strip().isupper()


def find_credits(text: str, blocks: Iterable[Block]) -> list[str]:
    """Name the agencies an article is credited to, in order of appearance.

    Read are lines that are only a credit, the dateline of the first paragraphs, and the end of the last
    one; an agency named in running text ("told Reuters") is no credit.
    """
    inside = [block for block in blocks if block.part == "text"]
    paragraphs = [block for block in inside if block.kind in ("lead", "body")]
    found: list[str] = []
    for block in inside:
        words = text[block.start : block.end]
        if block.kind == "credit":
            found += _named(words)
        if block in paragraphs[:2]:
            found += _named(_dateline(words))
        if block in paragraphs[-1:]:
            found += _named(_ending(words))
    return list(dict.fromkeys(found))


def agency_of(printed: str) -> str | None:
    """Name the agency of a printed form, an outlet or a word of the text ("AP"); None for none."""
    return _agencies().get(printed.strip())


def home_language(agency: str) -> str | None:
    """Give the language that an agency's own people write in, None where that is not known."""
    return _languages().get(agency)


def _dateline(words: str) -> str:
    """Give the credit that opens a paragraph: "STOCKHOLM (TT-AFP)", "Berlin (dpa) -", "(NTB)"."""
    shapes = _patterns()
    match = shapes.dateline.match(words)
    if match is None:
        return ""
    place = match["place"].strip(" ,")
    if shapes.form.search(place):  # "The Associated Press (AP) ...": the short form of a name, not a dateline
        return ""
    told = not place or place.isupper() or match["dash"] or match["credit"].startswith("/")
    return match["credit"] if told else ""


def _ending(words: str) -> str:
    """Give the credit after the last full stop: "... (NTB)", ".../ritzau/", "... - Reuters"."""
    match = _patterns().end.search(words[-_LONGEST_CREDIT:])
    return "" if match is None else match["credit"]


def _named(credit: str) -> list[str]:
    names = _agencies()
    return [names[form] for form in _patterns().form.findall(credit)]


def _any_of(forms: Iterable[str]) -> str:
    """Give a pattern for any of the forms as whole words, longest first."""
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return r"(?<!\w)(?:" + "|".join(re.escape(form) for form in longest_first) + r")(?!\w)"
