"""Which articles tell the same story: across languages, apart from their theme, whatever their order."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import outputs
from reading_of import reading_of, readings_of
from tidende.records import Article, Reading
from tidende.stories import group
from tidende.stories.group import group_signatures, signatures_of
from tidende.stories.linkage import linked
from tidende.stories.signature import Signature

STORM_EN = (
    "Hurricane Rosa is weakening as it heads for the coast of Mexico's Baja California. "
    "Rosa had winds of 85 miles per hour on Sunday, the National Hurricane Center in Miami said. "
    "Flooding is expected in Arizona, and Phoenix may get 3 inches of rain."
)
STORM_NB = (
    "Orkanen Rosa svekkes på vei mot kysten av Baja California i Mexico. "
    "Rosa hadde søndag en vindstyrke på 137 kilometer i timen, opplyser National Hurricane Center i Miami. "
    "Det ventes flom i Arizona, og Phoenix kan få 8 centimeter regn."
)
STORM_RU = (
    "Ураган «Роза» ослабевает по пути к мексиканскому побережью Нижней Калифорнии. "
    "Центр в Майами ожидает наводнений в Аризоне, сильный дождь пройдет в Финиксе."
)
BREXIT_TALKS = (
    "Theresa May møtte Michel Barnier i Brussel onsdag for å snakke om brexit. "
    "Barnier sa at EU ikke godtar planen for grensen i Irland."
)
BREXIT_MARCH = (
    "Over 100.000 mennesker gikk lørdag i tog gjennom London for en ny folkeavstemning om brexit. "
    "Borgermester Sadiq Khan talte til demonstrantene på Parliament Square."
)


def ids(stories):
    return [[reading.article.id for reading in story] for story in stories]


def test_one_event_in_two_languages_is_one_story():
    readings = [reading_of("en", STORM_EN), reading_of("march", BREXIT_MARCH), reading_of("nb", STORM_NB)]
    assert ids(group(readings)) == [["en", "nb"], ["march"]]


def test_a_theme_is_not_a_story():
    assert ids(group([reading_of("talks", BREXIT_TALKS), reading_of("march", BREXIT_MARCH)])) == [
        ["talks"],
        ["march"],
    ]


def test_reports_of_different_weeks_are_two_stories():
    early = reading_of("early", STORM_EN, published="2018-09-30")
    late = reading_of("late", STORM_NB, published="2018-10-20")
    near = reading_of("near", STORM_NB, published="2018-10-02")
    assert ids(group([early, late])) == [["early"], ["late"]]
    assert ids(group([early, near])) == [["early", "near"]]


def test_the_same_text_and_the_same_page_are_one_story():
    readings = [
        reading_of("a", STORM_RU, url="https://example.org/1"),
        reading_of("b", BREXIT_MARCH),
        reading_of("c", STORM_RU),
        reading_of("d", "Ураган миновал.", url="https://example.org/1"),
    ]
    assert ids(group(readings)) == [["a", "c", "d"], ["b"]]


def test_an_article_in_a_language_not_read_in_full_finds_its_story_by_names():
    spanish = (
        "El huracán Rosa se debilita rumbo a la costa de Baja California, en México. "
        "El National Hurricane Center de Miami espera inundaciones en Arizona y lluvias en Phoenix."
    )
    readings = [
        reading_of("en", STORM_EN),
        reading_of("es", spanish, language="es"),
        reading_of("b", BREXIT_MARCH),
    ]
    assert readings[1].article.reading == "grouped"
    assert ids(group(readings)) == [["en", "es"], ["b"]]


def test_no_article_is_no_story():
    assert group([]) == []


@pytest.fixture(scope="module")
def mixed():
    return readings_of(outputs.mixed_articles())


def test_every_article_is_in_one_story(mixed):
    stories = group(mixed)
    assert sorted(i for story in ids(stories) for i in story) == sorted(r.article.id for r in mixed)
    assert len(stories) > 1


@settings(max_examples=10)
@given(data=st.data())
def test_stories_do_not_hang_on_the_order_of_articles(mixed, data):
    turned = data.draw(st.permutations(mixed))
    first, second = ({frozenset(s) for s in ids(group(order))} for order in (mixed, turned))
    assert first == second


def test_stories_and_their_articles_come_in_the_order_of_the_input(mixed):
    order = {reading.article.id: n for n, reading in enumerate(mixed)}
    places = [[order[i] for i in story] for story in ids(group(mixed))]
    assert all(story == sorted(story) for story in places)
    assert [story[0] for story in places] == sorted(story[0] for story in places)


def test_readings_that_hold_nothing_stay_apart():
    empty = [Reading(article=Article(id=str(n), text=text)) for n, text in enumerate(("…", "—", "?!"))]
    assert len(group(empty)) == 3


def test_a_story_is_found_among_many_articles_with_and_without_days():
    draw = np.random.default_rng(1)
    rows = draw.standard_normal((700, 256)).astype(np.float16)
    many = [
        Signature(
            digest=f"{n:064d}",
            title=str(n),
            day=date(2018, 9, 1) + timedelta(days=n % 60) if n % 5 else None,
            length=200,
            vector=(row / np.linalg.norm(row.astype(float))).astype(np.float16).tobytes(),
        )
        for n, row in enumerate(rows)
    ]
    storm = signatures_of([reading_of("en", STORM_EN), reading_of("nb", STORM_NB, published="2018-10-01")])
    stories = group_signatures([storm[0], *many, storm[1]])
    assert [0, 701] in stories
    order = draw.permutation(702)
    own = [storm[0], *many, storm[1]]
    turned = group_signatures([own[i] for i in order])
    assert {frozenset(int(order[i]) for i in one) for one in turned} == {frozenset(one) for one in stories}


def alike(within, between, sizes):
    """Make a table of groups that are alike by `within` among themselves and by `between` with others."""
    home = np.repeat(np.arange(len(sizes)), sizes)
    return np.where(home[:, None] == home[None], within, between).astype(float)


def test_two_close_groups_on_one_theme_are_two_stories_and_a_lone_report_joins():
    fives = alike(7.0, 1.5, [5, 5])
    assert linked(fives, 0.0, closed=0.3) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    assert linked(fives, 0.0) == [list(range(10))]
    assert linked(alike(7.0, 3.0, [5, 5]), 0.0, closed=0.3) == [list(range(10))]
    assert linked(alike(7.0, 1.5, [5, 1]), 0.0, closed=0.3) == [list(range(6))]
    assert linked(alike(1.5, 1.5, [5, 5]), 0.0, closed=0.3) == [list(range(10))]


@given(st.integers(0, 1000), st.sampled_from([0.0, 0.3, 0.6]))
def test_what_is_alike_is_grouped_in_any_order(seed, closed):
    draw = np.random.default_rng(seed)
    table = draw.normal(0, 3, (12, 12))
    table += table.T
    order = draw.permutation(12)
    mixed = linked(table[np.ix_(order, order)], 0.0, closed=closed)
    assert sorted(sorted(int(order[i]) for i in own) for own in mixed) == linked(table, 0.0, closed=closed)
