"""Find the claims an article makes in its own voice: lives, measures, places, judgements.

What has a speaker is a quote and no claim; a sentence in which a speaker is heard is passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from tidende.events.frames import Trigger, frames
from tidende.events.governed import actor_of, is_passive
from tidende.events.meant import phrase_at
from tidende.events.mood import is_unreal
from tidende.events.phrases import Phrase
from tidende.events.politics import is_statesman
from tidende.events.scene import Scene, holds_phrase, is_listed
from tidende.events.tolls import middle, tolls
from tidende.events.triggers import is_verb
from tidende.languages.lists import word_set
from tidende.parse import trees
from tidende.records import Claim, ClaimKind, DateValue, Figure, Quote

_FEW = 4  # words before a verb in which it is negated
_NEAR = 40  # characters between a verb of dying or birth and its date
_TOLL_UNIT = "people"


def find_claims(seen: Sequence[Scene]) -> list[Claim]:
    """Find the claims that an article makes in its scenes, in order of appearance."""
    found: list[Claim] = []
    for scene in seen:
        if not scene.reported:
            dated = list(_lives(scene))
            known = {(claim.subject, claim.value) for claim in dated}
            found += dated
            found += (claim for claim in _turns(scene) if (claim.subject, claim.value) not in known)
            found += _measures(scene)
            found += _judgements(scene)
    unique: dict[str, Claim] = {}
    for claim in found:
        if claim.id in unique:
            unique[claim.id].evidence += claim.evidence
            unique[claim.id].date = unique[claim.id].date or claim.date
        else:
            unique[claim.id] = claim
    return list(unique.values())


def with_figures(quotes: Sequence[Quote], seen: Sequence[Scene]) -> list[Quote]:
    """Give the quotes of an article with the tolls that their speakers tell.

    A toll is told by the shortest quote that holds it.
    """
    figures: dict[str, list[Figure]] = {}
    for scene in seen:
        for value, span in tolls(scene) if scene.reported else ():
            holding = [quote for quote in scene.reported if _tells(quote, span)]
            if holding:
                quote = min(holding, key=lambda one: len(one.versions[0].text))
                figure = Figure(value=value, unit=_TOLL_UNIT, evidence=scene.evidence(*span))
                figures.setdefault(quote.id, []).append(figure)
    return [
        quote.model_copy(
            update={"versions": [quote.versions[0].model_copy(update={"figures": figures[quote.id]})]}
        )
        if quote.id in figures
        else quote
        for quote in quotes
    ]


def _tells(quote: Quote, span: tuple[int, int]) -> bool:
    """Tell whether a span begins and ends in what a speaker says, a source amid his words aside."""
    pieces = quote.versions[0].spans
    return all(any(piece.start <= at <= piece.end for piece in pieces) for at in span)


def _lives(scene: Scene) -> Iterator[Claim]:
    """Yield deaths and births that carry their date: "Kim Jong-il, der døde i 2011"."""
    for value in ("died", "born"):
        words = word_set(scene.parsed.language, "claims", value)
        for token in scene.tokens:
            if token.lower not in words or _is_denied(scene, token.start):
                continue
            persons = [
                phrase
                for phrase in scene.phrases
                if phrase.end <= token.start and len(phrase.ids) == 1 and _is_person(scene, phrase.ids[0])
            ]
            times = [time for time in scene.times if 0 <= time.start - token.end <= _NEAR]
            if persons and times and not _phrase_between(scene, persons[-1].end, token.start):
                yield _claim(
                    scene,
                    "life",
                    persons[-1].ids[0],
                    value,
                    (persons[-1].start, times[0].end),
                    date=times[0].value,
                )


def _is_denied(scene: Scene, position: int) -> bool:
    """Tell whether a negation stands among the last words of a clause: "var ikkje eingong fødd"."""
    before = [token for token in scene.tokens if token.end <= position][-_FEW:]
    no = word_set(scene.parsed.language, "modality", "negation")
    return any(token.lower in no for token in before)


def _turns(scene: Scene) -> Iterator[Claim]:
    """Yield deaths, elections and appointments of statesmen: "Petr Pavel is elected president"."""
    for index, token in enumerate(scene.tokens):
        value = _turn(scene, index) if is_verb(scene.sentence, index) else ""
        phrase = phrase_at(scene, actor_of(scene, index)) if value else None
        if phrase is None or len(phrase.ids) != 1 or phrase.start > token.start:
            continue
        if not _is_person(scene, phrase.ids[0]) or not is_statesman(
            scene.cast.entity(phrase.ids[0]), scene.cast
        ):
            continue
        # Any act of the same shape asks as well whether it is a fact.
        if is_unreal(scene, Trigger(frames()["resign"], "verb", index, index + 1)):
            continue
        times = [time for time in scene.times if time.governor == index]
        span = (
            phrase.start,
            max([token.end, _post_end(scene, index, phrase), *(time.end for time in times)]),
        )
        date = times[0].value if times else None
        yield _claim(scene, "life", phrase.ids[0], value, span, date=date)


def _turn(scene: Scene, verb: int) -> str:
    """Tell what turn a verb tells of its subject's life: "died", "elected" or "appointed", "" for none."""
    language, token = scene.parsed.language, scene.tokens[verb]
    lemma = token.lemma.lower()
    particles = (
        scene.tokens[at].lower for at in trees.children(scene.sentence, verb, "compound:prt", "advmod")
    )
    forms = {lemma, *(f"{lemma} {particle}" for particle in particles)}
    passive = is_passive(scene, verb, strict=True)
    if forms & word_set(language, "claims", "die") and not passive:
        return "died"
    if forms & word_set(language, "claims", "win") and not passive:
        elections = word_set(language, "claims", "election")
        won = (scene.tokens[at] for at in trees.children(scene.sentence, verb, "obj"))
        return "elected" if any(is_listed(one, elections) for one in won) else ""
    if passive and trees.relation(token.deprel) not in ("acl", "amod"):
        for key, value in (("elect", "elected"), ("appoint", "appointed")):
            if forms & word_set(language, "claims", key):
                return value
    return ""


def _post_end(scene: Scene, verb: int, phrase: Phrase) -> int:
    """Give the end of the post that somebody is elected or appointed to, as far as the verb governs it."""
    posts = trees.children(scene.sentence, verb, "xcomp", "obj", "obl")
    ends = [scene.tokens[at].end for at in posts if scene.tokens[at].start > phrase.end]
    return max(ends, default=phrase.end)


def _phrase_between(scene: Scene, start: int, end: int) -> bool:
    """Tell whether another actor stands between two places."""
    return any(start <= phrase.start and phrase.end <= end for phrase in scene.phrases)


def _measures(scene: Scene) -> Iterator[Claim]:
    """Yield distances of places and tolls of the dead and hurt."""
    verbs = word_set(scene.parsed.language, "claims", "distance")
    for number in scene.numbers:
        if number.kind != "quantity" or not number.unit:
            continue
        if number.minimum is None and number.maximum is None:
            continue
        places = [p for p in scene.phrases if p.end <= number.start and _is_place(scene, p.ids[0])]
        if places and holds_phrase(scene.words(places[0].end, number.start), verbs):
            value = middle(number.minimum, number.maximum)
            end = max((p.end for p in scene.phrases if p.start >= number.end), default=number.end)
            yield _claim(scene, "measure", places[0].ids[0], value, (places[0].start, end), unit=number.unit)
    for value, span in tolls(scene):
        yield _claim(scene, "measure", None, value, span, unit=_TOLL_UNIT)


def _judgements(scene: Scene) -> Iterator[Claim]:
    """Yield where places are and how things are seen, as whole sentences."""
    language = scene.parsed.language
    words = scene.words(scene.sentence.start, scene.sentence.end)
    place = scene.phrases[0] if scene.phrases else None
    if place is not None and not place.cases and _is_place(scene, place.ids[0]):
        form = holds_phrase(words, word_set(language, "claims", "location"))
        if form and words.find(form) >= len(scene.words(scene.sentence.start, place.end)):
            yield _claim(scene, "location", place.ids[0], None, (scene.sentence.start, scene.sentence.end))
    if holds_phrase(words, word_set(language, "claims", "assessment")):
        subject = next((p for p in scene.phrases if not p.cases and not p.genitive), None)
        identifier = subject.ids[0] if subject is not None and len(subject.ids) == 1 else None
        yield _claim(scene, "assessment", identifier, None, (scene.sentence.start, scene.sentence.end))


def _is_person(scene: Scene, identifier: str) -> bool:
    return scene.cast.entity(identifier).type == "person"


def _is_place(scene: Scene, identifier: str) -> bool:
    return scene.cast.entity(identifier).type in ("place", "country")


def _claim(
    scene: Scene,
    kind: ClaimKind,
    subject: str | None,
    value: float | str | None,
    span: tuple[int, int],
    *,
    unit: str | None = None,
    date: DateValue | None = None,
) -> Claim:
    evidence = scene.evidence(*span)
    # A judgement has no value to go by, so its own words tell it from others.
    told = value if value is not None else hashlib.sha256(evidence.text.lower().encode()).hexdigest()[:10]
    return Claim(
        id=":".join(("claim", kind, subject or "", str(told), unit or "")),
        kind=kind,
        subject=subject,
        value=value,
        unit=unit,
        date=date,
        text=evidence.text,
        evidence=[evidence],
    )
