"""A pronoun or description means whom the article tells it of, and nobody where that stays in doubt."""

from __future__ import annotations

import pytest

from test_entities import read
from tidende.entities import Cast
from tidende.records import Role


def meant(cast: Cast, kind: str) -> list[tuple[str, str]]:
    """Give the words and the name of every description or pronoun that is resolved to one named entity."""
    text = {(e.start, e.end): e.text for entity in cast.entities for e in entity.evidence}
    return [
        (text[m.start, m.end], cast.entity(m.entities[0]).name)
        for m in cast.mentions
        if m.kind == kind and len(m.entities) == 1 and cast.entity(m.entities[0]).named
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Mike Pompeo mødte Sergej Lavrov og sagde bagefter, at han ville rejse til Pyongyang."),
        ("nb", "Mike Pompeo møtte Sergej Lavrov og sa etterpå at han ville reise til Pyongyang."),
        ("nn", "Mike Pompeo møtte Sergej Lavrov og sa etterpå at han ville reise til Pyongyang."),
        ("sv", "Mike Pompeo träffade Sergej Lavrov och sa efteråt att han skulle resa till Pyongyang."),
        ("en", "Mike Pompeo met Sergei Lavrov and said afterwards that he would visit Pyongyang."),
        ("de", "Mike Pompeo traf Sergej Lawrow und sagte danach, dass er Pjöngjang besuchen werde."),
    ],
)
def test_he_in_what_somebody_tells_is_the_teller(language: str, text: str) -> None:
    (found,) = meant(read(language, text), "pronoun")
    assert found[1] == "Mike Pompeo"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "«Han er en god mann», sa Jens Stoltenberg."),
        ("da", "»Han er en god mand«, sagde Jens Stoltenberg."),
        ("sv", "”Han är en bra man”, sade Jens Stoltenberg."),
        ("en", "“He is a good man,” said Jens Stoltenberg."),
        ("de", "„Er ist ein guter Mann“, sagte Jens Stoltenberg."),
    ],
)
def test_he_in_a_quotation_is_not_who_speaks_it(language: str, text: str) -> None:
    before = {"en": "Jens Stoltenberg came."}.get(language, "Jens Stoltenberg.")
    assert meant(read(language, before, text), "pronoun") == []


@pytest.mark.parametrize(
    ("language", "text", "words", "name"),
    [
        ("nb", "Oljeselskapet Polaris kom. Selskapet sier nei.", "Selskapet", "Polaris"),
        ("nb", "Rektor Kari Nordmann kom. Rektoren smilte.", "Rektoren", "Kari Nordmann"),
        ("sv", "Rektor Anna Berg kom. Rektorn log.", "Rektorn", "Anna Berg"),
        ("en", "The oil company Polaris came. The company said no.", "The company", "Polaris"),
        ("de", "Die Richterin Anna Berg kam. Die Richterin lachte.", "Die Richterin", "Anna Berg"),
        ("da", "Inspektør Anna Berg kom. Inspektøren smilede.", "Inspektøren", "Anna Berg"),
    ],
)
def test_a_noun_told_of_a_name_leads_back_to_it(language: str, text: str, words: str, name: str) -> None:
    assert (words, name) in meant(read(language, text), "nominal")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Kari Nordmanns søster Anne Moe kom. Søsteren til Per gikk."),
        ("nb", "Oljeselskapet Polaris og oljeselskapet Nordlys kom. Selskapet sier nei."),
        ("nb", "Rektor Kari Nordmann kom. Rektoren ved naboskolen smilte."),
    ],
)
def test_what_may_be_anothers_leads_nowhere(language: str, text: str) -> None:
    assert meant(read(language, text), "nominal") == []


def test_a_post_apposed_to_a_name_is_told_of_it() -> None:
    text = "Omar Navarro, a Republican candidate running to unseat Waters in the midterm elections, came."
    roles: list[Role] = [role for role in read("en", text).roles if role.role == "candidate"]
    assert [role.evidence[0].text for role in roles] == ["Omar Navarro, a Republican candidate"]


def test_two_of_something_else_are_no_pair_of_persons() -> None:
    cast = read("nb", "Vladimir Putin møtte Kim Jong-un. De to barna lekte, og de to smilte.")
    pairs = [mention for mention in cast.mentions if len(mention.entities) == 2]
    assert len(pairs) == 1
    assert pairs[0].reason == "pair"


def test_a_chain_holds_names_descriptions_and_pronouns_with_their_reasons() -> None:
    cast = read("nb", "Rektor Kari Nordmann kom. Rektoren smilte. Hun sa at hun var glad.")
    (person,) = (entity for entity in cast.entities if entity.type == "person")
    chain = cast.chain(person.id)
    assert [mention.kind for mention in chain] == ["named", "nominal", "pronoun", "pronoun"]
    assert all(mention.reason for mention in chain[1:])
