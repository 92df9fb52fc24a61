"""Ask what the model takes a name for, by all places where the article prints it."""

from __future__ import annotations

from collections import Counter

from tidende.parse.genitive import strip_genitive
from tidende.parse.types import Parsed
from tidende.records import EntityType

_TYPES: tuple[EntityType, ...] = ("person", "organisation", "place", "other")


class Votes:
    """The types that the model gives the names of one article; it errs at one place, seldom at most.

    `read` tells whether a model read the article at all.
    """

    def __init__(self, parsed: Parsed) -> None:
        self.read = any(token.name for sentence in parsed.sentences for token in sentence.tokens)
        self._counts: dict[str, Counter[str]] = {}
        titles = {n for n, block in enumerate(parsed.blocks) if block.is_headline}
        for name in parsed.names if self.read else ():
            if not name.type and parsed.sentences[name.sentence].block in titles:
                continue  # a headline's capitals and clipped syntax tell the model less
            forms = {name.text, strip_genitive(name.text, parsed.language)}
            if name.type == "place" and "-" in name.text:
                forms.add(name.text.rpartition("-")[0])  # "Tampa Bay-området"
            for form in forms:
                self._counts.setdefault(form, Counter())[name.type] += 1
        self.surnames = frozenset(
            name.text.split()[-1] for name in parsed.names if name.type == "person" and " " in name.text
        )

    def type_of(self, form: str) -> EntityType | None:
        """Give the type that most places tell, None where most tell none or none does."""
        counts = self._counts.get(form)
        if counts is None:
            return None
        best = max(_TYPES, key=lambda type_: counts[type_])
        told = sum(counts[type_] for type_ in _TYPES)
        return best if counts[best] and told >= counts[""] else None

    def places(self, form: str) -> int:
        """Give the number of places that print a form."""
        return sum(self._counts.get(form, Counter()).values())
