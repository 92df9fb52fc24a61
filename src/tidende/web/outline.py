"""Give printed text as headings and lines, so that a page can set it, with locators that lead to stories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from tidende.records import Record
from tidende.render.layout import clean
from tidende.render.locate import Places

_DEEPER = 6  # white space before a line that goes on with the one above
_LOCATOR = re.compile(r"\s*\[([^\[\]]+)\]$")
_SOURCE = re.compile(r"(\w+) = ([^;]+);")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and the places that it ends in: each as printed, and the address that it leads to or ""."""

    text: str
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading ("" for none) and the lines below it."""

    heading: str
    lines: tuple[Line, ...]


def outline(text: str, records: Iterable[Record], without: str = "") -> list[Part]:
    """Cut text as `tidende who` prints it into its parts; a line that begins with `without` is left out.

    `records` are what was asked: the paragraphs that lines name are linked to on the pages of their stories.
    """
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in filter(str.strip, text.split("\n")):
        indent = len(line) - len(line.lstrip())
        if not indent:
            found.append((line.strip(), []))
        elif indent >= _DEEPER and found[-1][1]:
            found[-1][1][-1] += f" {line.strip()}"
        else:
            found[-1][1].append(line.strip())
    homes = _homes([line for _, lines in found for line in lines], records)
    return [
        Part(heading, tuple(_line(one, homes) for one in lines if not without or not one.startswith(without)))
        for heading, lines in found
        if heading or lines
    ]


def _homes(lines: Iterable[str], records: Iterable[Record]) -> dict[str, str]:
    """Give for each label that the list of sources explains the address of its article."""
    address: dict[str, str] = {}
    for record in records:
        for article, label in Places(record.articles, title="", everything=True).labels.items():
            address.setdefault(clean(article), f"/story/{quote(record.id, safe='')}#s1-{label}")
    named = (match.groups() for line in lines if (match := _SOURCE.match(line)))
    return {label: address[article] for label, article in named if article in address}


def _line(line: str, homes: Mapping[str, str]) -> Line:
    match = _LOCATOR.search(line)
    places = [tuple(one.split()) for one in match.group(1).split(",")] if match else []
    if match is None or any(not one or not (one[0] in homes or one[0].startswith("+")) for one in places):
        return Line(line, ())
    return Line(line[: match.start()], tuple(_place(one, homes) for one in places))


def _place(place: tuple[str, ...], homes: Mapping[str, str]) -> tuple[str, str]:
    label, *where = place
    if label not in homes:  # so many more
        return label, ""
    number = where[0].removeprefix("\u00b6") if where else ""
    anchor = f"-{number if number.isdigit() else 0}" if where else ""
    return " ".join(place), f"{homes[label]}{anchor}"
