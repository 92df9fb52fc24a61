"""Cut each block into frames: a sentence of the article's own voice with its quoted passages folded."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tidende.parse.types import Parsed, Token
from tidende.quotes.cues import QUOTED
from tidende.quotes.marks import Passage
from tidende.records import Part

_TERMINAL = frozenset(".!?…")


@dataclass(frozen=True)
class Frame:
    """One sentence outside quotation: tokens, where a folded passage is one token of its own.

    `passages` maps the index of a folded token to its passage.
    """

    part: Part
    block: int
    tokens: tuple[Token, ...]
    passages: dict[int, Passage]

    @property
    def start(self) -> int:
        """Give where the frame begins."""
        return self.tokens[0].start

    @cached_property
    def words(self) -> int:
        """Count the words outside passages."""
        return sum(token.is_word for token in self.tokens)

    @property
    def last_block(self) -> int:
        """Give the block in which its last passage ends, its own where it has none."""
        return max((passage.last for passage in self.passages.values()), default=self.block)

    def before(self, index: int) -> int | None:
        """Give the index of the passage before another one, None for the first."""
        at = bisect_left(self._order, index)
        return self._order[at - 1] if at else None

    @cached_property
    def _order(self) -> list[int]:
        return sorted(self.passages)


def cut_frames(parsed: Parsed, part: Part, passages: Sequence[Passage]) -> list[Frame]:
    """Give the frames of one part in order; every passage is in one, that of its first block."""
    text = parsed.source(part)
    by_block: dict[int, list[Token]] = {}
    ends = set()
    for sentence in parsed.sentences:
        if sentence.part == part:
            by_block.setdefault(sentence.block, []).extend(sentence.tokens)
            ends.add(sentence.end)
    frames: list[Frame] = []
    here: dict[int, list[Passage]] = {}
    for passage in passages:
        for block in range(passage.first, passage.last + 1):
            here.setdefault(block, []).append(passage)
    for block in sorted(by_block):
        frames += _block_frames((text, part, block), by_block[block], here.get(block, []), ends)
    return frames


def _block_frames(
    place: tuple[str, Part, int], tokens: list[Token], passages: list[Passage], ends: set[int]
) -> list[Frame]:
    text, part, block = place
    items: list[tuple[Token, Passage | None]] = []
    following = 0  # passages are in order and apart, as tokens are
    for token in tokens:
        while following < len(passages) and passages[following].end <= token.start:
            following += 1
        touched = passages[following : following + 1]
        if not any(p.start <= token.start < p.end or p.start < token.end <= p.end for p in touched):
            items.append((token, None))
    for passage in passages:
        if passage.first == block:
            items.append((Token(passage.start, passage.end, QUOTED, QUOTED), passage))
        elif passage.last == block:
            # What follows the end of a long passage is still its frame: keep a folded token.
            items.append((Token(passage.pieces[-1][0], passage.end, QUOTED, QUOTED), passage))
    items.sort(key=lambda item: (item[0].start, item[0].end))
    frames: list[Frame] = []
    run: list[tuple[Token, Passage | None]] = []
    for number, item in enumerate(items):
        run.append(item)
        next_item = items[number + 1] if number + 1 < len(items) else None
        if next_item is None or _ends(text, item, next_item, ends):
            frames.append(_frame(part, block, run))
            run = []
    return frames


def _ends(
    text: str, item: tuple[Token, Passage | None], following: tuple[Token, Passage | None], ends: set[int]
) -> bool:
    token, passage = item
    if passage is None:
        # A sentence may end with the closing mark of nothing: compare where it ends, not the mark.
        return token.end in ends
    if following[1] is not None:
        return False
    last = passage.pieces[-1][1] if passage.pieces else passage.end
    return text[last - 1 : last] == "." and following[0].is_capital and token.end in ends


def _frame(part: Part, block: int, run: list[tuple[Token, Passage | None]]) -> Frame:
    folded = {index: passage for index, (_, passage) in enumerate(run) if passage is not None}
    return Frame(part, block, tuple(token for token, _ in run), folded)
