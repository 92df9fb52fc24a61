"""Find the setting of what is said: to whom, through what, and at what occasion."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.languages.lists import word_set
from tidende.parse.types import Token
from tidende.quotes.cues import QUOTED, Cue, cue_at, opener_at, phrase_at
from tidende.quotes.drafts import Draft, Medium, Span
from tidende.quotes.governed import Governed
from tidende.quotes.phrases import Subject
from tidende.records import Part

_LISTENERS = ("person", "organisation", "country", "other")
_REACH_ADDRESSEE = 14
_REACH_PHRASE = 5  # tokens between a preposition and its noun
_CHAINED = 3  # phrases: "at a rally in West Virginia on ..."


class Setting(Governed):
    """Find the addressee, the medium and the occasion of a cue."""

    def set_scene(
        self,
        draft: Draft,
        tokens: Sequence[Token],
        place: tuple[int, int, int],
        cue: Cue | None,
        speaker: Subject | None,
    ) -> None:
        """Fill in what the tokens `[first:last]` around a cue tell beside who speaks.

        `place` is where the sentence of the cue begins, and that first and last: a phrase that opens the
        sentence belongs to the cue as well, "In a speech in Berlin, Merkel said".
        """
        low, first, last = place
        if cue is not None:
            draft.addressee = self.addressee(draft.part, tokens, cue, last, speaker)
        opening = self._opening(tokens, low, first)
        for start, end in ((first, last), (low, opening)):
            draft.medium = draft.medium or self.medium(tokens, start, end)
            draft.occasion = draft.occasion or self.occasion(draft.part, tokens, start, end, cue)

    def addressee(
        self, part: Part, tokens: Sequence[Token], cue: Cue, end: int, speaker: Subject | None
    ) -> Subject | None:
        """Give whom the cast knows of those spoken to, within the tokens from the cue up to `end`."""
        if cue.does("tell") and cue.after < end:
            found = self.phrase_from(part, tokens, cue.after)
            if found is not None and (speaker is None or found.start != speaker.start) and found.entity:
                return self._listener(found, speaker)
        beside = word_set(self.parsed.language, "text", "prepositions", "with")
        for at in range(cue.after, min(end, cue.after + _REACH_ADDRESSEE)):
            size = phrase_at(tokens, at, self.words.addressee)
            if opener_at(tokens, at - 1, self.words):
                continue
            if not size or at + size >= len(tokens):
                continue
            governed = at > 1 and tokens[at - 1].upos == "NOUN" and tokens[at - 2].lower in beside
            if governed:
                continue  # "med hänvisning till källor": nobody is spoken to
            found = self.phrase_from(part, tokens, at + size)
            if found is not None and found.entity and (listener := self._listener(found, speaker)):
                return listener
        return None

    def _listener(self, found: Subject, speaker: Subject | None) -> Subject | None:
        if found.type not in _LISTENERS or self.words.is_occasion(found.text.lower().split()[-1]):
            return None
        return found if speaker is None or speaker.entity != found.entity else None

    def medium(self, tokens: Sequence[Token], start: int, end: int) -> Medium | None:
        """Give the medium that is told after a preposition, by its key: "in a statement"."""
        for at in range(start, min(end, len(tokens))):
            for size in (2, 1):
                key = self.words.medium.get(tuple(t.lower for t in tokens[at : at + size]))
                governing = self._governing(tokens, at, start, self.words.prepositions)
                if key is not None and governing is not None:
                    return key, tokens[at].start, tokens[min(at + size, len(tokens)) - 1].end
        return None

    def occasion(
        self, part: Part, tokens: Sequence[Token], start: int, end: int, cue: Cue | None
    ) -> Span | None:
        """Give the words that tell at what occasion: a phrase with a noun for one, and the names that follow.

        It opens with a preposition, or is what is told: "told a rally in West Virginia".
        """
        for at in range(start, min(end, len(tokens))):
            token = tokens[at]
            if not token.is_word or not self.words.is_occasion(token.lower):
                continue
            if at + 1 < end and self.words.is_occasion(tokens[at + 1].lower):
                continue  # "a campaign rally"
            first = self._governing(tokens, at, start, self.words.at_occasion)
            if first is None and cue is not None and cue.does("tell") and cue.after <= at:
                between = tokens[cue.after : at + 1]
                told = between[0].lower in self.words.determiners and all(each.is_word for each in between)
                first = cue.after if told else None
            if first is not None:
                return tokens[first].start, tokens[self._names_after(part, tokens, at + 1, end) - 1].end
        return None

    def _governing(self, tokens: Sequence[Token], at: int, start: int, those: frozenset[str]) -> int | None:
        """Give where the preposition of a noun stands if it is one of some, None for none near before it."""
        for before in range(at - 1, max(start - 1, at - 1 - _REACH_PHRASE), -1):
            if not tokens[before].is_word or tokens[before].text == QUOTED:
                return None
            if tokens[before].lower in self.words.prepositions | those:
                return before if tokens[before].lower in those else None
            if cue_at(tokens, before, self.words) is not None:
                return None
        return None

    def _names_after(self, part: Part, tokens: Sequence[Token], at: int, end: int) -> int:
        """Give where the names that belong to a noun end: "talks with Kim Jong-un in Vladivostok"."""
        for _ in range(_CHAINED):
            spoken_to = bool(phrase_at(tokens, at, self.words.addressee)) if at < end else True
            if spoken_to or at + 1 >= end or tokens[at].lower not in self.words.prepositions:
                break
            name = self.mention_from(part, tokens, at + 1)
            if name is None or not name.known or name.last > end:
                break
            at = name.last
        return at

    def _opening(self, tokens: Sequence[Token], low: int, first: int) -> int:
        """Give where a phrase that opens a sentence ends, `low` if none does; no clause may stand in it."""
        words = self.words
        if low >= first or not tokens[low].is_word:
            return low
        after = low + (tokens[low].lower not in words.prepositions)
        if after >= first or tokens[after].lower not in words.prepositions:
            return low
        end = after
        while end < first and tokens[end].is_word and cue_at(tokens, end, words) is None:
            end += 1
        return end
