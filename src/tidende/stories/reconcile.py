"""Make one record of the readings of one story: who tells what, where they agree and where not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tidende.entities.judgement import Judgements
from tidende.records import AsOf, Difference, Event, Evidence, Quote, Reading, Record, Role
from tidende.stories.align import aligned, said
from tidende.stories.claims import merged_claims
from tidende.stories.compatible import Places
from tidende.stories.copies import Witnesses, canonical, with_copies
from tidende.stories.coreference import Coreference, Told
from tidende.stories.doubts import doubts
from tidende.stories.editions import Editions
from tidende.stories.facts import merged_quote, unique
from tidende.stories.figures import compared_figures
from tidende.stories.happenings import Setting, event_key, merged_event
from tidende.stories.headline import with_headline
from tidende.stories.identity import merged_entities, renamed, same_people
from tidende.stories.likeness import Likeness
from tidende.stories.misread import taken_for_places
from tidende.stories.originals import with_originals
from tidende.stories.posts import merged_roles
from tidende.stories.signature import main_key, text_digest
from tidende.stories.tellers import as_of, one_source, tellers

_TITLE = 160  # code points
_Fact = tuple[str, str]  # article and id in the article's own reading


def reconcile(readings: Sequence[Reading], judgements: Judgements | None = None) -> Record:
    """Join what the articles of one story tell.

    Lists are in the order of the articles as given, then of their texts; ids and agreement do not
    hang on that order. `readings` holds one reading at least. What people have judged
    of two ids goes before what their names tell.
    """
    given = with_copies(readings)
    people = same_people(canonical(given), judgements)
    people |= taken_for_places(given, people)
    given = [renamed(reading, people) for reading in given]
    settled = canonical(given)
    articles = [reading.article for reading in given]
    order = {article.id: n for n, article in enumerate(articles)}
    witnesses = Witnesses(articles)
    entities = merged_entities(given)
    places = Places(entities)
    editions = Editions(articles)
    roles, differences, updates = merged_roles(given, witnesses, editions)
    people_ids = {entity.id for entity in entities if entity.type == "person"}
    setting = Setting(order, witnesses, places, people_ids, editions)
    events, conflicts, corrected, new_ids, stages = _events(settled, setting, roles)
    quotes = sorted(
        _quotes(settled, order, witnesses, new_ids),
        key=lambda quote: _place(quote.versions[0].evidence, order),
    )
    events = [_with_quotes(event, quotes) for event in events]
    claims, figures, later = merged_claims(settled, order, witnesses, places, editions)
    spoken, newer = compared_figures(settled, claims, quotes, setting)
    disputed = {difference.about for difference in spoken}
    claims = [
        claim.model_copy(update={"agreement": "differ"}) if claim.id in disputed else claim
        for claim in claims
    ]
    record = Record(
        id=_story_id(canonical(readings)[0]),
        title=_title(given),
        summary="",
        languages=list(dict.fromkeys(article.language for article in articles)),
        articles=articles,
        entities=sorted(entities, key=lambda one: _first(one.evidence, order)),
        roles=sorted(roles, key=lambda one: _first(one.evidence, order)),
        events=sorted(events, key=lambda one: _first(one.evidence, order)),
        quotes=quotes,
        claims=sorted(claims, key=lambda one: _first(one.evidence, order)),
        differences=[*differences, *conflicts, *figures, *spoken],
        updates=[*updates, *corrected, *later, *newer],
        doubts=doubts(quotes, events, entities),
        as_of=stages,
    )
    return with_headline(record)


def _events(
    settled: Sequence[Reading], setting: Setting, roles: Sequence[Role]
) -> tuple[list[Event], list[Difference], list[Difference], dict[_Fact, str], list[AsOf]]:
    """Join events; give what is told otherwise, what is corrected, the ids of events, and who writes when.

    The ids map that which an event has in its article to the one it has in the record.
    """
    told = [
        Told(n, event, reading.article.published)
        for n, reading in enumerate(settled)
        for event in reading.events
    ]
    clusters = Coreference(roles, setting.places, Likeness(settled)).clusters(told)
    groups = [[one.event for one in cluster] for cluster in clusters]
    main = _main(groups)
    events: list[Event] = []
    differences: list[Difference] = []
    updates: list[Difference] = []
    stages: list[AsOf] = []
    new_ids: dict[_Fact, str] = {}
    names = unique([event_key(group, setting) for group in groups])
    for n, (cluster, identifier) in enumerate(zip(clusters, names, strict=True)):
        event, conflicts, corrected = merged_event(groups[n], identifier, setting)
        own = sorted(cluster, key=lambda one: setting.order[settled[one.article].article.id])
        yes = [one for one in own if one.event.modality == event.modality or one.event.modality != "denied"]
        rows = tellers([(settled[one.article], one.event) for one in yes])
        source = one_source(rows, setting.witnesses)
        changes = {"main": n == main, "told_by": rows, "one_source": source}
        events.append(event.model_copy(update=changes))
        differences += conflicts
        updates += corrected
        if n == main:
            stages = as_of(event, [(settled[one.article], one.event) for one in own])
        for one in cluster:
            new_ids[settled[one.article].article.id, one.event.id] = identifier
    return events, differences, updates, new_ids, stages


def _main(groups: Sequence[Sequence[Event]]) -> int | None:
    """Choose the event the story is about: main in most articles, then told by most, then most told."""

    def weight(n: int) -> tuple[int, int, int, int]:
        group = groups[n]
        return sum(event.main for event in group), len(group), sum(len(e.evidence) for e in group), -n

    chosen = max(range(len(groups)), key=weight, default=None)
    return chosen if chosen is not None and any(event.main for event in groups[chosen]) else None


def _quotes(
    settled: Sequence[Reading], order: Mapping[str, int], witnesses: Witnesses, new_ids: Mapping[_Fact, str]
) -> list[Quote]:
    prepared = [
        said(n, quote, reading.entities) for n, reading in enumerate(settled) for quote in reading.quotes
    ]
    told_in: dict[_Fact, str] = {}
    for reading in settled:
        article = reading.article.id
        for event in reading.events:
            for identifier in event.quotes:
                told_in.setdefault((article, identifier), new_ids[article, event.id])
        for quote in reading.quotes:
            if quote.event is not None:
                told_in[article, quote.id] = new_ids[article, quote.event]
    quotes = []
    for versions in aligned(prepared):
        events = (told_in.get((one.version.article, one.quote.id)) for one in versions)
        quotes.append(merged_quote(versions, order, witnesses, next(filter(None, events), None)))
    articles = [reading.article for reading in settled]
    quotes = [with_originals(quote, articles) for quote in quotes]
    names = unique([quote.id for quote in quotes])
    return [q.model_copy(update={"id": name}) for q, name in zip(quotes, names, strict=True)]


def _with_quotes(event: Event, quotes: Iterable[Quote]) -> Event:
    return event.model_copy(update={"quotes": [quote.id for quote in quotes if quote.event == event.id]})


def _place(piece: Evidence, order: Mapping[str, int]) -> tuple[int, bool, int, int]:
    return order[piece.article], piece.part == "text", piece.start, piece.end


def _first(evidence: Sequence[Evidence], order: Mapping[str, int]) -> tuple[int, bool, int, int]:
    return min(_place(piece, order) for piece in evidence)


def _story_id(earliest: Reading) -> str:
    """Name a story by its earliest article: by the main event where that is one alone, else by the text.

    Articles with that event or that text are always in one story (`group`), so no two share a name.
    """
    return f"story:{main_key(earliest) or text_digest(earliest.article)[:12]}"


def _title(readings: Sequence[Reading]) -> str:
    """Give the first title, else the first line of the first text."""
    for reading in readings:
        if reading.article.title and reading.article.title.strip():
            return " ".join(reading.article.title.split())[:_TITLE]
    lines = (line.strip() for reading in readings for line in reading.article.text.splitlines())
    return next((line for line in lines if line), "")[:_TITLE]
