"""Make the labelled pairs of names that `benchmarks/names.py` measures on.

    python scripts/name_pairs.py ../shared

Real pairs: the one name of a kind in an English line of NTREX news (dev, part A) beside the one name of
that kind in the same line of a translation; two spellings that the lists of office holders give for one
person, by Wikidata id; spellings of papers, by hand; names of states in two languages (CLDR). Hard negatives:
office holders of one surname, states and organisations whose names look alike, two of one article.
Nothing of `tidende.entities` takes part, so that an error of the matcher cannot hide itself. The same input
gives the same bytes.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import combinations, product
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

OUT = ROOT / "tests" / "data" / "names" / "pairs.tsv"
READ = {"da": "dan", "nb": "nob", "nn": "nno", "sv": "swe", "en": "eng", "de": "deu"}
# Translations whose one name is another thing's: seen by eye among what the rule gave.
NO_PAIRS = ROOT / "tests" / "data" / "names" / "no-pairs.txt"
# How papers of each language spell people whose names come from other alphabets.
SPELLINGS = ROOT / "tests" / "data" / "names" / "spellings.tsv"
_ALIKE = 0.75
_FEW = {"leaders": 150, "surname": 160, "states": 150, "like states": 110, "like organisations": 90}

Pair = tuple[str, str, str, str, str, str, str]  # label, kind, name, language, name, language, source


def rank(*words: str) -> str:
    """Give a number that draws a fixed sample, the same on every machine."""
    return sha256("\t".join(words).encode()).hexdigest()


def drawn(pairs: list[Pair], number: int) -> list[Pair]:
    """Draw a fixed sample."""
    return sorted(sorted(set(pairs), key=lambda pair: rank(*pair))[:number])


def texts(shared: Path) -> dict[tuple[str, int], str]:
    """Read the lines of part A by language and number."""
    parts = dict(
        line.split("\t")[:2]
        for line in (shared / "data/ntrex/parts.tsv").read_text(encoding="utf-8").splitlines()
    )
    found = {}
    for code, name in READ.items():
        path = shared / "data" / "ntrex" / "texts" / f"{name}.jsonl"
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if parts[row["doc_id"]] == "A":
                found |= {(code, line["n"]): line["text"] for line in row["lines"]}
    return found


def tagged(lines: dict[tuple[str, int], str]) -> dict[tuple[str, int], list[tuple[str, str]]]:
    """Let the model read the lines of the six languages: the names it tags, with their kinds."""
    from tidende.parse import load_model, parse
    from tidende.records import Article, Block

    model = load_model()
    found: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for (language, number), text in lines.items():
        article = Article(
            id=f"{language}{number}",
            text=text,
            language=language,
            blocks=[Block(part="text", start=0, end=len(text), kind="body")],
        )
        names = []
        for name in parse(article, model).names:
            end = name.end
            while end < len(text) and (text[end].isalnum() or text[end] in "'’-:"):
                end += 1  # as printed, with its genitive or the rest of its compound
            names.append((text[name.start : end].rstrip("'’:"), name.type))
        found[language, number] = names
    return found


def aligned(lines: dict[tuple[str, int], str]) -> Iterator[Pair]:
    """Give the pairs of lines that hold one name of a kind in both languages."""
    names = tagged(lines)
    for (language, number), here in names.items():
        if language != "en":
            continue
        for kind in ("person", "organisation", "place"):
            ours = {name for name, type_ in here if type_ == kind}
            if len(ours) != 1:
                continue
            (name,) = ours
            for other in READ:
                theirs = {text for text, type_ in names.get((other, number), ()) if type_ == kind}
                if len(theirs) == 1 and theirs != ours:
                    yield "same", kind, name, "en", theirs.pop(), other, "ntrex"


def apart(lines: dict[tuple[str, int], str], shared: Path) -> Iterator[Pair]:
    """Give two persons of one article who share a word or look alike, by the gold names."""
    by_document: dict[str, list[dict[str, object]]] = defaultdict(list)
    path = shared / "data" / "ntrex" / "entities.jsonl"
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if ("en", row["lines"][0] if row["lines"] else -1) in lines:
            by_document[row["doc_id"]].append(row)
    for rows in by_document.values():
        for one, other in combinations(rows, 2):
            kinds = {str(one["type"]), str(other["type"])}
            left, right = str(one["name"]), str(other["name"])
            like = SequenceMatcher(None, left, right).ratio() >= 0.55 or set(left.split()) & set(
                right.split()
            )
            if like and len(kinds) == 1:
                kind = {"PER": "person", "ORG": "organisation"}.get(kinds.pop(), "place")
                yield "different", kind, left, "en", right, "en", "ntrex gold"


def read(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def latin(name: str) -> bool:
    """Tell whether a name is in Latin letters and looks like one of a person."""
    words = name.split()
    return (
        2 <= len(words) <= 4 and max(name) <= "\u024f" and all(w[0].isupper() and len(w) > 1 for w in words)
    )


def leaders(shared: Path) -> tuple[list[Pair], list[Pair]]:
    """Give spellings of one office holder, in his own script too, and holders of one surname."""
    folder = shared / "data" / "names" / "leaders"
    forms: dict[str, set[str]] = defaultdict(set)
    surnames: dict[str, set[tuple[str, str]]] = defaultdict(set)
    scripts: list[Pair] = []
    for name in ("people.tsv", "people-wikidata.tsv"):
        for row in read(folder / name):
            for own in row["aliases"].split("|"):
                if "\u0370" <= own[:1] <= "\u04ff":
                    scripts.append(("same", "person", row["name"], "en", own, "", "own script"))
            # The ids of North Koreans were filled in by first and last word, which is too little there.
            if row["wikidata"] and latin(row["name"]) and row["country"] != "PRK":
                forms[row["wikidata"]].add(row["name"])
                surnames[row["name"].split()[-1]].add((row["name"], row["wikidata"]))
    same: list[Pair] = []
    for known in forms.values():
        for one, other in combinations(sorted(known), 2):
            if one.split()[0][0] == other.split()[0][0]:
                same.append(("same", "person", one, "en", other, "en", "leaders"))
    different: list[Pair] = []
    for people in surnames.values():
        for (one, first), (other, second) in combinations(sorted(people), 2):
            given = one.split()[0], other.split()[0]
            if first != second and given[0] != given[1]:
                different.append(("different", "person", one, "en", other, "en", "surname"))
    return drawn(same, _FEW["leaders"]) + sorted(set(scripts)), drawn(different, _FEW["surname"])


def spellings() -> list[Pair]:
    """Give the spellings of one person in two languages, by hand, and two persons who look alike."""
    rows = read(SPELLINGS)
    found: list[Pair] = []
    for row in rows:
        written = {language: row[language] for language in (*READ, "own") if row[language]}
        for one, other in combinations(written, 2):
            if written[one] != written[other]:
                found.append(("same", "person", written[one], one, written[other], other, "spellings"))
    for first, second in combinations(rows, 2):
        for one, other in product(READ, READ):
            if SequenceMatcher(None, first[one], second[other]).ratio() >= _ALIKE:
                found.append(("different", "person", first[one], one, second[other], other, "spellings"))
    return sorted(set(found))


def states(shared: Path) -> tuple[list[Pair], list[Pair]]:
    """Give the names of one state in two languages, and names of two states that look alike."""
    rows = [r for r in read(shared / "data/names/cldr/territories.tsv") if len(r["code"]) == 2]
    rows = [row for row in rows if row["code"] not in ("EU", "UN", "EZ", "QO", "ZZ", "XA", "XB")]
    same: list[Pair] = []
    different: list[Pair] = []
    for row in rows:
        for one, other in combinations(READ, 2):
            if row[one] != row[other] and "(" not in row[one] + row[other]:
                same.append(("same", "country", row[one], one, row[other], other, "states"))
    for first, second in combinations(rows, 2):
        for one in READ:
            for other in READ:
                left, right = first[one], second[other]
                if "(" not in left + right and SequenceMatcher(None, left, right).ratio() >= _ALIKE:
                    different.append(("different", "country", left, one, right, other, "like states"))
    return same, different


def organisations(shared: Path) -> list[Pair]:
    """Give the names of two organisations that look alike, by Wikidata id."""
    folder = shared / "data" / "names" / "organisations"
    names: dict[tuple[str, str], str] = {}
    for name in ("organisations-handmade.tsv", "organisations.tsv"):
        for row in read(folder / name):
            for language in READ:
                for form in row[f"name_{language}"].split("|"):
                    if row["wikidata"] and len(form) > 8:
                        names[form, language] = row["wikidata"]
    found: list[Pair] = []
    for (one, first), (other, second) in combinations(sorted(names), 2):
        two = names[one, first] != names[other, second] and first == second
        if two and SequenceMatcher(None, one, other).ratio() >= _ALIKE:
            found.append(("different", "organisation", one, first, other, second, "like organisations"))
    return found


def main() -> None:
    """Write the set and tell its size."""
    shared = Path(sys.argv[1])
    lines = texts(shared)
    variants, surnames = leaders(shared)
    same_states, like_states = states(shared)
    dropped = set(NO_PAIRS.read_text(encoding="utf-8").splitlines()) if NO_PAIRS.exists() else set()
    pairs = [pair for pair in sorted(set(aligned(lines))) if "\t".join((pair[2], pair[4])) not in dropped]
    pairs += sorted(set(apart(lines, shared)))
    pairs += variants + surnames + spellings()
    pairs += drawn(same_states, _FEW["states"]) + drawn(like_states, _FEW["like states"])
    pairs += drawn(organisations(shared), _FEW["like organisations"])
    head = "label\tkind\tleft\tleft_language\tright\tright_language\tsource"
    OUT.write_text("\n".join([head, *("\t".join(pair) for pair in pairs)]) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(pairs)} pairs, {sum(pair[0] == 'same' for pair in pairs)} of one thing")


if __name__ == "__main__":
    main()
