"""One sentence as events see it: tokens, actors, times, numbers, clauses, quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidende.dates.types import Length, Number, Time, Timeline
from tidende.entities import Cast
from tidende.events.phrases import Phrase, phrases
from tidende.languages.lists import word_list, word_set
from tidende.parse.types import Parsed, Sentence, Token
from tidende.records import Evidence, Quote, evidence_at

_BREAKS = frozenset(",;:–—-()")


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that one sentence holds, by place.

    `reported` are the quotes whose span touches the sentence; `spoken` the spans of direct
    speech in it, which is the speaker's and not the article's to tell.
    """

    parsed: Parsed
    cast: Cast
    sentence: Sentence
    phrases: tuple[Phrase, ...]
    times: tuple[Time, ...]
    lengths: tuple[Length, ...]
    numbers: tuple[Number, ...]
    reported: tuple[Quote, ...]
    spoken: tuple[tuple[int, int], ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the sentence."""
        return self.sentence.tokens

    def evidence(self, start: int, end: int) -> Evidence:
        """Cut evidence out of the sentence's part."""
        return evidence_at(self.parsed.article, start, end, self.sentence.part)

    def whole(self) -> Evidence:
        """Give the sentence itself as evidence."""
        return self.evidence(self.sentence.start, self.sentence.end)

    def is_spoken(self, position: int) -> bool:
        """Tell whether a position lies in direct speech."""
        return any(start <= position < end for start, end in self.spoken)

    def clause(self, index: int) -> tuple[int, int]:
        """Give the span of the clause around a token: up to the breaks and joints beside it."""
        language = self.parsed.language
        joints = (
            word_set(language, "text", "conjunctions", "that")
            | word_set(language, "text", "conjunctions", "relative")
            | word_set(language, "text", "conjunctions", "because")
            | word_set(language, "text", "conjunctions", "when")
            | word_set(language, "text", "conjunctions", "but")
        )
        first = index
        while first > 0 and not self._breaks(first - 1, joints):
            first -= 1
        last = index + 1
        while last < len(self.tokens) and not self._breaks(last, joints):
            last += 1
        return self.tokens[first].start, self.tokens[last - 1].end

    def _breaks(self, index: int, joints: frozenset[str]) -> bool:
        token = self.tokens[index]
        if any(phrase.start <= token.start < phrase.end for phrase in self.phrases):
            return False  # the comma of an apposition ends no clause
        if token.text == "," and self._closes_apposition(token.start):
            return False
        if token.text in _BREAKS:
            return True
        return token.lower in joints and not self._marks_infinitive(index) and not self._determines(index)

    def _closes_apposition(self, position: int) -> bool:
        """Tell whether a comma closes what another opened: "Tysklands kansler, Angela Merkel, i Berlin"."""
        source = self.parsed.source(self.sentence.part)
        return any(p.end == position and "," in source[p.start : p.end] for p in self.phrases)

    def _determines(self, index: int) -> bool:
        """Tell an article from the relative pronoun that looks like it: only that has a comma before it."""
        language = self.parsed.language
        if not word_list(language, "grammar")["relative_comma"]:
            return False
        if self.tokens[index].lower not in word_set(language, "grammar", "definite"):
            return False
        return index == 0 or self.tokens[index - 1].text != ","

    def _marks_infinitive(self, index: int) -> bool:
        """Tell "at vare" from "at han": the mark of the infinitive may be the word that opens clauses."""
        language = self.parsed.language
        if self.tokens[index].lower not in word_set(language, "modality", "infinitive"):
            return False
        if index and self.tokens[index - 1].lower in word_set(language, "speech", "finite"):
            return False
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        return following is not None and not (
            following.is_capital or following.lower in word_set(language, "text", "function_words")
        )

    def has_helper(self, start: int, end: int) -> bool:
        """Tell whether a noun's own phrase has ended: a mark or a finite helper stands between."""
        language = self.parsed.language
        helpers = word_set(language, "events", "light") | word_set(language, "text", "copula")
        return any(
            (token.text in ".;:,–—" and not self._in_apposition(token.start)) or token.lower in helpers
            for token in self.tokens
            if start <= token.start < end
        )

    def _in_apposition(self, position: int) -> bool:
        """Tell whether a mark stands inside a description with its name, or closes one."""
        inside = any(p.start <= position < p.end for p in self.phrases)
        return inside or self._closes_apposition(position)

    def words(self, start: int, end: int) -> str:
        """Give the lower-case words between two positions, joined by blanks."""
        return " ".join(token.lower for token in self.tokens if start <= token.start < end)


def scenes(parsed: Parsed, cast: Cast, timeline: Timeline, quotes: Sequence[Quote]) -> list[Scene]:
    """Give the scenes of an article in order."""
    found: list[Scene] = []
    for sentence in parsed.sentences:
        times = tuple(time for time in timeline.times if time.sentence == sentence.index)
        reported = tuple(
            quote
            for quote in quotes
            if quote.versions[0].evidence.part == sentence.part
            and quote.versions[0].evidence.start < sentence.end
            and sentence.start < quote.versions[0].evidence.end
        )
        spoken = tuple(
            (span.start, span.end)
            for quote in reported
            if quote.kind == "direct"
            for span in quote.versions[0].spans
        )
        sources = [span for quote in reported if (span := _source(quote, sentence)) is not None]
        found.append(
            Scene(
                parsed,
                cast,
                sentence,
                tuple(
                    phrase
                    for phrase in phrases(parsed, cast, sentence, times)
                    if not any(start <= phrase.start < end for start, end in sources)
                ),
                times,
                tuple(length for length in timeline.lengths if length.sentence == sentence.index),
                tuple(number for number in timeline.numbers if number.sentence == sentence.index),
                reported,
                spoken,
            )
        )
    return found


def _source(quote: Quote, sentence: Sentence) -> tuple[int, int] | None:
    """Give where a sentence names a source that tells it all and does nothing in it: "nach Angaben von X"."""
    version = quote.versions[0]
    cue, speaker = version.cue_evidence, version.speaker_evidence
    if version.act is not None or version.kind != "indirect" or cue is None or speaker is None:
        return None
    start, end = min(cue.start, speaker.start), max(cue.end, speaker.end)
    inside = speaker.part == sentence.part and sentence.start <= start and end <= sentence.end
    return (start, end) if inside else None


def is_listed(token: Token, words: frozenset[str]) -> bool:
    """Tell whether a word is in a list, as printed or by its dictionary form."""
    return token.lower in words or token.lemma.lower() in words


def holds_phrase(words: str, forms: frozenset[str]) -> str:
    """Give the longest of the forms that stands as whole words in a string, "" for none."""
    padded = f" {words} "
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        if f" {form} " in padded:
            return form
    return ""


def find_words(scene: Scene, form: str, span: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """Give the place of a phrase of whole words in the sentence."""
    words = form.split()
    tokens = [token for token in scene.tokens if span is None or span[0] <= token.start < span[1]]
    for index in range(len(tokens) - len(words) + 1):
        if [token.lower for token in tokens[index : index + len(words)]] == words:
            return tokens[index].start, tokens[index + len(words) - 1].end
    return None
