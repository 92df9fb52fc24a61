"""Attach punctuation as the UD guidelines ask: as high as it can hang without crossing an arc."""

from __future__ import annotations

from training.convert.graph import Graph

_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”", "‘": "’", "„": "“", '"': '"', "'": "'"}
_QUOTES = {"«", "»", "“", "”", "„", "‘", "’", '"', "'"}


def attach_punctuation(graph: Graph) -> None:
    """Give every word tagged PUNCT its head and the label punct; punctuation gets no dependents."""
    marks = [word for word in graph.ids() if graph.upos[word] == "PUNCT"]
    if len(marks) == graph.size:
        return
    wish = {mark: graph.head[mark] for mark in marks}
    for mark in marks:
        for child in graph.children(mark):
            graph.head[child] = graph.head[mark]
            if graph.head[mark] == 0:
                graph.rel[child] = "root"
    graph.mend()
    inner = set(marks)
    paired = _paired(graph, marks)
    for mark in marks:
        if mark in paired:
            continue
        graph.head[mark] = _place(graph, mark, inner, wish[mark])
        graph.rel[mark] = "punct"
    for mark, head in paired.items():
        graph.head[mark] = head
        graph.rel[mark] = "punct"


def _path(graph: Graph, word: int, mark: int) -> list[int]:
    """Give the words from `word` up, while the head is on the same side of `mark`."""
    path = [word]
    while True:
        head = graph.head[word]
        if head == 0 or (head < mark) != (word < mark) or head in path:
            return path
        word = head
        path.append(word)


def _place(graph: Graph, mark: int, inner: set[int], wish: int) -> int:
    """Give the head of one mark: `wish`, the head that the source gave it, where the rules allow it."""
    before = next((word for word in range(mark - 1, 0, -1) if word not in inner), 0)
    after = next((word for word in range(mark + 1, graph.size + 1) if word not in inner), 0)
    if not before or not after:
        path = _path(graph, before or after, mark)
        return wish if wish in path else path[-1]
    left, right = _path(graph, before, mark), _path(graph, after, mark)
    if graph.form[mark] in _QUOTES and wish in {*left, *right}:
        return wish
    low, high = left[-1], right[-1]
    if graph.head[low] == 0 or graph.under(high, low):
        path = right
    elif graph.head[high] == 0 or graph.under(low, high):
        path = left
    elif wish in left or wish in right:
        return wish
    else:
        path = left if graph.under(graph.head[high], graph.head[low]) else right
    return wish if wish in path else path[-1]


def _paired(graph: Graph, marks: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    waiting: list[tuple[str, int]] = []
    for mark in marks:
        form = graph.form[mark]
        if waiting and form == waiting[-1][0]:
            _, start = waiting.pop()
            head = _inside(graph, start, mark)
            if head:
                found[start] = found[mark] = head
        elif form in _PAIRS:
            waiting.append((_PAIRS[form], mark))
    return found


def _inside(graph: Graph, start: int, end: int) -> int:
    """Give the one word between two marks whose head is outside of them; 0 if there are several."""
    tops = [
        word
        for word in range(start + 1, end)
        if graph.upos[word] != "PUNCT" and not start < graph.head[word] < end
    ]
    return tops[0] if len(tops) == 1 else 0
