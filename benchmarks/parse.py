"""Score the model's trees, parts of speech, features and lemmas against the UD test sets.

The first table has gold words given; the second reads raw text: sentences, tokens, words and trees.

Usage: python benchmarks/parse.py [--lang da ...] [--set test|dev] [--most N]
       [--raw] [--save FILE] [--verbose] [--json] [--scoreboard]

The measures are those of CoNLL 2018: every word counts, punctuation too; LAS takes relations without their
subtype; features are the universal ones. UD Nynorsk lacks Number=Sing and Definite=Def nearly everywhere, so
its features are scored without these two. `--raw` prints the scores of raw text alone.
`--set dev` is for tuning, and takes the fifth of dev that no model learned from (raw text: all of
dev, which the table of sentence ends learned from). The treebanks are not in this repository: where they are
missing, this says "not measured".
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import rawtext
import treebanks
from scoring import NOT_MEASURED, Figure, common_arguments, post, share, table, total
from treebanks import LANGUAGES, PARTS, TREEBANKS, Missing, Reader, between, percent

if TYPE_CHECKING:
    from tidende.parse.neural import Analysis
    from training.conllu import Tree

FIGURES = (
    Figure("UPOS", share("upos", "words"), ("upos", "words")),
    Figure("UFeats", share("feats", "words"), ("feats", "words")),
    Figure("lemma", share("lemma", "words"), ("lemma", "words")),
    Figure("UAS", share("uas", "words"), ("uas", "words")),
    Figure("LAS", share("las", "words"), ("las", "words")),
    Figure("UAS, no punctuation", share("bare uas", "bare"), ("bare uas", "bare")),
    Figure("LAS, no punctuation", share("bare las", "bare"), ("bare las", "bare")),
)
LAS = FIGURES[4]

# LAS as published; never run here
PUBLISHED = {
    "UDPipe 2": {"da": 86.6, "nb": 92.8, "nn": 92.7, "sv": 90.5},
    "spaCy sm": {"da": 75.6, "nb": 84.8, "sv": 76.5},
    "DaCy small": {"da": 84.0},
}

_UNIVERSAL = frozenset(
    (
        *("PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case"),
        *("Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity"),
        *("Person", "Polite"),
    )
)
_NOT_SCORED = {"nn": frozenset({"Number=Sing", "Definite=Def"})}
_COMMONEST = 20


def count(tree: Tree, read: Analysis, language: str) -> Counter[str]:
    """Count the words of one sentence, and what is right of them."""
    found: Counter[str] = Counter()
    for at, word in enumerate(tree.words):
        head = word.head == read.heads[at]
        both = head and _bare(word.deprel) == _bare(read.deprels[at])
        found["words"] += 1
        found["upos"] += word.upos == read.upos[at]
        found["feats"] += _features(word.feats, language) == _features(read.feats[at], language)
        found["lemma"] += word.lemma in ("", read.lemmas[at])  # gold that tells no lemma takes any
        found["uas"] += head
        found["las"] += both
        if _bare(word.deprel) != "punct":
            found["bare"] += 1
            found["bare uas"] += head
            found["bare las"] += both
    return found


def _bare(relation: str) -> str:
    return relation.split(":", 1)[0]


def _features(column: str, language: str) -> frozenset[str]:
    kept = {feature for feature in column.split("|") if feature.split("=", 1)[0] in _UNIVERSAL}
    return frozenset(kept - _NOT_SCORED.get(language, frozenset()))


def measure(trees: Sequence[Tree], read: Sequence[Analysis], language: str) -> list[Counter[str]]:
    """Count every sentence."""
    return [count(tree, one, language) for tree, one in zip(trees, read, strict=True)]


def figures(counts: Sequence[Counter[str]]) -> dict[str, float]:
    """Give every figure by name, as a share of 1."""
    summed = total(counts)
    values = {figure.name: figure.value(summed) for figure in FIGURES}
    return {name: round(value, 4) for name, value in values.items() if value is not None}


def scores(
    language: str,
    most: int = 0,
    *,
    part: str = "test",
    data: Path = treebanks.DATA,
    reader: Reader | None = None,
) -> dict[str, float]:
    """Read a treebank and give its figures as shares of 1; `most` takes so many sentences, evenly spread.

    Raise `treebanks.Missing` where the data or the model is not here.
    """
    gold = treebanks.trees(language, part, most, data=data)
    read = (reader or treebanks.reader()).read([treebanks.plain(tree, language) for tree in gold])
    return figures(measure(gold, read, language))


def raw_counts(language: str, part: str, data: Path, reader: Reader | None) -> Counter[str]:
    """Read a treebank from its raw text, whole, and count what is right; without a reader no trees."""
    gold = treebanks.whole(language, part, data=data)
    found = rawtext.read(rawtext.text(gold), language, reader.model if reader else None)
    return rawtext.counts(rawtext.gold(gold), found)


def raw_figures(counts: Counter[str]) -> dict[str, float]:
    """Give every figure of raw text by name, as a share of 1."""
    values = {figure.name: figure.value(counts) for figure in rawtext.FIGURES}
    return {name: round(value, 4) for name, value in values.items() if value is not None}


def raw_printed(counts: dict[str, Counter[str]]) -> str:
    """Lay out the scores of raw text."""
    rows = [
        [
            f"{language}: {TREEBANKS[language][0]}",
            str(own["sentences due"]),
            str(own["tokens due"]),
            *(percent(figure, own, 2) for figure in rawtext.FIGURES),
        ]
        for language, own in counts.items()
    ]
    shown = table(["treebank", "sentences", "tokens", *(figure.name for figure in rawtext.FIGURES)], rows)
    return f"### From raw text, F1\n\n{shown}\n\n{_RAW_CONDITIONS}"


def confusions(trees: Sequence[Tree], read: Sequence[Analysis]) -> str:
    """Lay out LAS by relation, and the commonest wrong relations at right and wrong heads."""
    due: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: Counter[tuple[str, str, str]] = Counter()
    for tree, one in zip(trees, read, strict=True):
        for word, head, relation in zip(tree.words, one.heads, one.deprels, strict=True):
            gold, found = _bare(word.deprel), _bare(relation)
            due[gold] += 1
            if (word.head, gold) == (head, found):
                right[gold] += 1
            else:
                wrong[gold, found, "right" if word.head == head else "wrong"] += 1
    by_relation = [
        [gold, f"{100 * right[gold] / number:.1f}", str(number), str(number - right[gold])]
        for gold, number in sorted(due.items(), key=lambda item: (right[item[0]] - item[1], item[0]))
    ]
    commonest = sorted(wrong.items(), key=lambda item: (-item[1], item[0]))[:_COMMONEST]
    rows = [[gold, found, head, str(number)] for (gold, found, head), number in commonest]
    return "\n\n".join(
        [
            table(["relation", "LAS", "words", "lost"], by_relation),
            table(["gold", "found", "head", "words"], rows),
        ]
    )


def printed(counts: dict[str, list[Counter[str]]]) -> str:
    """Lay the figures out, and published ones below."""
    rows = []
    for language, own in counts.items():
        summed = total(own)
        rows.append(
            [
                f"{language}: {TREEBANKS[language][0]}",
                str(len(own)),
                str(summed["words"]),
                *(percent(figure, summed) for figure in FIGURES),
                between(LAS, own),
            ]
        )
    ours = table(["treebank", "sentences", "words", *(figure.name for figure in FIGURES), "LAS, 95 %"], rows)
    shown = {language: percent(LAS, total(own)) for language, own in counts.items()}
    beside = [["Tidende, measured here", *(shown.get(language, "-") for language in LANGUAGES)]]
    for name, told in PUBLISHED.items():
        values = (str(told[language]) if language in told else "-" for language in LANGUAGES)
        beside.append([f"{name}: published, not run here", *values])
    others = table(["LAS", *LANGUAGES], beside)
    return "\n\n".join([ours, _CONDITIONS, "### LAS beside others", others, _OTHERS])


_CONDITIONS = """Gold words (UD's syntactic words) and their white space are given, nothing else. Measures as
in CoNLL 2018; all words, punctuation too, unless the column says otherwise; relations without subtypes;
universal features, for nn without Number=Sing and Definite=Def, which UD Nynorsk lacks."""
_RAW_CONDITIONS = """Nothing but the text is given, sentences of a paragraph joined by a space. Measures as in
CoNLL 2018: tokens are surface tokens, words syntactic ones, UAS and LAS count aligned words; all are F1."""
_OTHERS = """Published figures are each project's own, from its own training, version of the treebank and
tokens: an anchor, no contest. A dash: no figure known, or no model."""


def main() -> int:
    """Read, score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=treebanks.DATA)
    parser.add_argument("--lang", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--set", choices=PARTS, default="test", help="dev: the fold that was never learned")
    parser.add_argument("--most", type=int, default=0, help="so many sentences of each, evenly spread")
    parser.add_argument("--save", type=Path, help="keep the names that were read in this file, for ner.py")
    parser.add_argument("--raw", action="store_true", help="the scores of raw text only, of whole sets")
    common_arguments(parser)
    options = parser.parse_args()
    counts: dict[str, list[Counter[str]]] = {}
    notes: list[str] = []
    names: treebanks.Known = {}
    try:
        gold = {
            language: treebanks.trees(language, options.set, options.most, data=options.data)
            for language in options.lang
        }
        reader = treebanks.reader()
        raw = {language: raw_counts(language, options.set, options.data, reader) for language in options.lang}
    except Missing as missing:
        print(f"parse: {NOT_MEASURED}: {missing}")
        return 0
    if options.raw:
        print(raw_printed(raw))
        return 0
    for language, own in gold.items():
        sentences = [treebanks.plain(tree, language) for tree in own]
        read = reader.read(sentences)
        names.update((shown.key, one.names) for shown, one in zip(sentences, read, strict=True))
        counts[language] = measure(own, read, language)
        notes.append(f"### {language}\n\n{confusions(own, read)}")
    if options.save:
        treebanks.save(names, options.save)
    body = f"{printed(counts)}\n\n{raw_printed(raw)}"
    if options.json:
        both = {
            language: figures(own)
            | {f"raw {name}": value for name, value in raw_figures(raw[language]).items()}
            for language, own in counts.items()
        }
        print(json.dumps(both, indent=1))
    else:
        print(body)
    aside = sys.stderr if options.json else sys.stdout
    if options.verbose:
        print("", *notes, sep="\n\n", file=aside)
    print(f"\n{reader.said()}", file=aside)
    if options.scoreboard:
        if options.set != "test" or options.most or len(options.lang) < len(LANGUAGES):
            print("parse: the scoreboard takes whole test sets of all languages only", file=sys.stderr)
            return 1
        post("Trees", "the test sets of six UD treebanks", body, options.date)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
