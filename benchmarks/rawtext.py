"""Score sentences, tokens, words and trees read from raw text, by the rules of the CoNLL 2018 shared task.

The text of a treebank is rebuilt from its tokens and their white space: sentences of a paragraph are joined
by a space, paragraphs and documents stand apart. Whatever is read is compared by its place among the
characters that are no white space. Words of a multiword token that does not spell them are aligned by their
longest common subsequence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scoring import Figure

if TYPE_CHECKING:
    from tidende.parse import Model, Token
    from training.conllu import Tree

_NEW = ("newpar", "newdoc")
_PARAGRAPH_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its form, its place among characters, the index of its head (-1: root), its relation.

    `joint` is true in a multiword token; the place is then that of the token.
    """

    form: str
    place: tuple[int, int]
    head: int = -1
    deprel: str = ""
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Sentences and tokens as places among the characters that are no white space, and the words."""

    sentences: tuple[tuple[int, int], ...]
    tokens: tuple[tuple[int, int], ...]
    words: tuple[Word, ...]


def paragraphs(trees: Sequence[Tree]) -> list[list[Tree]]:
    """Group trees by the paragraph or document that they stand in."""
    found: list[list[Tree]] = []
    for tree in trees:
        if not found or any(comment.startswith(_NEW) for comment in tree.comments):
            found.append([])
        found[-1].append(tree)
    return found


def text(trees: Sequence[Tree]) -> str:
    """Give the text that the trees were read from."""
    parts = []
    for paragraph in paragraphs(trees):
        pieces = [form + " " * after for tree in paragraph for form, after in tree.surface()]
        parts.append("".join(pieces).strip())
    return _PARAGRAPH_GAP.join(parts)


def gold(trees: Sequence[Tree]) -> Reading:
    """Give what a treebank says."""
    sentences: list[tuple[int, int]] = []
    tokens: list[tuple[int, int]] = []
    words: list[Word] = []
    at = 0
    for tree in trees:
        first, base = at, len(words)
        spans = {span.start: span for span in tree.spans}
        last_joint = 0
        place = (at, at)
        for word in tree.words:
            if word.id > last_joint:
                span = spans.get(word.id)
                last_joint = span.end if span else 0
                place = (at, at + _length(span.form if span else word.form))
                at = place[1]
                tokens.append(place)
            head = base + word.head - 1 if word.head else -1
            words.append(Word(word.form, place, head, _bare(word.deprel), word.id <= last_joint))
        sentences.append((first, at))
    return Reading(tuple(sentences), tuple(tokens), tuple(words))


def read(source: str, language: str, model: Model | None) -> Reading:
    """Read text as `tidende read` reads the body of an article: each paragraph is a block of its own."""
    from tidende.parse.ends import Uncut, cut
    from tidende.parse.tokens import tokenise

    blocks, start = [], 0
    for part in source.split(_PARAGRAPH_GAP):
        blocks.append(Uncut(tuple(tokenise(source, start, start + len(part), language)), language))
        start += len(part) + len(_PARAGRAPH_GAP)
    found = [one.tokens for own in cut(blocks, model) for one in own]
    return system(source, found, language, model)


def system(
    source: str, found: Sequence[Sequence[Token]], language: str, model: Model | None = None
) -> Reading:
    """Bring the sentences that were found in `source`, and their words, to places among its characters."""
    from tidende.parse.words import cut, to_words

    before = [0]
    for character in source:
        before.append(before[-1] + (not character.isspace()))
    analyses = model.read([to_words(tokens, language).words for tokens in found]) if model else ()
    sentences: list[tuple[int, int]] = []
    tokens: list[tuple[int, int]] = []
    words: list[Word] = []
    for number, sentence in enumerate(found):
        base = len(words)
        sentences.append((before[sentence[0].start], before[sentence[-1].end]))
        for token in sentence:
            groups = cut(token, language)
            at = token.start
            for group in groups:
                end = token.end if group is groups[-1] else at + len("".join(group))
                tokens.append((before[at], before[end]))
                words += [Word(form, tokens[-1], joint=len(group) > 1) for form in group]
                at = end
        if analyses:
            told = zip(analyses[number].heads, analyses[number].deprels, strict=True)
            for at, (head, relation) in enumerate(told, base):
                words[at] = replace(words[at], head=base + head - 1 if head else -1, deprel=_bare(relation))
    return Reading(tuple(sentences), tuple(tokens), tuple(words))


def _length(form: str) -> int:
    return sum(not character.isspace() for character in form)


def _bare(relation: str) -> str:
    return relation.split(":", 1)[0]


# --- alignment --------------------------------------------------------------------------------


def aligned(due: Sequence[Word], found: Sequence[Word]) -> dict[int, int]:
    """Pair words of the two readings: index of the gold word to index of the word that was read."""
    pairs: dict[int, int] = {}
    left = right = 0
    while left < len(due) and right < len(found):
        if due[left].joint or found[right].joint:
            first, second, left, right = _joint_region(due, found, left, right)
            if left > first and right > second:
                pairs.update(_common(due, found, (first, left), (second, right)))
        elif due[left].place == found[right].place:
            pairs[left] = right
            left, right = left + 1, right + 1
        elif due[left].place[0] <= found[right].place[0]:
            left += 1
        else:
            right += 1
    return pairs


def _joint_region(
    due: Sequence[Word], found: Sequence[Word], left: int, right: int
) -> tuple[int, int, int, int]:
    """Give the words of both readings that stand where a multiword token does, [first:last] of each."""
    if due[left].joint:
        end = due[left].place[1]
        if not found[right].joint and found[right].place[0] < due[left].place[0]:
            right += 1
    else:
        end = found[right].place[1]
        if not due[left].joint and due[left].place[0] < found[right].place[0]:
            left += 1
    first, second = left, right
    while not (_beyond(due, left, end) and _beyond(found, right, end)):
        if left < len(due) and (right >= len(found) or due[left].place[0] <= found[right].place[0]):
            word, left = due[left], left + 1
        else:
            word, right = found[right], right + 1
        if word.joint:
            end = max(end, word.place[1])
    return first, second, left, right


def _beyond(words: Sequence[Word], at: int, end: int) -> bool:
    if at >= len(words):
        return True
    return words[at].place[0] >= end if words[at].joint else words[at].place[1] > end


def _common(
    due: Sequence[Word], found: Sequence[Word], mine: tuple[int, int], other: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of the longest common subsequence of forms, case ignored."""
    rows = [word.form.lower() for word in due[slice(*mine)]]
    columns = [word.form.lower() for word in found[slice(*other)]]
    best = [[0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for i in reversed(range(len(rows))):
        for j in reversed(range(len(columns))):
            longer = max(best[i + 1][j], best[i][j + 1])
            best[i][j] = max(longer, 1 + best[i + 1][j + 1]) if rows[i] == columns[j] else longer
    i = j = 0
    while i < len(rows) and j < len(columns):
        if rows[i] == columns[j]:
            yield mine[0] + i, other[0] + j
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1


# --- figures ----------------------------------------------------------------------------------


def counts(due: Reading, found: Reading) -> Counter[str]:
    """Count what is due, what was found and what of it is right: sentences, tokens, words, heads, labels."""
    pairs = aligned(due.words, found.words)
    uas = las = 0
    for mine, other in pairs.items():
        head = due.words[mine].head
        if (pairs.get(head, None) if head >= 0 else -1) == found.words[other].head:
            uas += 1
            las += due.words[mine].deprel == found.words[other].deprel
    return Counter(
        {
            "sentences due": len(due.sentences),
            "sentences found": len(found.sentences),
            "sentences right": len(set(due.sentences) & set(found.sentences)),
            "tokens due": len(due.tokens),
            "tokens found": len(found.tokens),
            "tokens right": len(set(due.tokens) & set(found.tokens)),
            "words due": len(due.words),
            "words found": len(found.words),
            "words right": len(pairs),
            "uas": uas,
            "las": las,
        }
    )


def _f1(right: str, unit: str) -> Callable[[Counter[str]], float | None]:
    def value(found: Counter[str]) -> float | None:
        both = found[f"{unit} due"] + found[f"{unit} found"]
        return 2 * found[right] / both if both else None

    return value


FIGURES = (
    Figure("sentences", _f1("sentences right", "sentences"), ("sentences right", "sentences due")),
    Figure("tokens", _f1("tokens right", "tokens"), ("tokens right", "tokens due")),
    Figure("words", _f1("words right", "words"), ("words right", "words due")),
    Figure("UAS", _f1("uas", "words"), ("uas", "words due")),
    Figure("LAS", _f1("las", "words"), ("las", "words due")),
)
