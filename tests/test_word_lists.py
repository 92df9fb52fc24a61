"""The word lists of the six languages answer the same questions, and answer them once."""

import itertools
from collections import defaultdict
from importlib.resources import files

import pytest

from tidende.languages.lists import READ_IN_FULL, word_list

ROOT = files("tidende.languages")
PARTS = ("text", "names", "roles")
# Lists that a language may leave empty because it has no such word.
MAY_BE_EMPTY = {
    ("roles", "endings"),  # English joins no nouns
    ("text", "letters"),
    ("text", "possessives"),
    ("names", "adjectives"),
    ("names", "inhabitants"),
    ("names", "metonym"),
    ("names", "region"),
    ("names", "body"),
    ("names", "compound_heads"),
}
STATES = (
    *("GB", "US", "FR", "DE", "RU", "CN", "KP", "KR", "JP", "IL", "PS", "IR", "IQ", "SY", "TR", "UA"),
    *("SE", "NO", "DK", "FI", "IS", "GL", "FO", "XK", "TW", "GB-SCT", "GB-ENG"),
)

languages = pytest.mark.parametrize("language", READ_IN_FULL)
parts = pytest.mark.parametrize("part", PARTS)


def tables(part, language):
    """Give the tables of a file as {table: {key: forms}}; lists at the top stand under ""."""
    found = {"": {}}
    for name, value in word_list(language, part).items():
        if isinstance(value, dict):
            found[name] = value
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            found[name] = {row["key"]: row["forms"] for row in value}
        else:
            found[""][name] = value
    return found


def lists(part, language):
    for table, rows in tables(part, language).items():
        for key, forms in rows.items():
            if isinstance(forms, list):
                yield table, key, forms


def twice(table):
    """Give the forms that two keys of one table claim, in whatever case they are written."""
    keys = defaultdict(set)
    for key, forms in table.items():
        for form in forms:
            keys[form.lower()].add(key)
    return {form: sorted(claimed) for form, claimed in keys.items() if len(claimed) > 1}


@languages
def test_every_language_has_the_same_files(language):
    names = {entry.name for entry in (ROOT / language).iterdir() if entry.name.endswith(".toml")}
    assert names == {entry.name for entry in (ROOT / "en").iterdir() if entry.name.endswith(".toml")}


@languages
@parts
def test_every_language_has_the_same_tables_and_keys(language, part):
    mine, english = tables(part, language), tables(part, "en")
    assert set(mine) == set(english)
    for table in set(mine) - {"territories"}:
        assert set(mine[table]) == set(english[table]), table


@languages
@parts
def test_lists_are_filled_and_say_nothing_twice(language, part):
    for table, key, forms in lists(part, language):
        assert forms or (part, table) in MAY_BE_EMPTY, (table, key)
        assert len(set(forms)) == len(forms), (table, key)
        assert all(form == form.strip() and form for form in forms), (table, key)


@languages
@pytest.mark.parametrize("kind", ["metonym", "region", "body"])
def test_things_are_the_same_things_in_every_language(language, kind):
    def row(entry):
        return {name: value for name, value in entry.items() if name != "forms"}

    mine = {entry["key"]: row(entry) for entry in word_list(language, "names")[kind]}
    assert len(mine) == len(word_list(language, "names")[kind])
    assert mine == {entry["key"]: row(entry) for entry in word_list("en", "names")[kind]}


@languages
@pytest.mark.parametrize("table", ["roles", "kin", "groups", "qualifiers"])
def test_a_form_means_one_post_or_a_kind_of_it(language, table):
    broader = word_list("common", "roles")["is_a"]
    for form, claimed in twice(word_list(language, "roles")[table]).items():
        for one, other in itertools.combinations(claimed, 2):
            related = other in broader.get(one, []) or one in broader.get(other, [])
            assert related, f"{form!r} is claimed by {claimed}"


@languages
@pytest.mark.parametrize("table", ["territories", "adjectives", "inhabitants"])
def test_a_form_means_one_state(language, table):
    assert twice(word_list(language, "names")[table]) == {}


@languages
def test_a_form_means_one_place_or_body(language):
    found = tables("names", language)
    assert twice({**found["metonym"], **found["region"], **found["body"]}) == {}


@languages
def test_a_courtesy_title_is_no_post(language):
    titles = {form.lower() for form in word_list(language, "names")["honorifics"]}
    roles = word_list(language, "roles")
    posts = {form.lower() for forms in roles["roles"].values() for form in forms}
    assert titles & posts == set()


@languages
def test_states_that_news_names_daily_have_words(language):
    names = word_list(language, "names")
    for state in STATES:
        assert names["adjectives"][state], state


@languages
def test_small_words_are_no_names_of_states_or_people(language):
    small = {form.lower() for form in word_list(language, "text")["function_words"]}
    named = tables("names", language)
    for table in ("territories", "metonym", "region", "body"):
        for key, forms in named[table].items():
            assert not small & {form.lower() for form in forms if not form.isupper()}, key


def test_broader_posts_are_posts_and_never_run_in_a_circle():
    posts = set(word_list("en", "roles")["roles"])
    broader = word_list("common", "roles")["is_a"]
    assert set(broader) == posts
    for post in posts:
        seen, todo = set(), list(broader[post])
        while todo:
            wider = todo.pop()
            assert wider in posts
            assert wider != post
            if wider not in seen:
                seen.add(wider)
                todo += broader[wider]


def test_a_spokesman_is_no_adviser_and_a_president_is_a_leader():
    broader = word_list("common", "roles")["is_a"]
    assert "leader" in broader["president"]
    assert "adviser" not in broader["spokesman"]
    assert "spokesman" not in broader["adviser"]


def test_political_posts_and_groups_are_known():
    common = word_list("common", "roles")
    english = word_list("en", "roles")
    assert set(common["political"]) <= set(english["roles"])
    assert set(common["political_groups"]) <= set(english["groups"])
    assert set(common["stands_for_state"]) <= set(common["political_groups"])


@pytest.mark.parametrize(
    ("language", "form", "key"),
    [
        ("da", "talsmand", "spokesman"),
        ("da", "udenrigsministeren", "foreign minister"),
        ("nb", "presidenten", "president"),
        ("nb", "rådgiver", "adviser"),
        ("nn", "utanriksministeren", "foreign minister"),
        ("nn", "rådgjevar", "adviser"),
        ("sv", "statsministern", "prime minister"),
        ("en", "spokeswoman", "spokesman"),
        ("de", "Außenministerin", "foreign minister"),
    ],
)
def test_forms_that_news_prints_are_found(language, form, key):
    assert form in word_list(language, "roles")["roles"][key]


@pytest.mark.parametrize(
    ("language", "table", "form", "state"),
    [
        ("da", "inhabitants", "nordkoreanerne", "KP"),
        ("nb", "inhabitants", "russerne", "RU"),
        ("nn", "inhabitants", "russarane", "RU"),
        ("nn", "adjectives", "austerriksk", "AT"),
        ("sv", "adjectives", "nordkoreanska", "KP"),
        ("en", "inhabitants", "Russians", "RU"),
        ("de", "adjectives", "russischen", "RU"),
    ],
)
def test_peoples_and_their_adjectives_are_found(language, table, form, state):
    assert form in word_list(language, "names")[table][state]
