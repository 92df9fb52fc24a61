"""Gather all that may be learned from into one compressed file, with a manifest of what it holds.

The pack is xz-compressed JSON lines. The first line is the manifest; each further line is a sentence:

    s  source        l  language      p  part (train | dev)      k  fold, 0 to 4
    w  words         x  spaces ("1" where white space follows; one sign for each word)
    g  grade of the tree (gold | converted), absent where there is no tree; with it
    u  UPOS          m  FEATS         e  lemmas       h  heads (0 root)       r  labels
    t  multiword tokens [start, end, form], words from 1, absent where there is none
    n  names, BIO    c  scheme of the names     a  first words of polities that act (absent: none)
    d  1 for a headline
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from training import conllu, heldout, names, relabel, sources
from training.conllu import Tree, Word
from training.convert import ddt, ndt, talbanken
from training.sources import Native

FORMAT = 1
_CC_BY_SA_4 = "CC BY-SA 4.0"
_CC_BY_SA_3 = "CC BY-SA 3.0"
_ANNOTATIONS_CC0 = "annotations CC0; texts by permission, not to be republished as stand-alone texts"
_PUD = {
    "en": ("English", _CC_BY_SA_3),
    "de": ("German", _CC_BY_SA_3),
    "sv": ("Swedish", _CC_BY_SA_4),
    "fi": ("Finnish", _CC_BY_SA_4),
    "is": ("Icelandic", _CC_BY_SA_4),
    "fr": ("French", _CC_BY_SA_3),
    "es": ("Spanish", _CC_BY_SA_3),
    "ru": ("Russian", _CC_BY_SA_3),
}
_LICENCES = {
    "webbnyheter": "CC BY 4.0",
    "germeval2014": "CC BY 4.0",
    "turku": _CC_BY_SA_4,
    "uner-da-ddt": _CC_BY_SA_4,
    "uner-en-ewt": _CC_BY_SA_4,
    "uner-sv-talbanken": _CC_BY_SA_4,
}


@dataclass(slots=True)
class Sentence:
    """What the pack holds of one sentence: a tree, names, or both over the same words."""

    words: tuple[str, ...]
    spaces: str
    tree: Tree | None = None
    grade: str = ""
    tags: tuple[str, ...] = ()
    scheme: str = ""
    actors: tuple[int, ...] = ()
    headline: bool = False

    def forms(self) -> list[tuple[str, ...]]:
        """Give the sentence as its words and, where that differs, as its surface tokens."""
        both = [self.words]
        if self.tree is not None and self.tree.spans:
            both.append(tuple(form for form, _ in self.tree.surface()))
        return both


@dataclass(slots=True)
class Source:
    """One source of one part: what it is, under which licence, and its sentences."""

    id: str
    language: str
    part: str
    licence: str
    origin: str
    sentences: list[Sentence] = field(default_factory=list)
    noisy: bool = False


def with_tree(tree: Tree, grade: str) -> Sentence:
    """Make a sentence of a tree."""
    return Sentence(
        words=tree.forms,
        spaces="".join("1" if word.space_after else "0" for word in tree.words),
        tree=tree,
        grade=grade,
        headline=any("Heading=Yes" in word.misc for word in tree.words),
    )


def name(sentence: Sentence, tags: Sequence[str], scheme: str, actors: tuple[int, ...] = ()) -> Sentence:
    """Put names over the words of a sentence."""
    sentence.tags, sentence.scheme, sentence.actors = tuple(tags), scheme, actors
    return sentence


def gather(data: Path, *, relabelled: bool = True) -> Iterator[Source]:
    """Yield every source of training and dev data under `data`, test sentences not yet taken out.

    With `relabelled` the Danish and Swedish training trees are chosen anew by what UD dev teaches.
    """
    ud = data / "ud"
    yield from _norwegian(ud, "nb", "nob", "UD_Norwegian-Bokmaal/no_bokmaal-ud-dev.conllu")
    yield from _norwegian(ud, "nn", "nno", "UD_Norwegian-Nynorsk/no_nynorsk-ud-dev.conllu")
    yield from _danish(data, relabelled=relabelled)
    yield from _swedish(data, relabelled=relabelled)
    ewt = "ud/UD_English-EWT/en_ewt-ud-{}.conllu"
    yield _gold(Source("ud-en-ewt", "en", "train", _CC_BY_SA_4, ewt.format("train")), data)
    english = _gold(Source("ud-en-ewt", "en", "dev", _CC_BY_SA_4, ewt.format("dev")), data)
    _put_names(english, _corpus("uner-en-ewt"), data)
    yield english
    yield _gold(Source("ud-de-gsd", "de", "dev", _CC_BY_SA_4, "ud/UD_German-GSD/de_gsd-ud-dev.conllu"), data)
    yield _gold(Source("ud-fi-tdt", "fi", "dev", _CC_BY_SA_4, "ud/UD_Finnish-TDT/fi_tdt-ud-dev.conllu"), data)
    for language, (spoken, licence) in _PUD.items():
        path = f"ud/UD_{spoken}-PUD/{language}_pud-ud-test.conllu"
        yield _gold(Source(f"pud-{language}", language, "train", licence, path), data)
    for corpus in names.CORPORA:
        if corpus.id in {"webbnyheter", "germeval2014", "turku"}:
            yield from _only_names(corpus, data)


def _norwegian(ud: Path, language: str, file: str, dev: str) -> Iterator[Source]:
    path = f"no_ndt-native/ndt-{file}.conll"
    native = sources.read_ndt(ud / path)
    train = Source(f"ndt-{language}", language, "train", _ANNOTATIONS_CC0, f"ud/{path}")
    for one in native:
        if not one.part:
            tags = one.names["norne"]
            sentence = with_tree(ndt.convert(one.tree, language), "converted")
            train.sentences.append(name(sentence, names.common(tags, "norne"), "norne", names.actors(tags)))
    yield train
    gold = conllu.read(ud / dev)
    aligned = sources.align([one for one in native if one.part == "dev"], gold)
    raw = {id(tree): one for one, tree in aligned}
    source = Source(f"ud-{language}", language, "dev", _CC_BY_SA_4, f"ud/{dev}")
    for tree in gold:
        known = raw.get(id(tree))
        if known is None:
            source.sentences.append(with_tree(tree, "gold"))
            continue
        full = _with_features(tree, ndt.convert(known.tree, language)) if language == "nn" else tree
        tags = known.names["norne"]
        source.sentences.append(
            name(with_tree(full, "gold"), names.common(tags, "norne"), "norne", names.actors(tags))
        )
    yield source


def _with_features(gold: Tree, converted: Tree) -> Tree:
    """Fill in the number and definiteness that UD Nynorsk lacks, where the words agree in all else."""
    words: list[Word] = []
    for due, made in zip(gold.words, converted.words, strict=True):
        values = conllu.features(made.feats)
        full = set(values.items()) >= set(conllu.features(due.feats).items()) and due.upos == made.upos
        feats = made.feats if full else due.feats
        words.append(
            Word(
                due.id,
                due.form,
                due.lemma,
                due.upos,
                due.xpos,
                feats,
                due.head,
                due.deprel,
                due.deps,
                due.misc,
            )
        )
    return Tree(gold.sent_id, tuple(words), gold.text, gold.spans, gold.empty, gold.comments)


def converter(
    native: Sequence[Native], gold: Sequence[Tree], rules: Callable[[Tree], Tree]
) -> Callable[[Tree], Tree]:
    """Give the conversion that mends `rules` by what the sentences that both parts hold teach."""
    triples = [(one.tree, rules(one.tree), tree) for one, tree in sources.align(native, gold) if one.aligned]
    learned = relabel.Examples(triples).learn()
    return lambda tree: learned.relabel(tree, rules(tree))


def _danish(data: Path, *, relabelled: bool) -> Iterator[Source]:
    path = "ud/da_ddt-native/da_ddt-{}.merged.tsv"
    gold = "ud/UD_Danish-DDT/da_ddt-ud-dev.conllu"
    dev = sources.read_ddt(data / path.format("dev"))
    convert: Callable[[Tree], Tree] = ddt.convert
    if relabelled:
        convert = converter(dev, conllu.read(data / gold), partial(ddt.convert, quirks=True))
    licence = f"{_CC_BY_SA_4} (native trees: MIT at choice)"
    train = Source("ddt", "da", "train", licence, path.format("train"))
    for one in sources.read_ddt(data / path.format("train")):
        if one.aligned:
            sentence = with_tree(convert(one.tree), "converted")
        else:
            sentence = Sentence(one.tree.forms, _spaces(one.tree))
        tags = names.merged(one.names["uner"], one.names["dan"])
        train.sentences.append(name(sentence, tags, "four"))
    yield train
    source = _gold(Source("ud-da-ddt", "da", "dev", _CC_BY_SA_4, gold), data)
    both = {one.tree.forms: names.merged(one.names["uner"], one.names["dan"]) for one in dev}
    for sentence in source.sentences:
        if sentence.words in both:
            name(sentence, both[sentence.words], "four")
    yield source


def _swedish(data: Path, *, relabelled: bool) -> Iterator[Source]:
    path = "ud/sv_talbanken-v1/sv_talbanken-train.v1.conllu"
    gold = "ud/UD_Swedish-Talbanken/sv_talbanken-ud-dev.conllu"
    convert: Callable[[Tree], Tree] = talbanken.convert
    if relabelled:
        dev = sources.read_talbanken(data / "ud/sv_talbanken-v1/sv_talbanken-dev.v1.conllu")
        convert = converter(dev, conllu.read(data / gold), talbanken.convert)
    train = Source("talbanken", "sv", "train", _CC_BY_SA_4, path)
    for one in sources.read_talbanken(data / path):
        sentence = with_tree(convert(one.tree), "converted")
        if "uner" in one.names:
            name(sentence, names.common(one.names["uner"], "uner"), "uner")
        train.sentences.append(sentence)
    yield train
    source = _gold(Source("ud-sv-talbanken", "sv", "dev", _CC_BY_SA_4, gold), data)
    _put_names(source, _corpus("uner-sv-talbanken"), data)
    yield source


def _gold(source: Source, data: Path) -> Source:
    source.sentences = [with_tree(tree, "gold") for tree in conllu.read(data / source.origin)]
    return source


def _corpus(key: str) -> names.Corpus:
    return next(corpus for corpus in names.CORPORA if corpus.id == key)


def _put_names(source: Source, corpus: names.Corpus, data: Path) -> None:
    known = {record.tokens: record.tags for record in names.read(corpus, data / corpus.files["dev"])}
    for sentence in source.sentences:
        if sentence.words in known:
            name(sentence, known[sentence.words], corpus.scheme)


def _only_names(corpus: names.Corpus, data: Path) -> Iterator[Source]:
    for part, path in corpus.files.items():
        source = Source(corpus.id, corpus.language, part, _LICENCES[corpus.id], path, noisy=corpus.noisy)
        for record in names.read(corpus, data / path):
            sentence = Sentence(record.tokens, "1" * len(record.tokens))
            source.sentences.append(name(sentence, record.tags, corpus.scheme))
        yield source


def _spaces(tree: Tree) -> str:
    return "".join("1" if word.space_after else "0" for word in tree.words)


def build(data: Path, *, keep_dev: bool = True, relabelled: bool = True) -> tuple[dict[str, Any], list[str]]:
    """Give the manifest and the lines of the pack; the same data give the same bytes.

    Test sentences leave every source, whatever its language; UD dev sentences leave the training parts, and
    with `keep_dev` false the dev parts are left out wholly, and nothing is relabelled, for that is learned
    from them. A sentence that a source holds twice stays twice.
    """
    relabelled = relabelled and keep_dev
    tests = heldout.test_sentences(data)
    held = frozenset().union(*tests.values())
    devs = frozenset().union(*heldout.dev_sentences(data).values())
    lines: list[str] = []
    listed: list[dict[str, Any]] = []
    for source in gather(data, relabelled=relabelled):
        if source.part == "dev" and not keep_dev:
            continue
        barred = held | devs if source.part == "train" else held
        kept = [sentence for sentence in source.sentences if not heldout.is_held(sentence.forms(), barred)]
        own = [_line(source, sentence) for sentence in kept]
        listed.append(_entry(source, kept, own))
        lines += own
    manifest = {
        "format": FORMAT,
        "labels": list(names.LABELS),
        "schemes": {
            key: {"may": dict(scheme.may), "hidden": scheme.hidden, "unknown": scheme.unknown}
            for key, scheme in names.SCHEMES.items()
        },
        "held_out": {language: len(found) for language, found in tests.items()},
        "relabelled": relabelled,
        "sentences": len(lines),
        "sources": listed,
        "sha256": sha256("\n".join(lines).encode()).hexdigest(),
    }
    return manifest, lines


def _entry(source: Source, kept: list[Sentence], own: list[str]) -> dict[str, Any]:
    spans: Counter[str] = Counter()
    for sentence in kept:
        spans.update(label for _, _, label in names.spans(sentence.tags))
    return {
        "id": source.id,
        "language": source.language,
        "part": source.part,
        "licence": source.licence,
        "origin": source.origin,
        "noisy": source.noisy,
        "sentences": len(kept),
        "words": sum(len(sentence.words) for sentence in kept),
        "trees": sum(sentence.tree is not None for sentence in kept),
        "grade": next((sentence.grade for sentence in kept if sentence.grade), ""),
        "named": sum(bool(sentence.scheme) for sentence in kept),
        "names": dict(sorted(spans.items())),
        "scheme": next((sentence.scheme for sentence in kept if sentence.scheme), ""),
        "removed": len(source.sentences) - len(kept),
        "sha256": sha256("\n".join(own).encode()).hexdigest(),
    }


def _line(source: Source, sentence: Sentence) -> str:
    row: dict[str, Any] = {
        "s": source.id,
        "l": source.language,
        "p": source.part,
        "k": heldout.fold(sentence.words),
        "w": sentence.words,
        "x": sentence.spaces,
    }
    if sentence.tree is not None:
        words = sentence.tree.words
        row |= {
            "g": sentence.grade,
            "u": [word.upos for word in words],
            "m": [word.feats for word in words],
            "e": [word.lemma for word in words],
            "h": [word.head for word in words],
            "r": [word.deprel for word in words],
        }
        if sentence.tree.spans:
            row["t"] = [[span.start, span.end, span.form] for span in sentence.tree.spans]
    if sentence.scheme:
        row |= {"n": sentence.tags, "c": sentence.scheme}
        if sentence.actors:
            row["a"] = sentence.actors
    if sentence.headline:
        row["d"] = 1
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def write(data: Path, output: Path, *, keep_dev: bool = True, relabelled: bool = True) -> dict[str, Any]:
    """Write the pack to `output` and its manifest to `<output>.manifest.json`; give the manifest."""
    manifest, lines = build(data, keep_dev=keep_dev, relabelled=relabelled)
    head = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
    output.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(output, "wb", preset=6) as file:
        file.write("\n".join([head, *lines, ""]).encode())
    pretty = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    output.with_name(output.name + ".manifest.json").write_text(pretty, encoding="utf-8")
    return manifest


def read(path: Path) -> tuple[dict[str, Any], Iterator[dict[str, Any]]]:
    """Open a pack: give its manifest and its sentences, one dictionary each, in order."""
    lines = _lines(path)
    manifest: dict[str, Any] = json.loads(next(lines))
    if manifest.get("format") != FORMAT:
        raise conllu.FormatError(f"{path}:1: a pack of format {manifest.get('format')}, not {FORMAT}")
    return manifest, (json.loads(line) for line in lines)


def read_all(paths: Sequence[Path]) -> tuple[str, list[dict[str, Any]]]:
    """Read several packs: give a digest of them and their sentences.

    Names of a further pack go over the sentences of the first (same source, part and words) that have none,
    or that it revises (`o`); its other sentences follow. The digest of one pack is its own.
    """
    manifest, stream = read(paths[0])
    digest: str = manifest["sha256"]
    rows = list(stream)
    for path in paths[1:]:
        manifest, stream = read(path)
        digest = sha256(f"{digest} {manifest['sha256']}".encode()).hexdigest()
        more = {_key(row): row for row in stream}
        over = {_key(row) for row in rows if _key(row) in more}
        for row in rows:
            other = more.get(_key(row))
            if other is not None and ("c" not in row or "o" in other):
                row |= {key: other[key] for key in ("n", "c", "q")}
        rows += [row for key, row in more.items() if key not in over]
    return digest, rows


def _key(row: dict[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    return row["s"], row["p"], tuple(row["w"])


def _lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from file
