"""Find every quote of an article: direct speech first, then what is reported around it."""

from __future__ import annotations

from tidende.entities.types import Cast
from tidende.parse.types import Parsed
from tidende.quotes.continued import continued
from tidende.quotes.cues import Grammar, grammar
from tidende.quotes.direct import Direct
from tidende.quotes.drafts import Draft, quote
from tidende.quotes.frames import cut_frames
from tidende.quotes.heard import resolve_by_last, resolve_headlines
from tidende.quotes.indirect import Indirect
from tidende.quotes.marks import find_passages
from tidende.quotes.speakers import Scene
from tidende.records import Part, Quote

_GLANCE = 60


def find_quotes(parsed: Parsed, cast: Cast) -> list[Quote]:
    """Give the quotes of an article in order of appearance, each with exactly one version.

    `speaker` is an id of the cast, or None where the cast has nobody in the place of the speaker;
    `speaker_text` is "" only where no speaker is told. Quotes do not overlap: a quote inside a quote
    is left out.
    """
    words = grammar(parsed.language)
    scene = Scene(parsed, cast, words)
    drafts: list[Draft] = []
    for part in ("title", "text"):
        drafts += _without_overlap(_find(scene, part, words))
    for draft in drafts:
        draft.speaker = scene.held(draft.part, draft.speaker) if draft.speaker is not None else None
    resolve_by_last(drafts, scene)
    resolve_headlines(drafts, scene)
    quotes: list[Quote] = []
    seen: set[str] = set()
    for draft in drafts:
        found = quote(parsed, draft)
        if found.id not in seen:
            seen.add(found.id)
            quotes.append(found)
    return quotes


def _find(scene: Scene, part: Part, words: Grammar) -> list[Draft]:
    parsed = scene.parsed
    text = parsed.source(part)

    def attributed(position: int) -> bool:
        return _attributed(text, position, words)

    passages = find_passages(text, part, parsed.blocks, attributed)
    frames = cut_frames(parsed, part, passages)
    direct = Direct(scene, part, frames)
    drafts = direct.run()
    for number, frame in enumerate(frames):
        barred = {at for at, passage in frame.passages.items() if direct.is_direct(passage)}
        drafts = drafts + Indirect(scene, part, frame, direct.used.get(number, set()), barred).run()
    return drafts + continued(scene, part, frames, drafts)


def _attributed(text: str, position: int, words: Grammar) -> bool:
    """Tell, before there are tokens, whether a comma and a cue follow a closing mark."""
    following = text[position : position + _GLANCE].split("\n", maxsplit=1)[0]
    rest = following.lstrip("\"“”«»'’‘ ,")
    before = text[max(0, position - 2) : max(0, position - 1)]
    if "," not in following[: len(following) - len(rest)] and before != ",":
        return False
    first = rest.split(" ")[:1]
    return bool(first) and first[0].strip(".,").lower() in words.entries


def _without_overlap(drafts: list[Draft]) -> list[Draft]:
    """Order drafts by place; of two that overlap the outer one stays."""
    kept: list[Draft] = []
    end = 0
    for draft in sorted(drafts, key=lambda d: (d.spans[0][0], -d.spans[-1][1])):
        if draft.spans[0][0] >= end:
            kept.append(draft)
            end = max(end, draft.spans[-1][1])
    return kept
