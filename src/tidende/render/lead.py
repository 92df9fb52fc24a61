"""Title and lead of a printed record: who met whom, where and when, who tells it, what nobody tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidende.records import Event, Record
from tidende.render.acts import act, in_place, named, on_date
from tidende.render.disputes import denials
from tidende.render.layout import Item, Section, capital, clean, clip
from tidende.render.view import View
from tidende.render.words import Words

# What an editor misses where nobody tells it; the outcome only of what is over and can have one.
_OUTCOME = ("outcome", "joint_statement")
_ALWAYS = ("place", "date")
_WITH_OUTCOME = ("CONSULT", "AGREE")
_SENTENCES = 3
_MEETINGS = (None, "meet", "talk", "phone", "multilateral", "visit")


def headline(record: Record, language: str = "en") -> str:
    """Give a record's title in a reader's language, on one line and never empty.

    The main event where there is one, else the title or first sentence of the first article, of those
    in the reader's language if any. Raise `UsageError` for a language that records are not printed in.
    """
    return _opening_lines(record, language)[0]


def lead(record: Record, language: str = "en") -> str:
    """Give what stands below the headline, at most three sentences or quotations of the articles' first.

    Raise `UsageError` for a language that records are not printed in.
    """
    return " ".join(_opening_lines(record, language)[1 : _SENTENCES + 1])


def _opening_lines(record: Record, language: str) -> list[str]:
    items = opening(View(record, Words(language), everything=False)).items
    return [clean(line.text) for item in items for line in item.lines]


def opening(view: View) -> Section:
    """Build title and lead: who met whom where and when, who tells it, and what no source tells."""
    event, words = view.main, view.words
    everywhere = view.places.whole(article.id for article in view.record.articles)
    if event is None:
        return Section("", tuple(_without_event(view, everywhere)), rank=99, share=12)
    first = {piece.article: piece for piece in reversed(event.evidence)}
    told = list(dict.fromkeys(piece.article for piece in event.evidence))
    claim = words.phrase("claimed", name=view.source(event.claimed_by)) if event.claimed_by else ""
    title, shown = (
        ", ".join(part for part in (_lead_sentence(view, event, brief=brief), claim) if part)
        for brief in (True, False)
    )
    against = list(denials(view, event))
    evidence = [*event.evidence, *(piece for denial in against for piece in denial.evidence)]
    shown = "; ".join((shown, *(denial.text for denial in against)))
    items = [
        Item.of(title, view.places.locator(first.values()), indent=0, weight=3),
        Item.of(f"{shown}; {_witnesses(view, told)}.", view.places.locator(evidence, few=True), weight=2),
    ]
    if not _is_meeting(event) and event.evidence and clean(event.evidence[0].text):
        words_of_it = view.quoted(event.evidence[0].text, 300)
        items.append(Item.of(words_of_it, view.places.locator(event.evidence[:1]), weight=1))
    if event.outcome and not event.missing.get("outcome"):
        label = capital(words.label("attributes", "outcome"))
        rows = [row for row in event.attributes if row.name == "outcome"]
        source = [told.evidence for told in rows[0].told] if rows else event.evidence
        items.append(
            Item.of(f"{label}: {view.value('outcome', event.outcome)}.", view.places.locator(source))
        )
    wanted = (
        _ALWAYS if event.modality != "happened" or event.type not in _WITH_OUTCOME else _OUTCOME + _ALWAYS
    )
    absent = [slot for slot in wanted if slot in event.missing and getattr(event, slot, None) is None]
    if absent:
        slots = ", ".join(_missing(view, slot, event.missing[slot]) for slot in absent)
        items.append(Item.of(words.say("lead", "missing", slots=slots), everywhere))
    return Section("", tuple(items), rank=99, share=8)


def _without_event(view: View, everywhere: str) -> Iterator[Item]:
    """Open a story without a main event: the first title, what was not read, how each article begins."""
    articles, words = view.nearest(), view.words
    title = next((piece for article in articles if (piece := view.heading(article))), None)
    if title is None:
        yield Item.of(clip(view.record.title, 160) or "–", everywhere, indent=0, weight=3)
    else:
        yield Item.of(clip(title.text, 160), view.places.locator([title]), indent=0, weight=3)
    yield Item.of(words.say("lead", "no_main" if view.record.events else "no_event"), everywhere, weight=2)
    for article in articles if view.everything else articles[:2]:
        start = view.beginning(article)
        if start is not None and (title is None or clean(start.text) != clean(title.text)):
            label = f"{view.places.label(article.id)}: " if view.total > 1 else ""
            yield Item.of(f"{label}{view.quoted(start.text, 300)}", view.places.locator([start]))


def _missing(view: View, slot: str, reason: str) -> str:
    label = view.words.label("attributes", slot)
    known = next((part for part in reason.split("; ") if view.words.has("reasons", part)), None)
    return f"{label} ({view.words.label('reasons', known)})" if known else label


def _witnesses(view: View, articles: Sequence[str]) -> str:
    labels = view.places.labelled(articles)
    shown = ", ".join(labels[:8]) + (f" +{len(labels) - 8}" if len(labels) > 8 else "")
    told, total = len({view.pages.get(one, one) for one in articles}), view.witnesses
    if told == 1:
        return view.words.say("lead", "told_by_one", articles=shown)
    key = "told_by_some" if told < total else "told_by_both" if total == 2 else "told_by_all"
    return view.words.say("lead", key, count=told, total=total, articles=shown)


def _is_meeting(event: Event) -> bool:
    """Tell whether the lead can be a sentence: some who meet or talk with each other."""
    return (
        event.type == "CONSULT" and len(event.actors) > 1 and not event.recipients and event.mode in _MEETINGS
    )


def _lead_sentence(view: View, event: Event, *, brief: bool) -> str:
    """Say the main event: a sentence where there is one for such an act, else the line of the ledger."""
    if not _is_meeting(event):
        sentence = act(view, event, brief=brief)
        if sentence:
            return sentence
        if not brief:
            return view.phrase(event.model_copy(update={"claimed_by": None, "outcome": None}))
        kept = {"claimed_by": None, "outcome": None, "duration": None, "count": None, "ordinal": None}
        return view.phrase(event.model_copy(update={**kept, "date": None, "venue": None}))
    length = "" if brief or event.duration is None else view.words.duration(event.duration, brief=True)
    sentence = view.words.say(
        "lead",
        _verb(view, event),
        actors=named(view, event.actors, brief=brief),
        place=in_place(view, event.place),
        date="" if brief or event.date is None else on_date(view, event.date),
        duration=view.words.say("lead", "duration", duration=length) if length else "",
    )
    return capital(sentence)


def _verb(view: View, event: Event) -> str:
    if event.modality != "happened":
        return event.modality
    if event.mode == "phone":
        return "phoned"
    entities = [view.entities.get(actor) for actor in event.actors]
    people = all(entity is not None and entity.type in ("person", "other") for entity in entities)
    met = event.mode == "visit" or view.head(event) == view.words.label("modes", "meet")
    return "met" if people and met else "talked"
