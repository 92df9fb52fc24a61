"""File one article: all of it, and the stories it touches, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tidende.filing.compared import clusters, neighbours, signed, window
from tidende.filing.corrected import corrected, in_force
from tidende.filing.shapes import Added, Part
from tidende.records import Article, Reading
from tidende.store import Correction, Filing, Kept, Store
from tidende.stories.linkage import connected
from tidende.stories.signature import main_key, publication_day, text_digest

if TYPE_CHECKING:
    import numpy as np

_NEAREST = 48  # articles at most that a new one is compared with, beside those of their stories
_IN_A_ROW = 8  # of these, by how like it they are, that are not near: those less like it are not either
_UNMEASURED = 200  # the same where the article has no vector
_MARK = 8  # hexadecimal digits of a text beside an id that is taken
_TOLD = ("published", "outlet", "url", "language")
_DIGEST = 12  # hexadecimal digits of a text that name a story


def fingerprint(article: Article) -> str:
    """Give a digest of what an article says, title and text."""
    parts = (f"{len(one)}:{one}" for one in (article.title or "", article.text))
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def place(store: Store, article: Article) -> tuple[str, Article | None]:
    """Give the id under which an article is kept or is to be kept, and the article to file there.

    None where there is nothing to file: the desk has it. What is told of a kept article for the first
    time (its day, outlet, address, language) is added to it. Another text under an id that is taken is
    kept beside it, under the id with a digest of the text.
    """
    mark = fingerprint(article)
    for given, identifier in store.same_text(mark):
        if _one_name(given, article.id):
            (known,) = store.sources([identifier])
            told = {name: getattr(article, name) for name in _TOLD}
            told = {name: value for name, value in told.items() if value not in (None, "und", [])}
            more = known.model_copy(update=told)
            return identifier, None if more == known else more
    identifier, digits = article.id, _MARK
    while store.has(identifier):
        identifier, digits = f"{article.id}@{mark[:digits]}", digits + 1
    return identifier, article.model_copy(update={"id": identifier})


def readdressed(reading: Reading, identifier: str) -> Reading:
    """Give a reading with another id of its article, wherever that stands."""
    old = reading.article.id

    def new(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: identifier if k == "article" and v == old else new(v) for k, v in value.items()}
        return [new(one) for one in value] if isinstance(value, list) else value

    fields = new(reading.model_dump())
    fields["article"]["id"] = identifier
    return Reading.model_validate(fields)


def _one_name(one: str, other: str) -> bool:
    """Tell whether two ids are one: a file is named by its name alone, or by its path."""
    return one == other or one.endswith(f"/{other}") or other.endswith(f"/{one}")


def prepare(
    source: Article,
    reading: Reading,
    given: str,
    reader: str,
    vector: bytes,
    *,
    told: tuple[str, bytes] | None = None,
) -> Filing:
    """Gather what is filed under an article; `source` and `reading` carry the id it is kept under.

    `told` is what `signed` gives, taken here if None.
    """
    day = publication_day(source)
    digest, key = text_digest(source), main_key(reading)
    ties = [f"text:{digest}"]
    ties += [f"url:{source.url}"] if source.url else []
    ties += [f"event:{key}"] if key else []
    last = sha256(f"{digest} {source.id}".encode("utf-8", "surrogatepass")).hexdigest()
    signature, turned = told or signed(reading, vector)
    names = ([f"story:{key}"] if key else []) + [f"story:{one[:_DIGEST]}" for one in (digest, last)]
    return Filing(
        source=source,
        reading=reading,
        given=given,
        fingerprint=fingerprint(source),
        reader=reader,
        digest=digest,
        day=day.toordinal() if day else None,
        ties=tuple(ties),
        names=tuple(names),
        mentions={
            entity.id: tuple(dict.fromkeys(form for forms in entity.names.values() for form in forms))
            if entity.named
            else ()
            for entity in reading.entities
        },
        vector=vector,
        turned=turned,
        signature=signature,
    )


def file(store: Store, filing: Filing) -> None:
    """Keep an article, new or read again, and group its stories anew; the caller holds `writing`."""
    before = store.linked([filing.id])
    near = _neighbours(store, filing)
    store.put(filing)
    store.link(filing.id, near)
    regroup(store, {filing.id}, near | before)


def file_part(store: Store, part: Part, done: Added) -> list[Article]:
    """File what was read, all of it in one transaction; give the articles whose place was taken meanwhile."""
    waiting: list[Article] = []
    filings: dict[str, Filing] = {}
    told = Added()
    with store.writing():
        for due in part.due:
            if due.read.reading is None:  # set aside
                continue
            if due.identifier in filings or place(store, due.article) != (due.identifier, due.source):
                waiting.append(due.article)
                continue
            one, given = due.read, due.article.id
            (told.changed if store.has(due.identifier) else told.new).append(due.identifier)
            filings[due.identifier] = prepare(
                due.source, due.read.reading, given, one.reader, one.vector, told=one.signed
            )
        if part.stories and len(told.new) == len(part.due):
            file_together(store, list(filings.values()), part.stories, part.pairs)
        else:  # what others of the part told one story through may be missing
            for filing in filings.values():
                file(store, filing)
    done.new.extend(told.new)
    done.changed.extend(told.changed)
    return waiting


def file_together(
    store: Store,
    filings: Sequence[Filing],
    stories: Sequence[Sequence[int]],
    pairs: Sequence[tuple[int, int]],
) -> None:
    """Keep new articles that were grouped among themselves, and join them with what is kept.

    `stories` are theirs, and `pairs` what may tell one story, both by places. Only what touches an article
    that was kept before is grouped anew. No two have one id; the caller holds `writing`.
    """
    ids = [one.id for one in filings]
    outside = [_neighbours(store, one) for one in filings]
    before: dict[str, set[str]] = {one: set() for one in ids}
    for i, j in pairs:
        before[ids[j]].add(ids[i])
    for one in filings:
        store.put(one)
    for name, near in zip(ids, outside, strict=True):
        store.link(name, near | before[name])
    decided = {one for own in in_force(store.corrections()) for one in (*own.left, *own.right)}
    open_to = {n for n, name in enumerate(ids) if outside[n] or name in decided}
    moved = {
        n for region in connected(range(len(ids)), pairs) if open_to.intersection(region) for n in region
    }
    kept = {one.id: one for one in store.kept(ids)}
    settled = [[kept[ids[n]] for n in story] for story in stories if story[0] not in moved]
    _name(store, [sorted(story, key=lambda one: one.order) for story in settled])
    if moved:
        regroup(store, {ids[n] for n in moved}, set().union(*outside))


def regroup(store: Store, moved: Collection[str], near: Collection[str] = ()) -> None:
    """Group the stories of some articles anew, together with those of articles `near` them.

    What may tell one story with them, directly or through others, is grouped as if it came at once; so
    the order in which articles came does not count. Stories that none of the `moved` articles has left or
    come into stay as they are. A story is named by its earliest article, by the first of that article's
    names that no earlier one of another story gives.
    """
    corrections = in_force(store.corrections())
    articles = _around(store, {*moved, *near}, corrections)
    order = {one.id: n for n, one in enumerate(articles)}
    found = clusters(store.signatures(list(order)))
    ids = list(order)
    together = corrected([[ids[n] for n in one] for one in found], corrections, _Alike(store, ids), order)
    kept = {one.id: one for one in articles}
    touched = _touched(together, kept, moved)
    _name(store, [[kept[one] for one in cluster] for cluster in touched])


def _neighbours(store: Store, filing: Filing) -> set[str]:
    """Give the articles that may tell one story with one that is not kept yet: tied to it, or like it."""

    def near(told: Sequence[tuple[str, str]]) -> list[int]:
        return neighbours(filing.signature, [signature for _, signature in told]) if told else []

    tied = store.tied(filing.ties)
    told = list(zip(tied, store.signatures(tied), strict=True))
    found = {tied[n] for n in near(told)}
    most = _NEAREST if filing.turned else _UNMEASURED
    like = store.like(filing.turned, filing.day, window(), most)
    # fewer than were asked for are all there are, in no order
    patience = _IN_A_ROW if filing.turned and len(like) == most else most
    start, end = 0, patience
    while start < min(end, len(like)):
        told = store.signed(like[start:end])
        hits = near(told)
        found.update(told[n][0] for n in hits)
        start, end = end, start + hits[-1] + 1 + patience if hits else end
    return found - {filing.id}


def _around(store: Store, wanted: Collection[str], corrections: Sequence[Correction]) -> list[Kept]:
    """Give all articles that links, stories and corrections join to some, directly or through others."""
    sides = [{*one.left, *one.right} for one in corrections if one.kind == "merge"]
    found: dict[str, Kept] = {}
    asked: set[str] = set()  # stories
    new = set(wanted)
    while new:
        told = store.kept(new)
        stories = {one.story for one in told if one.story} - asked
        members = store.members(stories)
        asked |= stories
        found.update((one.id, one) for one in (*told, *members))
        new.update(one.id for one in members)
        wider = new.union(store.linked(new), *(side for side in sides if side & new))
        new = wider - found.keys()
    return sorted(found.values(), key=lambda one: one.order)


def _touched(
    together: Sequence[Sequence[str]], kept: Mapping[str, Kept], moved: Collection[str]
) -> list[Sequence[str]]:
    """Give the new stories that share an article with a story, old or new, of the moved articles."""
    articles = set(moved)
    while True:
        old = {kept[one].story for one in articles if one in kept} - {""}
        wider = articles | {one.id for one in kept.values() if one.story in old}
        chosen = [cluster for cluster in together if wider.intersection(cluster)]
        wider |= {one for cluster in chosen for one in cluster}
        if wider == articles:
            return chosen
        articles = wider


def _name(store: Store, stories: Sequence[Sequence[Kept]]) -> None:
    home = {one.id: n for n, story in enumerate(stories) for one in story}
    assigned: dict[str, list[str]] = {}
    for n, story in enumerate(stories):
        name = next(name for name in story[0].names if _gives(store, name, home, n))
        assigned[name] = [one.id for one in story]
    store.assign(assigned)


def _gives(store: Store, name: str, home: Mapping[str, int], story: int) -> bool:
    """Tell whether the first article that gives a name now is in a story."""
    first = next((one for one in store.named(name) if name in one.names), None)
    return first is not None and home.get(first.id) == story


class _Alike:
    """Tell how alike two articles are; vectors are read when first asked for."""

    def __init__(self, store: Store, ids: Sequence[str]) -> None:
        self._read = cache(lambda: _rows(store, ids))

    def __call__(self, one: str, other: str) -> float:
        rows = self._read()
        a, b = rows.get(one), rows.get(other)
        return float(a @ b) if a is not None and b is not None else 0.0


def _rows(store: Store, ids: Sequence[str]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]]:
    import numpy as np

    found, data = store.vectors(ids)
    if not found:
        return {}
    matrix = np.frombuffer(data, dtype="<f4").reshape(len(found), -1)
    return dict(zip(found, matrix, strict=True))
