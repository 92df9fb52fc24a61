"""Read and write CoNLL-U: trees with sentence ids, text, spacing, multiword tokens and empty nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_COLUMNS = 10


class FormatError(ValueError):
    """A line that is not CoNLL-U; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; `id` counts from 1, `head` is 0 at the root, empty fields are empty strings."""

    id: int
    form: str
    lemma: str = ""
    upos: str = ""
    xpos: str = ""
    feats: str = ""
    head: int = 0
    deprel: str = ""
    deps: str = ""
    misc: str = ""

    @property
    def space_after(self) -> bool:
        """Say whether white space follows the word in the text."""
        return "SpaceAfter=No" not in self.misc.split("|")


@dataclass(frozen=True, slots=True)
class Span:
    """One surface token that stands for the words `start` to `end` (both included)."""

    start: int
    end: int
    form: str
    misc: str = ""

    @property
    def space_after(self) -> bool:
        """Say whether white space follows the token in the text."""
        return "SpaceAfter=No" not in self.misc.split("|")


@dataclass(frozen=True, slots=True)
class Empty:
    """An empty node after word `after` (0: before the first); `columns` are its ten columns as read."""

    after: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """One sentence: its words in order, multiword tokens, empty nodes and comments (without `# `)."""

    sent_id: str
    words: tuple[Word, ...]
    text: str = ""
    spans: tuple[Span, ...] = ()
    empty: tuple[Empty, ...] = ()
    comments: tuple[str, ...] = field(default=())

    @property
    def forms(self) -> tuple[str, ...]:
        """Give the forms of the words."""
        return tuple(word.form for word in self.words)

    def surface(self) -> list[tuple[str, bool]]:
        """Give (form, space after) of each surface token, multiword tokens taken once."""
        starts = {span.start: span for span in self.spans}
        tokens: list[tuple[str, bool]] = []
        skip = 0
        for word in self.words:
            if word.id <= skip:
                continue
            span = starts.get(word.id)
            if span is not None:
                skip = span.end
                tokens.append((span.form, span.space_after))
            else:
                tokens.append((word.form, word.space_after))
        return tokens

    def detokenised(self) -> str:
        """Give the sentence as printed, from forms and SpaceAfter."""
        return "".join(form + (" " if space else "") for form, space in self.surface()).rstrip()


def _value(column: str, form: str = "") -> str:
    return "" if column == "_" and form != "_" else column


def parse(lines: Iterable[str], *, name: str = "<text>") -> Iterator[Tree]:
    """Yield the trees of CoNLL-U lines; raise FormatError naming `name` and the line."""
    comments: list[str] = []
    words: list[Word] = []
    spans: list[Span] = []
    empty: list[Empty] = []

    def close() -> Tree:
        keyed = dict(part.split(" = ", 1) for part in comments if " = " in part)
        return Tree(
            sent_id=keyed.get("sent_id", ""),
            words=tuple(words),
            text=keyed.get("text", ""),
            spans=tuple(spans),
            empty=tuple(empty),
            comments=tuple(comments),
        )

    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r\n")
        if not line.strip():
            if words:
                yield close()
                comments, words, spans, empty = [], [], [], []
            continue
        if line.startswith("#"):
            comments.append(line[1:].strip())
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            raise FormatError(f"{name}:{number}: {len(columns)} columns, not {_COLUMNS}")
        key = columns[0]
        try:
            if "-" in key:
                start, end = key.split("-")
                spans.append(Span(int(start), int(end), columns[1], _value(columns[9])))
            elif "." in key:
                empty.append(Empty(int(key.split(".")[0]), tuple(columns)))
            else:
                words.append(_word(columns))
        except ValueError as error:
            raise FormatError(f"{name}:{number}: {error}") from None
        if words and "-" not in key and "." not in key and words[-1].id != len(words):
            raise FormatError(f"{name}:{number}: word {words[-1].id} where {len(words)} was due")
    if words:
        yield close()


def _word(columns: list[str]) -> Word:
    form = columns[1]
    return Word(
        id=int(columns[0]),
        form=form,
        lemma=_value(columns[2], form),
        upos=_value(columns[3]),
        xpos=_value(columns[4]),
        feats=_value(columns[5]),
        head=int(columns[6]) if columns[6] != "_" else 0,
        deprel=_value(columns[7]),
        deps=_value(columns[8]),
        misc=_value(columns[9]),
    )


def read(path: Path) -> list[Tree]:
    """Read the trees of a CoNLL-U file."""
    with path.open(encoding="utf-8") as lines:
        return list(parse(lines, name=str(path)))


def dump(trees: Iterable[Tree]) -> str:
    """Give trees as CoNLL-U text, so that parsing it again gives the same trees."""
    lines: list[str] = []
    for tree in trees:
        comments = list(tree.comments)
        present = {comment.split(" = ", 1)[0] for comment in comments}
        if tree.sent_id and "sent_id" not in present:
            comments.append(f"sent_id = {tree.sent_id}")
        if tree.text and "text" not in present:
            comments.append(f"text = {tree.text}")
        lines += [f"# {comment}" for comment in comments]
        spans = {span.start: span for span in tree.spans}
        lines += ["\t".join(node.columns) for node in tree.empty if node.after == 0]
        for word in tree.words:
            span = spans.get(word.id)
            if span is not None:
                blank = ["_"] * 7
                lines.append("\t".join([f"{span.start}-{span.end}", span.form, *blank, span.misc or "_"]))
            lines.append(
                "\t".join(
                    [
                        str(word.id),
                        word.form,
                        word.lemma or "_",
                        word.upos or "_",
                        word.xpos or "_",
                        word.feats or "_",
                        str(word.head),
                        word.deprel or "_",
                        word.deps or "_",
                        word.misc or "_",
                    ]
                )
            )
            lines += ["\t".join(node.columns) for node in tree.empty if node.after == word.id]
        lines.append("")
    return "\n".join(lines) + ("\n" if lines else "")


def write(path: Path, trees: Iterable[Tree]) -> None:
    """Write trees to a CoNLL-U file."""
    path.write_text(dump(trees), encoding="utf-8")


def features(text: str) -> dict[str, str]:
    """Split a FEATS column into name and value."""
    return dict(part.split("=", 1) for part in text.split("|") if "=" in part)


def joined(feats: dict[str, str]) -> str:
    """Join features into a FEATS column, in the order that UD asks for (by name, case ignored)."""
    return "|".join(f"{name}={feats[name]}" for name in sorted(feats, key=str.lower))
