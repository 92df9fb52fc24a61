"""Lemmas: a printed word goes back to the form that a dictionary lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidende.parse import lemmas, load_model
from tidende.parse.files import FOLDER
from tidende.parse.neural import Words
from training.lexicon import edit

SENTENCES = {
    "da": (
        "Mændene har lagt planerne frem for medlemmerne .",
        "mand have lægge plan frem for medlem .",
    ),
    "nb": ("Statsrådene la fram planene for medlemmene", "statsråd legge fram plan for medlem"),
    "nn": ("Statsrådane la fram planane for medlemmene", "statsråd leggje fram plan for medlem"),
    "sv": ("Männen hade lagt fram planerna för föräldrarna", "man ha lägga fram plan för förälder"),
    "en": ("The companies sent countries their plans", "the company send country their plan"),
    "de": ("Die Männer sprachen über die Pläne der Länder", "der Mann sprechen über der Plan der Land"),
}


@pytest.mark.parametrize("language", SENTENCES)
def test_words_go_back_to_their_dictionary_form(language):
    printed, listed = (tuple(text.split()) for text in SENTENCES[language])
    (read,) = load_model().read([Words(printed, (True,) * len(printed), language)])
    assert read.lemmas == listed


def test_an_unknown_compound_ends_in_a_known_word():
    words = lemmas.lexicon(FOLDER, "nb")
    assert (
        words.lemma("reservekraftkilder", "NOUN", "Definite=Ind|Number=Plur", "k;0;0") == "reservekraftkilde"
    )


def test_what_stands_before_a_hyphen_keeps_its_capitals():
    words = lemmas.lexicon(FOLDER, "da")
    assert words.lemma("FN-operationen", "NOUN", "Definite=Def|Number=Sing", "k;0;0") == "FN-operation"


def test_a_compound_noun_keeps_its_capital_where_nouns_have_one():
    words = lemmas.lexicon(FOLDER, "de")
    assert words.lemma("Nachbarländer", "NOUN", "Number=Plur", "k;0;0") == "Nachbarland"


def test_a_word_of_no_language_takes_the_models_script():
    (read,) = load_model().read([Words(("Planene", "ble", "lagt", "fram", "."), (True,) * 5)])
    assert len(read.lemmas) == 5


@given(st.text("abcdeåæø1", max_size=8), st.text("abcdeåæø1", max_size=8))
def test_an_edit_makes_its_lemma(form, lemma):
    assert lemmas.edited(edit(form, lemma), form) == lemma
