"""Dossiers, pairs, timelines and differences say what records tell, and where."""

import pytest

from reading_of import readings_of
from tidende.answers import Archive, between, diff, timeline, who
from tidende.errors import UsageError
from tidende.stories import reconcile

KIM, TRUMP, PUTIN = "Q56226", "Q22686", "Q7747"
VLADIVOSTOK = (
    "Russlands president Vladimir Putin og Nord-Koreas leder Kim Jong-un møttes i Vladivostok "
    "25. april 2019.\n"
    "– Putin er en venn av Nord-Korea, sa Kim.\n"
    "Det siste året har Kim hatt to møter med Donald Trump.\n"
)
SINGAPORE = (
    "USA's præsident Donald Trump og Nordkoreas leder Kim Jong-un mødtes i Singapore den 12. juni 2018.\n"
    "Trump kritiserede Kim Jong-un.\n"
    "– Kim er en klog mand, sagde Trump.\n"
    "Jurij Usjakov, der er talsmand for Kreml, roste mødet.\n"
)
USHAKOV = "Putins rådgiver Jurij Usjakov sa at Russland ønsker fred.\n"


@pytest.fixture(scope="module")
def known():
    rows = [
        {"id": "nb", "text": VLADIVOSTOK, "published": "2019-04-26", "language": "nb"},
        {"id": "da", "text": SINGAPORE, "published": "2018-06-13", "language": "da"},
    ]
    return Archive([reconcile([reading]) for reading in readings_of(rows)])


def test_a_dossier_holds_posts_over_time_meetings_statements_and_relations(known):
    dossier = who(known, "Kim Jong-un")
    assert dossier.status == "found"
    (post,) = dossier.posts
    assert (post.role.role, post.role.of, post.first, post.last) == (
        "leader",
        "Q423",
        "2018-06-13",
        "2019-04-26",
    )
    assert [entry.event.date.start for entry in dossier.meetings] == ["2018-06-12", "2019-04-25"]
    assert [entry.event.type for entry in dossier.acts] == ["ACCUSE"]
    assert [one.told for one in dossier.sums] == [2]
    assert [one.quote.speaker for one in dossier.statements] == [KIM]
    relations = {one.other: one.counts for one in dossier.relations}
    assert relations[TRUMP] == {"CONSULT": 1, "ACCUSE": 1}
    assert relations[PUTIN] == {"CONSULT": 1}


def test_a_dossier_is_printed_in_the_readers_language_with_locators(known):
    text = who(known, "Kim Jong-un", language="da").text
    assert "Leder (Nordkorea), fortalt 13. juni 2018 – 26. april 2019 [nb ¶1, da ¶1]" in text
    assert "Antal fortalt og begivenheder kendt" in text
    assert "1 kendt: Singapore 2018" in text
    assert "Kilder" in text


@pytest.mark.parametrize("name", ["Putin", "putin", "Vladimir Putin", "Wladimir Putin", "Q7747", "Putins"])
def test_a_name_is_found_however_it_is_spelt(known, name):
    assert who(known, name, language="da").id == PUTIN


def test_a_country_is_found_by_its_name_in_the_readers_language(known):
    assert who(known, "Nordkorea", language="de").id == who(known, "North Korea").id == "Q423"


def test_nobody_of_the_name_is_said_so(known):
    dossier = who(known, "Ole Olsen", language="nb")
    assert (dossier.status, dossier.text) == ("unknown", "Ingen kilde nevner «Ole Olsen».")


def test_between_two_are_meetings_accusations_counts_and_words_about_each_other(known):
    pair = between(known, "Trump", "Kim", language="sv")
    assert pair.ids == [TRUMP, KIM]
    assert [entry.event.place for entry in pair.meetings] == ["Q334"]
    assert pair.first == pair.last == pair.meetings[0].id
    assert [entry.event.actors for entry in pair.accusations] == [[TRUMP]]
    (told,) = pair.sums
    assert (told.told, told.gap) == (2, 1)
    (said,) = pair.statements
    assert said.quote.speaker == TRUMP
    assert "Donald Trump om Kim Jong-un" in pair.text


def test_two_whom_nothing_joins_have_nothing_between_them(known):
    pair = between(known, "Putin", "Trump", language="de")
    assert (pair.status, pair.meetings, pair.statements) == ("found", [], [])
    assert pair.text.startswith(
        "Keine Quelle berichtet von etwas zwischen Wladimir Putin und Donald Trump."
    ) or (pair.text.startswith("Keine Quelle berichtet von etwas zwischen Vladimir Putin und Donald Trump."))


def test_a_timeline_is_in_order_of_time_and_filtered(known):
    days = [
        entry.event.date.start for entry in timeline(known, since="2018-01-01").entries if entry.event.date
    ]
    assert days == sorted(days)
    assert [
        entry.stories for entry in timeline(known, story=known.records[0].id).entries if entry.main_in
    ] == [[known.records[0].id]]
    only = timeline(known, actor="Putin", until="2019-12-31", language="nn")
    assert [entry.event.actors for entry in only.entries] == [[PUTIN, KIM]]
    assert "25. april 2019: Møte" in only.text
    assert timeline(known, since="2020-01-01").text == "No source tells of any event."
    assert (
        timeline(known, actor="Ole Olsen").status == timeline(known, story="story:none").status == "unknown"
    )


def test_where_the_sources_of_a_story_differ():
    rows = [
        {"id": "nb", "text": VLADIVOSTOK + USHAKOV, "published": "2019-04-26", "language": "nb"},
        {
            "id": "da",
            "text": "Vladimir Putin og Kim Jong-un mødtes i Vladivostok den 25. april 2019.\n"
            "Jurij Usjakov, der er talsmand for Kreml, roste mødet.\n",
            "published": "2019-04-26",
            "language": "da",
        },
    ]
    found = diff(reconcile(readings_of(rows)), language="da")
    (one,) = found.differences
    assert (one.about, one.attribute) == ("Q4479563", "role")
    assert "rådgiver (Vladimir Putin) – nb; talsmand (Kreml) – da" in found.text


def test_sources_that_do_not_differ_are_said_not_to():
    (reading,) = readings_of([{"id": "nb", "text": VLADIVOSTOK, "language": "nb"}])
    assert (
        diff(reconcile([reading]), language="en").text
        == "The sources do not differ, as far as they were read."
    )


def test_what_changed_between_versions_of_an_article():
    old = "Vladimir Putin og Kim Jong-un mødtes i Vladivostok den 25. april 2019.\nPutin kritiserede USA.\n"
    new = (
        "Vladimir Putin og Kim Jong-un mødtes i Vladivostok den 26. april 2019.\n"
        "– Det er godt for Rusland, sagde Putin.\n"
    )
    url = "https://example.org/a"
    rows = [
        {"id": f"v{n}", "text": text, "published": "2019-04-27", "language": "da", "url": url}
        for n, text in enumerate((old, new), 1)
    ]
    records = []
    for version, reading in enumerate(readings_of(rows), 1):
        article = reading.article.model_copy(update={"version": version})
        records.append(reconcile([reading.model_copy(update={"article": article})]))
    (revision,) = diff(records[1], records[:1]).revisions
    assert (revision.old, revision.new) == (1, 2)
    changes = {(one.kind, one.attribute): one for one in revision.changes}
    moved = changes["event", "date"]
    assert (moved.old["start"], moved.new["start"]) == ("2019-04-25", "2019-04-26")
    assert changes["quote", None].new == "Det er godt for Rusland"
    gone = next(one for one in revision.changes if one.kind == "event" and one.new is None)
    assert gone.old_evidence[0].article == "v1"
    text = diff(records[1], records[:1], language="da").text
    assert "25. april 2019 → 26. april 2019" in text
    assert "Ikke længere i den senere udgave" in text


def test_another_language_is_a_clear_error(known):
    with pytest.raises(UsageError, match="no output in language 'fr'"):
        who(known, "Putin", language="fr")


def test_a_number_that_no_sum_holds_is_told_among_what_two_did():
    rows = [
        {
            "id": "en",
            "text": "Donald Trump has met Vladimir Putin more than three times. "
            "This year Trump has twice accused Putin of lying.",
            "published": "2019-04-26",
            "language": "en",
        }
    ]
    found = between(Archive([reconcile(readings_of(rows))]), "Trump", "Putin")
    assert [(entry.event.count, entry.event.counted.min) for entry in found.meetings] == [(None, 4)]
    assert [entry.event.count for entry in found.accusations] == [2]
