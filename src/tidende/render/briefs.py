"""Put stories on paper: a brief in Markdown, or one HTML file that needs nothing but itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tidende.errors import UsageError
from tidende.records import Article, Event, Record
from tidende.render.cards import Card, cards
from tidende.render.coverage import Line, covered
from tidende.render.graph import SIZE, Edge, Graph, graph
from tidende.render.layout import Section, clean
from tidende.render.marked import Paragraph, paragraphs
from tidende.render.news import new
from tidende.render.page import sections
from tidende.render.timeline import Scale, scale
from tidende.render.view import View
from tidende.render.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

Form = Literal["markdown", "html"]
FORMS: tuple[Form, ...] = ("markdown", "html")

_TEMPLATES = Path(__file__).with_name("templates")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
_STANDS = {"tells": "●", "otherwise": "◐", "silent": "–"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words that a fact was read from: its article's label, their language, and the words."""

    label: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Dated:
    """One event on the timeline: when in words, what, where it stands, whether the story is about it."""

    id: str
    when: str
    text: str
    locator: str
    main: bool
    told: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """What two actors share, as a row: their names, and each event with where it stands."""

    names: tuple[str, str]
    facts: str
    events: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One article with what was read from it marked."""

    article: Article
    label: str
    language: str
    published: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Everything that a page of one story shows, in the reader's words; `number` keeps anchors apart."""

    number: int
    view: View
    lead: Section
    sections: tuple[Section, ...]
    timeline: tuple[Dated, ...]
    scale: Scale
    undated: int
    coverage: tuple[Line, ...]
    cards: tuple[Card, ...]
    graph: Graph
    ties: tuple[Tie, ...]
    articles: tuple[Shown, ...]


def brief(
    records: Sequence[Record], language: str = "en", *, form: Form = "markdown", since: date | None = None
) -> str:
    """Write a brief of stories in a reader's language, one of da, nb, nn, sv, en, de.

    Every line names the paragraphs it was read from. `form` "html" gives one page with timeline, coverage,
    relations and the articles themselves, marked; it asks for nothing from outside. With `since` a section
    tells what no article told before that day. Raise `UsageError` for another language or form.
    """
    if form not in FORMS:
        raise UsageError(f"no brief in the form {form!r} (there is: {', '.join(FORMS)})")
    words = Words(language)
    pages = [story_page(record, words, number, since) for number, record in enumerate(records, start=1)]
    if form == "markdown":
        return "\n\n---\n\n".join(_markdown(page, words) for page in pages) + "\n"
    return environment().get_template("brief.html").render(pages=pages, words=words)


def story_page(record: Record, words: Words, number: int = 1, since: date | None = None) -> StoryPage:
    """Gather what a page of a story shows."""
    view = View(record, words, everything=True, exact=True)
    lead, *rest = sections(view)
    if since is not None:
        rest.insert(0, new(view, since))
    dated = sorted((event for event in record.events if _start(event)), key=_start)
    drawn = graph(view)
    return StoryPage(
        number,
        view,
        lead,
        tuple(rest),
        tuple(_dated(view, event) for event in dated),
        scale([_start(event) for event in dated]),
        len(record.events) - len(dated),
        tuple(covered(view)),
        tuple(cards(view)),
        drawn,
        tuple(_tie(view, edge) for edge in drawn.edges),
        tuple(_shown(view, article) for article in record.articles),
    )


def _start(event: Event) -> str:
    return (event.date.start or "") if event.date else ""


def _dated(view: View, event: Event) -> Dated:
    when = view.words.time(event.date) if event.date else ""
    text = view.phrase(event.model_copy(update={"date": None}))
    told = tuple(_sentences(view, event))
    return Dated(
        event.id, when, text, view.places.locator(event.evidence, few=True), event is view.main, told
    )


def _tie(view: View, edge: Edge) -> Tie:
    events = tuple(_dated(view, view.events[one]) for one in edge.ids)
    return Tie((view.name(edge.pair[0]), view.name(edge.pair[1])), " ".join(edge.ids), events)


def _sentences(view: View, event: Event) -> Iterator[Sentence]:
    """Give the sentences that an event was read from, the first of each article."""
    languages = {article.id: article.language for article in view.record.articles}
    seen: set[str] = set()
    for piece in event.evidence:
        if piece.article not in seen:
            seen.add(piece.article)
            yield Sentence(view.places.label(piece.article), languages[piece.article], clean(piece.text))


def _shown(view: View, article: Article) -> Shown:
    published = view.words.day(article.published) if article.published else ""
    return Shown(
        article,
        view.places.label(article.id),
        view.words.label("language_names", article.language),
        published,
        tuple(paragraphs(view.record, article, view.places)),
    )


def _markdown(page: StoryPage, words: Words) -> str:
    title, *lead = (line for item in page.lead.items for line in item.lines)
    lines = [f"# {_plain(title.text)}", ""]
    lines += [f"{_plain(line.text)} {_plain(line.locator)}  " for line in lead]
    for section in page.sections:
        lines += ["", f"## {_plain(section.heading)}", ""]
        for item in section.items:
            for line in item.lines:
                depth = "  " * (line.indent // 4)
                lines.append(f"{depth}- {_plain(line.text)} {_plain(line.locator)}")
    if page.coverage:
        labels = [page.view.places.label(article.id) for article in page.view.record.articles]
        lines += ["", f"## {words.label('headings', 'coverage')}", ""]
        lines.append(f"| {' | '.join([words.label('brief', 'fact'), *labels])} |")
        lines.append(f"|---|{':-:|' * len(labels)}")
        for row in page.coverage:
            stands = [_STANDS[cell.stand] for cell in row.cells]
            lines.append(f"| {' | '.join([_plain(row.text), *stands])} |")
        legend = "; ".join(f"{sign} {words.label('brief', stand)}" for stand, sign in _STANDS.items())
        lines += ["", legend]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Make text safe in Markdown."""
    return _SPECIAL.sub(r"\\\1", clean(text))


@cache
def environment() -> Environment:
    """Give the templates of HTML pages; what they print is escaped, a name they lack is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(drawing=SIZE, stands=_STANDS, actor_page="")
    made.filters["links"] = _links
    return made


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of a locator, and the anchor it leads to, "" for plain text."""

    text: str
    anchor: str


def _links(locator: str, page: StoryPage) -> list[Link]:
    """Cut a locator into links to the paragraphs it names."""
    labels = page.view.places.labels.values()
    found = []
    for part in locator.strip("[]").split(", "):
        label, _, where = part.partition(" ")
        number = where.removeprefix("¶")
        known = label in labels
        anchor = f"s{page.number}-{label}" if known else ""
        if known and where:
            anchor += f"-{number if number.isdigit() else 0}"
        found.append(Link(part, anchor))
    return found
