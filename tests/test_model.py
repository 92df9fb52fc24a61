"""The model that reads: whole files, whole trees, one reading for one article."""

import json
import shutil
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidende import desk
from tidende.cli import main
from tidende.errors import ModelError
from tidende.parse import files, load_model, parse, runtime, trees
from tidende.parse.decode import is_tree
from tidende.parse.neural import LONGEST, Words
from tidende.records import Article

SENTENCES = {
    "da": "Den russiske præsident mødte Kim Jong-un i Vladivostok torsdag.",
    "nb": "Den russiske presidenten møtte Kim Jong-un i Vladivostok torsdag.",
    "nn": "Den russiske presidenten møtte Kim Jong-un i Vladivostok torsdag.",
    "sv": "Den ryske presidenten träffade Kim Jong-un i Vladivostok i torsdags.",
    "en": "The Russian president met Kim Jong-un in Vladivostok on Thursday.",
    "de": "Der russische Präsident traf Kim Jong-un am Donnerstag in Wladiwostok.",
}


def words(text):
    return Words(tuple(text.split()), (True,) * len(text.split()))


def read(text, language):
    article = Article(id="a", text=text, language=language)
    return parse(desk._laid_out(article), load_model()).sentences


@pytest.fixture
def model_copy(tmp_path):
    """A copy of the model's folder that a test may damage; the word table is linked, for its size."""
    folder = tmp_path / "model"
    folder.mkdir()
    for path in files.FOLDER.iterdir():
        if path.stat().st_size > 10_000_000:
            (folder / path.name).symlink_to(path)
        else:
            shutil.copy(path, folder)
    return folder


@pytest.mark.parametrize("language", SENTENCES)
def test_who_met_whom_is_read_off_the_tree(language):
    (sentence,) = read(SENTENCES[language], language)
    texts = [token.text for token in sentence.tokens]
    verb = next(at for at, token in enumerate(sentence.tokens) if token.head == -1)
    assert sentence.tokens[verb].upos == "VERB"
    subject = trees.subject(sentence, verb)
    assert sentence.tokens[subject].lower.startswith("pr")
    (kim,) = (at for at, token in enumerate(sentence.tokens) if token.text == "Kim")
    assert trees.children(sentence, verb, "obj") == [kim], texts
    assert sentence.tokens[kim].name == "B-PER"
    assert sentence.tokens[next(at for at, text in enumerate(texts) if "ladi" in text)].name[2:] in (
        "GPE",
        "LOC",
    )


def test_an_article_is_read_the_same_each_time():
    text = " ".join(SENTENCES.values())
    assert read(text, "da") == read(text, "da")


def test_a_sentence_is_read_the_same_whatever_is_read_beside_it():
    model = load_model()
    sentences = [words(text) for text in SENTENCES.values()]
    sentences += [words(text + " " + text.partition(" ")[0]) for text in SENTENCES.values()]
    sentences += [words(SENTENCES["en"]), words("Ja"), words("Nei ."), words(" ".join(SENTENCES.values()))]
    together = model.read(sentences)
    assert [model.read([one])[0] for one in sentences] == together
    assert model.read(sentences[::-1])[::-1] == together
    assert model.read([one for one in sentences for _ in range(7)])[::7] == together


@pytest.mark.parametrize("most", [1, 2, 9])
def test_what_runs_side_by_side_comes_in_order(most):
    def run(number):
        time.sleep(0.002 * (5 - number))
        return number, threading.current_thread()

    found = list(runtime.side_by_side(run, range(6), most))
    assert [number for number, _ in found] == list(range(6))
    assert len({thread for _, thread in found}) <= most


def test_a_sentence_longer_than_the_model_reads_at_once_is_one_tree():
    text = " ".join([SENTENCES["en"].rstrip(".") + " and"] * 60) + " left."
    (found,) = load_model().read([words(text)])
    assert len(found.heads) == len(text.split()) > LONGEST
    assert is_tree(found.heads)


def test_nothing_is_read_in_nothing():
    empty, one = load_model().read([Words((), ()), words("Ja")])
    assert empty.heads == ()
    assert one.heads == (0,)


@given(st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=12))
def test_any_words_make_a_tree(texts):
    (found,) = load_model().read([Words(tuple(texts), (True,) * len(texts))])
    assert is_tree(found.heads)
    assert all(
        tag[:2] != "I-" or before[1:] == tag[1:]
        for before, tag in zip(("O", *found.names), found.names, strict=False)
    )


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøåäöüß", min_size=1, max_size=30))
def test_pieces_put_together_are_the_word(word):
    listed = (files.FOLDER / "pieces.txt").read_text(encoding="utf-8").split("\n")
    pieces = load_model()._pieces.split(word, True)
    assert "".join(listed[piece] for piece in pieces) == "\u2581" + word


@pytest.mark.parametrize("name", ["labels.json", "labels.npy", "pieces.index"])
def test_a_damaged_file_is_named(model_copy, name):
    path = model_copy / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelError, match=f"{name}: damaged"):
        load_model(model_copy)


@pytest.mark.parametrize("name", ["parser.onnx", "words.q4", "manifest.json"])
def test_a_missing_file_is_named(model_copy, name):
    (model_copy / name).unlink()
    with pytest.raises(ModelError, match=f"{name}: no such file"):
        load_model(model_copy)


def test_without_its_model_an_article_is_read_by_rules_and_that_is_told(
    model_copy, tmp_path, monkeypatch, capsys
):
    (model_copy / "manifest.json").write_text("{", encoding="utf-8")
    monkeypatch.setattr(desk, "load_model", lambda: load_model(model_copy))
    article = tmp_path / "a.txt"
    article.write_text(SENTENCES["da"], encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["read", "--json", str(article)])
    out, errors = capsys.readouterr()
    assert ended.value.code == 2
    assert errors == f"tidende: {model_copy / 'manifest.json'}: damaged (not JSON): install tidende again\n"
    (story,) = json.loads(out)["stories"]
    assert {entity["name"] for entity in story["entities"]} >= {"Kim Jong-un", "Vladivostok"}


@pytest.mark.parametrize(("told", "threads"), [("1", 1), ("3", 3), ("0", None), ("many", None), ("", None)])
def test_the_number_of_threads_can_be_told(told, threads, monkeypatch):
    monkeypatch.setenv(runtime.THREADS, told)
    assert runtime.threads() == threads if threads else runtime.threads() >= 1
