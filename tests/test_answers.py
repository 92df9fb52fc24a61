"""Questions in six languages are answered with evidence, or it is said that no source tells."""

import json

import pytest

from reading_of import readings_of
from tidende.answers import Archive, ask
from tidende.answers.topics import speaks_of
from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.stories import reconcile

VLADIVOSTOK = (
    "Russlands president Vladimir Putin og Nord-Koreas leder Kim Jong-un møttes i Vladivostok "
    "25. april 2019.\n"
    "Møtet mellom Putin og Kim varte i nærmere to timer.\n"
    "USA har beskyldt Russland for å omgå sanksjonene.\n"
    "Det siste året har Kim hatt fire møter med Kinas president Xi Jinping.\n"
    "– Sanksjonene mot Nord-Korea må lettes, sa Putin.\n"
)
MOON = (
    "South Korean President Moon Jae-in met Kim Jong-un in Pyongyang on 18 September 2018.\n"
    "Moon Jae-in said that Kim wants peace.\n"
    "Sarah Hansen, a spokeswoman for the United Nations, welcomed the talks.\n"
    "Sarah Olsen, the foreign minister of Norway, criticised Russia.\n"
    '"It is a start," said Sarah Hansen.\n'
)


@pytest.fixture(scope="module")
def known():
    rows = [
        {"id": "nb", "text": VLADIVOSTOK, "published": "2019-04-26", "language": "nb"},
        {"id": "en", "text": MOON, "published": "2018-09-19", "language": "en"},
    ]
    return Archive([reconcile([reading]) for reading in readings_of(rows)])


def test_every_fact_of_an_answer_has_its_characters(known):
    for question in ("Where did Putin and Kim meet?", "What did Putin say?", "Who is Xi Jinping?"):
        answer = ask(known, question)
        assert answer.status == "answered"
        for fact in answer.facts:
            assert fact.evidence
            assert fact.locator.startswith("[nb")
            for piece in fact.evidence:
                assert known.articles[piece.article].text[piece.start : piece.end] == piece.text


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Hvor mødtes Putin og Kim?", "Vladivostok"),
        ("Hvor møttes Putin og Kim?", "Vladivostok"),
        ("Kvar møttest Putin og Kim?", "Vladivostok"),
        ("Var träffades Putin och Kim?", "Vladivostok"),
        ("In which city did Putin meet Kim?", "Vladivostok"),
        ("Wo haben sich Putin und Kim getroffen?", "Vladivostok"),
        ("Wo trafen sich Moon Jae-in und Kim?", "Pyongyang"),
    ],
)
def test_where_two_met_is_told_in_every_language(known, question, place):
    answer = ask(known, question)
    assert answer.status == "answered"
    assert [known.entities[fact.value].name for fact in answer.facts] == [place]


@pytest.mark.parametrize(
    "question",
    [
        "How often has Kim met Xi?",
        "Hvor mange gange har Kim Jong-un mødt Xi Jinping?",
        "Hvor mange møter har Kim og Xi hatt?",
        "Kor mange gonger har Kim møtt Xi?",
        "Hur ofta har Kim träffat Xi Jinping?",
        "Wie viele Treffen gab es zwischen Kim und Xi?",
    ],
)
def test_a_told_count_answers_how_often(known, question):
    (fact,) = ask(known, question).facts
    assert (fact.kind, fact.value, fact.articles) == ("sum", 4, ["nb"])


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who accuses Russia?", ["United States"]),
        ("Hvem anklager Rusland?", ["United States"]),
        ("Whom does the United States accuse?", ["Russia"]),
        ("Wen beschuldigen die USA?", ["Russia"]),
        ("Wer beschuldigt Russland?", ["United States"]),
        ("Who criticised Russia?", ["Sarah Olsen"]),
    ],
)
def test_who_acts_and_to_whom_it_is_done_are_not_mixed_up(known, question, names):
    answer = ask(known, question)
    assert [known.entities[one].name for fact in answer.facts for one in fact.value] == names


def test_when_and_how_long_are_values(known):
    (when,) = ask(known, "När träffades Putin och Kim?").facts
    assert (when.value["start"], when.value["end"]) == ("2019-04-25", "2019-04-25")
    (long,) = ask(known, "Hvor længe varede mødet mellem Putin og Kim?").facts
    assert long.value["max_minutes"] == 120


def test_what_was_said_about_a_topic_is_found_across_languages(known):
    for question in (
        "What did Putin say about the sanctions?",
        "Was sagte Putin über die Sanktionen?",
        "Hvad sagde Putin om sanktionerne mod Nordkorea?",
    ):
        (fact,) = ask(known, question).facts
        assert "Sanksjonene mot Nord-Korea må lettes" in fact.text


@pytest.mark.parametrize(
    ("text", "language", "words", "asked_in", "told"),
    [
        ("Sanksjonene må lettes", "nb", ["sanctions"], "en", True),
        ("continued sanctions were deepening mistrust", "en", ["sanktionerne"], "da", True),
        ("atomproblemet på Koreahalvøya", "nb", ["atomproblem"], "da", True),
        ("en løsning på problemet", "da", ["problem"], "da", True),
        ("toxic masculinity", "en", ["maskulinitet"], "sv", True),
        ("en politisk løsning", "da", ["politiet"], "da", False),
        ("invänder till och med", "sv", ["tillid"], "da", False),
        ("sanctions must stay", "en", ["sanctions", "peace"], "en", False),
    ],
)
def test_a_topic_is_heard_in_other_forms_and_languages_but_not_in_other_words(
    text, language, words, asked_in, told
):
    assert speaks_of(text, language, words, asked_in) is told


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("When did Russia's president meet Kim?", "Q7747"),
        ("Hvornår mødte Ruslands præsident Kim Jong-un?", "Q7747"),
        ("Wann traf der russische Präsident Kim?", "Q7747"),
        ("När träffade Sydkoreas president Kim?", "Q21001"),
    ],
)
def test_a_post_stands_for_its_holder(known, question, holder):
    answer = ask(known, question)
    assert holder in answer.read_as.values()
    assert len(answer.facts) == 1


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Whom did Kim meet in 2018?", ["2018-09-18"]),
        ("Hvem mødte Kim før 2019?", ["2018-09-18"]),
        ("Hvem har Kim møtt siden januar 2019?", ["2019-04-25"]),
        ("Kven møtte Kim etter 2018?", ["2019-04-25"]),
        ("Vem träffade Kim i april 2019?", ["2019-04-25"]),
        ("Wen traf Kim vor 2018?", []),
        ("Who met Kim on 24 April 2019?", []),
    ],
)
def test_a_time_in_the_question_holds(known, question, days):
    answer = ask(known, question)
    entries = [known.book.entry(fact.id).event for fact in answer.facts]
    assert [event.date.start for event in entries if event.count is None] == days


def test_last_year_hangs_on_the_day_it_is_asked(known):
    (fact,) = ask(known, "Whom did Kim meet last year?", today="2019-06-01").facts
    assert fact.value == ["Q21001"]


def test_a_post_leads_to_its_holder_and_back(known):
    (fact,) = ask(known, "Wer ist der Präsident Russlands?").facts
    assert fact.value == "Q7747"
    (fact,) = ask(known, "Kven er Vladimir Putin?").facts
    assert fact.value == {"role": "president", "of": "Q159", "qualifier": None}
    assert ask(known, "What did the Russian president say?").read_as == {"Russian president": "Q7747"}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hvor ofte har Putin mødt Xi?", "Det siger ingen kilde."),
        ("Når møttes Putin og Moon?", "Det sier ingen kilde."),
        ("Kor lenge varte møtet mellom Moon og Kim?", "Det seier inga kjelde."),
        ("Vad sa Xi Jinping?", "Det säger ingen källa."),
        ("Did Putin meet Kim in Moscow?", "No source says."),
        ("How often has Macron met Merkel?", "No source says."),
        ("Did Putin meet Kim in 2017?", "No source says."),
        ("Was sagte Putin über die Fischerei?", "Das sagt keine Quelle."),
        ("Wer ist Emmanuel Macron?", "Das sagt keine Quelle."),
        ("Did they meet in Vladivostok?", "No source says."),
        ("Hvem skal Kim møde?", "Det siger ingen kilde."),
    ],
)
def test_what_is_not_told_is_said_to_be_told_by_no_source(known, question, words):
    answer = ask(known, question)
    assert (answer.status, answer.text, answer.facts) == ("not_told", words, [])


@pytest.mark.parametrize(
    "question",
    [
        "Why did Putin meet Kim?",
        "Who is he?",
        "Hvor ofte har Kim ikke mødt Xi?",
        "Who founded Norway?",
        "Hurra for Putin!",
    ],
)
def test_what_is_no_question_of_a_known_kind_gets_no_answer(known, question):
    answer = ask(known, question)
    assert (answer.status, answer.facts) == ("not_understood", [])


def test_a_name_of_several_gives_the_candidates(known):
    answer = ask(known, "Who is Sarah?")
    assert answer.status == "ambiguous"
    assert sorted(one.name for one in answer.candidates) == ["Sarah Hansen", "Sarah Olsen"]
    assert "Which Sarah is meant?" in answer.text
    assert all(one.evidence for one in answer.candidates)


def test_of_several_the_one_who_did_it_is_meant(known):
    answer = ask(known, "What did Sarah say?")
    assert [fact.value for fact in answer.facts] == ["person:sara-hansen"]


def test_an_answer_is_the_same_as_json(known):
    answer = ask(known, "Who met Kim?")
    assert json.loads(answer.model_dump_json())["facts"][0]["evidence"][0]["article"] in ("nb", "en")


def test_the_order_of_records_changes_no_answer(known):
    other = Archive(known.records[::-1])
    for question in ("Who met Kim?", "How often has Kim met Xi?"):
        one, two = ask(known, question), ask(other, question)
        assert [fact.id for fact in one.facts] == [fact.id for fact in two.facts]


@pytest.mark.parametrize("language", READ_IN_FULL)
def test_no_form_is_asked_for_two_things(language):
    asks = word_list(language, "questions")["asks"]
    forms = [
        form for key in ("who", "who_acts", "who_gets", "when", "where", "how_often") for form in asks[key]
    ]
    assert len(set(forms)) == len(forms)
