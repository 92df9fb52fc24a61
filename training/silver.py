"""Names that nobody checked: make them from several readings, and leave open what the readings do not settle.

A silver tag is a BIO tag, or open: "?" alone may be anything, "?O,B-PER" one of these. An open tag opens no
span (`names.spans`), so names in it are neither counted nor swapped. Everything here is pure: readings come
from `peers.py` (other people's models), `gazetted.py` (lists) or a model of ours (`joined`).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from training.names import LABELS, OUTSIDE, bio, spans, without_polities

Span = tuple[int, int, str]
ANY = "?"
NAMED = tuple(LABELS)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `silver.toml`, in lower case but `labels`; the last four by language."""

    labels: Mapping[str, str]
    outside: frozenset[str]
    leading: frozenset[str]
    trailing: frozenset[str]
    organisations: frozenset[str]
    links: Mapping[str, frozenset[str]]
    endings: Mapping[str, tuple[str, ...]]
    counting: Mapping[str, frozenset[str]]
    name_endings: Mapping[str, tuple[str, ...]]


@cache
def words() -> Words:
    """Read the words that conversions need."""
    data: dict[str, Any] = tomllib.loads(Path(__file__).with_name("silver.toml").read_text(encoding="utf-8"))
    sets = {key: frozenset(data[key]) for key in ("outside", "leading", "trailing", "organisations")}
    return Words(
        labels=data["labels"],
        links={language: frozenset(found) for language, found in data["links"].items()},
        endings={language: tuple(found) for language, found in data["noun_endings"].items()},
        counting={language: frozenset(found) for language, found in data["counting"].items()},
        name_endings={language: tuple(found) for language, found in data["name_endings"].items()},
        **sets,
    )


def opened(options: Iterable[str]) -> str:
    """Write the tags that a word may have: one of them as it is, several as an open tag."""
    found = sorted(set(options))
    if ANY in found:
        return ANY
    return found[0] if len(found) == 1 else ANY + ",".join(found)


def options(tag: str) -> frozenset[str]:
    """Give the tags that a silver tag leaves open; {"?"} where that is any."""
    if tag == ANY or not tag.startswith(ANY):
        return frozenset({tag})
    return frozenset(tag[1:].split(","))


def is_open(tag: str) -> bool:
    """Say whether a tag leaves something open."""
    return tag.startswith(ANY)


def permits(tag: str, other: str) -> bool:
    """Say whether a silver tag leaves a word free to be tagged `other`."""
    found = options(tag)
    return ANY in found or other in found


def converted(forms: Sequence[str], found: Iterable[Span], upos: Sequence[str] = ()) -> list[Span]:
    """Bring spans in the labels of OntoNotes to ours: PER ORG LOC GPE, cut as UNER cuts them.

    Articles before a name and genitive endings, quotation marks and dashes around it are left out; so is a
    span without a proper noun, where parts of speech are known.
    """
    known = words()
    made: list[Span] = []
    for start, end, label in found:
        own = known.labels.get(label)
        while start < end and _is_edge(forms[start], known.leading):
            start += 1  # noqa: PLW2901
        while start < end and _is_edge(forms[end - 1], known.trailing):
            end -= 1  # noqa: PLW2901
        if own and start < end and (not upos or "PROPN" in upos[start:end]):
            made.append((start, end, own))
    return made


def _is_edge(form: str, listed: frozenset[str]) -> bool:
    return form.lower() in listed or not any(sign.isalnum() for sign in form)


def united(readings: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Join readings of one sentence: what all say stays, what they differ in is left open among them.

    A name in which one word is open is open throughout, each word among what the readings say.
    """
    merged = [
        opened(option for tag in word for option in options(tag)) for word in zip(*readings, strict=True)
    ]
    return _whole(merged, readings)


def _whole(merged: Sequence[str], readings: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Open what is left of names whose other words are open."""
    tags = list(merged)
    for reading in readings:
        for start, end, _ in spans(reading):
            after = end < len(tags) and any(option.startswith("I-") for option in options(tags[end]))
            if after or any(map(is_open, tags[start:end])):
                tags[start:end] = [tag if is_open(tag) else ANY + tag for tag in tags[start:end]]
    return tuple(tags)


def softened(tags: Sequence[str], at: Iterable[int], extra: Sequence[str] = ()) -> tuple[str, ...]:
    """Open the words at some places: to anything, or to what they are and the names labelled `extra`."""
    made = list(tags)
    for place in at:
        tag = tags[place]
        if not extra:
            made[place] = ANY
        elif tag != ANY:
            prefixes = {option[0] for option in options(tag) if option[:2] in {"B-", "I-"}} or {"B", "I"}
            more = {f"{prefix}-{label}" for prefix in prefixes for label in extra}
            made[place] = ANY + ",".join(sorted(options(tag) | more))
    return tuple(made)


def in_tree(tags: Sequence[str], heads: Sequence[int]) -> tuple[str, ...]:
    """Open the names that are no part of the tree of their own (more than one word hangs on others)."""
    loose = [
        at
        for start, end, _ in spans(tags)
        if sum(not start < head <= end for head in heads[start:end]) != 1
        for at in range(start, end)
    ]
    return softened(tags, loose)


def revised(forms: Sequence[str], tags: Sequence[str]) -> tuple[str, ...]:
    """Leave open what Webbnyheter tags and UNER does not, or otherwise.

    Common nouns for bodies ("polisen", "tingsrätten") are names there, and adjectives before a place belong
    to it ("södra Stockholm"); what is MISC there may be any name but a person's ("Tingsrätten", "Globen").
    """
    made = list(tags)
    for start, end, label in spans(tags):
        capital = next((at for at in range(start, end) if forms[at] != forms[at].lower()), end)
        if capital == end:
            made[start:end] = [opened((OUTSIDE, tags[at])) for at in range(start, end)]
        elif label == "LOC" and capital > start:
            made[start:capital] = [opened((OUTSIDE, tags[at])) for at in range(start, capital)]
            made[capital] = opened((f"B-{label}", f"I-{label}"))
            made[capital + 1 : end] = [ANY + f"I-{label}"] * (end - capital - 1)
        if label == "MISC":
            made[start:end] = softened(made, range(start, end), ("ORG", "LOC"))[start:end]
    return tuple(made)


def uncertain(forms: Sequence[str], upos: Sequence[str], told: Iterable[int] = ()) -> set[int]:
    """Give the words outside of names that may be names all the same: proper nouns, words with a capital.

    `told` are the words that a reading knows to be something else (dates, works, peoples). Days, months and
    the like (`silver.toml`) are no names. In a sentence all in capitals only proper nouns are uncertain.
    """
    listed = words().outside
    shouted = sum(form.isupper() for form in forms) * 2 > len(forms)
    first = next((at for at, form in enumerate(forms) if form[:1].isalpha()), 0)
    known = set(told)
    return {
        at
        for at, (form, kind) in enumerate(zip(forms, upos, strict=True))
        if at not in known
        and form.lower() not in listed
        and (kind == "PROPN" or (form[:1].isupper() and at != first and not shouted and len(form) > 1))
    }


class Forms:
    """How often each form is read as what, over a whole corpus: names of one form are mostly one thing."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}

    def add(self, forms: Sequence[str], found: Iterable[Span]) -> None:
        """Count the names of one reading of one sentence."""
        for start, end, label in found:
            self._counts.setdefault(_form(forms[start:end]), Counter())[label] += 1

    def labels(self, form: Sequence[str], *, least: float = 0.2) -> tuple[str, ...]:
        """Give the labels that a share `least` of the readings gave a form, the commonest first."""
        counts = self._counts.get(_form(form), Counter())
        total = sum(counts.values())
        return tuple(label for label, count in counts.most_common() if count >= least * total)

    def count(self, form: Sequence[str]) -> int:
        """Give how often a form was read as a name."""
        return sum(self._counts.get(_form(form), Counter()).values())


def _form(forms: Sequence[str]) -> str:
    return " ".join(forms).casefold()


def steadied(forms: Sequence[str], tags: Sequence[str], corpus: Forms) -> tuple[str, ...]:
    """Leave open between its labels what the corpus reads now as one thing, now as another."""
    made = tuple(tags)
    for start, end, label in spans(tags):
        others = [one for one in corpus.labels(forms[start:end]) if one != label]
        if others:
            made = softened(made, range(start, end), others)
    return made


def joined(model: Sequence[str], silver: Sequence[str]) -> tuple[str, ...]:
    """Join tags that a model of ours gave (open where it wavers) with silver ones: the hook of self-training.

    Where silver is settled and the model allows it, the tag stays; where they differ, both stay possible.
    Where silver is open, a name of the model's that silver allows is taken; that the model saw nothing proves
    little, so the word stays as open as it was. A name that breaks anywhere is open in all its words.
    """
    made: list[str] = []
    for tag, other in zip(model, silver, strict=True):
        if not is_open(other):
            agreed = _same(tag, other) or permits(tag, other)
            made.append((other if is_open(tag) else tag) if agreed else _either(tag, other))
        elif is_open(tag) or tag == OUTSIDE or not permits(other, tag):
            made.append(_either(tag, other))
        else:
            made.append(tag)
    return _whole(made, (model, silver))


def _either(tag: str, other: str) -> str:
    return opened(options(tag) | options(other))


def _same(tag: str, other: str) -> bool:
    """Take LOC for GPE: half of the sources do not part them."""
    return tag == other or {tag, other} in ({"B-LOC", "B-GPE"}, {"I-LOC", "I-GPE"})


def consistent(
    article: Sequence[tuple[Sequence[str], Sequence[str]]], *, least: float = 0.75
) -> list[tuple[str, ...]]:
    """Open, in the sentences (words, tags) of one article, the names that it reads in two ways.

    A form keeps a label that has the share `least` of its names; the rest, and forms without such a label,
    are left open between the labels found. The same form outside of every name is open as well, with a
    person's last name ("Merkel" of "Angela Merkel").
    """
    counts: dict[str, Counter[str]] = {}
    for forms, tags in article:
        for start, end, label in spans(tags):
            counts.setdefault(_form(forms[start:end]), Counter())[without_polities(label)] += 1
            if label == "PER" and end - start > 1:
                counts.setdefault(_form(forms[end - 1 : end]), Counter())["PER"] += 1
    made: list[tuple[str, ...]] = []
    for forms, tags in article:
        own = tuple(tags)
        for start, end, label in spans(tags):
            found = counts[_form(forms[start:end])]
            share = found[without_polities(label)] / found.total()
            if share < least:
                own = softened(own, range(start, end), sorted(set(found) - {without_polities(label)}))
        missed = [
            at
            for at, tag in enumerate(own)
            if tag == OUTSIDE and forms[at][:1].isupper() and _form(forms[at : at + 1]) in counts
        ]
        made.append(softened(own, missed))
    return made


def tags_of(length: int, found: Iterable[Span]) -> tuple[str, ...]:
    """Write spans as BIO tags, longer ones first."""
    return bio(length, sorted(found, key=lambda one: (one[0] - one[1], one[0])))


@dataclass(slots=True)
class Measure:
    """How silver tags stand against gold ones, names as UNER has them (PER ORG LOC)."""

    due: int = 0
    settled: int = 0
    right: int = 0
    kept: int = 0
    words: int = 0
    open: int = 0
    wrong: int = 0

    def add(
        self, silver: Sequence[str], gold: Sequence[str], labels: Sequence[str] = ("PER", "ORG", "LOC")
    ) -> None:
        """Count one sentence."""
        due = {one for one in _placed(gold) if one[2] in labels}
        mine = {one for one in _placed(silver) if one[2] in labels}
        self.due, self.settled, self.right = (
            self.due + len(due),
            self.settled + len(mine),
            self.right + len(due & mine),
        )
        own = tags_of(len(gold), due)
        fits = [_permits(tag, other) for tag, other in zip(silver, own, strict=True)]
        self.kept += sum(all(fits[start:end]) for start, end, _ in due)
        self.words += len(gold)
        self.open += sum(map(is_open, silver))
        self.wrong += fits.count(False)

    def figures(self) -> dict[str, float]:
        """Give per cent: settled names that are right (precision), gold names found (recall), gold names not
        ruled out (kept), open words, words whose gold tag is ruled out (wrong).
        """
        return {
            "precision": _share(self.right, self.settled),
            "recall": _share(self.right, self.due),
            "kept": _share(self.kept, self.due),
            "open": _share(self.open, self.words),
            "wrong": _share(self.wrong, self.words),
        }


def _permits(tag: str, gold: str) -> bool:
    found = {option.replace("GPE", "LOC") for option in options(tag)}
    hidden = any(option.partition("-")[2] in {"MISC", "EVT", "PROD"} for option in found)
    return ANY in found or gold in found or (gold == OUTSIDE and hidden)


def _placed(tags: Sequence[str]) -> set[Span]:
    return {(start, end, without_polities(label)) for start, end, label in spans(tags)}


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
