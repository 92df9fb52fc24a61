"""What the trainer gets to learn from: readers, conversions to UD, names, and what is held out."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import conllu, heldout, names, pack, relabel, sources
from training.__main__ import main
from training.agreement import compare
from training.conllu import FormatError
from training.convert import ddt, ndt, talbanken

DATA = Path(__file__).parent / "data" / "training"


def gold(language):
    return conllu.read(DATA / f"ud-{language}.conllu")


# -- CoNLL-U ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv", "en"])
def test_a_file_written_again_reads_the_same(language):
    trees = gold(language)
    assert list(conllu.parse(conllu.dump(trees).splitlines())) == trees


def test_the_text_follows_from_words_spaces_and_multiword_tokens():
    texts = [tree.detokenised() for tree in gold("en")]
    assert texts == [tree.text for tree in gold("en")]
    assert any("there's" in text for text in texts)
    assert ("there's", True) in gold("en")[0].surface()


def test_an_empty_node_is_kept_and_is_no_word():
    rows = [
        "# text = Hun leser , han ikke",
        "1\tHun\thun\tPRON\t_\t_\t2\tnsubj\t_\t_",
        "2\tleser\tlese\tVERB\t_\t_\t0\troot\t_\t_",
        "2.1\tleser\tlese\tVERB\t_\t_\t_\t_\t0:exroot\t_",
        "3\t_\t_\tPUNCT\t_\t_\t2\tpunct\t_\t_",
        "",
    ]
    (tree,) = conllu.parse(rows)
    assert [word.form for word in tree.words] == ["Hun", "leser", "_"]
    assert tree.words[2].lemma == "_"  # the word is an underscore, not an empty field
    assert list(conllu.parse(conllu.dump([tree]).splitlines())) == [tree]
    assert conllu.dump([tree]).splitlines()[3] == rows[3]


@pytest.mark.parametrize(
    "row", ["1\tto\tfew", "x\ta\ta\tX\t_\t_\t0\troot\t_\t_", "2\ta\ta\tX\t_\t_\t0\troot\t_\t_"]
)
def test_a_bad_line_is_named(row):
    with pytest.raises(FormatError, match=r"nyheter:2:"):
        list(conllu.parse(["# sent_id = 1", row], name="nyheter"))


# -- native treebanks and conversions -----------------------------------------------------------------------


def converted(language):
    if language in {"nb", "nn"}:
        native = sources.read_ndt(DATA / f"ndt-{language}.conll")
        return [
            (ndt.convert(one.tree, language), tree) for one, tree in sources.align(native, gold(language))
        ]
    if language == "da":
        native = sources.read_ddt(DATA / "ddt.merged.tsv")
        return [(ddt.convert(one.tree), tree) for one, tree in sources.align(native, gold("da"))]
    native = sources.read_talbanken(DATA / "talbanken.v1.conllu")
    return [(talbanken.convert(one.tree), tree) for one, tree in sources.align(native, gold("sv"))]


@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv"])
def test_conversion_gives_the_gold_tree_and_tags(language):
    pairs = converted(language)
    assert len(pairs) == len(gold(language)) == 6
    for made, due in pairs:
        rows = [(word.form, word.upos, word.head, word.deprel) for word in made.words]
        assert rows == [(word.form, word.upos, word.head, word.deprel) for word in due.words]


@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv"])
def test_every_converted_sentence_is_one_tree(language):
    for made, _ in converted(language):
        assert [word.deprel for word in made.words].count("root") == 1
        for word in made.words:
            seen = set()
            while word.head:
                assert word.id not in seen
                seen.add(word.id)
                word = made.words[word.head - 1]  # noqa: PLW2901


def test_of_several_native_roots_a_word_is_root_and_no_mark():
    native = sources.read_ddt(DATA / "ddt.merged.tsv")[0].tree
    end = native.words[-1]
    assert end.xpos == "XP"
    split = replace(native, words=(replace(native.words[0], xpos="XP", head=0), *native.words[1:]))
    made = ddt.convert(split)
    assert [word.upos for word in made.words if word.deprel == "root"] == ["VERB"]
    assert [word.head for word in made.words].count(0) == 1


def danish(text, rows):
    """Convert a sentence of DDT given as (PAROLE tag, lemma, head, native label) for each word of `text`."""
    words = tuple(
        conllu.Word(number, form, lemma=lemma, xpos=tag, head=head, deprel=label)
        for number, (form, (tag, lemma, head, label)) in enumerate(zip(text.split(), rows, strict=True), 1)
    )
    return conllu.Tree("", words, text)


def arcs(tree):
    forms = ("", *tree.forms)
    return [(word.form, word.deprel, forms[word.head]) for word in tree.words]


def test_what_is_asked_in_danish_hangs_on_its_verb_and_months_are_counted_for_themselves():
    asked = danish(
        "Forstår du hvad jeg mener",
        [
            ("VADR=----A-", "forstå", 0, "root"),
            ("PP2CSN-NU", "du", 1, "subj"),
            ("PT-[CN]SU--U", "hvad", 1, "dobj"),
            ("PP1CSN-NU", "jeg", 5, "subj"),
            ("VADR=----A-", "mene", 3, "rel"),
        ],
    )
    assert arcs(ddt.convert(asked))[2:] == [
        ("hvad", "obj", "mener"),
        ("jeg", "nsubj", "mener"),
        ("mener", "ccomp", "Forstår"),
    ]
    leave = danish(
        "Han fik tre måneders orlov",
        [
            ("PP3CSN-NU", "han", 2, "subj"),
            ("VADA=----A-", "få", 0, "root"),
            ("AC---U=--", "tre", 2, "dobj"),
            ("NCCPG==I", "måned", 3, "nobj"),
            ("NCCSU==I", "orlov", 3, "possd"),
        ],
    )
    assert arcs(ddt.convert(leave))[2:] == [
        ("tre", "nummod", "måneders"),
        ("måneders", "nmod:poss", "orlov"),
        ("orlov", "obj", "fik"),
    ]


def test_the_oddities_of_danish_ud_are_imitated_only_when_asked_for():
    both = danish(
        "Hun har en bil og et hus",
        [
            ("PP3CSN-NU", "hun", 2, "subj"),
            ("VADR=----A-", "have", 0, "root"),
            ("PI-CSU--U", "en", 2, "dobj"),
            ("NCCSU==I", "bil", 3, "nobj"),
            ("CC", "og", 6, "coord"),
            ("PI-NSU--U", "en", 3, "conj"),
            ("NCNSU==I", "hus", 6, "nobj"),
        ],
    )
    assert arcs(ddt.convert(both))[4] == ("og", "cc", "hus")
    assert arcs(ddt.convert(both, quirks=True))[4] == ("og", "dep", "bil")


def test_relabelling_learns_what_gold_trees_do_otherwise_than_the_rules():
    triples = [
        (one.tree, ddt.convert(one.tree), tree)
        for one, tree in sources.align(sources.read_ddt(DATA / "ddt.merged.tsv"), gold("da"))
    ]
    other = [  # a gold standard that knows no cases, only marks: nothing the rules could guess
        (native, made, replace(tree, words=tuple(_without_case(word) for word in tree.words)))
        for native, made, tree in triples
    ]
    learned = relabel.Examples(other * 3).learn()
    for native, made, _ in triples:
        relabelled = learned.relabel(native, made)
        assert relabelled == learned.relabel(native, made)
        assert relabelled.forms == made.forms
        assert [word.upos for word in relabelled.words] == [word.upos for word in made.words]
        assert [word.head for word in relabelled.words].count(0) == 1
        labels = [word.deprel for word in relabelled.words]
        assert "case" not in labels
        assert ("mark" in labels) >= ("case" in [word.deprel for word in made.words])
    found = relabel.out_of_fold(other, folds=len(other))
    due = [tree for _, _, tree in other]
    rules = compare(zip((made for _, made, _ in other), due, strict=True))
    assert compare(zip(found, due, strict=True)).label > rules.label


def _without_case(word):
    return replace(word, deprel="mark") if word.deprel == "case" else word


def test_bokmaal_and_nynorsk_get_the_same_features():
    nb, nn = (
        {tuple(sorted(conllu.features(word.feats))) for made, _ in converted(code) for word in made.words}
        for code in ("nb", "nn")
    )
    noun = ("Definite", "Gender", "Number")
    assert noun in nb
    assert noun in nn  # UD Nynorsk itself leaves out Number=Sing and Definite=Def


def test_a_heading_mark_is_no_word_and_marks_a_headline(tmp_path):
    rows = "1\tLam\tlam\tsubst\tappell|nøyt|ub|ent\t0\tFRAG\tO\n2\t|\t$|\tclb\t<overskrift>\t1\tIP\tO\n"
    path = tmp_path / "ndt.conll"
    path.write_text(f"# newdoc id = ap001\n{rows}\n", encoding="utf-8")
    (one,) = sources.read_ndt(path)
    assert one.tree.forms == ("Lam",)
    assert pack.with_tree(ndt.convert(one.tree), "converted").headline


def test_agreement_counts_heads_and_labels():
    due = gold("nb")[0]
    made = replace(due, words=(replace(due.words[0], head=due.words[0].head + 1), *due.words[1:]))
    found = compare([(made, due)])
    assert (found.words - found.uas, found.words - found.label) == (1, 0)
    assert ("head", due.words[0].deprel, due.words[0].deprel) in found.confusions


# -- names --------------------------------------------------------------------------------------------------


def test_plain_tags_become_names_and_blanks_part_columns():
    swedish = next(corpus for corpus in names.CORPORA if corpus.id == "webbnyheter")
    train = names.read(swedish, DATA / "webbnyheter.tsv")
    assert train[0].spans()[0] == (0, 2, "PER")
    assert not any("\u00ad" in token for record in train for token in record.tokens)
    blanks = names.read(swedish, DATA / "webbnyheter-blanks.tsv")
    assert blanks[0].tokens[:3] == ("Inger", "Atterstam", ":")
    assert blanks[0].spans() == [(0, 2, "PER")]


def test_parts_of_compounds_are_no_names_in_german():
    german = next(corpus for corpus in names.CORPORA if corpus.id == "germeval2014")
    found = [
        (" ".join(record.tokens[start:end]), label)
        for record in names.read(german, DATA / "germeval.tsv")
        for start, end, label in record.spans()
    ]
    assert ("Ecce homo", "MISC") in found
    assert ("Deutschland", "LOC") in found
    assert not any("EU-Budget" in text for text, _ in found)


def test_products_and_events_have_their_own_labels_in_finnish():
    finnish = next(corpus for corpus in names.CORPORA if corpus.id == "turku")
    (first, *_) = names.read(finnish, DATA / "turku.tsv")
    assert first.spans() == [(0, 3, "PROD"), (4, 5, "ORG")]


def test_polities_are_kept_apart_where_the_corpus_tells():
    raw = ["B-GPE_ORG", "O", "B-GPE_LOC", "I-GPE_LOC", "B-DRV", "B-PER"]
    assert names.common(raw, "norne") == ("B-GPE", "O", "B-GPE", "I-GPE", "O", "B-PER")
    assert names.actors(raw) == (0,)
    assert names.SCHEMES["norne"].unknown == ()
    assert names.SCHEMES["uner"].unknown == ("GPE", "MISC", "EVT", "PROD")
    assert set(names.SCHEMES["uner"].may["LOC"]) == {"LOC", "GPE"}


def test_two_annotations_of_danish_join_without_overlap():
    three = ["B-PER", "I-PER", "O", "O", "B-LOC"]
    four = ["B-MISC", "O", "B-MISC", "I-MISC", "B-LOCderiv"]
    assert names.merged(three, four) == ("B-PER", "I-PER", "B-MISC", "I-MISC", "B-LOC")


@given(st.lists(st.sampled_from(["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]), max_size=12))
def test_names_written_as_tags_read_the_same(tags):
    found = names.spans(tags)
    assert names.spans(names.bio(len(tags), found)) == found


# -- what is held out, and the pack -------------------------------------------------------------------------


def test_case_spaces_and_marks_hide_no_test_sentence():
    assert heldout.fingerprint(["Ja", ",", "i_dag", "!"]) == heldout.fingerprint(["JA", "i", "dag"])
    assert heldout.fingerprint(["Nei"]) != heldout.fingerprint(["Ja"])
    assert heldout.fingerprint(["–", "..."]) == ""
    held = frozenset({heldout.fingerprint(["ja"])})
    assert heldout.is_held([["JA", "!"]], held)
    assert heldout.is_held([["j", "'", "a"], ["nei"]], held)
    assert not heldout.is_held([["Nei"]], held)
    assert not heldout.is_held([["..."]], held)


@pytest.fixture
def shared(tmp_path):
    """Lay out a data folder like the real one, each file a few sentences."""
    data = tmp_path / "shared" / "data"
    own = {
        "nb": "Norwegian-Bokmaal/no_bokmaal",
        "nn": "Norwegian-Nynorsk/no_nynorsk",
        "da": "Danish-DDT/da_ddt",
    }
    own |= {"sv": "Swedish-Talbanken/sv_talbanken", "en": "English-EWT/en_ewt", "de": "German-GSD/de_gsd"}
    own |= {"fi": "Finnish-TDT/fi_tdt"}
    copies = {
        "ud/no_ndt-native/ndt-nob.conll": "ndt-nb.conll",
        "ud/no_ndt-native/ndt-nno.conll": "ndt-nn.conll",
        "ud/da_ddt-native/da_ddt-train.merged.tsv": "ddt.merged.tsv",
        "ud/da_ddt-native/da_ddt-dev.merged.tsv": "ddt.merged.tsv",
        "ud/sv_talbanken-v1/sv_talbanken-train.v1.conllu": "talbanken.v1.conllu",
        "ud/sv_talbanken-v1/sv_talbanken-dev.v1.conllu": "talbanken.v1.conllu",
    }
    for stem in own.values():
        for part in ("train", "dev", "test"):
            copies[f"ud/UD_{stem}-ud-{part}.conllu"] = "ud-en.conllu" if part == "train" else ""
    copies["ud/UD_Norwegian-Bokmaal/no_bokmaal-ud-dev.conllu"] = "ud-nb.conllu"
    for code, (spoken, _) in pack._PUD.items():
        copies[f"ud/UD_{spoken}-PUD/{code}_pud-ud-test.conllu"] = ""
    layouts = {"uner-en-ewt": "ewt.iob2", "webbnyheter": "webbnyheter.tsv", "germeval2014": "germeval.tsv"}
    for corpus in names.CORPORA:
        file = layouts.get(corpus.id, "turku.tsv")
        for path in corpus.files.values():
            copies[path] = file
        for path in corpus.test_files:
            copies[path] = "webbnyheter-blanks.tsv" if corpus.id == "webbnyheter" else ""
    for path, file in copies.items():
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_bytes((DATA / file).read_bytes() if file else b"")
    # one Danish sentence of the training file is a test sentence
    test = data / "ud/UD_Danish-DDT/da_ddt-ud-test.conllu"
    test.write_text(conllu.dump(gold("da")[:1]), encoding="utf-8")
    # relabelling is learned from a sentence of dev
    for language in ("da", "sv"):
        dev = data / f"ud/UD_{own[language]}-ud-dev.conllu"
        dev.write_text(conllu.dump(gold(language)[:1]), encoding="utf-8")
    return tmp_path / "shared"


def test_the_pack_holds_no_test_sentence_and_is_the_same_each_time(shared, tmp_path, capsys):
    paths = [tmp_path / "a.xz", tmp_path / "b.xz"]
    for path in paths:
        assert main(["pack", "--shared", str(shared), "--output", str(path)]) == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    manifest, rows = pack.read(paths[0])
    rows = list(rows)
    assert manifest["sentences"] == len(rows)
    assert json.loads((tmp_path / "a.xz.manifest.json").read_text(encoding="utf-8")) == manifest
    assert all(source["licence"] for source in manifest["sources"])

    held = heldout.fingerprint(gold("da")[0].forms)
    ddt_rows = [row for row in rows if row["s"] == "ddt"]
    assert len(ddt_rows) == 5
    assert held not in {heldout.fingerprint(row["w"]) for row in rows}
    assert "MiB" in capsys.readouterr().out


def test_a_row_of_the_pack_has_one_value_for_each_word(shared, tmp_path):
    main(["pack", "--shared", str(shared), "--output", str(tmp_path / "a.xz")])
    _, rows = pack.read(tmp_path / "a.xz")
    rows = list(rows)
    assert {"ud-nb", "ud-en-ewt", "talbanken", "germeval2014"} <= {row["s"] for row in rows}
    for row in rows:
        assert all(len(row[key]) == len(row["w"]) for key in "xumehrn" if key in row)
        assert ("g" in row) == ("h" in row)
        assert ("n" in row) == ("c" in row)
    english = next(row for row in rows if row.get("t"))
    assert "there's" in {form for _, _, form in english["t"]}
    bokmaal = [row for row in rows if row["s"] == "ud-nb"]
    assert all(row["g"] == "gold" and row["c"] == "norne" for row in bokmaal)


def test_missing_data_is_one_clear_line(tmp_path, capsys):
    assert main(["pack", "--shared", str(tmp_path), "--output", str(tmp_path / "a.xz")]) == 1
    assert capsys.readouterr().err.startswith("error: ")
    shutil.rmtree(tmp_path)
