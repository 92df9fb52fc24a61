"""Score quotes of single sentences against quotations read off the manual trees of NDT and DDT.

What the rows cover (see the SOURCE.txt beside them): one sentence at a time, so a speaker named in another
sentence and speech of several sentences are not in them. NDT: sentences in marks or after a dash with a
parenthesis of a reporting verb (direct), the same without marks (parenthetical), finite object clauses of 20
verbs (indirect). DDT: subtrees labelled quoted object (direct), at-clauses of 40 verbs (indirect; thought,
negated and asked-for speech too, which is none by our rules). What no row covers may be speech all the same,
so precision is a lower bound. Dev sentences alone are read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ntrex_rules import Notes
from scoring import NOT_MEASURED, Figure, Json, figures_table, share
from tidende.ingest import lay_out
from tidende.parse import load_model
from tidende.reading import read_article
from tidende.records import Article, Quote

FILES = {"da": "quotes/ddt-quotes/ddt-quotes.jsonl", "no": "quotes/ndt-quotes/ndt-quotes.jsonl"}
DANISH = "ud/UD_Danish-DDT/da_ddt-ud-dev.conllu"
KINDS = ("direct", "parenthetical", "indirect")
_HALF = 0.5
_NO_BLANK_BEFORE = frozenset(",.:;?!)]%»”…")
_MARKS = frozenset(('"', "''", "``"))
_NO_BLANK_AFTER = frozenset("([«“„")

FIGURES = (
    *(
        figure
        for kind in KINDS
        for figure in (
            Figure(
                f"{kind} recall", share(f"{kind}.found", f"{kind}.gold"), (f"{kind}.found", f"{kind}.gold")
            ),
            Figure(
                f"{kind} speaker, of found",
                share(f"{kind}.speaker", f"{kind}.told"),
                (f"{kind}.speaker", f"{kind}.told"),
            ),
        )
    ),
    *(
        Figure(
            f"{kind} precision, at least",
            share(f"{kind}.right", f"{kind}.answers"),
            (f"{kind}.right", f"{kind}.answers"),
        )
        for kind in ("direct", "indirect")
    ),
)
PUBLISHED = (
    "Published for direct speech in Norwegian news (Salway et al. 2017, a rule system, other texts): "
    "precision .978, recall .570, speaker .987."
)


def _set(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Join tokens as they are printed, and give the characters of each."""
    text, places, inside, glued = "", [], False, True
    lone = sum(token in _MARKS for token in tokens) % 2 == 1
    for number, token in enumerate(tokens):
        blank = not glued and token not in _NO_BLANK_BEFORE
        glued = token in _NO_BLANK_AFTER
        if token in _MARKS:
            # What was said began in another sentence: the only mark of this one closes it.
            closing = inside or (lone and number > 0 and tokens[number - 1] in _NO_BLANK_BEFORE)
            inside, glued = not closing, not closing
            blank = blank and not closing
        text += " " if blank else ""
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def _rows(data: Path) -> Iterator[tuple[str, Json]]:
    """Give the rows of dev sentences with their language."""
    for line in (data / FILES["no"]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["ud"] == "dev":
            yield row["lang"], row
    dev = {
        "".join(line[9:].split())
        for line in (data / DANISH).read_text(encoding="utf-8").splitlines()
        if line.startswith("# text = ")
    }
    for line in (data / FILES["da"]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "".join(row["text"].split()) in dev:
            yield "da", row


@cache
def _quotes(language: str, text: str) -> tuple[Quote, ...]:
    title, blocks = lay_out(text, None)
    article = Article(id="sentence", text=text, title=title, blocks=blocks, language=language)
    return tuple(read_article(article, load_model()).quotes)


def scores(data: Path, notes: Notes) -> dict[str, dict[str, Counter[str]]]:
    """Count by language and document."""
    tallies: dict[str, dict[str, Counter[str]]] = {}
    by_sentence: dict[tuple[str, str, str], list[Json]] = {}
    for language, row in _rows(data):
        by_sentence.setdefault((language, str(row["doc"]), row["text"]), []).append(row)
    for (language, document, tokens), rows in by_sentence.items():
        text, places = _set(tokens.split())
        counts = tallies.setdefault(language, {}).setdefault(document, Counter())
        quotes = _quotes(language, text)
        gold = [_characters(row["content"], places, text) for row in rows]
        for row, wanted in zip(rows, gold, strict=True):
            counts[f"{row['type']}.gold"] += 1
            hit = max(quotes, key=lambda q: _shared(q, wanted), default=None)
            if hit is None or _shared(hit, wanted) < _HALF:
                notes.add(f"tree missed {row['type'][0]}", language, document, text)
                continue
            counts[f"{row['type']}.found"] += 1
            if row["speaker"]:
                speaker = hit.versions[0].speaker_evidence
                own = _characters(row["speaker"], places, text)
                right = speaker is not None and bool(own & set(range(speaker.start, speaker.end)))
                counts[f"{row['type']}.told"] += 1
                counts[f"{row['type']}.speaker"] += right
                if not right:
                    notes.add("tree speaker", language, document, f"{hit.speaker_text!r}: {text}")
        for quote in quotes:
            kind = "direct" if quote.kind == "direct" else "indirect"
            right = any(_shared(quote, wanted) >= _HALF for wanted in gold)
            counts[f"{kind}.answers"] += 1
            counts[f"{kind}.right"] += right
            if not right:
                notes.add(
                    f"tree extra {kind[0]}", language, document, f"{quote.versions[0].text!r} in {text}"
                )
    return tallies


def _characters(tokens: list[int], places: list[tuple[int, int]], text: str) -> set[int]:
    """Give where the letters and digits of some tokens stand."""
    return {at for token in tokens for at in range(*places[token - 1]) if text[at].isalnum()}


def _shared(quote: Quote, wanted: set[int]) -> float:
    """Give the share of characters that a quote and a row have in common, of those of either."""
    own = {
        span.start + at
        for span in quote.versions[0].spans
        for at, character in enumerate(span.text)
        if character.isalnum()
    }
    return len(own & wanted) / max(1, len(own | wanted))


def printed(data: Path, notes: Notes) -> str:
    """Lay the table out."""
    head = "### Quotations in the manual trees of DDT and NDT, dev sentences"
    missing = [name for name in (*FILES.values(), DANISH) if not (data / name).exists()]
    if missing:
        return f"{head}\n\n{NOT_MEASURED}: {', '.join(missing)} is not in {data}"
    tallies = scores(data, notes)
    return f"{head}\n\n{figures_table(FIGURES, tallies, list(tallies))}\n\n{PUBLISHED}"
