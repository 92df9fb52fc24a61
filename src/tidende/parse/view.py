"""Read an article through a view: its text as it was meant, each character with its place in print.

Reading asks word lists, and words are listed as they are usually printed. A view is the text with soft
hyphens out, capitals lowered, lost letters back; it is read in place of the article, and what was read is
then written back onto the article's own characters. The article itself is never changed.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tidende.records import Article, Block, Evidence, Part, Reading, evidence_at

PRINTED = frozenset({"text", "cue", "speaker_text", "value"})  # fields that hold the words of their evidence


class Names(Protocol):
    """What a view asks of a list of names."""

    def cased(self, words: Sequence[str], language: str) -> tuple[str, int]:
        """Give the usual form of the longest name that these words begin with, and its number of words.

        ("", 0) where they begin with none.
        """

    def spelt(self, form: str, language: str) -> str:
        """Give the listed name of which a form is a spelling without diacritics, "" for none."""

    def endings(self) -> Mapping[str, int]:
        """Count the ends of names of people and places, of two to four letters, all names under ""."""

    def leads(self, form: str) -> bool:
        """Tell whether a form is the family name of a head of state or government."""

    def knows(self, form: str, language: str) -> bool:
        """Tell whether a form is listed as it is, as a name or a given name."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` for `[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One part of an article as it is read; where each character begins and ends in print.

    Without `starts` and `ends` the text is the printed one.
    """

    text: str
    starts: array[int] | None = None
    ends: array[int] | None = None

    def edited(self, edits: Iterable[Edit]) -> Sheet:
        """Give the sheet with edits made; they must be in order and apart."""
        made = [edit for edit in edits if self.text[edit.start : edit.end] != edit.text]
        if not made:
            return self
        size = len(self.text)
        old_starts = self.starts if self.starts is not None else array("l", range(size))
        old_ends = self.ends if self.ends is not None else array("l", range(1, size + 1))
        pieces: list[str] = []
        starts, ends = array("l"), array("l")
        at = 0
        for edit in made:
            pieces += [self.text[at : edit.start], edit.text]
            starts.extend(old_starts[at : edit.start])
            ends.extend(old_ends[at : edit.start])
            if len(edit.text) == edit.end - edit.start:
                starts.extend(old_starts[edit.start : edit.end])
                ends.extend(old_ends[edit.start : edit.end])
            else:
                empty = edit.start == edit.end
                here = old_starts[edit.start] if edit.start < size else old_ends[-1]
                starts.extend([here] * len(edit.text))
                ends.extend([here if empty else old_ends[edit.end - 1]] * len(edit.text))
            at = edit.end
        pieces.append(self.text[at:])
        starts.extend(old_starts[at:])
        ends.extend(old_ends[at:])
        return Sheet("".join(pieces), starts, ends)

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in print of a place in the view."""
        if self.starts is None or self.ends is None or start >= end:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def viewed(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the view of a place in print."""
        if self.starts is None:
            return start, end
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


@dataclass(frozen=True, slots=True)
class View:
    """An article and its two parts as they are read."""

    article: Article
    text: Sheet
    title: Sheet

    @classmethod
    def of(cls, article: Article) -> View:
        """Open the view that changes nothing."""
        return cls(article, Sheet(article.text), Sheet(article.title or ""))

    @property
    def changed(self) -> bool:
        """Tell whether anything is read otherwise than printed."""
        return self.text.starts is not None or self.title.starts is not None

    def sheet(self, part: Part) -> Sheet:
        """Give one part."""
        return self.text if part == "text" else self.title

    def blocks(self) -> list[Block]:
        """Give the article's blocks in the offsets of the view."""
        found = []
        for block in self.article.blocks:
            start, end = self.sheet(block.part).viewed(block.start, block.end)
            found.append(block.model_copy(update={"start": start, "end": end}))
        return found

    def read(self) -> Article:
        """Give the article to read."""
        if not self.changed:
            return self.article
        title = None if self.article.title is None else self.title.text
        return self.article.model_copy(
            update={"text": self.text.text, "title": title, "blocks": self.blocks()}
        )

    def written(self, reading: Reading) -> Reading:
        """Write what was read in the view onto the printed characters."""
        if not self.changed:
            return reading
        told: dict[str, Any] = {}
        for sort in ("entities", "roles", "events", "quotes", "claims"):
            told[sort] = [self._fact(fact) for fact in getattr(reading, sort)]
        return Reading(article=self.article, **told)

    def _fact(self, fact: Any) -> Any:
        """Give a fact with evidence in print, and its words as printed where evidence shows them."""
        words: dict[str, list[str]] = {}
        kept = fact.model_dump()
        moved = self._moved(kept, words)
        return type(fact).model_validate(_reprinted(moved, words))

    def _moved(self, value: Any, words: dict[str, list[str]]) -> Any:
        """Move every evidence of a value; note how what it shows was printed."""
        if isinstance(value, list):
            return [self._moved(one, words) for one in value]
        if not isinstance(value, dict):
            return value
        if {"article", "part", "start", "end", "text"} == value.keys():
            evidence = self.evidence(Evidence.model_validate(value))
            words.setdefault(value["text"], []).append(evidence.text)
            return evidence
        return {key: self._moved(one, words) for key, one in value.items()}

    def evidence(self, evidence: Evidence) -> Evidence:
        """Give evidence of the view as evidence in print."""
        start, end = self.sheet(evidence.part).printed(evidence.start, evidence.end)
        return evidence_at(self.article, start, end, evidence.part)


def _reprinted(value: Any, words: dict[str, list[str]]) -> Any:
    """Put printed words for those of the view, in the fields that hold such."""
    if isinstance(value, list):
        return [_reprinted(one, words) for one in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Any] = {}
    for key, one in value.items():
        if key == "names":
            found[key] = {
                language: list(dict.fromkeys(one for form in forms for one in words.get(form, [form])))
                for language, forms in one.items()
            }
        elif key in PRINTED and isinstance(one, str):
            found[key] = words.get(one, [one])[0]
        else:
            found[key] = _reprinted(one, words)
    if "spans" in found and "cue" in found:
        found["text"] = " ".join(span.text for span in found["spans"])
    return found
