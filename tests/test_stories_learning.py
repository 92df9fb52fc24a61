"""What grouping goes by is learned so that no story vouches for itself; and how groups are scored."""

import numpy as np
import pytest

from tidende.records import Reading
from tidende.stories.pairs import FEATURES, KINDS, load_weights
from tidende.stories.signs import count
from training.stories import Common, Weighed
from training.story_model import _SIDES, bcubed
from training.story_sets import Item
from training.story_vectors import FOLDS, Crossed, fold, left_out, projection, scattered

WIDTH = 24
LANGUAGES = ("da", "nb", "de")
STORIES = [f"story{n}" for n in range(160)]


def made(seed=1):
    """Sample vectors in which languages differ as much as stories do."""
    draw = np.random.default_rng(seed)
    language = {name: draw.standard_normal(WIDTH) for name in LANGUAGES}
    found = {}
    for story in STORIES:
        centre = draw.standard_normal(WIDTH)
        for name in LANGUAGES:
            row = centre + language[name] + 0.3 * draw.standard_normal(WIDTH)
            found[story, name] = row / np.linalg.norm(row)
    return found


@pytest.fixture(scope="module")
def rows():
    return made()


@pytest.fixture(scope="module")
def items():
    return [Item(story, name, f"{story} {name}") for story in STORIES for name in LANGUAGES]


def vectors_of(rows):
    return lambda own: np.array([rows[item.story, item.language] for item in own], dtype=np.float32)


def nearest_of_one_story(cosines, items):
    near = cosines.copy()
    np.fill_diagonal(near, -1)
    best = near.argmax(1)
    return np.mean([items[i].story == items[j].story for i, j in enumerate(best)])


def test_what_reports_of_one_story_differ_in_counts_little(rows, items):
    told = vectors_of(rows)
    plain = told(items)
    turned = plain @ projection([scattered(items, told)]).astype(np.float32)
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    assert nearest_of_one_story(plain @ plain.T, items) < 0.5
    assert nearest_of_one_story(turned @ turned.T, items) > 0.95


def test_cosines_are_told_by_what_has_seen_neither_story(rows, items):
    told = vectors_of(rows)
    chosen = [item for item in items if fold(item.story) in (0, 3)]
    before = Crossed([scattered(items, told)]).cosines(chosen, told)
    other = made(2)
    mixed = {key: other[key] if fold(key[0]) in (0, 3) else row for key, row in rows.items()}
    after = Crossed([scattered(items, vectors_of(mixed))]).cosines(chosen, told)
    folds = np.array([fold(item.story) for item in chosen])
    crossing = folds[:, None] != folds[None]
    assert np.array_equal(before[crossing], after[crossing])
    assert nearest_of_one_story(before, chosen) > 0.9


def test_a_source_of_few_stories_tells_only_how_reports_of_one_differ(rows, items):
    told = vectors_of(rows)
    few = [item for item in items if item.story in STORIES[:20]]
    with_few = projection([scattered(items, told), scattered(few, told)])
    assert with_few.shape == (WIDTH, WIDTH)
    assert not np.array_equal(with_few, projection([scattered(items, told)]))


def test_groups_are_scored_by_article():
    f1, precision, recall = bcubed(["a", "a", "b"], [[0], [1, 2]])
    assert (round(precision, 4), round(recall, 4)) == (round(2 / 3, 4), round(2 / 3, 4))
    assert round(f1, 4) == round(2 / 3, 4)
    assert bcubed(["a", "a", "b"], [[0, 1], [2]]) == (1, 1, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_is_shared_speaks_against_one_story(kind):
    weights = dict(zip(FEATURES, load_weights().features[kind], strict=True))
    assert all(weights[name] * side >= 0 for name, side in _SIDES.items())


class Held:
    """Readings of items as training holds them."""

    def __init__(self, items):
        self.items = {item: Reading(article=item.article()) for item in items}

    def reading(self, item):
        return self.items[item]

    def counts(self, item):
        return count(self.items[item])


def test_rarity_is_told_by_what_has_counted_neither_story():
    # each story has a word of its own in its three reports; that of the first stands in six
    stories = STORIES[:20]
    own = [
        Item(story, "nb", f"Nummer {report} om {chr(97 + n) * 7}")
        for n, story in enumerate(stories)
        for report in range(10, 16 if not n else 13)
    ]
    held = Held(own)
    common = Common(own, held)
    word = ("word", "aaaaaa")
    without = left_out(fold(stories[0]), (fold(stories[0]) + 3) % FOLDS)
    assert word in common.shares()
    assert word not in common.shares(without)
    weighed = Weighed(held, common)
    assert weighed.of(own[0], without).words[word] > weighed.of(own[0]).words[word]


def test_the_weights_that_ship_are_of_the_form_that_is_learned():
    weights = load_weights()
    assert set(weights.closed) == set(weights.thresholds) == set(KINDS)
    assert all(0 <= share < 1 for share in weights.closed.values())
