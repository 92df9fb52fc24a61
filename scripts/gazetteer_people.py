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
_HEADS_LIST = "eps/world-leaders-2021"
_PATRONYMIC = re.compile(r"\w+(?:vich|vych|vna|ogly|oglu|uly|kyzy)", re.IGNORECASE)
_TITLES = (
    "Dr|Gen|Col|Ceo|Permanent|Rev|Sir|Lieutenant|Lieutenant-Governor|Governor|Vice|Deputy|First|Second|Chairman"
    "|Vacant|Acting|The"
)
_BROKEN = re.compile(rf"[\[\]{{}}(),;/\"0-9?]|^(?:{_TITLES})\b|\bof\b")
_PARTICLES = "al el bin ibn bint de del della di da do dos das la le van der den von zu af av e y du ben ould"
_LOWER_OK = frozenset(_PARTICLES.split())

_MINISTER = r"^(?:\w+ing |federal |union |senior |first |prime )?(?:minister|secretary of state) (?:of|for) "
_AND = r"(?:\w+ (?:and|&) )?"
_KINDS = (
    ("ambassador", r"\bambassador\b|permanent representative"),
    ("deputy", r"^(?:\w+ ){0,2}(?:deputy|vice)\b.*(?:prime minister|premier|president|chancellor)"),
    ("", r"^(?:deputy|vice|assistant|under-?secretary|secretary to|office of|state secretary)\b"),
    (
        "",
        r"^first lady|^lord of|in the (?:office|prime)|to the p|attached to|\bstaff\b|'s\b|\bcabinet of\b",
    ),
    (
        "head of government",
        r"^(?:\w+ing |interim |caretaker )?(?:prime minister|premier|taoiseach)\b(?! of (?!the))",
    ),
    ("head of government", r"^(?:head of|president of the) government|^chairman of the council of minister"),
    ("head of state", r"^(?:\w+ing |interim |transitional |executive |federal )?president$"),
    ("head of state", r"^(?:\w+ing |interim )?president of the republic$|^president of the swiss"),
    (
        "head of state",
        r"^(?:king|queen|monarch|emperor|sultan|amir|emir|grand duke|pope)(?: of (?!.*york).+)?$",
    ),
    ("head of state", r"^(?:supreme leader|chief of state|sovereign prince)\b"),
    ("finance minister", r"chancellor of the exchequer|^secretary of the treasury"),
    ("finance minister", _MINISTER + _AND + r"finance"),
    (
        "foreign minister",
        _MINISTER + r"(?:the )?" + _AND + r"(?:foreign|external) (?:(?:and|&) .*)?(?:affairs|relations)",
    ),
    ("foreign minister", r"^foreign (?:minister|secretary)$"),
    ("defence minister", _MINISTER + r"(?:the )?(?:national )?defen[cs]e(?=$|,| and| &)"),
    ("defence minister", r"^secretary of defen[cs]e$"),
    (
        "interior minister",
        _MINISTER + r"(?:the )?(?:interior\b|internal affairs|home (?:affairs|department))",
    ),
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

    def shapes(self) -> set[str]:
        """Give the shape keys of all names."""
        return {shape_key(name) for name in (*self.names, *self.aliases)}


def kind_of(title: str, country: str, source: str) -> str:
    """Say what office a title of an English list is, "" for anything not needed here.

    A president "of" something is a head of state only in the list of heads of state.
    """
    lower = title.lower()
    if not country:
        return ""
    if country in {"DE", "AT"} and lower in {"chancellor", "federal chancellor"}:
        return "head of government"
    if country == "US" and lower == "secretary of state":
        return "foreign minister"
    if country == "US" and lower.startswith("secretary of state of "):
        return "regional"  # of one of the states of the union
    if source == _HEADS_LIST:
        lower = re.sub(r"^((?:acting |interim )?(?:president|prime minister|premier)) of .*", r"\1", lower)
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
        name = row["name"].strip()
        bare = re.sub(r" of (?:the )?[A-Z].*$", "", name)  # Harald V of Norway
        person.names[bare if " " in bare else name] += 1
        person.aliases.add(name)
        add_post(person, row, iso2)
    by_key: dict[str, set[str]] = defaultdict(set)
    for identifier, person in people.items():
        for key in person.shapes():
            by_key[key].add(identifier)
    heads = head_index(people)
    for row in read_rows(folder / "people.tsv"):
        full = [alias for alias in row["aliases"].split("|") if latin(alias) and usable(alias)]
        if row["source"] == UNTRUSTED or not (usable(row["name"]) or full):
            continue
        person = match(row, full, people, by_key, heads=heads, country=country_of(row, iso2))
        known = bool(re.fullmatch(r"Q\d+", person.identifier))
        person.aliases.update(full)
        if not known:
            whole = len(full) == 1 and len(full[0].split()) <= 3 and not _PATRONYMIC.search(full[0])
            person.names[full[0] if whole else row["name"]] += 1
            person.aliases.add(row["name"])
        add_post(person, row, iso2)
    rows = [as_row(person) for person in people.values()]
    return sorted(rows, key=lambda row: (row[4], row[5], row[3], row[2]))


def head_index(people: dict[str, Person]) -> dict[tuple[str, str, str], set[str]]:
    """Index the heads of state and government by country, last part of the name, and first day."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for identifier, person in people.items():
        last = {key.split("-")[-1] for key in person.shapes()}
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
    *,
    heads: dict[tuple[str, str, str], set[str]],
    country: str,
) -> Person:
    """Find the person a row of the CIA lists means, or start a new one.

    In order: the same name and country; the same office from the same month with the same family
    name; the same name where one of the posts is international, or where the same person heads
    another state from the same month; else a new person. The full name decides where the source
    prints one: first and last name alone are not enough (Lars Rasmussen).
    """
    keys = [shape_key(name) for name in (full or [row["name"]])]
    short = shape_key(row["name"])
    month = row["start"] if len(row["start"]) >= 7 else ""
    candidates = set().union(*(by_key[key] for key in keys), (i for i in by_key[short] if i.startswith("Q")))
    here = {i for i in candidates if country in people[i].countries}
    if not here and (full == [] or all(map(_ordinary, full))):
        here = {i for i in by_key[short] if country in people[i].countries}
    if row["wikidata"] in here or (row["wikidata"] in people and len(here) != 1):
        last = {key.split("-")[-1] for key in people[row["wikidata"]].shapes()}
        if short.split("-")[-1] in last or row["wikidata"] in here:
            return people[row["wikidata"]]
    if len(here) == 1:
        return people[here.pop()]
    if not here and month:
        same_office = heads.get((country, short.split("-")[-1], month[:7]), set())
        if len(same_office) == 1:
            return people[next(iter(same_office))]
    known = {i for i in candidates if i.startswith("Q")}
    if len(known) == 1:
        person = people[next(iter(known))]
        abroad = bool(month) and any(p.kind in _HEADS and p.start[:7] == month[:7] for p in person.posts)
        if abroad or row["country"] in INTERNATIONAL or set(person.countries) & {"", "EU"}:
            return person
    identifier = f"{country}:{keys[-1]}"
    if identifier not in people:
        people[identifier] = Person(identifier)
    for key in {*keys, short}:
        by_key[key].add(identifier)
    return people[identifier]


def _ordinary(full: str) -> bool:
    """Tell whether print leaves out what stands between first and last name: initial or patronymic."""
    return all(len(t.rstrip(".")) == 1 or _PATRONYMIC.fullmatch(t) for t in full.split()[1:-1])


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
    seen = row["seen"][5:] if len(row["seen"]) == len("2001-2025") else row["seen"]
    kind = kind_of(title, country, row["source"])
    person.posts.append(Post(title, kind, country, row["start"], row["end"], seen))


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
    return [term for term in terms if term.title] or terms


def same_office(a: Post, b: Post) -> bool:
    """Tell whether two titles are one office: the same words, or the same headship."""
    return a.title == b.title or (a.kind == b.kind and a.kind in _HEADS)


def same_term(a: Post, b: Post) -> bool:
    """Tell whether two dates of taking office are one, or a dateless sighting lies in a known term."""
    if a.start and b.start:
        short = min(len(a.start), len(b.start), 7)
        return a.start[:short] == b.start[:short]
    dateless, dated = (a, b) if not a.start else (b, a)
    if not dated.start:
        return dateless.title == dated.title
    if dated.start[: len(dateless.seen)] > dateless.seen:
        return False
    if dated.end or not dated.seen:
        return not dated.end or dateless.seen <= dated.end
    # The yearly list has (almost) no names for 2018-2020: a sighting in the gap continues the term.
    return int(dateless.seen[:4]) - int(dated.seen[:4]) <= 3


def as_row(person: Person) -> list[str]:
    """Give a person's cells; the name is the most frequent one, then the first by alphabet."""
    posts = joined(person.posts)
    kinds = {post.kind for post in posts}
    rank = "0" if kinds & _HEADS else "1" if kinds & _SECOND else "2"
    name = min(person.names, key=lambda n: (-person.names[n], n))
    aliases = sorted({*person.names, *person.aliases} - {name})
    keys = list(dict.fromkeys(shape_key(n) for n in (name, *aliases)))
    headships = Counter(post.country for post in posts if post.kind in _HEADS)
    country = min(person.countries, key=lambda c: (-headships[c], -person.countries[c], c == "", c))
    family_first = country in FAMILY_FIRST or bool(re.search(r" \S+-[a-z]\S*$", name))
    identifier = person.identifier if person.identifier.startswith("Q") else ""
    cells = []
    for post in posts:
        abroad = post.country if post.country != country else ""
        cells.append(";".join((post.title, post.kind, abroad, post.start, post.end, post.seen)).rstrip(";"))
    order = "e" if family_first else "w"
    return ["|".join(keys), order, identifier, country, rank, name, "|".join(aliases), "|".join(cells)]
