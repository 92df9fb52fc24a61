"""The nearest articles that a store finds are those that all vectors tell, whoever kept them."""

from datetime import date, timedelta

import numpy as np
import pytest

import desks
from tidende.filing.file import prepare
from tidende.records import Article, Reading
from tidende.store import open_store
from tidende.store.sql import nearest, signs
from tidende.stories.embed import projected

FIRST = date(2019, 4, 1)
COUNT = 400
TEXT = "Det har regnet kraftig i Bergen hele natten, og flere veier er stengt."


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype("<f4")


@pytest.fixture(scope="module")
def sampled():
    """Vectors of forty stories, ten reports each, and the day of each in forty days, some unknown."""
    draw = np.random.default_rng(5)
    centres = unit(draw.standard_normal((40, 384)))
    noise = unit(draw.standard_normal((COUNT, 384)))
    vectors = unit(0.85 * centres[np.arange(COUNT) % 40] + 0.53 * noise)
    days = [None if n % 17 == 0 else FIRST + timedelta(days=int(draw.integers(40))) for n in range(COUNT)]
    return vectors, days


def put(store, n, vector, day, identifier=None):
    told = {"published": day.isoformat()} if day else {}
    article = Article(id=identifier or f"a{n:03}", text=f"{TEXT} {n}", language="nb", **told)
    store.put(
        prepare(
            article,
            Reading(article=article),
            article.id,
            "test",
            vector.tobytes() if vector is not None else b"",
        )
    )


@pytest.fixture(scope="module")
def place(spot, sampled):
    """Name a desk with all of them."""
    found = spot()
    opened = open_store(found, create=True)
    with opened.writing():
        for n, (vector, day) in enumerate(zip(*sampled, strict=True)):
            put(opened, n, vector, day)
    opened.close()
    return found


@pytest.fixture
def store(place):
    opened = open_store(place)
    yield opened
    opened.close()


def near(sampled, day, window):
    """Give the articles that are so many days apart, or have no day."""
    return [
        f"a{n:03}"
        for n, own in enumerate(sampled[1])
        if own is None or day is None or abs(own.toordinal() - day) <= window
    ]


def told(vector):
    """Give a vector turned as filing turns it."""
    return projected(vector[None])[0].astype("<f2").astype("<f4").tobytes()


def like(store, turned, day, window, most):
    return [name for name, _ in store.signed(store.like(turned, day, window, most))]


def stories_of(sampled, n, window):
    """Give the reports of an article's story that are near it in time."""
    _, days = sampled
    return {
        f"a{m:03}"
        for m in range(n % 40, COUNT, 40)
        if days[n] is None or days[m] is None or abs((days[m] - days[n]).days) <= window
    }


def ask(store, sampled, n, window=14, most=4):
    day = sampled[1][n].toordinal() if sampled[1][n] else None
    return like(store, told(sampled[0][n]), day, window, most)


def test_the_likeliest_are_those_of_the_story(store, sampled):
    for n in range(0, COUNT, 7):
        due = stories_of(sampled, n, 40)
        assert set(ask(store, sampled, n, window=40, most=len(due))) == due
        assert ask(store, sampled, n)[0] == f"a{n:03}"
    assert len(store.like(b"", None, 14, 30)) == 30
    few = ask(store, sampled, 1, window=14, most=COUNT)
    day = sampled[1][1].toordinal()
    assert sorted(few) == near(sampled, day, 14)


def test_the_translations_of_an_article_are_the_likeliest_to_tell_its_story(tmp_path):
    documents = [row["id"].rpartition(".")[0] for row in desks.rows()]
    found = due = 0
    with desks.filled(tmp_path / "desk.db") as desk:
        for document, vector in zip(documents, desks.vectors(), strict=True):
            likest = desks.like(desk, vector, documents.count(document))
            found += sum(name.rpartition(".")[0] == document for name in likest)
            due += len(likest)
    assert due == 60 * 5
    assert found / due > 0.95


def test_an_undated_article_is_compared_with_all_and_all_with_it(store, sampled):
    vectors = sampled[0]
    for n in range(0, COUNT, 17):
        assert sampled[1][n] is None
        due = stories_of(sampled, n, 14)
        assert set(ask(store, sampled, n, most=len(due))) == due
        day = (FIRST + timedelta(days=3)).toordinal()
        assert f"a{n:03}" == like(store, told(vectors[n]), day, 14, 4)[0]


def test_without_a_vector_the_first_of_the_days_around_are_given(store, sampled):
    day = (FIRST + timedelta(days=3)).toordinal()
    around = near(sampled, day, 5)
    assert 20 < len(around) < COUNT
    assert like(store, b"", day, 5, 20) == around[:20]
    assert like(store, b"", None, 5, 20) == near(sampled, None, 5)[:20]


def test_what_is_found_does_not_hang_on_the_order_of_coming(spot, place, sampled, monkeypatch):
    monkeypatch.setattr(nearest, "_CHUNK", 50)  # read in several goes, some of it filed anew
    one, again = open_store(place), spot()
    other = open_store(again, create=True)
    with other.writing():
        for n in range(0, COUNT, 5):
            put(other, n, sampled[0][-n], sampled[1][-n])
        for n in np.random.default_rng(8).permutation(COUNT).tolist():
            put(other, n, sampled[0][n], sampled[1][n])
    for loose in (1, 7, 10_000):
        monkeypatch.setattr(signs, "_LOOSE", loose)
        other = open_store(again)
        for n in range(0, COUNT, 9):
            assert ask(one, sampled, n, most=6) == ask(other, sampled, n, most=6)
        vector = sampled[0][5].tobytes()
        assert one.nearest(vector, 9) == other.nearest(vector, 9)


def test_what_others_keep_is_found_and_what_is_undone_is_not(store, sampled, place):
    vectors, days = sampled
    assert ask(store, sampled, 3)[0] == "a003"
    other = open_store(place)
    with other.writing():
        put(other, 900, vectors[3], days[3], "other")
    other.close()
    assert "other" in ask(store, sampled, 3)[:2]

    def broken_off():
        with store.writing():
            put(store, 901, vectors[3], days[3], "undone")
            assert "undone" in ask(store, sampled, 3)[:3]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert "undone" not in ask(store, sampled, 3, most=COUNT)
    with store.writing():
        put(store, 902, vectors[4], days[4], "later")  # under the number that the undone one had
        put(store, 900, vectors[4], days[4], "other")  # another reading of it
        put(store, 903, None, days[3], "without")
    assert {"later", "other"} <= set(ask(store, sampled, 4)[:3])
    assert not {"later", "other", "without"} & set(ask(store, sampled, 3, window=40, most=8))
