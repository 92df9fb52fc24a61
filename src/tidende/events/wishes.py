"""Tell deeds from what somebody asks for, and read what a politician says others must do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidende.events.drafts import Draft
from tidende.events.frames import Trigger, frames
from tidende.events.phrases import Phrase
from tidende.events.politics import as_state, is_political_actor, is_state, state_of_person
from tidende.events.scene import Scene
from tidende.languages.lists import word_list, word_set
from tidende.parse.types import Token


def is_asked(scene: Scene, trigger: Trigger, actors: tuple[str, ...], before: Sequence[Draft]) -> bool:
    """Tell whether an act is what somebody asks, offers or means to do: "demanded that X lift ..."."""
    asked = any(draft.frame.type == "REQUEST" and set(actors) <= set(draft.recipients) for draft in before)
    mark = scene.tokens[trigger.first - 1].lower if trigger.first else ""
    if _is_wish(scene, trigger) and trigger.frame.type != "CONSULT":
        return True
    meant = mark in word_set(scene.parsed.language, "modality", "infinitive")
    return trigger.frame.strict and trigger.kind == "verb" and (asked or meant)


def _is_wish(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether the clause of an act hangs on a verb of asking or threatening, whoever does that."""
    language = scene.parsed.language
    start = scene.clause(trigger.first)[0]
    before = [token for token in scene.tokens if token.end <= start and token.is_word][-2:]
    that = word_set(language, "text", "conjunctions", "that")
    wishes = word_set(language, "events", "verbs", "demand") | word_set(
        language, "events", "verbs", "threaten"
    )
    return len(before) == 2 and before[1].lower in that and before[0].lower in wishes


def obligations(scene: Scene) -> Iterator[Draft]:
    """Yield what a politician says another state must do: "Russia said that Sudan must return ..."."""
    must = word_set(scene.parsed.language, "acts", "must")
    for quote in scene.reported:
        if quote.kind == "direct" or quote.speaker is None or quote.speaker not in scene.cast.by_id:
            continue
        home = state_of_person(quote.speaker, scene.cast) or quote.speaker
        political = is_political_actor(scene.cast.entity(quote.speaker), scene.cast)
        for token in scene.tokens:
            bound = _bound(scene, token) if token.lower in must else []
            said = any(s.start <= token.start < s.end for s in quote.versions[0].spans)
            if not (political and said and bound):
                continue
            state = tuple(
                dict.fromkeys(
                    as_state(scene.cast, identifier, scene.parsed.language) for identifier in bound[0].ids
                )
            )
            foreign = all(is_state(scene.cast.entity(i)) and i != home for i in state)
            known = home != quote.speaker or scene.cast.entity(home).type in ("country", "organisation")
            if foreign and known and not bound[0].cases and not bound[0].genitive:
                yield Draft(
                    frame=frames()["demand"],
                    actors=(as_state(scene.cast, quote.speaker, scene.parsed.language),),
                    recipients=state,
                    order=scene.sentence.index,
                    evidence=[scene.whole()],
                )
                return


def _bound(scene: Scene, must: Token) -> list[Phrase]:
    """Give who must: what stands before the word, or where verbs stand last opens its clause."""
    if not word_list(scene.parsed.language, "acts")["verb_last"]:
        return [p for p in scene.phrases if _is_beside(scene, p.end, must.start)][-1:]
    that = word_set(scene.parsed.language, "text", "conjunctions", "that")
    opening = [token for token in scene.tokens if token.lower in that and token.end < must.start][-1:]
    bare = [p for p in scene.phrases if opening and opening[0].end < p.start < must.start and not p.cases]
    return [p for p in bare[:1] if len(scene.words(opening[0].end, p.start).split()) <= 1]


def _is_beside(scene: Scene, end: int, start: int) -> bool:
    """Tell whether at most one adverb stands between two places: "Moscow first must"."""
    between = [token for token in scene.tokens if end <= token.start < start]
    return end <= start and len(between) <= 1 and all(token.text.islower() for token in between)
