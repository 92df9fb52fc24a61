"""Show a reader what is found in records: lines that end in locators, and the articles behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidende.answers.archive import Archive
from tidende.languages.lists import word_list
from tidende.ledgers import Sum
from tidende.records import Difference, Event, Evidence, Model, Quote, Record, Role
from tidende.render.facts import differing
from tidende.render.layout import Item, Section, capital, fit
from tidende.render.ledger import summed
from tidende.render.people import sources
from tidende.render.view import View
from tidende.render.words import Words


class Candidate(Model):
    """Name one thing that a name may mean, and where it is first named."""

    id: str
    name: str
    roles: list[str]
    evidence: list[Evidence]


class Page:
    """Print facts of an archive in one language; every article that they rest on is labelled and listed."""

    def __init__(self, archive: Archive, language: str, evidence: Iterable[Evidence]) -> None:
        articles = dict.fromkeys(piece.article for piece in evidence)
        kept = [article for article in archive.articles.values() if article.id in articles]
        record = Record.model_construct(
            id="",
            title="",
            summary="",
            languages=list(dict.fromkeys(article.language for article in kept)),
            articles=kept,
            entities=list(archive.entities.values()),
            roles=archive.roles,
            events=[event for one in archive.records for event in one.events],
            quotes=[quote for one in archive.records for quote in one.quotes],
            claims=[claim for one in archive.records for claim in one.claims],
            differences=[],
        )
        self.view = View(record, Words(language), everything=False)
        self._words = word_list(language, "answers")
        self._archive = archive
        self._nearest = {article.id: n for n, article in enumerate(self.view.nearest())}

    def say(self, key: str, /, **values: object) -> str:
        """Fill one template of the list."""
        return str(self._words["say"][key]).format(**values)

    def heading(self, key: str, /, **values: object) -> str:
        """Give a heading."""
        return str(self._words["headings"][key]).format(**values)

    def item(self, text: str, evidence: Sequence[Evidence]) -> Item:
        """Make a line that ends in where it stands."""
        return Item.of(text, self.view.places.locator(evidence))

    def sum(self, found: Sum) -> Item:
        """Print a told count beside the events known."""
        known = [self._archive.book.entry(identifier).event for identifier in found.known]
        text = summed(self.view, found, known)
        if found.period is not None:
            text = f"{text} ({self.view.words.time(found.period)})"
        evidence = [*found.evidence, *(piece for event in known for piece in event.evidence)]
        return self.item(text, evidence)

    def statement(self, quote: Quote, evidence: Sequence[Evidence]) -> Item:
        """Print what somebody said, in the words of one of these articles, the reader's language first."""
        told = [version for version in quote.versions if version.evidence in evidence]
        version = min(told, key=lambda one: one.language != self.view.words.language)
        name = self.view.name(quote.speaker) if quote.speaker else self.view.clip(quote.speaker_text, 60)
        to = (
            f" {self.view.words.phrase('to', name=self.view.name(quote.addressee))}"
            if quote.addressee
            else ""
        )
        return self.item(f"{capital(name)}{to}: {self.view.quoted(version.text, 300)}", evidence)

    def post(self, role: Role, evidence: Sequence[Evidence]) -> Item:
        """Print that somebody holds a post, or has held it."""
        text = f"{capital(self.view.name(role.holder))}: {self.view.post(role)}"
        return self.item(text, evidence)

    def difference(self, one: Difference) -> Item:
        """Print where articles differ."""
        return self.item(differing(self.view, one), [p for value in one.values for p in value.evidence])

    def event(
        self, event: Event, before: str = "", evidence: Sequence[Evidence] = (), *, said: str = ""
    ) -> Item:
        """Print an event, and the words of an article that tells it, the reader's language first.

        `before` stands before it, `said` is the slot that it says already.
        """
        text = self.view.phrase(event.model_copy(update={said: None}) if said else event)
        text = f"{before}: {text}" if before else text
        order = self._nearest
        told = min(event.evidence, key=lambda piece: order.get(piece.article, len(order)), default=None)
        if told is not None:
            text = f"{text}; {self.view.quoted(told.text, 140)}"
        return self.item(text, evidence or event.evidence)

    def printed(self, head: str, sections: Iterable[tuple[str, Sequence[Item]]]) -> str:
        """Put sections below a head; what has no item is left out, the articles come last."""
        parts = [Section(heading, tuple(items), 0, 0) for heading, items in sections if items]
        listed = sources(self.view) if self.view.record.articles else None
        lines = fit([*parts, *([listed] if listed else [])], "{count}", budget=None)
        while lines and not lines[0]:
            lines = lines[1:]
        return "\n".join([line for line in (head, *lines) if line or not head or lines]).strip("\n")


def candidates(archive: Archive, ids: Iterable[str], language: str) -> list[Candidate]:
    """Tell apart what a name may mean: names, posts and first mentions."""
    page = Page(archive, language, ())
    return [
        Candidate(
            id=identifier,
            name=page.view.name(identifier),
            roles=[page.view.post(role) for role in page.view.roles.get(identifier, [])],
            evidence=archive.entities[identifier].evidence[:1],
        )
        for identifier in ids
        if identifier in archive.entities
    ]


def which(archive: Archive, name: str, found: Sequence[Candidate], language: str) -> str:
    """Ask which of several is meant, or say that nobody of this name is told of."""
    page = Page(archive, language, [piece for one in found for piece in one.evidence])
    if not found:
        return page.say("unknown", name=name)
    items = [
        page.item(f"{one.name}: {'; '.join(one.roles)}" if one.roles else one.name, one.evidence)
        for one in found
    ]
    return page.printed(page.say("which", name=name), [("", items)])
