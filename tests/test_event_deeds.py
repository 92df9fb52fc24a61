"""Who did what to whom where a noun or a participle tells it, and what only looks like an act."""

from __future__ import annotations

import pytest

from reading_of import Act, acts_of, reading_of


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        (
            "de",
            "Bei einem Luftangriff der Nato sind am Montag 14 Menschen getötet worden.",
            ("ASSAULT", ["North Atlantic Treaty Organization"], ["people"]),
        ),
        (
            "en",
            "An Israeli raid in the Jenin refugee camp killed nine Palestinians.",
            ("ASSAULT", ["Israel"], ["Palestinian Territories"]),
        ),
        (
            "en",
            "The arrest of opposition leader Alexei Navalny by Russian police drew protests.",
            ("COERCE", ["Russia"], ["Alexei Navalny"]),
        ),
        (
            "de",
            "Die von der EU gegen Russland verhängten Sanktionen bleiben in Kraft.",
            ("SANCTION", ["European Union"], ["Russia"]),
        ),
        (
            "de",
            "Gegen Russland wurden von der EU neue Sanktionen verhängt.",
            ("SANCTION", ["European Union"], ["Russia"]),
        ),
        (
            "en",
            "At least 100 people are killed in renewed fighting between Kyrgyzstan and Tajikistan.",
            ("ASSAULT", ["Kyrgyzstan", "Tajikistan"], []),
        ),
        ("de", "Der Iran lehnte direkte Gespräche mit den USA ab.", ("REJECT", ["Iran"], ["United States"])),
        (
            "de",
            "Bundesaußenminister Heiko Maas übte Kritik an Polen.",
            ("ACCUSE", ["Heiko Maas"], ["Poland"]),
        ),
        (
            "de",
            "Ein Gericht in Kairo verurteilte den früheren ägyptischen Präsidenten Mohammed Mursi "
            "zu 20 Jahren Haft.",
            ("COERCE", ["court"], ["Muhammad Mursi"]),
        ),
        (
            "de",
            "Russland hat in der Nacht ein Krankenhaus beschossen.",
            ("ASSAULT", ["Russia"], ["hospital"]),
        ),
        ("en", "Germany has supplied weapons to Ukraine.", ("AID", ["Germany"], ["Ukraine"])),
        (
            "de",
            "Präsident Xanana Gusmão erklärte den Ausnahmezustand.",
            ("COERCE", ["Xanana Gusmão"], []),
        ),
    ],
)
def test_a_deed_has_its_parties(language: str, text: str, event: Act) -> None:
    assert event in acts_of(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Tōkyō: Amokläufer tötet sieben Menschen. Japan trauert."),
        ("de", "Aber sie demonstrierten damit, dass sie mit dem Beschluss nicht einverstanden sind."),
        ("en", "First driving out the Americans, then fighting the Shia back into submission."),
        (
            "en",
            "The United States said little. Three American officials agreed to discuss the debate "
            "on the condition of anonymity.",
        ),
    ],
)
def test_what_nobody_did_is_no_act(language: str, text: str) -> None:
    assert acts_of(text, language) == []


def test_what_is_demanded_is_not_done() -> None:
    text = "Sie unterstützt die Forderungen von Politikern der SPD, die Deutsche Bank zu boykottieren."
    assert "SANCTION" not in [kind for kind, _, _ in acts_of(text, "de")]


def test_one_strike_is_one_attack() -> None:
    text = "Bei israelischen Luftangriffen auf Rafah wurden mindestens 22 Menschen getötet."
    assert [kind for kind, _, _ in acts_of(text, "de")] == ["ASSAULT"]


def test_what_is_announced_is_planned() -> None:
    reading = reading_of("one", "Der Iran kündigte an, Truppen nach Syrien zu schicken.", language="de")
    assert [(event.type, event.modality) for event in reading.events] == [("MOBILIZE", "planned")]
