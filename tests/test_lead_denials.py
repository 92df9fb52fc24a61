"""The lead names who denies or refuses what it tells, and nobody of whom no source says so."""

from __future__ import annotations

import pytest

from reading_of import readings_of
from tidende.render import lead
from tidende.stories import reconcile


def lead_of(language: str, *articles: tuple[str, str]) -> str:
    rows = [
        {"id": f"a{n}", "text": text, "language": told, "published": "2018-10-10", "outlet": f"Outlet {n}"}
        for n, (told, text) in enumerate(articles)
    ]
    return lead(reconcile(readings_of(rows)), language)


MEETING = (
    ("sv", "Angela Merkel träffade Theresa May i Berlin på tisdagen."),
    (
        "de",
        "Angela Merkel traf Theresa May am Dienstag in Berlin nicht, sagte Regierungssprecher Steffen Seibert.",
    ),
)


@pytest.mark.parametrize(
    ("language", "clause"),
    [
        ("en", "Steffen Seibert denies it"),
        ("da", "Steffen Seibert benægter det"),
        ("nb", "Steffen Seibert benekter det"),
        ("nn", "Steffen Seibert nektar for det"),
        ("sv", "Steffen Seibert förnekar det"),
        ("de", "Steffen Seibert bestreitet es"),
    ],
)
def test_who_denies_is_named(language: str, clause: str):
    assert clause in lead_of(language, *MEETING)


def test_an_article_that_denies_by_itself_is_named():
    told = lead_of(
        "en",
        ("en", "Saudi Arabia has threatened Canada with more sanctions."),
        ("nb", "Saudi-Arabia har aldri truet Canada."),
    )
    assert "according to nb it did not happen" in told


@pytest.mark.parametrize(
    ("language", "clause"),
    [("en", "Russia rejects it"), ("da", "Rusland afviser det"), ("de", "Russland weist es zurück")],
)
def test_the_accused_is_heard(language: str, clause: str):
    accused = "The United States accused Russia on Monday of meddling in the election."
    assert clause in lead_of(language, ("en", f"{accused} Russia denied the accusation."))


def test_another_refusal_is_no_answer():
    accused = "The United States accused Russia on Monday of meddling in the election."
    assert "rejects" not in lead_of(
        "en", ("en", f"{accused} Russia rejected a call for a ceasefire in Syria.")
    )
