"""Find reported speech that goes on without a cue, told by the mood of its verb."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.parse import trees
from tidende.parse.types import Sentence
from tidende.quotes.drafts import Draft
from tidende.quotes.frames import Frame
from tidende.quotes.marks import trim
from tidende.quotes.speakers import Scene
from tidende.records import Part, QuoteKind

_REPORTED = ("Mood=Sub", "Tense=Pres")
_OWN = "Mood=Ind"  # of the article's own voice
_LEAST = 3  # words
_VERBS = ("VERB", "AUX")


def continued(scene: Scene, part: Part, frames: Sequence[Frame], drafts: Sequence[Draft]) -> list[Draft]:
    """Give a draft for each sentence in the mood of reported speech right after what somebody said.

    "The minister said he was ill. The meeting be on Monday.": in German, the second is his word as well.
    Its speaker is that of the sentence before; it has no cue.
    """
    if not scene.words.subjunctive:
        return []
    text = scene.parsed.source(part)
    spans = sorted((d.outer[0], max(d.outer[1], d.spans[-1][1]), n) for n, d in enumerate(drafts))
    found: list[Draft] = []
    before: Draft | None = None
    at = 0
    for number, frame in enumerate(frames):
        start, end = frame.start, frame.tokens[-1].end
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        own: Draft | None = None
        look = at
        while look < len(spans) and spans[look][0] < end:
            own = drafts[spans[look][2]]
            look += 1
        near = number > 0 and frame.block - frames[number - 1].block <= 1
        if own is None and before is not None and near and _reported(scene, part, frame):
            span = trim(text, start, end, ".,;:!? ")
            kind: QuoteKind = "mixed" if frame.passages else "indirect"
            own = Draft(part, kind, [span], span, before.speaker, block=frame.block)
            own.last_block, own.carried = frame.block, True
            found.append(own)
        before = own
    return found


def _reported(scene: Scene, part: Part, frame: Frame) -> bool:
    """Tell whether the first finite verb of a sentence's own clause is in the mood of reported speech."""
    for sentence in scene.sentences(part, frame.block):
        if sentence.start == frame.start and frame.words >= _LEAST:
            return _mood(sentence) or _has_form(scene, sentence)
    return False


def _mood(sentence: Sentence) -> bool:
    root = next((n for n, token in enumerate(sentence.tokens) if token.deprel == "root"), -1)
    if root < 0:
        return False
    verbs = [root, *trees.children(sentence, root, "aux", "cop")]
    feats = [sentence.tokens[n].feats for n in verbs]
    told = any(all(mark in each for mark in _REPORTED) for each in feats)
    return told and not any(_OWN in each for each in feats)


def _has_form(scene: Scene, sentence: Sentence) -> bool:
    """Tell whether the first verb of a sentence's own clause is a form that only reported speech has.

    Not where the sentence asks, makes a condition or speaks of "I".
    """
    words, tokens = scene.words, sentence.tokens
    root = next((n for n, token in enumerate(tokens) if token.deprel == "root"), -1)
    if root < 0 or tokens[-1].text == "?" or any(token.lower in words.conditional for token in tokens):
        return False
    finite = [n for n in (root, *trees.children(sentence, root, "aux", "cop")) if tokens[n].upos in _VERBS]
    if not finite or tokens[min(finite)].lower not in words.reported:
        return False
    return not any(tokens[n].lower in words.first_person for n in trees.children(sentence, root, "nsubj"))
