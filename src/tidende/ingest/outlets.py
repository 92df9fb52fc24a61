"""Which outlet an address belongs to: its name, country and languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

_TABLES = (
    "entities/data/outlets.tsv",
    "ingest/outlets.tsv",
)  # the gazetteer's, and those it has no address of


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet; `languages` are those it writes in, `country` is an ISO 3166 code."""

    name: str
    domain: str
    country: str | None
    languages: tuple[str, ...]


def find_outlet(url: str | None) -> Outlet | None:
    """Give the outlet that an address belongs to, by its domain or a domain above it; None if unknown."""
    try:
        host = (urlsplit(url or "").hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    labels = host.split(".")
    known = _by_domain()
    return next(
        (known[tail] for at in range(len(labels) - 1) if (tail := ".".join(labels[at:])) in known), None
    )


def outlet_of(url: str | None) -> str | None:
    """Give the name of the outlet that an address belongs to, None if unknown."""
    outlet = find_outlet(url)
    return None if outlet is None else outlet.name


@cache
def _by_domain() -> Mapping[str, Outlet]:
    found: dict[str, Outlet] = {}
    for table in _TABLES:
        lines = files("tidende").joinpath(table).read_text(encoding="utf-8").splitlines()
        columns = lines[0].split("\t")
        for line in lines[1:]:
            row = dict(zip(columns, line.split("\t"), strict=False))
            if row.get("domain"):
                languages = tuple(code for code in row["language"].split(",") if code)
                outlet = Outlet(row["name"], row["domain"], row["country"] or None, languages)
                found.setdefault(outlet.domain, outlet)
    return found
