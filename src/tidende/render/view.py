"""See a record with a reader's eyes: ids as names, values as words, facts with who tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tidende.ledgers import Ledger, ledger
from tidende.records import (
    Article,
    Bounds,
    DateValue,
    Duration,
    Entity,
    Event,
    Evidence,
    Quote,
    QuoteVersion,
    Record,
    Role,
    evidence_at,
)
from tidende.render.layout import clean, clip
from tidende.render.locate import Places
from tidende.render.words import Words, is_womans, pronoun

_LONGEST = 2000  # characters of a paragraph that are searched for the end of a sentence
_DASH = re.compile(r"^[–—-]\s+")  # of a dateline, or before what is said
_CLOSING = "\"'»«“”’‘„ "  # marks about a quotation
_LENGTHS = ("duration", "planned_duration")
_ASKING = ("REQUEST", "REJECT", "AGREE", "THREATEN")  # their modes say what is asked for
_MANNERS = {"opine": "thought", "deny": "denied", "ask": "asked"}  # of words that are told indirectly
_HOPS = 3  # adviser of the president of a country
_M = TypeVar("_M", bound=BaseModel)


class View:
    """Hold one record, the reader's words, and what is looked up again and again."""

    def __init__(self, record: Record, words: Words, *, everything: bool, exact: bool | None = None) -> None:
        self.record = record
        self.words = words
        self.everything = everything
        self.exact = not everything if exact is None else exact  # no post that another says more exactly
        self.places = Places(record.articles, title=str(words.table("marks")["title"]), everything=everything)
        self.entities: dict[str, Entity] = {entity.id: entity for entity in record.entities}
        self.events: dict[str, Event] = {event.id: event for event in record.events}
        self.roles: dict[str, list[Role]] = {}
        for role in record.roles:
            self.roles.setdefault(role.holder, []).append(role)
        self.main = next((event for event in record.events if event.main), None)
        self.total = len(record.articles)
        self.pages = {article.id: article.url or article.id for article in record.articles}
        self.witnesses = len(set(self.pages.values()))  # versions of one page are one

    @cached_property
    def book(self) -> Ledger:
        """Give the ledger of the record."""
        return ledger([self.record])

    @cached_property
    def heard(self) -> dict[tuple[str, str, int], Quote]:
        """Give the quote that tells a figure, by its article, its part and where it begins."""
        return {
            (figure.evidence.article, figure.evidence.part, figure.evidence.start): quote
            for quote in self.record.quotes
            for version in quote.versions
            for figure in version.figures
        }

    def clip(self, text: str, limit: int) -> str:
        """Cut text to a length, or only make it safe where everything is wanted."""
        return clip(text, None if self.everything else limit)

    def quoted(self, text: str, limit: int) -> str:
        """Quote words of an article, cut to a length."""
        return self.words.quoted(self.clip(_DASH.sub("", text), limit))

    def name(self, identifier: str) -> str:
        """Give an entity's name in the reader's spelling, the id itself if there is no such entity."""
        entity = self.entities.get(identifier)
        if entity is None:
            return clip(identifier, 80)
        if not entity.named:
            forms = entity.names.get(self.words.language, [])
            counted = len(forms) == 1 and forms[0][:1].isdigit()  # "15 familier" says more than the label
            return clip(forms[0] if counted else self.words.group(entity.name), 80)
        own = fullest(entity.names.get(self.words.language, ()))
        if entity.type != "person":  # what is printed may be inflected, a list's name is not
            return clip(self.words.proper(entity.id, entity.name) or own or entity.name, 80)
        if len(own.split()) < len(entity.name.split()):
            return clip(entity.name, 80)
        return clip(own, 80)

    def said(self, version: QuoteVersion) -> str:
        """Give the words of a version; where the article breaks in, with its stop or comma."""
        source = self._texts.get(version.article, "")
        text = ""
        for piece, following in zip_longest(version.spans, version.spans[1:]):
            text += piece.text
            if following is None:
                break
            gap = source[piece.end : following.start] if piece.part == "text" == following.part else ""
            broken = gap.lstrip(_CLOSING)
            if any(character.isalpha() for character in gap) and text.rstrip(_CLOSING)[-1:].isalnum():
                ends = any(stop in gap for stop in (". ", "! ", "? ", "\n"))
                text += "." if ends else "," * broken.startswith(",")
            text += " "
        return text if version.spans else version.text

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {article.id: article.text for article in self.record.articles}

    def manner(self, version: QuoteVersion) -> str:
        """Say how a version gives what was said, "" for word by word; what is denied is not as if told."""
        act = _MANNERS.get(version.act or "") if version.kind == "indirect" else None
        kind = act or ("denied" if version.kind == "mixed" and version.act == "deny" else version.kind)
        return "" if kind == "direct" else self.words.label("kinds", kind)

    def names(self, identifiers: Iterable[str]) -> list[str]:
        """Give the names of several entities."""
        return [self.name(identifier) for identifier in identifiers]

    def can_be_said(self, identifier: str) -> bool:
        """Tell whether a party can stand in a sentence: by name, or by a label that says who they are."""
        entity = self.entities.get(identifier)
        return entity is not None and (entity.named or self.words.is_group(entity.name))

    def in_sentence(self, identifier: str, case: int) -> str:
        """Give a name as a sentence has it: 0 of who acts, 1 of whom it is done to, 2 in the dative."""
        entity, name = self.entities.get(identifier), self.name(identifier)
        forms = self.words.table("states").get(identifier)
        if entity is not None and not entity.named and not name[:1].isdigit():
            forms = self.words.table("groups").get(entity.name)
        return name if forms is None else forms if isinstance(forms, str) else str(forms[case])

    def source(self, identifier: str) -> str:
        """Name on whose word something is told; whom only a post tells, by the words of the article."""
        entity = self.entities.get(identifier)
        if entity is None or self.can_be_said(identifier):
            return self.in_sentence(identifier, 2)
        printed = entity.names.get(self.words.language) or next(iter(entity.names.values()), [])
        return self.quoted(printed[0], 80) if printed else self.name(identifier)

    def are_many(self, parties: Sequence[str]) -> bool:
        """Tell whether parties take the form of several in a sentence."""
        if len(parties) != 1:
            return True
        entity, many = self.entities.get(parties[0]), self.words.table("many")
        if entity is None or entity.named:
            return parties[0] in many["states"]
        return entity.name not in many["one"] or self.name(entity.id)[:1].isdigit()

    def is_woman(self, identifier: str | None) -> bool:
        """Tell whether the articles speak of somebody as "she", or by a woman's post, and never as "he"."""
        entity = self.entities.get(identifier or "")
        if entity is None or entity.type != "person":
            return False
        said = {(self._languages.get(one.article, ""), one.text.casefold()) for one in entity.evidence}
        told = {sex for tongue, word in said if (sex := pronoun(tongue, word))}
        posts = (told for role in self.roles.get(entity.id, ()) for told in role.labels.items())
        return told == {"she"} or (not told and any(is_womans(tongue, post) for tongue, post in posts))

    @cached_property
    def _languages(self) -> dict[str, str]:
        return {article.id: article.language for article in self.record.articles}

    def post(self, role: Role) -> str:
        """Render the post that a role tells: "former adviser (Vladimir Putin)"."""
        return self.role(role.role, role.of, role.qualifier, role.holder)

    def role(self, role: str, of: str | None, qualifier: str | None = None, holder: str | None = None) -> str:
        """Render a post and whose it is, by the word for a woman where the holder is one."""
        key = f"{qualifier} {role}" if qualifier else role
        label = self.words.role(key, of, woman=self.is_woman(holder))
        return self.words.phrase("role_of", role=label, of=self.name(of)) if of else label

    def roles_of(self, holder: str) -> str:
        """Give the posts of a holder, each once and as exactly as told, "" where none is told."""
        kept = (role for role in self.roles.get(holder, ()) if not (self.exact and self.is_vague(role)))
        posts = list(dict.fromkeys(self.post(role) for role in kept))
        # two posts may have one name in the reader's language: foreign minister and secretary of state
        fuller = [post for post in posts if not any(other.startswith(f"{post} (") for other in posts)]
        return "; ".join(fuller)

    def is_vague(self, role: Role) -> bool:
        """Tell whether another post told of the holder says it more exactly: a president is a leader."""
        others = [one for one in self.roles.get(role.holder, ()) if one.qualifier == role.qualifier]
        kinds = {(post, one.of) for one in others for post in self.words.broader(one.role)}
        whose = {one.role for one in others if one.of}  # "senator" says less than "senator (Vermont)"
        return (role.role, role.of) in kinds or (role.of is None and role.role in whose)

    def told(self, evidence: Iterable[Evidence], *, differ: bool = False) -> str:
        """Say how many articles tell a fact: "both tell it", "only nb"; "" for a lone article."""
        articles = list(dict.fromkeys(piece.article for piece in evidence))
        told = len({self.pages.get(article, article) for article in articles})
        if differ:
            return self.words.label("agreement", "differ")
        if self.total < 2 or not articles or (self.witnesses == 1 and len(articles) > 1):
            return ""
        if told == 1:
            return self.words.say("agreement", "only", article=", ".join(self.places.labelled(articles)))
        key = "agree" if told < self.witnesses else "both" if self.witnesses == 2 else "all"
        return self.words.say("agreement", key, count=told, total=self.witnesses)

    def value(self, name: str, value: object) -> str:
        """Render the value of an attribute, whatever slot or detail it fills."""
        if isinstance(value, BaseModel):
            value = value.model_dump()
        if isinstance(value, Mapping):
            return self._composed(name, value)
        if isinstance(value, list | tuple):
            return ", ".join(part for part in (self.value(name, one) for one in value) if part)
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.words.label("values", "true" if value else "false")
        if isinstance(value, int | float):
            return self._numeric(name, value)
        return self._word(name, str(value))

    def _composed(self, name: str, value: Mapping[str, Any]) -> str:
        date = as_date(value)
        if date is not None:
            return self.words.time(date)
        length = as_duration(value)
        if length is not None:
            return self.words.duration(length)
        if name == "count" and "min" in value:
            return self.bounds(Bounds.model_validate(value))
        if isinstance(value.get("role"), str):
            of = value.get("of")
            qualifier = value.get("qualifier")
            return self.role(
                value["role"],
                of if isinstance(of, str) else None,
                qualifier if isinstance(qualifier, str) else None,
            )
        return "; ".join(
            f"{self.words.label('attributes', str(key))}: {self.value(str(key), part)}"
            for key, part in value.items()
            if part is not None
        )

    def _numeric(self, name: str, value: float) -> str:
        shown = self.words.number(value)
        if name == "count":
            return self.count(shown)
        if name == "ordinal":
            return self.ordinal(shown)
        if name in _LENGTHS:
            return self.words.duration(Duration(min_minutes=value, max_minutes=value, text=""))
        return shown

    def _word(self, name: str, value: str) -> str:
        if value in self.entities:
            return self.name(value)
        if name == "role":
            return self.words.role(value)
        if name == "type" and self.words.has("events", value):
            return self.words.label("events", value)
        if name == "mode" and self.words.has("modes", value):
            return self.words.label("modes", value)
        if name == "modality" and self.words.has("modality", value):
            return self.words.label("modality", value)
        return self.clip(self.words.theme(value), 160)

    def count(self, shown: str) -> str:
        """Say how often: "once", "3 times"."""
        return self.words.phrase("count_one") if shown == "1" else self.words.phrase("count", count=shown)

    def bounds(self, told: Bounds) -> str:
        """Say how often, where that is told inexactly: "at least 3 times", "2 to 4 times"."""
        if told.max is None:
            return self.words.phrase("count_least", count=str(told.min))
        if told.min <= 1:
            return self.words.phrase("count_most", count=str(told.max))
        return self.words.phrase("count_between", count=str(told.min), most=str(told.max))

    def ordinal(self, shown: str) -> str:
        """Say which time it is: "for the first time"."""
        one = shown == "1"
        return self.words.phrase("ordinal_one") if one else self.words.phrase("ordinal", ordinal=shown)

    def head(self, event: Event) -> str:
        """Name the kind of an event by its mode, else by its type; talks at a place are a meeting."""
        # a request to meet is not a meeting; what two agree on together is no promise of one to the other
        own = f"{event.type.lower()}-{'together' if self.is_mutual(event) else event.mode}"
        key = own if self.words.has("modes", own) else event.mode if event.type not in _ASKING else None
        if key and self.words.has("modes", key):
            return self.words.label("modes", key)
        if event.type == "CONSULT" and (event.place or event.venue or event.is_counted or event.ordinal):
            return self.words.label("modes", "meet")
        return self.words.label("events", event.type)

    def is_mutual(self, event: Event) -> bool:
        """Tell whether several agree with each other, and promise nothing to others."""
        return event.type == "AGREE" and not event.mode and len(event.actors) > 1 and not event.recipients

    def parties(self, event: Event) -> str:
        """Name who does it, and towards whom: "United States → Russia"."""
        actors, recipients = self.names(event.actors), self.names(event.recipients)
        if not recipients:
            return ", ".join(actors)
        return f"{', '.join(actors)} → {', '.join(recipients)}".strip()

    def short(self, event: Event) -> str:
        """Say what kind of event it is, who takes part, and whether it happened."""
        head, parties = self.head(event), self.parties(event)
        text = f"{head}: {parties}" if parties else head
        happened = event.modality == "happened"
        return text if happened else f"{text}; {self.words.label('modality', event.modality)}"

    def phrase(self, event: Event) -> str:
        """Say an event in one line that needs no inflection: kind, parties, place, date and the rest."""
        parts = [self.short(event)]
        if event.count is not None:
            parts.append(self.count(str(event.count)))
        if event.counted is not None:
            parts.append(self.bounds(event.counted))
        if event.ordinal is not None:
            parts.append(self.ordinal(str(event.ordinal)))
        places = dict.fromkeys(self.names(place for place in (event.venue, event.place) if place))
        if places:
            parts.append(", ".join(places))
        if event.date is not None:
            parts.append(self.words.time(event.date))
        if event.duration is not None:
            parts.append(self.words.duration(event.duration))
        theme = self.words.theme(event.theme) if event.theme else ""
        if not theme.casefold().startswith(self.head(event).casefold()):  # "Sanction: ...; sanctions"
            parts.append(self.clip(theme, 100))
        if event.outcome:
            label = self.words.label("attributes", "outcome")
            parts.append(f"{label}: {self.clip(self.words.theme(event.outcome), 100)}")
        if event.claimed_by:
            parts.append(self.words.phrase("claimed", name=self.source(event.claimed_by)))
        return "; ".join(part for part in parts if part)

    def with_told(self, text: str, evidence: Sequence[Evidence], *, differ: bool = False) -> str:
        """Add who tells it to a line."""
        told = self.told(evidence, differ=differ)
        return f"{text}; {told}" if told else text

    def country_of(self, identifier: str | None) -> str | None:
        """Follow the posts of a speaker to the country they are held in, None where none is told."""
        for _ in range(_HOPS):
            entity = self.entities.get(identifier or "")
            if entity is None:
                return None
            if entity.type == "country":
                return entity.id
            identifier = next((role.of for role in self.roles.get(entity.id, ()) if role.of), None)
        return None

    def nearest(self) -> list[Article]:
        """Give the articles, those in the reader's language first."""
        return sorted(self.record.articles, key=lambda article: article.language != self.words.language)

    def heading(self, article: Article) -> Evidence | None:
        """Give an article's title where it stands, else the first sentence of its text."""
        if article.title and clean(article.title):
            inside = next((b for b in article.blocks if b.kind == "title" and b.part == "text"), None)
            if inside is not None:
                return evidence_at(article, inside.start, inside.end)
            return evidence_at(article, 0, len(article.title), "title")
        return _opening_sentence(article, 0)

    def beginning(self, article: Article) -> Evidence | None:
        """Give the first sentence of an article below its title, None where there is no more."""
        body = next((b for b in article.blocks if b.part == "text" and b.kind in ("lead", "body")), None)
        return _opening_sentence(article, body.start if body else 0)


def as_date(value: Mapping[str, Any]) -> DateValue | None:
    """Read a mapping as a time, None if it is none."""
    return _as(DateValue, value) if "precision" in value else None


def as_duration(value: Mapping[str, Any]) -> Duration | None:
    """Read a mapping as a length of time, None if it is none."""
    return _as(Duration, {"text": "", **value}) if "min_minutes" in value or "max_minutes" in value else None


def _as(model: type[_M], value: Mapping[str, Any]) -> _M | None:
    try:
        return model.model_validate(dict(value))
    except ValidationError:
        return None


def fullest(forms: Iterable[str]) -> str:
    """Give the form with the most words, the first of them; "" where there is none."""
    return max((clean(form) for form in forms), key=lambda form: len(form.split()), default="")


def _opening_sentence(article: Article, start: int) -> Evidence | None:
    """Cut the first sentence of the first paragraph at or after a place in the text."""
    paragraph = re.compile(r"[^\r\n]*[^\s][^\r\n]*").search(article.text, start)
    if paragraph is None:
        return None
    sentence = first_sentence(paragraph[0][:_LONGEST])
    return evidence_at(article, paragraph.start(), paragraph.start() + len(sentence))


def first_sentence(text: str) -> str:
    """Cut a paragraph after its first sentence: a stop after a word and before a capital letter.

    After a number or an initial the dot may be part of it: "zum 21. November".
    """
    for index, character in enumerate(text):
        rest = text[index + 1 :]
        after_word = text[max(0, index - 2) : index].isalpha()
        if (
            character in ".!?"
            and index > 30
            and after_word
            and rest[:1].isspace()
            and rest.lstrip()[:1].isupper()
        ):
            return text[: index + 1]
    return text
