"""Find the quoted passages of an article: what stands in quotation marks or after a dash.

Every style is read by its place: a mark before a word opens, one after a word closes, whatever
its form, so that „…“, “…”, ”…”, «…», »…« and "…" need no table by language. Passages may run over
several paragraphs, each opened by a mark of its own; only outermost passages are given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tidende.records import Block, Part

DOUBLE = frozenset('"“”„‟«»')
SINGLE = frozenset("'‘’‚‹›")
DASHES = frozenset("-–—―")
_ALWAYS_OPEN = frozenset("„‚")
_USUALLY_OPEN = frozenset("„‚“‘«‹")
_BEFORE = frozenset("([{—–-―/")
_PAUSES = frozenset(",:;")
_ENDS = frozenset(".!?…")
_FARTHEST = 14
_SINGLE_ROWS = 3  # paragraphs within which any single mark can close one
_SINGLE_REACH = 1500  # characters of a paragraph within which a single mark is closed
_RUN = 6  # marks in a row; more are ornament

Follows = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Passage:
    """One quoted passage: `[start:end]` with its marks, `pieces` without, one for each paragraph.

    `first` and `last` are indices of blocks. `closed` is false where the closing mark is lost.
    """

    part: Part
    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    first: int
    last: int
    dash: bool = False
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Mark:
    position: int
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    part: Part
    blocks: Sequence[Block]
    attributed: Follows


def find_passages(text: str, part: Part, blocks: Sequence[Block], attributed: Follows) -> list[Passage]:
    """Give the outermost passages of one part, in order.

    `attributed(position)` tells whether an attribution ("said Kim") begins at a position; it ends a
    passage whose inner marks do not pair.
    """
    page = _Page(text, part, blocks, attributed)
    found: list[Passage] = []
    numbers = [n for n, block in enumerate(blocks) if block.part == part and block.kind != "credit"]
    rows = {number: row for row, number in enumerate(numbers)}
    row, resume = 0, 0
    while row < len(numbers):
        block = blocks[numbers[row]]
        position = max(block.start, resume)
        passage = _next(page, numbers[row : row + _FARTHEST + 1], position)
        if passage is None:
            row += 1
            continue
        found.append(passage)
        resume = passage.end
        row = rows[passage.last]
        if passage.end >= blocks[passage.last].end:
            row += 1
    return found


def _next(page: _Page, numbers: Sequence[int], position: int) -> Passage | None:
    text, part = page.text, page.part
    block = page.blocks[numbers[0]]
    if position == block.start and (inner := _after_dash(text, block)) is not None:
        return Passage(part, block.start, block.end, ((inner, block.end),), numbers[0], numbers[0], dash=True)
    for mark in _marks(text, position, block.end, DOUBLE | SINGLE, block.start):
        if not mark.opens:
            lost = position == block.start and text[mark.position] in DOUBLE
            if lost and page.attributed(mark.position + 1):
                # The opening mark is lost.
                return _passage(
                    page, (position, mark.position + 1), [(position, mark.position)], (numbers[0], numbers[0])
                )
            continue
        double = text[mark.position] in DOUBLE
        if not double and not _worth_opening(text, mark.position, block.end):
            continue
        passage = (_close_double if double else _close_single)(page, numbers, mark.position)
        if passage is not None and any(
            any(c.isalnum() for c in text[low:high]) for low, high in passage.pieces
        ):
            return passage
    return None


def _after_dash(text: str, block: Block) -> int | None:
    """Give where the words of a dash paragraph begin; None if it is none, or also has marks."""
    start = block.start
    while start < block.end and text[start].isspace():
        start += 1
    if start >= block.end or text[start] not in DASHES:
        return None
    inner = start + 1
    while inner < block.end and (text[inner].isspace() or text[inner] in DASHES):
        inner += 1
    if inner >= block.end or text[inner] in DOUBLE or text[inner].isdigit() or not text[inner].isalpha():
        return None
    return inner if inner > start + 1 or text[inner].isupper() else None


def _marks(
    text: str, start: int, end: int, kinds: frozenset[str], edge: int | None = None
) -> Iterator[_Mark]:
    """Yield the quotation marks of `[start:end]` with what each can do by its place.

    `edge` is where the paragraph begins, if not at `start`.
    """
    edge = start if edge is None else edge
    for position in range(start, end):
        character = text[position]
        if character not in kinds:
            continue
        left = _neighbour(text, position, -1, edge)
        right = _neighbour(text, position, 1, end)
        free_left = left == "" or left.isspace() or left in _BEFORE
        free_right = (
            right == "" or right.isspace() or right in _PAUSES or right in _ENDS or right in ")]}-–—/"
        )
        if character in _ALWAYS_OPEN or (free_left and not free_right):
            yield _Mark(position, True, False)
        elif free_right and not free_left:
            yield _Mark(position, False, True)
        elif free_left:
            yield _Mark(position, right != "", True)
        elif left in _PAUSES and character in DOUBLE:
            yield _Mark(position, True, True)
        elif character in DOUBLE:
            yield _Mark(position, character in _USUALLY_OPEN, True)


def _neighbour(text: str, position: int, step: int, limit: int) -> str:
    """Give the next character that is no quotation mark; "" at the edge of the paragraph."""
    index = position + step
    limit = max(limit, position - _RUN) if step < 0 else min(limit, position + _RUN)
    while (index >= limit if step < 0 else index < limit) and text[index] in DOUBLE | SINGLE:
        index += step
    inside = index >= limit if step < 0 else index < limit
    return text[index] if inside else ""


def _close_double(page: _Page, numbers: Sequence[int], opening: int) -> Passage | None:
    text, blocks = page.text, page.blocks
    depth = 1
    pieces: list[tuple[int, int]] = []
    start = opening + 1
    first = numbers[0]
    plain = False  # a paragraph since the first has had no mark
    for row, number in enumerate(numbers):
        block = blocks[number]
        scan = start
        if row:
            start = scan = _skip_blank(text, block.start, block.end)
            # A paragraph inside a quotation opens with a mark that none closes.
            if start < block.end and text[start] in DOUBLE:
                if text[opening + 1 : opening + 2].islower() and opening > blocks[first].start:
                    # A passage within a sentence has lost its end; this one is another.
                    break
                if plain:
                    # What goes on over paragraphs has a mark before each or before none.
                    break
                start = scan = start + 1
                depth = 1
            else:
                plain = True
        for mark in _marks(text, scan, block.end, DOUBLE):
            closes = mark.closes and (not mark.opens or depth > 0)
            if not closes:
                depth += 1
                continue
            depth -= 1
            if depth == 0 or page.attributed(mark.position + 1):
                pieces.append((start, mark.position))
                stop = mark.position + 1
                while stop < block.end and text[stop] in DOUBLE:
                    stop += 1
                return _passage(page, (opening, stop), pieces, (first, number))
        pieces.append((start, block.end))
    # The closing mark is lost: the paragraph is all that surely belongs to the passage.
    block = blocks[first]
    closing = [m.position for m in _marks(text, opening + 1, block.end, DOUBLE) if m.closes]
    if closing:
        return _passage(page, (opening, closing[-1] + 1), [(opening + 1, closing[-1])], (first, first))
    lost = _passage(page, (opening, block.end), [(opening + 1, block.end)], (first, first))
    return replace(lost, closed=False)


def _close_single(page: _Page, numbers: Sequence[int], opening: int) -> Passage | None:
    """Close a passage in single marks; apostrophes close none.

    What runs over paragraphs opens one and ends with a sentence.
    """
    text, blocks = page.text, page.blocks
    pieces: list[tuple[int, int]] = []
    start = opening + 1
    first = blocks[numbers[0]]
    within = text[first.start : opening].strip() != "" and text[start : start + 1].islower()
    for row, number in enumerate(numbers):
        block = blocks[number]
        if row:
            start = _skip_blank(text, block.start, block.end)
            if text[start : start + 1] in SINGLE and start < block.end:
                if within:
                    return None
                start += 1
        closing = _single_closing(text, start, min(block.end, start + _SINGLE_REACH))
        surely = closing is not None and (
            text[closing - 1] in _ENDS | {","}
            or text[closing + 1 : closing + 2] in _ENDS
            or page.attributed(closing + 1)
        )
        if closing is not None and (row < _SINGLE_ROWS or surely):
            pieces.append((start, closing))
            return _passage(page, (opening, closing + 1), pieces, (numbers[0], number))
        long = block.end - start > _SINGLE_REACH
        # A paragraph that opens with a single mark is speech, which may hold speech of its own.
        whole = not text[first.start : opening].strip()
        inner = list(_marks(text, start, block.end, DOUBLE))
        if long or any(mark.opens if not whole else page.attributed(mark.position + 1) for mark in inner):
            return None
        if row + 1 >= _SINGLE_ROWS and not whole:
            return None
        pieces.append((start, block.end))
    return None


def _single_closing(text: str, start: int, end: int) -> int | None:
    """Find the closing mark: the first after a full stop or comma, else one that is no genitive."""
    possible = [mark.position for mark in _marks(text, start, end, SINGLE) if mark.closes and not mark.opens]
    for position in possible:
        before = text[position - 1]
        genitive = before in "sxz" and text[position + 1 : position + 2].isspace()
        if not genitive or position == possible[-1]:
            return position
    return None


def _worth_opening(text: str, position: int, end: int) -> bool:
    """Tell an opening single mark from the apostrophe of a shortened word ('90s, 'em)."""
    rest = text[position + 1 : end]
    return bool(rest) and not rest[0].isdigit() and not rest[0].isspace()


def _skip_blank(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _passage(
    page: _Page, outer: tuple[int, int], pieces: Sequence[tuple[int, int]], within: tuple[int, int]
) -> Passage:
    trimmed = tuple(trim(page.text, low, high) for low, high in pieces)
    return Passage(page.part, *outer, tuple(p for p in trimmed if p[0] < p[1]), *within)


def trim(text: str, start: int, end: int, strip: str = ",;") -> tuple[int, int]:
    """Take blanks off both ends of a span, and the comma before an attribution off its end."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in strip):
        end -= 1
    return start, end
