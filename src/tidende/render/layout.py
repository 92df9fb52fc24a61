"""Lay out a printed record: safe text, hanging indents, locators, and the budget of lines."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH = 110
BUDGET = 80

_ELLIPSIS = "…"
_FIXED_SPACE = "\u00a0"
_KEPT_TOGETHER = 60  # a locator longer than this may break across lines
_JOINERS = "\u200c\u200d"  # Persian and emoji need them
_UNSAFE = frozenset({"Cc", "Cf", "Cs"})


def clean(text: str) -> str:
    """Make text safe for a terminal: white space becomes one space, control characters a mark."""
    text = " ".join(text.split())
    if text.isprintable():  # what most text is, and soon told
        return text
    safe: list[str] = []
    for character in text:
        if character.isspace():
            safe.append(" ")
        elif unicodedata.category(character) not in _UNSAFE or character in _JOINERS:
            safe.append(character)
        elif unicodedata.category(character) != "Cf":
            safe.append("\ufffd")
    return " ".join("".join(safe).split())


def clip(text: str, limit: int | None) -> str:
    """Cut text at a word boundary so that it holds at most `limit` characters; None cuts nothing."""
    text = clean(text if limit is None else text[: 8 * limit])
    if limit is None or len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,;:") + _ELLIPSIS


def capital(text: str) -> str:
    """Begin text with a capital letter."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Line:
    """One content line: its text, the locator that ends it, and how deep it is indented."""

    text: str
    locator: str = ""
    indent: int = 2

    def wrapped(self) -> list[str]:
        """Give the line as printed, in pieces of at most `WIDTH` characters with a hanging indent."""
        locator = clean(self.locator).replace(" ¶", f"{_FIXED_SPACE}¶")
        if len(locator) <= _KEPT_TOGETHER:
            locator = locator.replace(" ", _FIXED_SPACE)
        text = clean(self.text)
        lines = textwrap.wrap(
            f"{text} {locator}".strip(),
            width=WIDTH,
            initial_indent=" " * self.indent,
            subsequent_indent=" " * (self.indent + 4),
            break_on_hyphens=False,
        )
        return [line.replace(_FIXED_SPACE, " ") for line in lines]


@dataclass(frozen=True, slots=True)
class Item:
    """Lines that stand or fall together; the item with the lowest weight falls first."""

    lines: tuple[Line, ...]
    weight: int = 0

    @classmethod
    def of(cls, text: str, locator: str, *, weight: int = 0, indent: int = 2) -> Item:
        """Make an item of one line."""
        return cls((Line(text, locator, indent),), weight)

    def printed(self) -> list[str]:
        """Give all lines of the item as printed."""
        return [piece for line in self.lines for piece in line.wrapped()]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the record: a heading, its items, how much it matters, how many lines it may claim.

    Sections with a low `rank` are trimmed first, each down to its `share` of the page.
    """

    heading: str
    items: tuple[Item, ...]
    rank: int
    share: int


@dataclass(slots=True)
class _Kept:
    """The lines of a section that still stand while the page is being fitted."""

    section: Section
    printed: list[list[str]]
    standing: list[int] = field(default_factory=list)

    @property
    def lost(self) -> int:
        return len(self.printed) - len(self.standing)

    def height(self) -> int:
        if not self.standing:
            return 0
        heading = 2 if self.section.heading else 0  # the heading and the empty line above it
        return heading + sum(len(self.printed[i]) for i in self.standing) + (1 if self.lost else 0)

    def drop_one(self) -> None:
        weights = self.section.items
        lowest = min(reversed(self.standing), key=lambda i: weights[i].weight)
        self.standing.remove(lowest)

    def take_back(self, room: int) -> int:
        """Stand items up again, the weightiest first, while the page has room; give the lines used."""
        before = self.height()
        lost = [i for i in range(len(self.printed)) if i not in self.standing] if self.standing else []
        for index in sorted(lost, key=lambda i: (-self.section.items[i].weight, i)):
            self.standing.append(index)
            if self.height() - before > room:
                self.standing.remove(index)
        self.standing.sort()
        return self.height() - before


def fit(sections: Sequence[Section], more: str, *, budget: int | None = BUDGET) -> list[str]:
    """Print sections in their order, trimmed from the least important until they keep the budget.

    `more` is the template of the line that counts what was left out (`{count}`). A `budget` of
    None trims nothing.
    """
    kept = []
    for section in sections:
        printed = [item.printed() for item in section.items]
        if printed:
            kept.append(_Kept(section, printed, list(range(len(printed)))))
    if budget is not None:
        _trim(kept, budget)
    lines: list[str] = []
    for part in kept:
        if not part.standing:
            continue
        if part.section.heading:
            lines += ["", clean(part.section.heading)]
        for index in part.standing:
            lines += part.printed[index]
        if part.lost:
            lines.append("  " + more.format(count=part.lost))
    gone = sum(part.lost for part in kept if not part.standing)
    if gone:
        lines.append(more.format(count=gone))
    return lines


def _trim(kept: Sequence[_Kept], budget: int) -> None:
    """Drop items, first down to each section's share, then to one item, then whole sections."""
    order = sorted(range(len(kept)), key=lambda i: (kept[i].section.rank, -i))
    total = sum(part.height() for part in kept)
    reserved = False
    for stage in range(3):
        for index in order:
            part = kept[index]
            least = (1, 1, 0)[stage]
            while total > budget and len(part.standing) > least:
                before = part.height()
                if stage == 0 and before <= part.section.share:
                    break
                part.drop_one()
                total += part.height() - before
                if not part.standing and not reserved:
                    reserved = True
                    total += 1  # the last line of the page, which counts what went with its section
    for index in reversed(order):
        if total >= budget:
            break
        total += kept[index].take_back(budget - total)
