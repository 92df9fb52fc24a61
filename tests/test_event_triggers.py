"""What tells an act is known in all six languages, and is heard in sentences as the news writes them."""

from __future__ import annotations

import pytest

from reading_of import reading_of
from tidende.languages.lists import READ_IN_FULL, word_list, word_set
from tidende.records import Event

FRAMES = word_list("common", "frames")["frames"]
TYPES = {frame["type"] for frame in FRAMES.values()}


def events(text: str, language: str) -> list[Event]:
    return reading_of("a", text, language=language, published="2018-10-01").events


def told(text: str, language: str) -> set[str]:
    return {event.type for event in events(text, language)}


@pytest.mark.parametrize("language", READ_IN_FULL)
def test_every_frame_is_told_by_a_verb_a_pair_or_a_noun(language: str):
    lists = word_list(language, "events")
    known = {row["frame"] for row in word_list(language, "acts")["pair"] if row["lemmas"]}
    known |= {
        frame for table in ("verbs", "lemmas", "nouns") for frame, forms in lists[table].items() if forms
    }
    assert known == set(FRAMES)


@pytest.mark.parametrize("language", READ_IN_FULL)
@pytest.mark.parametrize("table", ["verbs", "lemmas", "nouns"])
def test_the_lists_have_the_same_frames_and_none_is_empty(language: str, table: str):
    mine, english = word_list(language, "events")[table], word_list("en", "events")[table]
    assert set(mine) == set(english)
    assert all(mine.values())


@pytest.mark.parametrize("language", READ_IN_FULL)
def test_the_pairs_of_verb_and_object_are_for_the_same_acts(language: str):
    def acts(code: str) -> set[tuple[str, bool]]:
        return {(row["frame"], row.get("reverse", False)) for row in word_list(code, "acts")["pair"]}

    assert acts(language) == acts("en")


@pytest.mark.parametrize("language", READ_IN_FULL)
def test_what_is_asked_of_speech_is_asked_in_every_language(language: str):
    for key in (
        "must",
        "will",
        "self",
        "own_state",
        "wrongs",
        "hostile",
        "calling",
        "bad",
        "good",
        "bodies",
        "parties",
        "going",
    ):
        assert word_set(language, "acts", key), key


def test_all_types_of_the_codebook_can_be_told():
    assert len(TYPES) == 16


REJECTED = {
    "en": "Prime Minister Theresa May rejected calls for a second referendum on Sunday.",
    "da": "Premierminister Theresa May afviste søndag krav om en ny folkeafstemning.",
    "nb": "Statsminister Theresa May avviste søndag krav om en ny folkeavstemning.",
    "nn": "Statsminister Theresa May avviste søndag krav om ei ny folkerøysting.",
    "sv": "Premiärminister Theresa May avvisade på söndagen krav på en ny folkomröstning.",
    "de": "Premierministerin Theresa May wies am Sonntag Forderungen nach einem zweiten Referendum zurück.",
}


@pytest.mark.parametrize("language", READ_IN_FULL)
def test_a_statesman_refuses_though_nobody_is_named(language: str):
    assert told(REJECTED[language], language) == {"REJECT"}


REFUSED = {
    "en": "North Korean Foreign Minister Ri Yong Ho said his country will never give up its weapons.",
    "da": "Nordkoreas udenrigsminister, Ri Yong Ho, sagde, at hans land aldrig vil opgive sine våben.",
    "nb": "Nord-Koreas utenriksminister Ri Yong Ho sa at hans land aldri vil gi opp sine våpen.",
    "sv": "Nordkoreas utrikesminister Ri Yong Ho sade att hans land aldrig ska ge upp sina vapen.",
    "de": "Nordkoreas Außenminister Ri Yong Ho sagte, sein Land werde niemals seine Waffen aufgeben.",
}


@pytest.mark.parametrize("language", REFUSED)
def test_who_says_that_his_land_never_will_refuses(language: str):
    (event,) = events(REFUSED[language], language)
    assert event.type == "REJECT"
    assert event.actors == ["Q12594422"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", 'Former foreign secretary Boris Johnson called Theresa May\'s plan "deranged".'),
        ("da", 'Tidligere udenrigsminister Boris Johnson kaldte Theresa Mays plan "vanvittig".'),
        ("sv", 'Förre utrikesministern Boris Johnson kallade Theresa Mays plan "vansinnig".'),
        ("de", 'Der frühere Außenminister Boris Johnson nannte Theresa Mays Plan "gestört".'),
    ],
)
def test_a_bad_name_is_an_accusation(language: str, text: str):
    (event,) = events(text, language)
    assert event.type == "ACCUSE"
    assert event.actors != event.recipients


def test_a_good_name_is_none():
    text = 'President Donald Trump called Kim Jong Un "a great friend" on Sunday.'
    assert "ACCUSE" not in told(text, "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Police fired tear gas at protesters in Barcelona on Monday."),
        ("da", "Politiet affyrede tåregas mod demonstranter i Barcelona mandag."),
        ("sv", "Polisen sköt tårgas mot demonstranter i Barcelona på måndagen."),
    ],
)
def test_force_against_a_crowd_is_an_assault(language: str, text: str):
    assert told(text, language) == {"ASSAULT"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia's foreign ministry summoned the British ambassador."),
        ("da", "Ruslands udenrigsministerium har indkaldt den britiske ambassadør."),
        ("sv", "Rysslands utrikesministerium har kallat upp den brittiske ambassadören."),
        ("de", "Das russische Außenministerium bestellte den britischen Botschafter ein."),
    ],
)
def test_a_summoned_ambassador_hears_a_complaint(language: str, text: str):
    (event,) = events(text, language)
    assert event.type == "ACCUSE"
    assert event.recipients == ["Q145"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Donald Trump's attack on the FBI drew criticism from Democrats."),
        ("da", "Donald Trumps angreb på FBI mødte kritik fra Demokraterne."),
        ("sv", "Donald Trumps angrepp på FBI mötte kritik från Demokraterna."),
    ],
)
def test_who_draws_criticism_is_criticised(language: str, text: str):
    assert any("Q22686" in event.recipients and event.type == "ACCUSE" for event in events(text, language))


def test_what_is_to_come_keeps_its_type_and_says_so():
    (event,) = events("Germany will send 500 soldiers to Lithuania next month.", "en")
    assert (event.type, event.modality) == ("MOBILIZE", "planned")


def test_a_vow_of_harm_is_a_threat():
    assert told("Russian President Vladimir Putin vowed to destroy Ukraine.", "en") == {"THREATEN"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # What one does for one's own is no support of another.
        ("en", "President Donald Trump defended his approach on Saturday."),
        # A name that looks like a modal verb is none, and a preposition is no particle.
        ("de", "Angela Merkel sagte zu Journalisten in Berlin, das Wetter sei schön."),
        # Courts, prosecutors and the police do not speak for a state.
        ("de", "Das Amtsgericht Berlin verurteilte den Mann wegen falscher Verdächtigung."),
        ("en", "A German court sentenced the man to five years in prison for fraud."),
        # What might be, and what others want, has not happened.
        ("en", "If Germany sends troops to Lithuania, prices may rise."),
        ("sv", "Tyskland tvekar att ge bistånd utan att Polen först drar tillbaka trupperna."),
    ],
)
def test_no_act_is_read_where_none_is_told(language: str, text: str):
    assert events(text, language) == []
