"""Cut each block into frames: a sentence of the article's own voice with its quoted passages folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidende.parse.types import Parsed, Token
from tidende.quotes.cues import QUOTED
from tidende.quotes.marks import Passage
from tidende.records import Part

_TERMINAL = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
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

    @property
    def words(self) -> int:
        """Count the words outside passages."""
        return sum(token.is_word for token in self.tokens)


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
    for block in sorted(by_block):
        here = [p for p in passages if p.first <= block <= p.last]
        frames += _block_frames((text, part, block), by_block[block], here, ends)
    return frames


def _block_frames(
    place: tuple[str, Part, int], tokens: list[Token], passages: list[Passage], ends: set[int]
) -> list[Frame]:
    text, part, block = place
    items: list[tuple[Token, Passage | None]] = [
        (token, None)
        for token in tokens
        if not any(p.start <= token.start < p.end or p.start < token.end <= p.end for p in passages)
    ]
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
        following = items[number + 1] if number + 1 < len(items) else None
        if following is None or _ends(text, item, following, ends):
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
