"""Why two articles are one story or are not, as a reader is told; and what is kept of them to say it."""

import json
from dataclasses import replace

import numpy as np
import pytest

from reading_of import reading_of
from tidende import cli
from tidende.desk import Desk
from tidende.errors import UnknownName
from tidende.records import Article
from tidende.stories.group import group_signatures, neighbours, signatures_of
from tidende.stories.pairs import Compared
from tidende.stories.signature import Signature
from tidende.stories.why import why, why_among

LANGUAGES = ("en", "nb", "fi")
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
STORM_FI = (
    "Hurrikaani Rosa heikkenee lähestyessään Meksikon Baja Californian rannikkoa. "
    "Arizonaan odotetaan tulvia, ja Phoenixissa voi sataa kahdeksan senttiä."
)
MARCH = (
    "Over 100.000 mennesker gikk lørdag i tog gjennom London for en ny folkeavstemning om brexit. "
    "Borgermester Sadiq Khan talte til demonstrantene på Parliament Square."
)


@pytest.fixture(scope="module")
def kept():
    readings = [
        reading_of("en", STORM_EN, published="2018-09-30"),
        reading_of("nb", STORM_NB, published="2018-10-01"),
        reading_of("march", MARCH, published="2018-09-30"),
        reading_of("fi", STORM_FI, language="fi", published="2018-10-01"),
    ]
    return signatures_of(readings)


def names(found):
    return {reason.name for reason in found.reasons}


def test_one_story_is_told_by_its_names_and_its_day(kept):
    found = why(kept[0], kept[1])
    assert found.joined
    assert {"vector", "names", "days"} <= names(found)
    (shared,) = [reason.shown for reason in found.reasons if reason.name == "names"]
    assert {"Rosa", "Phoenix", "Arizona"} & set(shared)


def test_two_stories_are_told_by_what_lies_between_them(kept):
    found = why(kept[0], kept[2])
    assert not found.joined
    (vector,) = [reason for reason in found.reasons if reason.name == "vector"]
    assert vector.value < vector.needed


def test_a_word_that_opens_a_sentence_is_no_name():
    one, other = signatures_of(
        [
            reading_of(
                "one", "Flommen kom natt til onsdag. Regnet fortsetter i Voss, og flommen øker. regnet"
            ),
            reading_of(
                "other",
                "Regnet stanset tirsdag. Flommen synker i Voss, sier folk, og regnet uteblir. flommen",
            ),
        ]
    )
    shown = {form for reason in why(one, other).reasons if reason.name == "names" for form in reason.shown}
    assert "Voss" in shown
    assert not shown & {"Flommen", "Regnet"}


def test_what_cannot_be_known_of_names_is_not_said(kept):
    chinese = signatures_of([reading_of("zh", "飓风“罗莎”来袭。", language="zh"), reading_of("b", MARCH)])[0]
    assert "nobody" not in names(why(kept[0], chinese))
    assert "nobody" in names(why(kept[0], kept[2]))


def test_a_pair_has_one_answer_whichever_comes_first(kept):
    for a in kept:
        for b in kept:
            assert why(a, b).score == why(b, a).score


def test_a_language_not_read_in_full_is_explained_too(kept):
    assert why(kept[0], kept[3]).joined
    assert not why(kept[2], kept[3]).joined


def test_far_apart_in_time_is_the_one_reason(kept):
    late = replace(kept[1], day=kept[1].day.replace(year=2019))
    assert names(why(kept[0], late)) == {"apart"}
    again = replace(kept[0], day=kept[1].day.replace(year=2019))
    assert names(why(kept[0], again)) == {"same_text"}


def test_a_signature_comes_back_from_the_store_as_it_was(kept):
    back = [Signature.from_json(one.to_json()) for one in kept]
    assert back == kept
    assert group_signatures(back) == group_signatures(kept) == [[0, 1, 3], [2]]


def test_a_new_article_meets_its_neighbours_only(kept):
    one, two, other, three = map(Compared, kept)
    assert sorted(neighbours(one, [two, other, three])) == [0, 2]
    assert neighbours(other, [one, two, three]) == []


def test_stories_join_late_through_an_article_between():
    early = reading_of("early", STORM_EN, published="2018-09-20")
    between = reading_of("between", STORM_NB, published="2018-09-28")
    late = reading_of("late", STORM_EN + " Rosa is over.", published="2018-10-06")
    signatures = signatures_of([early, late, between])
    assert group_signatures(signatures[:2]) == [[0], [1]]
    assert not why_among(0, 1, signatures).alone


def test_two_that_alone_would_be_one_story_are_told_apart_by_what_their_stories_tell():
    def report(n, cosine):
        vector = np.array([cosine, np.sqrt(1 - cosine**2)], dtype=np.float16).tobytes()
        return Signature(digest=str(n), language=LANGUAGES[n % 3], length=200, vector=vector)

    # three that tell one thing, three that tell another, as near as just suffices for two alone
    first = report(0, 1.0)
    near = next(c for c in np.linspace(0, 1, 101) if why(first, report(4, float(c))).score > 0.2)
    reports = [report(n, 1.0 if n < 3 else float(near)) for n in range(6)]
    found = why_among(0, 4, reports)
    assert found.alone
    assert not found.joined
    assert "whole" in names(found)
    assert why_among(0, 1, reports).joined
    assert why_among(0, 1, [first, reports[4]]).joined


def test_without_vectors_signs_decide(kept):
    bare = [replace(one, vector=b"") for one in kept]
    assert why(bare[0], bare[1]).joined
    assert not why(bare[0], bare[2]).joined
    assert "vector" not in names(why(bare[0], bare[1]))


@pytest.fixture
def call(capsys):
    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err.splitlines()

    return run


def test_the_command_says_why_in_words_and_in_json(call, tmp_path):
    for name, text in (("en.txt", STORM_EN), ("nb.txt", STORM_NB), ("march.txt", MARCH)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    status, out, errors = call("why", "--published", "2018-09-30", tmp_path / "en.txt", tmp_path / "nb.txt")
    assert (status, errors) == (0, [])
    assert "One story." in out
    assert "names in both" in out
    status, out, _ = call("why", "--json", tmp_path / "en.txt", tmp_path / "march.txt")
    told = json.loads(out)
    assert (status, told["one_story"], told["articles"]) == (0, False, ["en.txt", "march.txt"])
    status, out, _ = call("why", "--lang", "da", tmp_path / "en.txt", tmp_path / "march.txt")
    assert "To historier." in out


def test_ids_are_looked_for_among_files(call, tmp_path):
    rows = [{"id": "a", "text": STORM_EN}, {"id": "b", "text": STORM_NB}, {"id": "c", "text": MARCH}]
    path = tmp_path / "day.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    status, out, _ = call("why", "--json", "--among", path, "a", "b")
    assert (status, json.loads(out)["one_story"]) == (0, True)
    status, out, errors = call("why", "--among", path, "a", "x")
    assert (status, out) == (2, "")
    assert "no article 'x'" in errors[0]


# --- in a desk


def test_articles_of_a_desk_are_explained(tmp_path):
    with Desk(tmp_path / "desk.db", create=True) as desk:
        desk.add_articles(
            [
                Article(id="en", text=STORM_EN, published="2018-09-30"),
                Article(id="nb", text=STORM_NB, published="2018-09-30"),
                Article(id="da", text=MARCH, published="2018-10-20"),
            ]
        )
        one = desk.why("en", "nb")
        assert one.why.joined
        assert not one.corrected
        assert "Rosa" in one.text
        assert not desk.why("en", "da", "sv").why.joined
        desk.split(desk.resolve("en"), "nb", who="Anna", when="2018-10-01T08:00:00+00:00")
        apart = desk.why("en", "nb", "nb")
        assert not apart.why.joined
        assert "Det har noen rettet." in apart.text
        with pytest.raises(UnknownName):
            desk.why("en", "nothing")
