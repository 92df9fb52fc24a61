"""Put together what records tell of one actor, of two, and over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from tidende.answers.archive import Archive, Statement
from tidende.answers.names import Names
from tidende.answers.page import Candidate, Page, candidates, which
from tidende.ledgers import Entry, Sum, by_time
from tidende.records import DateValue, EventType, Evidence, Model, Quote, Record, Role
from tidende.render.layout import Item, capital
from tidende.render.view import fullest
from tidende.render.words import check_language

Status = Literal["found", "ambiguous", "unknown"]
_ACCUSING = ("ACCUSE", "REJECT", "THREATEN")


class Post(Model):
    """Hold a post, and the publication days of the first and the last article that tell it."""

    role: Role
    first: str | None
    last: str | None


class Said(Model):
    """Hold a quote and the story it stands in."""

    story: str
    quote: Quote


class Relation(Model):
    """Tell what joins an actor to another: posts that one holds of the other, and events by type."""

    other: str
    name: str
    posts: list[Role]
    counts: dict[EventType, int]


class Dossier(Model):
    """Hold what is told of one actor; `candidates` where the name may mean several."""

    status: Status
    name: str
    id: str | None = None
    type: str | None = None
    names: dict[str, list[str]]
    posts: list[Post]
    statements: list[Said]
    meetings: list[Entry]
    acts: list[Entry]
    sums: list[Sum]
    relations: list[Relation]
    candidates: list[Candidate]
    evidence: list[Evidence]
    text: str


class Between(Model):
    """Hold what is told of two actors: what they did together and to each other, and said of each other.

    `first` and `last` are the ids of the first and last meeting that is known; `statements` are those of each
    that name the other, or are said to the other.
    """

    status: Status
    names: list[str]
    ids: list[str]
    meetings: list[Entry]
    accusations: list[Entry]
    acts: list[Entry]
    sums: list[Sum]
    first: str | None
    last: str | None
    statements: list[Said]
    relations: list[Role]
    candidates: list[Candidate]
    text: str


class Timeline(Model):
    """Hold events in order of time, those without one last."""

    status: Status
    entries: list[Entry]
    candidates: list[Candidate]
    text: str


def who(records: Archive | Sequence[Record], name: str, *, language: str = "en") -> Dossier:
    """Give the dossier of whoever bears a name: posts over time, statements, meetings, other acts, relations.

    A name that may mean several gives `candidates`; one that no record knows is "unknown". An entity's id is
    a name too. Raise `UsageError` for a language that is not printed.
    """
    check_language(language)
    archive = Archive.of(records)
    ids = _meant(archive, name, language)
    if len(ids) != 1:
        found = candidates(archive, ids, language)
        return _no_dossier(name, found, which(archive, name, found, language))
    (actor,) = ids
    entity = archive.entities[actor]
    entries = _entries(archive, actor)
    account = archive.book.of(actor)
    sums = account.sums if account else []
    summed = {one.entry for one in sums}
    meetings = [entry for entry in entries if entry.event.type == "CONSULT" and entry.id not in summed]
    acts = [entry for entry in entries if entry.event.type != "CONSULT"]
    posts = [_post(archive, role) for role in archive.roles if role.holder == actor]
    posts.sort(key=lambda post: (post.first is None, post.first or ""))
    said = [one for one in archive.statements if one.quote.speaker == actor]
    relations = _relations(archive, actor, language)
    evidence = [
        *_all_of(entry.event.evidence for entry in (*meetings, *acts)),
        *_all_of(role.evidence for role in archive.roles if actor in (role.holder, role.of)),
        *_all_of(_versions(one) for one in said),
        *_all_of(one.evidence for one in sums),
        *entity.evidence[:1],
    ]
    page = Page(archive, language, evidence)
    head = page.view.name(actor)
    forms = {
        code: form for code, printed in entity.names.items() if (form := fullest(printed)) and form != head
    }
    if forms:
        printed = ", ".join(f"{form} ({code})" for code, form in forms.items())
        head = f"{head}; {page.say('named', forms=printed)}"
    sections = [
        (page.heading("posts"), [_post_item(page, post) for post in posts]),
        (page.heading("meetings"), [page.event(entry.event) for entry in meetings]),
        (page.heading("counts"), [page.sum(one) for one in sums]),
        (page.heading("acts"), [page.event(entry.event) for entry in acts]),
        (page.heading("statements"), [page.statement(one.quote, _versions(one)) for one in said]),
        (page.heading("relations"), [_relation_item(page, archive, actor, one) for one in relations]),
    ]
    return Dossier(
        status="found",
        name=page.view.name(actor),
        id=actor,
        type=entity.type,
        names=entity.names,
        posts=posts,
        statements=[Said(story=one.story, quote=one.quote) for one in said],
        meetings=meetings,
        acts=acts,
        sums=sums,
        relations=relations,
        candidates=[],
        evidence=entity.evidence[:1],
        text=page.printed(head, sections),
    )


def between(records: Archive | Sequence[Record], one: str, other: str, *, language: str = "en") -> Between:
    """Give what two actors have to do with each other: meetings and talks, accusations, counts, statements.

    A name that may mean several gives `candidates`. Raise `UsageError` for a language that is not printed.
    """
    check_language(language)
    archive = Archive.of(records)
    both: list[str] = []
    for name in (one, other):
        ids = _meant(archive, name, language)
        if len(ids) != 1:
            found = candidates(archive, ids, language)
            return _nothing_between([one, other], found, which(archive, name, found, language))
        both += ids
    account = archive.book.between(both[0], both[1])
    listed = set(account.entries) if account else set()
    entries = [entry for entry in archive.book.entries if entry.id in listed]
    sums = account.sums if account else []
    summed = {one.entry for one in sums}  # other numbers, as of threats, stand for themselves
    rest = [entry for entry in entries if entry.id not in summed]
    meetings = [entry for entry in rest if entry.event.type == "CONSULT"]
    accusing = [entry for entry in rest if entry.event.type in _ACCUSING]
    acts = [entry for entry in rest if entry.event.type not in ("CONSULT", *_ACCUSING)]
    said = [[_about(archive, one, other) for one, other in (both, both[::-1])]]
    statements = [row for rows in said for found in rows for row in found]
    roles = [role for role in archive.roles if {role.holder, role.of} == set(both)]
    evidence = [
        *_all_of(entry.event.evidence for entry in rest),
        *_all_of(one.evidence for one in sums),
        *_all_of(archive.book.entry(known).event.evidence for found in sums for known in found.known),
        *_all_of(role.evidence for role in roles),
        *_all_of(_versions(found) for found in statements),
    ]
    page = Page(archive, language, evidence)
    names = page.view.names(both)
    sections = [
        (page.heading("meetings"), [page.event(entry.event) for entry in meetings]),
        (page.heading("counts"), [page.sum(found) for found in sums]),
        (page.heading("accusations"), [page.event(entry.event) for entry in accusing]),
        (page.heading("acts"), [page.event(entry.event) for entry in acts]),
        (page.heading("relations"), [page.post(role, role.evidence) for role in roles]),
    ]
    for speaker, (about, rows) in zip(names, zip(names[::-1], said[0], strict=True), strict=True):
        heading = page.heading("about", one=speaker, other=about)
        sections.append((heading, [page.statement(found.quote, _versions(found)) for found in rows]))
    told = bool(evidence)
    head = page.say("between" if told else "nothing", one=names[0], other=names[1])
    return Between(
        status="found",
        names=names,
        ids=both,
        meetings=meetings,
        accusations=accusing,
        acts=acts,
        sums=sums,
        first=account.first if account else None,
        last=account.last if account else None,
        statements=[Said(story=found.story, quote=found.quote) for found in statements],
        relations=roles,
        candidates=[],
        text=page.printed(head, sections),
    )


def timeline(
    records: Archive | Sequence[Record],
    *,
    actor: str | None = None,
    story: str | None = None,
    since: str | None = None,
    until: str | None = None,
    language: str = "en",
) -> Timeline:
    """Give events in order of time: of an actor, of a story, of a period (ISO days, inclusive).

    With a period, events without a time are left out. Raise `UsageError` for a language that is not printed.
    """
    check_language(language)
    archive = Archive.of(records)
    entries = archive.book.entries
    if actor is not None:
        ids = _meant(archive, actor, language)
        if len(ids) != 1:
            found = candidates(archive, ids, language)
            text = which(archive, actor, found, language)
            status: Status = "ambiguous" if found else "unknown"
            return Timeline(status=status, entries=[], candidates=found, text=text)
        entries = _entries(archive, ids[0])
    if story is not None:
        if story not in {record.id for record in archive.records}:
            text = Page(archive, language, ()).say("no_such", name=story)
            return Timeline(status="unknown", entries=[], candidates=[], text=text)
        entries = [entry for entry in entries if story in entry.stories]
    if since is not None or until is not None:
        entries = [entry for entry in entries if _within(entry.event.date, since, until)]
    page = Page(archive, language, _all_of(entry.event.evidence for entry in entries))
    items = [_at_time(page, entry) for entry in entries]
    head = "" if entries else page.say("empty")
    return Timeline(
        status="found",
        entries=entries,
        candidates=[],
        text=page.printed(head, [(page.heading("timeline"), items)]),
    )


def _at_time(page: Page, entry: Entry) -> Item:
    date = entry.event.date
    if date is None or by_time(entry.event)[0]:
        return page.event(entry.event)
    return page.event(entry.event, page.view.words.time(date), said="date")


def _within(date: DateValue | None, since: str | None, until: str | None) -> bool:
    if date is None or not (date.start or date.end):
        return False
    start, end = date.start or "", date.end or "9999"
    return (since is None or end[:10] >= since) and (until is None or start[:10] <= until)


def _meant(archive: Archive, name: str, language: str) -> tuple[str, ...]:
    """Give what a name may mean, as the reader's language prints it, else as any of the six does."""
    return Names(archive).meant_in(name, language)


def _entries(archive: Archive, actor: str) -> list[Entry]:
    account = archive.book.of(actor)
    listed = set(account.entries) if account else set()
    return [entry for entry in archive.book.entries if entry.id in listed]


def _about(archive: Archive, speaker: str, other: str) -> list[Statement]:
    """Give what one said about the other, or to the other."""
    return [
        one
        for one in archive.statements
        if one.quote.speaker == speaker
        and (
            one.quote.addressee == other
            or any(archive.mentioned_in(other, version) for version in one.quote.versions)
        )
    ]


def _versions(one: Statement) -> list[Evidence]:
    return [version.evidence for version in one.quote.versions]


def _all_of(rows: Iterable[Sequence[Evidence]]) -> list[Evidence]:
    return [piece for row in rows for piece in row]


def _post(archive: Archive, role: Role) -> Post:
    days = sorted(
        published[:10] for piece in role.evidence if (published := archive.articles[piece.article].published)
    )
    return Post(role=role, first=days[0] if days else None, last=days[-1] if days else None)


def _post_item(page: Page, post: Post) -> Item:
    role = post.role
    words = page.view.words
    text = capital(page.view.post(role))
    if post.first:
        said = "since" if post.first == post.last else "span"
        text = page.say(said, role=text, first=words.day(post.first), last=words.day(post.last or ""))
    return page.item(text, role.evidence)


def _relations(archive: Archive, actor: str, language: str) -> list[Relation]:
    """Give everybody that a post or an event joins to an actor, most events first."""
    posts: dict[str, list[Role]] = {}
    for role in archive.roles:
        if role.of and actor in (role.holder, role.of):
            posts.setdefault(role.of if role.holder == actor else role.holder, []).append(role)
    counts: dict[str, dict[EventType, int]] = {}
    for account in archive.book.pairs:
        if actor in account.parties:
            (other,) = (party for party in account.parties if party != actor)
            counts[other] = account.counts
    page = Page(archive, language, ())
    found = [
        Relation(
            other=other,
            name=page.view.name(other),
            posts=posts.get(other, []),
            counts=counts.get(other, {}),
        )
        for other in dict.fromkeys((*posts, *counts))
    ]
    return sorted(found, key=lambda one: (-sum(one.counts.values()), not one.posts, one.other))


def _relation_item(page: Page, archive: Archive, actor: str, one: Relation) -> Item:
    parts = [f"{page.view.words.label('events', kind)} {count}" for kind, count in one.counts.items()]
    for role in one.posts:
        parts.append(f"{page.view.name(role.holder)}: {page.view.post(role)}")
    account = archive.book.between(actor, one.other)
    entries = account.entries if account else []
    evidence = [
        *_all_of(role.evidence for role in one.posts),
        *_all_of(archive.book.entry(entry).event.evidence for entry in entries),
    ]
    return page.item(f"{one.name}; {'; '.join(parts)}" if parts else one.name, evidence)


def _no_dossier(name: str, found: list[Candidate], text: str) -> Dossier:
    return Dossier(
        status="ambiguous" if found else "unknown",
        name=name,
        names={},
        posts=[],
        statements=[],
        meetings=[],
        acts=[],
        sums=[],
        relations=[],
        candidates=found,
        evidence=[],
        text=text,
    )


def _nothing_between(names: list[str], found: list[Candidate], text: str) -> Between:
    return Between(
        status="ambiguous" if found else "unknown",
        names=names,
        ids=[],
        meetings=[],
        accusations=[],
        acts=[],
        sums=[],
        first=None,
        last=None,
        statements=[],
        relations=[],
        candidates=found,
        text=text,
    )
