"""Two printed names are told to be one thing's or two, and why."""

import pytest

import names
from tidende.entities.judgement import Judgement, Judgements
from tidende.entities.match import PrintedName, compare
from tidende.errors import UsageError
from tidende.records import Article, Entity, Evidence, Reading
from tidende.stories.identity import same_people


def person(text: str, language: str) -> PrintedName:
    return PrintedName(text, language, "person")


def body(text: str, language: str) -> PrintedName:
    return PrintedName(text, language, "organisation")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Jevgenij Prigozjin", "da"), person("Jewgeni Prigoschin", "de")),
        (person("Wolodymyr Selenskyj", "de"), person("Volodymyr Zelensky", "en")),
        (person("Putins", "nb"), person("Vladimir Putin", "en")),
        (body("Trump-organisasjonen", "nn"), body("Trump Organization", "en")),
        (body("Riverside-kyrkja", "nn"), body("Riverside Church", "en")),
        (PrintedName("Bezirk Collier", "de", "place"), PrintedName("Collier County", "en", "place")),
        (PrintedName("Tryggingsrådet", "nn"), PrintedName("UN-Sicherheitsrat", "de")),
    ],
)
def test_spellings_and_forms_of_one_name_are_one(one: PrintedName, other: PrintedName) -> None:
    assert compare(one, other).same
    assert compare(other, one).same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Bill Clinton", "en"), person("Hillary Clinton", "en")),
        (person("Kim Jong-un", "nb"), person("Kim Jong-il", "da")),
        (person("Ketil Lund", "nb"), person("Kjetil Lund", "nb")),
        (person("H. R. McMaster", "en"), person("Henry McMaster", "en")),
        (PrintedName("Slovakia", "en"), PrintedName("Slovenia", "nb")),
        (PrintedName("Niger", "da"), PrintedName("Nigeria", "de")),
        (PrintedName("Iran", "sv"), PrintedName("Irak", "sv")),
        (PrintedName("European Court of Justice", "en"), PrintedName("European Court of Human Rights", "en")),
    ],
)
def test_names_that_look_alike_are_two(one: PrintedName, other: PrintedName) -> None:
    assert not compare(one, other).same


def test_a_comparison_says_what_spoke_for_and_against() -> None:
    found = compare(person("Bill Clinton", "en"), person("Hillary Clinton", "en"))
    assert [(f.name, f.weight > 0) for f in found.features] == [
        ("same last name", True),
        ("first names differ", False),
    ]
    (feature,) = compare(person("Sergej Sjojgu", "sv"), person("Sergej Schoigu", "de")).features
    assert feature.weight == 1


def test_the_conventions_of_two_languages_part_what_one_key_joins() -> None:
    # Danish writes z and zh apart: Sakharov is no Zjakharov.
    assert not compare(person("Andrej Sakharov", "da"), person("Andrej Zjakharov", "da")).same
    assert compare(person("Andrej Sakharov", "da"), person("Andrej Sacharow", "de")).same


def test_nothing_is_merged_among_the_labelled_negatives() -> None:
    figures = names.figures()
    assert figures["extra merges"] == 0
    assert figures["accuracy"] >= 0.97


def test_articles_of_one_story_join_spellings_and_keep_namesakes_apart() -> None:
    def reading(article: str, language: str, identifier: str, name: str) -> Reading:
        evidence = Evidence(article=article, part="text", start=0, end=len(name), text=name)
        entity = Entity(
            id=identifier, type="person", named=True, name=name, names={language: [name]}, evidence=[evidence]
        )
        return Reading(article=Article(id=article, text=name, language=language), entities=[entity])

    joined = [
        reading("a", "en", "Q1", "John R. Bolton"),
        reading("b", "da", "person:iohn-bolton", "John Bolton"),
        reading("c", "nb", "person:kiohn-bolton", "Kjohn Bolton"),
    ]
    assert same_people(joined) == {"person:iohn-bolton": "Q1"}


def test_a_judgement_stands_above_the_score() -> None:
    one, other = person("Ketil Lund", "nb"), person("Kjetil Lund", "nb")
    found = compare(one, other, judgement=Judgement.SAME)
    assert found.same
    assert found.score < 0.5
    assert found.explained()[0] == "judged same"
    assert not compare(one, one, judgement=Judgement.DIFFERENT).same
    assert compare(one, one, judgement=Judgement.UNSURE).same


def test_a_score_is_explained_by_its_features_the_heaviest_first() -> None:
    found = compare(person("Bill Clinton", "en"), person("Hillary Clinton", "en"))
    assert found.explained() == (
        "-1.0 first names differ (bil and hilari)",
        "+0.3 same last name (clinton)",
    ) or [line.partition(" (")[0] for line in found.explained()] == [
        "-1.0 first names differ",
        "+0.3 same last name",
    ]


def test_judgements_reach_what_is_the_same_and_can_be_taken_back() -> None:
    judged = Judgements()
    judged.judge("person:a", "Q7747", Judgement.SAME)
    judged.judge("person:a", "person:b", Judgement.SAME)
    judged.judge("person:b", "person:c", Judgement.DIFFERENT)
    assert judged.of("Q7747", "person:b") is Judgement.SAME
    assert judged.of("person:c", "Q7747") is Judgement.DIFFERENT
    assert judged.of("person:c", "person:d") is None
    assert judged.canonical("person:b") == "Q7747"
    judged.forget("person:a", "person:b")
    assert judged.of("Q7747", "person:b") is None
    assert judged.of("Q7747", "person:c") is None


def test_a_judgement_against_the_others_is_refused() -> None:
    judged = Judgements()
    judged.judge("a", "b", Judgement.SAME)
    judged.judge("b", "c", Judgement.SAME)
    with pytest.raises(UsageError, match="a and c"):
        judged.judge("a", "c", Judgement.DIFFERENT)
    judged.judge("b", "c", Judgement.DIFFERENT)  # the same two: the later word counts
    assert judged.of("a", "c") is Judgement.DIFFERENT
