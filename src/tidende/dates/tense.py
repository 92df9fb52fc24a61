"""Tell by the tree whether the verb above a time looks ahead or back, and which word the time belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from tidende.dates.clauses import Cues
from tidende.dates.tokens import Piece
from tidende.dates.values import Direction
from tidende.languages.lists import word_list
from tidende.parse.trees import ancestors, children, has_tree, relation
from tidende.parse.types import Sentence

_Mood = Literal["past", "future", "present", "said", "shifted", ""]
_VERBAL = frozenset({"VERB", "AUX"})
_HELPERS = ("aux", "cop")


class Tenses:
    """Read one sentence's tree; without a tree every answer is empty."""

    def __init__(self, sentence: Sentence, pieces: Sequence[Piece], cues: Cues, language: str) -> None:
        self._sentence = sentence
        self._read = has_tree(sentence)
        self._cues = cues
        self._speech = _speech(language)
        self._ahead: frozenset[int] | None = None
        self._pieces = pieces

    def governor(self, start: int, end: int) -> int:
        """Give the token that the words `[start:end]` hang on, -1 for none or without a tree."""
        tokens = self._sentence.tokens
        inside = self._sentence.touching(start, end)
        for at in inside:
            head = tokens[at].head
            if self._read and head >= 0 and head not in inside and relation(tokens[at].deprel) != "punct":
                return head
        return -1

    def parts_of_speech(self, start: int, end: int) -> list[str]:
        """Give the universal parts of speech of the words `[start:end]`; none without a tree."""
        if not self._read:
            return []
        return [token.upos for token in self._sentence.tokens if token.start < end and start < token.end]

    def relations(self, start: int, end: int) -> list[str]:
        """Give the relations of the words `[start:end]` to what they hang on; none without a tree."""
        if not self._read:
            return []
        return [
            relation(token.deprel)
            for token in self._sentence.tokens
            if token.start < end and start < token.end
        ]

    def names_one(self, start: int, end: int) -> bool:
        """Tell whether the words `[start:end]` stand before one thing, not several: "the 1991 agreement"."""
        at = self.governor(start, end)
        token = self._sentence.tokens[at] if at >= 0 else None
        return (
            token is not None and token.start >= end and token.upos == "NOUN" and "Number=Sing" in token.feats
        )

    def name_tags(self, start: int, end: int) -> set[str]:
        """Give the types of the names that the words `[start:end]` stand in, by the model."""
        tokens = [token for token in self._sentence.tokens if token.start < end and start < token.end]
        return {token.name.partition("-")[2] for token in tokens} - {""}

    def direction(self, start: int, end: int, *, nouns: bool = True) -> Direction:
        """Tell the direction of the first verb above the words `[start:end]` that shows one.

        A present looks ahead where what is above it does; else it is told as "present". An infinitive
        takes the tense of the verb above it. Without `nouns` the present counts only for what belongs to the
        verb: "figures from Thursday show".
        """
        at = self.governor(start, end)
        if at < 0:
            return ""
        present = shifted = False
        for each in (at, *ancestors(self._sentence, at)):
            token = self._sentence.tokens[each]
            found = self._mood(each)
            if shifted and token.lower in self._speech:
                return "future"
            if found == "future":
                return found
            if found == "past" and not present:
                return "told" if self._within_noun(at, start) else found
            present = present or found == "present"
            shifted = shifted or found == "shifted"
            if found == "said":
                if relation(token.deprel) not in ("ccomp", "obj"):
                    break
                present = True
        return "present" if present and (nouns or not self._within_noun(at, start)) else ""

    def _within_noun(self, at: int, start: int) -> bool:
        """Tell whether a time stands after a noun and says which thing is meant."""
        token = self._sentence.tokens[at]
        return token.upos in ("NOUN", "PROPN") and token.start < start

    def _mood(self, at: int) -> _Mood:
        """Give "future", "past", "present", "said" (a present of speech), "shifted" (a past modal) or ""."""
        tokens = self._sentence.tokens
        token = tokens[at]
        helpers = children(self._sentence, at, *_HELPERS)
        group = sorted([at, *helpers])
        if self._future(group):
            return "future"
        if token.upos not in _VERBAL and not helpers:
            return ""
        if any(tokens[each].lower in self._cues.past for each in group):
            return "past"
        if any("Tense=Past" in tokens[each].feats and _finite(tokens[each].feats) for each in group):
            modal = "VerbForm=Inf" in token.feats and helpers
            return "shifted" if modal else "past"
        if any(_finite(tokens[each].feats) for each in group):
            if token.lower in self._speech:
                return "said"
            participle = "VerbForm=Part" in token.feats or "VerbForm=Sup" in token.feats
            return "" if participle else "present"
        if "VerbForm=Inf" in token.feats and relation(token.deprel) == "root":
            return "future"
        if "VerbForm=Part" in token.feats and relation(token.deprel) in ("acl", "amod"):
            return "past" if "Tense=Pres" not in token.feats else ""
        return ""

    def _future(self, group: Sequence[int]) -> bool:
        if self._ahead is None:
            found: set[int] = set()
            for position in range(len(self._pieces)):
                for _, last in self._cues.future.at(self._pieces, position):
                    found.update(piece.start for piece in self._pieces[position:last])
            self._ahead = frozenset(found)
        tokens = self._sentence.tokens
        if any(tokens[at].start in self._ahead for at in group):
            return True
        # "kommer sedan att": the words of a phrase may stand apart around the verb that they belong to.
        words = {
            tokens[at].lower for each in group for at in children(self._sentence, each, "mark", *_HELPERS)
        }
        return bool(words) and any(
            len(phrase) > 1 and words.issuperset(phrase) for phrase in self._cues.apart
        )


def _finite(feats: str) -> bool:
    return "VerbForm=Fin" in feats or ("Tense=" in feats and "VerbForm=" not in feats)


@cache
def _speech(language: str) -> frozenset[str]:
    """Give the finite verbs that report speech, one word each."""
    return frozenset(
        form.lower()
        for forms in word_list(language, "speech")["finite"].values()
        for form in forms
        if " " not in form
    )
