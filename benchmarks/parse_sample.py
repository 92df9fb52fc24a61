"""Cut from dev, the fifth that no model learned from, the sentences that the gate reads, as they are.

Usage: python benchmarks/parse_sample.py [--data DIR] [--output DIR] [--most N]

Files keep their names and their form, so `parse.py --data` and `ner.py --data` read the cut like the whole.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import treebanks
from scoring import ROOT
from treebanks import NAME_SETS, TREEBANKS

SAMPLE = ROOT / "tests" / "data" / "parse"
_MOST = 80
_NAMELESS = ("sv",)  # dev of Talbanken holds hardly a name


def blocks(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield every sentence of a file as it is printed, and the columns of its rows."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("# ")]
        if rows:
            yield block.strip("\n"), rows


def cut(
    source: Path, target: Path, chosen: frozenset[str], forms: Callable[[list[list[str]]], list[str]]
) -> int:
    """Copy the sentences whose fingerprints are among the chosen; give how many."""
    found = [block for block, rows in blocks(source) if treebanks.fingerprint(forms(rows)) in chosen]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(f"{block}\n\n" for block in found), encoding="utf-8")
    return len(found)


def _words(rows: list[list[str]]) -> list[str]:
    return [row[1] for row in rows if row[0].isdigit()]


def _printed(rows: list[list[str]]) -> list[str]:
    return [row[0] for row in rows]


def main() -> int:
    """Cut every file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=treebanks.DATA)
    parser.add_argument("--output", type=Path, default=SAMPLE)
    parser.add_argument("--most", type=int, default=_MOST, help="sentences of each language")
    options = parser.parse_args()
    chosen: dict[str, frozenset[str]] = {}
    try:
        for language, (_, path) in TREEBANKS.items():
            trees = treebanks.trees(language, "dev", options.most, data=options.data)
            chosen[language] = frozenset(treebanks.fingerprint(tree.forms) for tree in trees)
            file = path.format("dev")
            print(file, cut(options.data / file, options.output / file, chosen[language], _words))
        for key, corpus in NAME_SETS.items():
            if "native" in corpus.trees:
                file = corpus.trees["native"]
                print(file, cut(options.data / file, options.output / file, chosen[key], _words))
            elif "dev" in corpus.files and key not in _NAMELESS:
                file = corpus.files["dev"]
                own = chosen[corpus.language]
                if not corpus.trees:  # other sentences than those of the treebank
                    named = treebanks.named(key, "dev", options.most, data=options.data)
                    own = frozenset(treebanks.fingerprint(sentence.texts) for sentence in named)
                print(file, cut(options.data / file, options.output / file, own, _printed))
    except treebanks.Missing as missing:
        print(f"parse_sample: {missing}")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
