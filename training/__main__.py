"""Run a step of the training pipeline: `python -m training check` or `python -m training pack`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from training import conllu, pack, sources
from training.agreement import Agreement, compare
from training.conllu import Tree
from training.convert import ddt, ndt, talbanken
from training.sources import Native


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the step named on the command line; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    check = steps.add_parser("check", help="print how far converted trees agree with UD dev")
    check.add_argument("--shared", type=Path, default=Path("../shared"))
    check.add_argument("--language", action="append", choices=["nb", "nn", "da", "sv"])
    check.add_argument("--most", type=int, default=15, help="how many confusions of each kind to print")
    packing = steps.add_parser("pack", help="write training and dev data into one compressed file")
    packing.add_argument("--shared", type=Path, default=Path("../shared"))
    packing.add_argument("--output", type=Path, required=True)
    packing.add_argument("--without-dev", action="store_true")
    options = parser.parse_args(arguments)
    try:
        if options.step == "check":
            _check(options.shared / "data", options.language or ["nb", "nn", "da", "sv"], options.most)
        else:
            _pack(options.shared / "data", options.output, keep_dev=not options.without_dev)
    except (OSError, conllu.FormatError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _check(data: Path, languages: Sequence[str], most: int) -> None:
    for language in languages:
        native, gold, convert = _dev(data / "ud", language)
        pairs = sources.align(native, gold)
        found = compare((convert(one.tree), tree) for one, tree in pairs)
        print(f"{language}: {found.line()}")
        for kind in ("head", "label", "upos", "feats"):
            print(f"  {kind}: {_confusions(found, kind, most)}")


def _confusions(found: Agreement, kind: str, most: int) -> str:
    rows = [(key[1:], count) for key, count in found.confusions.most_common() if key[0] == kind]
    return "; ".join(f"{count} {' > '.join(part or '-' for part in key)}" for key, count in rows[:most])


def _dev(ud: Path, language: str) -> tuple[list[Native], list[Tree], Callable[[Tree], Tree]]:
    if language in {"nb", "nn"}:
        file, folder, name = (
            ("nob", "UD_Norwegian-Bokmaal", "no_bokmaal")
            if language == "nb"
            else ("nno", "UD_Norwegian-Nynorsk", "no_nynorsk")
        )
        native = [
            one for one in sources.read_ndt(ud / f"no_ndt-native/ndt-{file}.conll") if one.part == "dev"
        ]
        gold = conllu.read(ud / f"{folder}/{name}-ud-dev.conllu")
        return native, gold, lambda tree: ndt.convert(tree, language)
    if language == "da":
        danish = sources.read_ddt(ud / "da_ddt-native/da_ddt-dev.merged.tsv")
        gold = conllu.read(ud / "UD_Danish-DDT/da_ddt-ud-dev.conllu")
        return [one for one in danish if one.aligned], gold, ddt.convert
    swedish = sources.read_talbanken(ud / "sv_talbanken-v1/sv_talbanken-dev.v1.conllu")
    gold = conllu.read(ud / "UD_Swedish-Talbanken/sv_talbanken-ud-dev.conllu")
    return swedish, gold, talbanken.convert


def _pack(data: Path, output: Path, *, keep_dev: bool) -> None:
    manifest = pack.write(data, output, keep_dev=keep_dev)
    for source in manifest["sources"]:
        print(
            f"{source['id']:18} {source['language']} {source['part']:5} {source['sentences']:6} sentences "
            f"{source['words']:7} words {source['trees']:6} trees {source['named']:6} with names "
            f"{source['removed']:5} held out"
        )
    print(f"{output}: {output.stat().st_size / 2**20:.1f} MiB, {manifest['sentences']} sentences")


if __name__ == "__main__":
    sys.exit(main())
