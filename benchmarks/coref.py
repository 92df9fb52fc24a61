"""Score who is meant by pronouns and descriptions, against the chains of NARC (Norwegian news).

Usage: python benchmarks/coref.py [--set test|dev] [--data FILE] [--verbose] [--json] [--scoreboard]

Above all: of the pronouns for one person and of the descriptions whose gold chain holds a name, how many
are given a name of that chain (right), another (wrong), or none (silent). Precision counts as wrong also
what is given a name though its gold chain holds none, or stands in no chain. A mention is found where an
answer covers the word or name at its core and lies within it. Beside it the nearest person named before,
and the CoNLL score over all chains of two mentions or more. Tokens are put together as printed (narc.py);
the reading is the public one. `--set dev` is for tuning. Where the corpus is missing, this says "not
measured".
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import coref_scores
import narc
from narc import LANGUAGES, Document, Gold, Span
from scoring import NOT_MEASURED, Figure, common_arguments, figures_table, harmonic, post, share
from tidende.entities.lexicon import lexicon
from tidende.ingest.draft import Draft, finish
from tidende.languages.lists import word_list, word_set
from tidende.parse import load_model
from tidende.reading import read_article
from tidende.records import Reading

_KINDS = {"pronoun": "pronouns", "they": "they", "description": "descriptions"}
_BASELINE = "nearest person"
_SCORES: Mapping[str, Callable[[coref_scores.Chains, coref_scores.Chains], coref_scores.Counts]] = {
    "MUC": coref_scores.muc,
    "B3": coref_scores.b_cubed,
    "CEAF-e": coref_scores.ceaf_e,
}


def _rows(title: str, key: str) -> tuple[Figure, ...]:
    right, due, given, wrong = (f"{key} {what}" for what in ("right", "due", "given", "extra"))
    return (
        Figure(f"{title}: recall", share(right, due), (right, due)),
        Figure(f"{title}: precision", share(right, given), (right, given)),
        Figure(f"{title}: F1", harmonic(right, due, wrong), (right, due)),
    )


def _conll(counts: Counter[str]) -> float | None:
    each = [coref_scores.f1(_four(counts, name)) for name in _SCORES]
    return sum(each) / len(each)


def _one(name: str) -> Figure:
    return Figure(name, lambda c: coref_scores.f1(_four(c, name)), (f"{name} 0", f"{name} 1"))


def _four(counts: Counter[str], name: str) -> coref_scores.Counts:
    values = [counts[f"{name} {n}"] / 1000 for n in range(4)]
    return values[0], values[1], values[2], values[3]


MEANT = (
    *_rows("pronouns for one person", "pronouns"),
    *_rows("pronouns, nearest person", f"{_BASELINE} pronouns"),
    *_rows("descriptions", "descriptions"),
    *_rows("descriptions, nearest person", f"{_BASELINE} descriptions"),
    *_rows("pronouns for several", "they"),
)
CHAINS = tuple(
    Figure(name, value, ("mentions found", "mentions due"))
    for name, value in (
        ("CoNLL F1", _conll),
        *((f"{name} F1", _one(name).value) for name in _SCORES),
    )
)


class Scored:
    """One article read and set beside its gold; `counts` are ready when it is made."""

    def __init__(self, document: Document, reading: Reading) -> None:
        self.document = document
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self._golds = [(n, gold) for n, chain in enumerate(document.chains) for gold in chain]
        self._named = {n for n, gold in self._golds if gold.kind == "name"}
        language = document.language
        one = word_set(language, "text", "pronouns", "he") | word_set(language, "text", "pronouns", "she")
        self._kinds = dict.fromkeys(word_set(language, "text", "pronouns", "they"), "they")
        self._kinds |= dict.fromkeys(one, "pronoun")
        # A people or a government stands for its state by a convention that is not the corpus's.
        tables = dict(lexicon(language).tables)
        states = word_set("common", "roles", "stands_for_state")
        groups = word_list(language, "roles")["groups"]
        self._left_out = {*tables["inhabitants"], *tables["adjective"]}
        self._left_out |= {form.lower() for key in states for form in groups[key]}
        self._spans, self._names = self._answers(reading)
        self._persons = sorted(
            span for entity in reading.entities if entity.type == "person" for span in self._names[entity.id]
        )
        self._meant()
        self._chains(reading)

    def _answers(self, reading: Reading) -> tuple[dict[Span, set[str]], dict[str, list[Span]]]:
        """Give the named entities of each span that is no name, and the spans of their names."""
        spans: dict[Span, set[str]] = {}
        names: dict[str, list[Span]] = {}
        for entity in reading.entities:
            forms = {form for forms in entity.names.values() for form in forms}
            names[entity.id] = []
            for evidence in entity.evidence:
                span = (evidence.start, evidence.end)
                if entity.named and evidence.text in forms:
                    names[entity.id].append(span)
                elif entity.named and not self.document.text[evidence.end : evidence.end + 1].isalpha():
                    spans.setdefault(span, set()).add(entity.id)  # what opens a compound describes nobody
        known = {entity.id for entity in reading.entities if entity.named}
        for quote in reading.quotes:
            place = quote.versions[0].speaker_evidence
            if quote.speaker in known and place is not None and place.text.lower() in self._kinds:
                spans[place.start, place.end] = {quote.speaker}
        return spans, names

    # --- names given to pronouns and descriptions -----------------------------------------------

    def _meant(self) -> None:
        answered: set[Span] = set()
        for number, gold in self._golds:
            if gold.kind not in _KINDS:
                continue
            key, due = _KINDS[gold.kind], number in self._named
            span = next((one for one in sorted(self._spans, key=_size) if covers(gold, one)), None)
            given = self._spans.get(span, set()) if span else set()
            if span is not None and self._counted(span):
                answered.add(span)
                right = due and len(given) == 1 and self._is_named(number, next(iter(given)))
                if len(given) > 1:  # "Kim and Putin ... they": the chain holds a phrase that names both
                    right = self._are_joined(number, given)
                    due = due or right
                self._count(key, gold.core, given, due=due, right=right)
            else:
                self._count(key, gold.core, set(), due=due, right=False)
            nearest = self._nearest(gold.core[0])
            if gold.kind != "they" and nearest is not None:
                right = due and any(
                    n == number and nearest == other.core for n, other in self._golds if other.kind == "name"
                )
                self._note(f"{_BASELINE} {key}", due, right, True)
            elif gold.kind != "they":
                self._note(f"{_BASELINE} {key}", due, False, False)
        for span in sorted(set(self._spans) - answered):
            if self._counted(span):
                kind = self._kinds.get(self.document.text[slice(*span)].lower(), "description")
                right = kind == "description" and self._beside_name(span)
                self._count(_KINDS[kind], span, self._spans[span], due=False, right=right)

    def _counted(self, span: Span) -> bool:
        words = self.document.text[slice(*span)].lower().split()
        return not (words[-1] in self._left_out or " ".join(words) in self._left_out)

    def _is_named(self, chain: int, identifier: str) -> bool:
        """Tell whether a name of an entity is one of a chain."""
        own = [gold for gold in self.document.chains[chain] if gold.kind == "name"]
        return any(_touch(gold.core, span) for span in self._names[identifier] for gold in own)

    def _are_joined(self, chain: int, identifiers: set[str]) -> bool:
        """Tell whether one mention of a chain holds a name of each of several entities."""
        return any(
            all(any(gold.start <= a and b <= gold.end for a, b in self._names[one]) for one in identifiers)
            for gold in self.document.chains[chain]
        )

    def _beside_name(self, span: Span) -> bool:
        """Tell whether a description stands within a gold mention whose name it is given: an apposition."""
        (identifier, *more) = self._spans[span]
        return not more and any(
            gold.start <= span[0] and span[1] <= gold.end and self._is_named(number, identifier)
            for number, gold in self._golds
            if number in self._named
        )

    def _nearest(self, before: int) -> Span | None:
        return max((span for span in self._persons if span[1] <= before), default=None)

    def _count(self, key: str, place: Span, given: set[str], *, due: bool, right: bool) -> None:
        self._note(key, due, right, bool(given))
        if not due and not given:
            return
        what = "right" if right else "wrong" if given else "silent"
        around = self.document.text[max(0, place[0] - 90) : place[1] + 40].replace("\n", " / ")
        self.notes.append(
            f"{what:6} {key:12} {self.document.text[slice(*place)]!r} = {', '.join(sorted(given))}: {around}"
        )

    def _note(self, key: str, due: bool, right: bool, given: bool) -> None:
        self.counts[f"{key} due"] += due
        self.counts[f"{key} right"] += right and due
        self.counts[f"{key} given"] += given and (due or not right)
        self.counts[f"{key} extra"] += given and not right

    # --- chains ---------------------------------------------------------------------------------

    def _chains(self, reading: Reading) -> None:
        """Count MUC, B-cubed and CEAF-e; a found mention is the gold one that it covers, else itself."""
        gold = [
            frozenset((one.start, one.end) for one in chain)
            for chain in self.document.chains
            if len(chain) > 1
        ]
        own: dict[str, set[Span]] = {}
        for entity in reading.entities:
            own[entity.id] = {self._gold_of(e.start, e.end) for e in entity.evidence}
        for span, entities in self._spans.items():
            for identifier in entities if len(entities) == 1 else ():
                own[identifier].add(self._gold_of(*span))
        found, seen = [], set[Span]()
        for mentions in own.values():
            fresh = frozenset(mentions - seen)
            if len(fresh) > 1:
                found.append(fresh)
                seen |= fresh
        due = {mention for chain in gold for mention in chain}
        self.counts["mentions due"] = len(due)
        self.counts["mentions found"] = len(due & seen)
        for name, score in _SCORES.items():
            for n, value in enumerate(score(gold, found)):
                self.counts[f"{name} {n}"] = round(1000 * value)

    def _gold_of(self, start: int, end: int) -> Span:
        fitting = [gold for _, gold in self._golds if covers(gold, (start, end))]
        best = min(fitting, key=lambda gold: gold.end - gold.start, default=None)
        return (best.start, best.end) if best else (start, end)


def covers(gold: Gold, span: Span) -> bool:
    """Tell whether an answer covers the core of a gold mention, and no more than the mention."""
    low, high = gold.core
    name = gold.kind == "name" and low <= span[0] and span[1] <= high
    return (
        gold.start <= span[0] and span[1] <= gold.end and (name or (span[0] <= low and span[1] >= high - 1))
    )


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _size(span: Span) -> tuple[int, int]:
    return span[1] - span[0], span[0]


def score(documents: Sequence[Document]) -> list[Scored]:
    """Read documents, each alone, and score them."""
    model = load_model()
    found = []
    for document in documents:
        draft = Draft(document.id, None, document.id, document.text, language=document.language)
        found.append(Scored(document, read_article(finish(draft, published=None), model)))
    return found


def figures(scored: Sequence[Scored]) -> dict[str, float]:
    """Give every figure over all documents as shares of 1."""
    summed = Counter[str]()
    for one in scored:
        summed.update(one.counts)
    values = {figure.name: figure.value(summed) for figure in (*MEANT, *CHAINS)}
    return {name: round(value, 4) for name, value in values.items() if value is not None}


_CONDITIONS = """Right: a name of the same gold chain. Recall is over mentions whose gold chain holds a
name; precision over every pronoun or description that is given one. Possessives, reflexives and the words of
peoples and governments (Tidende takes them for their state) are left out. Descriptions are of anything:
persons, firms, parties, towns. "Nearest person" takes the person that Tidende found named last before. CoNLL
F1 is the mean of MUC, B3 and CEAF-e over all chains of the corpus, also those of things ("the sofa"), which
Tidende does not look for. The weights were learned on the other half of the documents."""


def main() -> int:
    """Read, score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=narc.FILE)
    parser.add_argument("--set", choices=narc.PARTS, default="test", help="dev: the half to tune on")
    common_arguments(parser)
    options = parser.parse_args()
    try:
        documents = narc.load(options.set, options.data)
    except FileNotFoundError as missing:
        print(f"coref: {NOT_MEASURED}: {missing}")
        return 0
    scored = score(documents)
    tallies: dict[str, dict[str, Counter[str]]] = {language: {} for language in LANGUAGES}
    for one in scored:
        tallies[one.document.language][one.document.id] = one.counts
    tables = [figures_table(rows, tallies, LANGUAGES) for rows in (MEANT, CHAINS)]
    body = "\n\n".join([*tables, _CONDITIONS])
    print(json.dumps(figures(scored), indent=1) if options.json else body)
    if options.verbose:
        aside = sys.stderr if options.json else sys.stdout
        print(*(f"{one.document.id} {note}" for one in scored for note in one.notes), sep="\n", file=aside)
    if options.scoreboard:
        if options.set != "test":
            print("coref: the scoreboard takes the test half only", file=sys.stderr)
            return 1
        post(
            "Who is meant",
            f"{len(documents)} articles of NARC, the half kept for testing",
            body,
            options.date,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
