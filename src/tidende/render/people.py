"""The sections of a printed record that hold who speaks: quotes, what one tells alone, people, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from tidende.records import Article, Entity, Event, Evidence, Quote, QuoteVersion
from tidende.render.layout import WIDTH, Item, Line, Section, capital, clean, clip
from tidende.render.ledger import claims, in_background, reference
from tidende.render.surplus import surplus
from tidende.render.view import View, fullest
from tidende.render.words import pronoun

_SECTIONS = 3  # with more articles, what each tells alone and all versions side by side take too much room
_PAIRS = {"«": "»", "»": "«", "„": "“", "“": "”", "”": "”", '"': '"'}  # what closes what a mark opens
_TELLING = 3  # words of a speaker that say more than an article and a post
_QUOTE_MARKS = "\"'«»“”„‟‘’‹›–—-"

# What a speaker said word for word comes before what is reported.
_WEIGHTS = {"direct": 5, "mixed": 2, "indirect": 1}


def said(view: View) -> Section | None:
    """Build the quotes side by side in their languages, what one version has more marked."""
    items = [_quote(view, quote) for quote in view.record.quotes if shown_beside(view, quote)]
    return Section(view.words.label("headings", "said"), tuple(items), rank=50, share=18) if items else None


def shown_beside(view: View, quote: Quote) -> bool:
    """Tell whether a quote stands among the quotes; a paraphrase of one article is only referred to."""
    return view.total < 2 or len(quote.versions) > 1 or quote.kind != "indirect"


def speaker(view: View, quote: Quote) -> str:
    """Name who speaks, and to whom; who has no name, by the words of the article if they are no pronoun."""
    name, text = view.name(quote.speaker) if quote.speaker else "", clean(quote.speaker_text)
    tongue = quote.versions[0].language if quote.versions else ""
    printed = bool(text) and not pronoun(tongue, text.casefold())
    entity = view.entities.get(quote.speaker or "")
    if entity is not None and printed and not view.can_be_said(entity.id):
        # A post alone, "spokesman", says less than the words of the article, "a spokesman of the ministry".
        words = view.quoted(text, 60)
        if tongue == view.words.language:
            name = words
        elif len(text.split()) >= _TELLING:
            name = f"{name} ({words})"
    elif not name and printed:
        name = view.quoted(text, 60)
    elif not name:
        said = f" ({view.quoted(text, 60)})" if text else ""  # "he" alone names nobody
        name = f"{view.words.phrase('unknown_speaker')}{said}"
    name = capital(name)
    return f"{name} {view.words.phrase('to', name=view.name(quote.addressee))}" if quote.addressee else name


def _quote(view: View, quote: Quote) -> Item:
    who, evidence = speaker(view, quote), [version.evidence for version in quote.versions]
    if not quote.versions:
        return Item.of(who, view.places.locator(()))
    if len(quote.versions) == 1:
        version = quote.versions[0]
        text = f"{who}{_label(view, version, ' – ', ', ')}: {_worded(view, version, 260)}"
        weight = _WEIGHTS[version.kind]
        return Item.of(text, view.places.locator(evidence), weight=weight)
    lines = [Line(speaker_line(view, quote), view.places.locator(evidence))]
    for version in _side_by_side(view, quote):
        others = [view.said(v) for v in quote.versions if v.article != version.article]
        text = f"{_label(view, version)}: {_marked(view, version, surplus(view.said(version), others))}"
        lines.append(Line(text, view.places.locator([version.evidence]), indent=4))
    return Item(
        tuple(lines), weight=len({v.article for v in quote.versions}) + (2 if quote.kind == "indirect" else 4)
    )


def speaker_line(view: View, quote: Quote) -> str:
    """Say who speaks to whom, and of several versions who tells it and whether they are translated."""
    if len(quote.versions) < 2:
        return speaker(view, quote)
    told = view.told([version.evidence for version in quote.versions], differ=quote.agreement == "differ")
    return "; ".join(note for note in (speaker(view, quote), told, _translation(view, quote)) if note)


def _side_by_side(view: View, quote: Quote) -> Sequence[QuoteVersion]:
    """Choose the versions to print: of many only two, the reader's language first."""
    if view.everything or len(quote.versions) <= _SECTIONS:
        return quote.versions
    return sorted(quote.versions, key=lambda version: version.language != view.words.language)[:2]


def _label(view: View, version: QuoteVersion, before: str = "", alone: str = "") -> str:
    """Name the article of a version, where there are several, and how it is quoted unless word by word."""
    label = f"{before}{view.places.label(version.article)}" if view.total > 1 else ""
    manner = view.manner(version)
    return f"{label}{', ' if label else alone}{manner}" if manner else label


def bare_words(view: View, version: QuoteVersion) -> str:
    """Give the words of a version, in the reader's quotation marks where they were spoken so."""
    return _worded(view, version, len(view.said(version)) + 1)


def _worded(view: View, version: QuoteVersion, limit: int) -> str:
    text = view.clip(view.said(version), limit)
    bare = version.kind == "direct" and text[:1] not in _QUOTE_MARKS
    return view.words.quoted(text) if bare else _closed(text)


def _closed(text: str) -> str:
    """Close the quotation that a paraphrase breaks off in: its last mark stands behind what was taken."""
    marks = [mark for mark in text if mark in _PAIRS]
    return f"{text}{_PAIRS[marks[-1]]}" if len(marks) % 2 else text


def _marked(view: View, version: QuoteVersion, extra: Iterable[str]) -> str:
    """Mark the sentences that only this version has, also where the length cuts them off."""
    text = _worded(view, version, 160 if version.kind == "indirect" else 220)
    note = view.words.phrase("extra", article=view.places.label(version.article))
    for sentence in extra:
        if sentence in text:
            text = text.replace(sentence, f"‹{note} {sentence}›", 1)
        else:
            text = f"{text} ‹{note} {view.clip(sentence, 160)}›"
    return text


def _translation(view: View, quote: Quote) -> str:
    """Say which version is the original, else what the language of the speaker's country tells.

    Without a country of the speaker it is only certain that one of two languages is a translation.
    """
    languages = {version.language for version in quote.versions}
    if len(languages) < 2:
        return ""
    original = next((version for version in quote.versions if version.original), None)
    if original is not None:
        return view.words.phrase("original", article=view.places.label(original.article))
    country = view.country_of(quote.speaker)
    if country is None or any(country in view.words.home(language) for language in languages):
        return view.words.phrase("one_translation")
    return view.words.phrase("translated")


def alone(view: View) -> list[Section]:
    """Build, for each article, what it alone tells: events by theme, claims, paraphrases."""
    if view.total < 2:
        return [section] if (section := _further(view)) else []
    found = [(article, items) for article in view.record.articles if (items := _told_alone(view, article))]
    if view.total > _SECTIONS:
        together = tuple(chain.from_iterable(items for _, items in found))
        return [Section(view.words.label("headings", "by_one"), together, 10, 12)] if together else []
    return [
        Section(
            view.words.say("headings", "only", article=view.places.label(article.id)),
            tuple(items),
            rank=10,
            share=12 // view.total,
        )
        for article, items in found
    ]


def _told_alone(view: View, article: Article) -> list[Item]:
    claimed = (c for c in view.record.claims if c.kind != "assessment" and _only(c.evidence, article))
    paraphrased = (
        quote
        for quote in view.record.quotes
        if not shown_beside(view, quote) and _only([v.evidence for v in quote.versions], article)
    )
    return [
        *(_event(view, event) for event in _by_theme(view, article)),
        *claims(view, claimed),
        *(_paraphrase(view, quote) for quote in paraphrased),
    ]


def _further(view: View) -> Section | None:
    items = claims(view, (claim for claim in view.record.claims if claim.kind != "assessment"))
    return Section(view.words.label("headings", "further"), tuple(items), rank=30, share=7) if items else None


def _by_theme(view: View, article: Article) -> list[Event]:
    events = [
        event
        for event in view.record.events
        if event is not view.main and not in_background(view, event) and _only(event.evidence, article)
    ]
    order = list(dict.fromkeys(event.theme for event in events if event.theme))
    return sorted(events, key=lambda event: order.index(event.theme) if event.theme else len(order))


def _only(evidence: Iterable[Evidence], article: Article) -> bool:
    return {piece.article for piece in evidence} == {article.id}


def _event(view: View, event: Event) -> Item:
    words = event.evidence[0].text if event.evidence else ""
    return reference(view, f"{view.phrase(event)};", words, event.evidence, 3)


def _paraphrase(view: View, quote: Quote) -> Item:
    version = quote.versions[0]
    head = f"{speaker(view, quote)}, {view.manner(version)}:"
    return reference(view, head, view.said(version), [version.evidence], 1)


def people(view: View) -> Section | None:
    """Build who is who: posts, and the printed forms of a name beside the reader's spelling."""
    items = []
    acting = _acting(view)
    for entity in view.record.entities:
        posts = view.roles.get(entity.id, [])
        listed = entity.type == "person" or posts or (entity.type == "organisation" and entity.id in acting)
        if entity.named and (listed or (view.everything and entity.type == "organisation")):
            items.append(_person(view, entity, 3 if posts else 1 if entity.id in acting else 0))
    return Section(view.words.label("headings", "who"), tuple(items), rank=20, share=8) if items else None


def _acting(view: View) -> set[str]:
    record = view.record
    events = chain.from_iterable((*event.actors, *event.recipients) for event in record.events)
    return {*events, *(quote.speaker for quote in record.quotes if quote.speaker)}


def _person(view: View, entity: Entity, weight: int) -> Item:
    name, roles = view.name(entity.id), view.roles.get(entity.id, [])
    parts = [f"{name}: {posts}" if (posts := view.roles_of(entity.id)) else name]
    forms: dict[str, list[str]] = {}
    for language, printed in entity.names.items():
        form = fullest(printed)
        if form and form.casefold() not in name.casefold():
            forms.setdefault(form, []).append(language)
    if forms:
        shown = ", ".join(f"{clip(form, 60)} ({', '.join(tongues)})" for form, tongues in forms.items())
        parts.append(view.words.phrase("printed", forms=shown))
    evidence = list(chain.from_iterable(role.evidence for role in roles)) or _first_mentions(entity)
    return Item.of("; ".join(parts), view.places.locator(evidence), weight=weight)


def _first_mentions(entity: Entity) -> list[Evidence]:
    first: dict[str, Evidence] = {}
    for piece in entity.evidence:
        first.setdefault(piece.article, piece)
    return list(first.values())


def voices(view: View) -> Section | None:
    """Build whose words the record rests on: named, unnamed, assessments of nobody, the articles' own."""
    words, items = view.words, []
    spoken: Counter[str] = Counter(q.speaker for q in view.record.quotes if q.speaker)
    for key, named in (("named", True), ("unnamed", False)):
        speakers = [s for s in spoken if (e := view.entities.get(s)) is not None and e.named is named]
        if speakers:
            shown = speakers if view.everything else speakers[:12]
            names = ", ".join(f"{view.name(speaker)} ({spoken[speaker]})" for speaker in shown)
            names += "" if len(shown) == len(speakers) else " …"
            evidence = [v.evidence for q in view.record.quotes if q.speaker in speakers for v in q.versions]
            items.append(Item.of(words.phrase(key, names=names), view.places.locator(evidence), weight=5))
    for claim in view.record.claims:
        if claim.kind == "assessment":
            text = words.phrase("assessment", text=view.quoted(claim.text, 200))
            items.append(
                Item.of(view.with_told(text, claim.evidence), view.places.locator(claim.evidence), weight=4)
            )
    facts = [claim for claim in view.record.claims if claim.kind != "assessment"]
    if facts:
        kinds = Counter(claim.kind for claim in facts)
        counted = ", ".join(f"{words.label('kinds', kind)} ({count})" for kind, count in kinds.items())
        evidence = list(chain.from_iterable(claim.evidence for claim in facts))
        items.append(
            Item.of(words.phrase("own_voice", facts=counted), view.places.locator(evidence), weight=3)
        )
    return Section(words.label("headings", "voices"), tuple(items), rank=25, share=8) if items else None


def sources(view: View) -> Section | None:
    """Build the list of articles: what each is, when it was published, whom it credits."""
    items = [
        Item.of(_source(view, article), view.places.whole([article.id])) for article in view.record.articles
    ]
    if view.places.capped and items:
        everywhere = view.places.whole(article.id for article in view.record.articles)
        items.append(Item.of(view.words.phrase("capped"), everywhere, weight=-1))
    return Section(view.words.label("headings", "sources"), tuple(items), rank=60, share=8) if items else None


def _source(view: View, article: Article) -> str:
    words = view.words
    parts = [words.phrase("labels_note", label=view.places.label(article.id), id=clip(article.id, 100))]
    parts.append(words.label("language_names", article.language))
    if article.outlet:
        parts.append(view.clip(article.outlet, 60))
    parts.append(_published(view, article.published))
    if article.credits:
        parts.append(words.phrase("credits", credits=view.clip(", ".join(article.credits), 80)))
    if article.version != 1:
        parts.append(words.phrase("version", version=article.version))
    if article.reading == "grouped":
        parts.append(words.phrase("grouped"))
    if article.title and clean(article.title):
        room = WIDTH - len("; ".join(parts)) - len(view.places.label(article.id)) - 9  # the rest of the line
        parts.append(view.quoted(article.title, room if room >= 40 else 90))
    return "; ".join(parts)


def _published(view: View, published: str | None) -> str:
    shown = view.words.day(published) if published else ""
    return view.words.phrase("published", date=shown) if shown else view.words.phrase("unpublished")
