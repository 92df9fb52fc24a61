"""Article vectors: near where texts tell alike, in any language; the same for the same text, always."""

import shutil

import numpy as np
import pytest

from tidende.errors import ModelError
from tidende.parse import vectors
from tidende.parse.vectors import load_encoder

MEETING = {
    "da": "Ruslands præsident Vladimir Putin mødte torsdag Nordkoreas leder Kim Jong-un i Vladivostok.",
    "nb": "Russlands president Vladimir Putin møtte torsdag Nord-Koreas leder Kim Jong-un i Vladivostok.",
    "sv": "Rysslands president Vladimir Putin träffade i torsdags Nordkoreas ledare Kim Jong-un.",
    "ru": "Президент России Владимир Путин встретился в четверг с лидером КНДР Ким Чен Ыном во Владивостоке.",
    "zh": "俄罗斯总统普京星期四在符拉迪沃斯托克会见了朝鲜领导人金正恩。",
}
STORM = {
    "da": "Stormen væltede natten til søndag hundredvis af træer og lukkede Storebæltsbroen for trafik.",
    "nb": "Stormen veltet natt til søndag hundrevis av trær og stengte Storebæltsbroen for trafikk.",
    "sv": "Stormen fällde natten till söndagen hundratals träd och stängde Stora Bält-bron.",
    "ru": "В ночь на воскресенье шторм повалил сотни деревьев и закрыл мост через Большой Бельт.",
    "zh": "星期日凌晨，暴风雨吹倒了数百棵树，大贝尔特桥关闭交通。",
}
ARTICLE = " ".join([*MEETING.values(), *STORM.values()] * 3)


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


@pytest.mark.parametrize("whitened", [False, True])
def test_a_translation_is_nearer_than_other_news_in_the_same_language(encoder, whitened):
    found = encoder.encode([*MEETING.values(), *STORM.values()])
    if whitened:
        found = encoder.whitened(found)
    likeness = found @ found.T
    same, other = likeness[: len(MEETING), : len(MEETING)], likeness[: len(MEETING), len(MEETING) :]
    assert same.min() > other.max()


def test_whitened_vectors_of_different_stories_are_no_longer_alike(encoder):
    found = encoder.encode([MEETING["da"], STORM["nb"]])
    plain, whitened = (float(one[0] @ one[1]) for one in (found, encoder.whitened(found)))
    assert plain > 0.7
    assert abs(whitened) < 0.4


def test_vectors_have_the_length_one(encoder):
    found = encoder.encode([MEETING["da"], ARTICLE])
    assert found.dtype == np.float32
    assert found.shape == (2, encoder.width)
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1])
    assert np.linalg.norm(encoder.whitened(found), axis=1) == pytest.approx([1, 1])


def test_a_vector_does_not_hang_on_what_is_read_beside_it(encoder):
    texts = [*MEETING.values(), ARTICLE, *STORM.values(), ARTICLE[:400]]
    together = encoder.encode(texts)
    assert (encoder.encode(texts[::-1])[::-1] == together).all()
    assert (encoder.encode(texts) == together).all()
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert alone == pytest.approx(together, abs=1e-6)


def test_the_end_of_a_long_article_counts(encoder):
    start = " ".join([MEETING["da"]] * 20)
    with_storm = start + " " + " ".join([STORM["da"]] * 20)
    storm, short, long = encoder.whitened(encoder.encode([STORM["da"], start, with_storm]))
    assert storm @ long > storm @ short + 0.2


def test_only_the_start_is_read_where_that_is_asked_for(encoder):
    (start,) = encoder.encode([MEETING["da"] + " " + STORM["da"]], most=10)
    (other,) = encoder.encode([MEETING["da"] + " " + STORM["nb"]], most=10)
    assert (start == other).all()


def test_a_text_without_words_is_like_nothing(encoder):
    found = encoder.encode(["", MEETING["da"], " \n"])
    assert not found[[0, 2]].any()
    assert not encoder.whitened(found)[[0, 2]].any()
    assert encoder.encode([]).shape == (0, encoder.width)


def test_any_characters_have_a_vector(encoder):
    found = encoder.encode(["\ud800", "\x00", "😀" * 700, "a" * 5000])
    assert np.isfinite(found).all()


def test_a_question_is_near_what_answers_it(encoder):
    (question,) = encoder.encode(["Who did Putin meet in Vladivostok?"], "query")
    meeting, storm = encoder.encode([MEETING["nb"], STORM["nb"]])
    assert question @ meeting > question @ storm


@pytest.mark.parametrize("window", range(1, 7))
@pytest.mark.parametrize("count", range(20))
def test_windows_hold_every_piece_and_are_of_one_length(window, count, monkeypatch):
    monkeypatch.setattr(vectors, "WINDOW", window)
    found = list(vectors._windows(range(count)))
    assert {piece for part in found for piece in part} == set(range(count))
    assert len({len(part) for part in found}) <= 1
    assert len(found) == -(-count // window)


@pytest.fixture
def encoder_copy(tmp_path):
    return shutil.copytree(vectors.FOLDER, tmp_path / "encoder")


@pytest.mark.parametrize("name", ["encoder.onnx", "whitening.npy"])
def test_a_damaged_file_is_named(encoder_copy, name):
    path = encoder_copy / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelError, match=f"{name}: damaged"):
        load_encoder(encoder_copy)


@pytest.mark.parametrize("name", ["encoder.onnx", "whitening.npy", "manifest.json"])
def test_a_missing_file_is_named(encoder_copy, name):
    (encoder_copy / name).unlink()
    with pytest.raises(ModelError, match=f"{name}: no such file"):
        load_encoder(encoder_copy)


def test_vectors_that_are_kept_are_those_that_are_made():
    encoder = load_encoder()
    texts = ["Putin møtte Kim i Vladivostok.", "Det regner i Bergen.", "Putin møtte Kim i Vladivostok."]
    first, again = encoder.told(texts), encoder.told(texts[::-1])
    assert np.array_equal(first, again[::-1])
    assert np.allclose(first, encoder.whitened(encoder.encode(texts)), atol=1e-5)
    assert encoder.told([]).shape == (0, encoder.width)
