"""Join the tables of political people into one row for each person; used by build_gazetteer.py."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tidende.entities.shape import shape_key

# Where the family name comes first in print, in every language.
FAMILY_FIRST = {"CN", "TW", "KR", "KP", "VN"}
INTERNATIONAL = {"INT": "", "EUU": "EU"}
# Compiled by machine, with wrong ids (two people under Q57641) and wrong posts.
UNTRUSTED = "world-leaders-current"
_PATRONYMIC = re.compile(r"\w+(?:vich|vych|vna|ogly|oglu|uly|kyzy)", re.IGNORECASE)
_BROKEN = re.compile(r"[\[\]{}(),;/\"0-9?]|^(?:Dr|Gen|Col|Ceo|Permanent|Rev|Sir|Chairman|Vacant|Acting|The)\b|\bof\b")
_LOWER_OK = set("al el bin ibn bint de del della di da do dos das la le van der den von zu af av e y du ben ould".split())

_KINDS = (
    ("ambassador", r"\bambassador\b|permanent representative|^(?!.*republic).*high commissioner"),
    ("deputy", r"^(?:\w+ ){0,2}(?:deputy|vice)\b.*(?:prime minister|premier|president|chancellor)|^vice[- ]president"),
    (
        "",
        r"^(?:deputy|vice|assistant|under-?secretary|secretary to|office of|state secretary|first lady|lord of)"
        r"|in the (?:office|prime)|to the p|attached to|chief of staff|president's",
    ),
    ("head of government", r"^(?:\w+ing |interim |caretaker )?(?:prime minister|premier|taoiseach|head of government)\b"),
    ("head of government", r"^president of the government|^chairman of the council of minister"),
    (
        "head of state",
        r"^(?:acting |interim |transitional |executive )?president(?: of (?!.*(?:provinc|council|senat|assembl|chamber"
        r"|court|bank|region|commission|parliament|supreme|board|government|autonom|senate|institute|european|union"
        r"|canton|house|academ|general|section|republika|congress|committee|national|department)).+)?$",
    ),
    (
        "head of state",
        r"^(?:king|queen|monarch|emperor|sultan|amir|emir|grand duke|pope|supreme leader|head of state"
        r"|chief of state|sovereign prince|chairman of (?:the )?state affairs|chairman of sac)\b",
    ),
    ("finance minister", r"chancellor of the exchequer|minister (?:of|for) .*(?:finance|treasury)|^secretary of the treasury"),
    ("foreign minister", r"minister (?:of|for) .*(?:foreign|external)|^foreign (?:minister|secretary)"),
    ("foreign minister", r"^secretary of state for (?:foreign|external)"),
    ("defence minister", r"(?:minister|secretary of state) (?:of|for) .*defen[cs]e|^secretary of defen[cs]e"),
    ("interior minister", r"minister (?:of|for) .*(?:interior|internal affairs|home affairs)|^secretary of state for the home"),
    ("minister", r"\bminister\b|^secretary of |^secretary for |attorney general"),
    ("judge", r"\b(?:judge|justice)\b"),
    ("governor", r"\bgovernor\b"),
    ("mayor", r"\bmayor\b"),
)
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_HEADS = {"head of state", "head of government"}
_SECOND = {"deputy", "foreign minister", "defence minister", "finance minister", "interior minister"}


@dataclass
class Post:
    """One term of one office, dates as the source prints them (year, month or day)."""

    title: str
    kind: str
    country: str
    start: str
    end: str
    seen: str


@dataclass
class Person:
    """One person with all names and posts found."""

    identifier: str
    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    countries: Counter[str] = field(default_factory=Counter)
    posts: list[Post] = field(default_factory=list)

    def keys(self) -> set[str]:
        """Give the shape keys of all names."""
        return {shape_key(name) for name in (*self.names, *self.aliases)}


def kind_of(title: str, country: str) -> str:
    """Say what office a title of an English list is, "" for anything not needed here."""
    lower = title.lower()
    if country in {"DE", "AT"} and lower in {"chancellor", "federal chancellor"}:
        return "head of government"
    if country == "US" and lower == "secretary of state":
        return "foreign minister"
    for kind, pattern in _KIND_PATTERNS:
        if pattern.search(lower):
            return kind
    return ""


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a tab-separated table with a header line."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def usable(name: str) -> bool:
    """Tell whether a name was parsed from the source without rests of its line."""
    tokens = name.split()
    if len(tokens) < 2 or _BROKEN.search(name):
        return False
    return all(t[:1].isupper() or t.lower() in _LOWER_OK or re.match(r"[a-z]{1,2}[-'’]", t) for t in tokens)


def latin(name: str) -> bool:
    """Tell whether a name is in Latin letters."""
    return bool(name) and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in name)


def build_people(folder: Path, iso2: dict[str, str]) -> list[list[str]]:
    """Give the rows of people.tsv, sorted by rank and name."""
    people: dict[str, Person] = {}
    for row in read_rows(folder / "people-wikidata.tsv"):
        person = people.setdefault(row["wikidata"], Person(row["wikidata"]))
        person.names[row["name"].strip()] += 1
        add_post(person, row, iso2)
    by_key: dict[str, set[str]] = defaultdict(set)
    for identifier, person in people.items():
        for key in person.keys():
            by_key[key].add(identifier)
    heads = head_index(people)
    for row in read_rows(folder / "people.tsv"):
        full = [alias for alias in row["aliases"].split("|") if latin(alias) and usable(alias)]
        if row["source"] == UNTRUSTED or not (usable(row["name"]) or full):
            continue
        person = match(row, full, people, by_key, heads, iso2)
        known = bool(re.fullmatch(r"Q\d+", person.identifier))
        person.aliases.update(full)
        if not known:
            whole = len(full) == 1 and len(full[0].split()) <= 3 and not _PATRONYMIC.search(full[0])
            person.names[full[0] if whole else row["name"]] += 1
            person.aliases.add(row["name"])
        add_post(person, row, iso2)
    rows = [as_row(person) for person in people.values()]
    return sorted(rows, key=lambda row: (row[2], row[4], row[1], row[0]))


def head_index(people: dict[str, Person]) -> dict[tuple[str, str, str], set[str]]:
    """Index the heads of state and government by country, last part of the name, and first day."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for identifier, person in people.items():
        last = {key.split("-")[-1] for key in person.keys()}
        for post in person.posts:
            if post.kind in _HEADS and len(post.start) >= 7:
                for part in last:
                    found[post.country, part, post.start[:7]].add(identifier)
    return found


def match(
    row: dict[str, str],
    full: list[str],
    people: dict[str, Person],
    by_key: dict[str, set[str]],
    heads: dict[tuple[str, str, str], set[str]],
    iso2: dict[str, str],
) -> Person:
    """Find the person a row of the CIA lists means, or start a new one.

    In order: the same name and country; the same office from the same month with the same family
    name; the same name where one of the two posts is international; else a new person.
    """
    country = country_of(row, iso2)
    keys = [shape_key(name) for name in (row["name"], *full)]
    candidates = set().union(*(by_key[key] for key in keys))
    here = {i for i in candidates if country in people[i].countries}
    if len(here) == 1:
        return people[here.pop()]
    if not here and row["start"] and len(row["start"]) >= 7:
        same_office = heads.get((country, keys[0].split("-")[-1], row["start"][:7]), set())
        if len(same_office) == 1:
            return people[next(iter(same_office))]
    if row["country"] in INTERNATIONAL or any(set(people[i].countries) & {"", "EU"} for i in candidates):
        known = {i for i in candidates if i.startswith("Q")}
        if len(known) == 1:
            return people[known.pop()]
    identifier = f"{country}:{keys[-1]}"
    if identifier not in people:
        people[identifier] = Person(identifier)
    for key in keys:
        by_key[key].add(identifier)
    return people[identifier]


def country_of(row: dict[str, str], iso2: dict[str, str]) -> str:
    """Give the ISO 3166 alpha-2 code of a row, "" for international bodies and unknown states."""
    return INTERNATIONAL.get(row["country"], iso2.get(row["country"], ""))


def add_post(person: Person, row: dict[str, str], iso2: dict[str, str]) -> None:
    """Add one row's post to a person."""
    country = country_of(row, iso2)
    person.countries[country] += 1
    title = re.sub(r"[;|\t]", ",", row["position"]).strip()
    if title in {"of the", "Vice"} or (not title and not row["start"]):
        return
    person.posts.append(
        Post(title, kind_of(title, country), country, row["start"], row["end"], row["seen"].split("-")[-1] if
             len(row["seen"]) == 9 else row["seen"])
    )


def joined(posts: list[Post]) -> list[Post]:
    """Join the tellings of one term of office by several sources, oldest first."""
    terms: list[Post] = []
    for post in sorted(posts, key=lambda p: (p.start == "", p.start, -len(p.end), p.title)):
        for term in terms:
            if post.country == term.country and same_office(post, term) and same_term(post, term):
                term.start = max(term.start, post.start, key=len)
                term.end = term.end or post.end
                term.seen = max(term.seen, post.seen)
                if not term.kind and post.kind:
                    term.title, term.kind = post.title, post.kind
                break
        else:
            terms.append(post)
    return terms


def same_office(a: Post, b: Post) -> bool:
    """Tell whether two titles are one office: the same words, the same head of state, or one untold."""
    return a.title == b.title or not a.title or not b.title or (a.kind == b.kind and a.kind in _HEADS)


def same_term(a: Post, b: Post) -> bool:
    """Tell whether two dates of taking office are one, or a dateless sighting lies in a known term."""
    if a.start and b.start:
        short = min(len(a.start), len(b.start), 7)
        return a.start[:short] == b.start[:short]
    dateless, dated = (a, b) if not a.start else (b, a)
    if not dated.start:
        return dateless.title == dated.title
    last = dated.end or dated.seen
    return dated.start[: len(dateless.seen)] <= dateless.seen and (not last or dateless.seen <= last)


def as_row(person: Person) -> list[str]:
    """Give a person's cells; the name is the most frequent one, then the first by alphabet."""
    posts = joined(person.posts)
    kinds = {post.kind for post in posts}
    rank = "0" if kinds & _HEADS else "1" if kinds & _SECOND else "2"
    name = min(person.names, key=lambda n: (-person.names[n], n))
    aliases = sorted({*person.names, *person.aliases} - {name})
    keys = list(dict.fromkeys(shape_key(n) for n in (name, *aliases)))
    weights = {c: (sum(p.kind in _HEADS for p in posts if p.country == c), n) for c, n in person.countries.items()}
    country = min(weights, key=lambda c: (-weights[c][0], -weights[c][1], c == "", c))
    family_first = country in FAMILY_FIRST or bool(re.search(r" \S+-[a-z]\S*$", name))
    identifier = person.identifier if person.identifier.startswith("Q") else ""
    cells = []
    for post in posts:
        abroad = post.country if post.country != country else ""
        cells.append(";".join((post.title, post.kind, abroad, post.start, post.end, post.seen)).rstrip(";"))
    return [identifier, country, rank, "e" if family_first else "w", name, "|".join(aliases), "|".join(keys), "|".join(cells)]
