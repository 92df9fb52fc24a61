"""Decode the PAROLE tags of Danish into universal part of speech and features."""

from __future__ import annotations

import re

_SYMBOL = re.compile(r"\[[^\]]*\]|.")
_GENDER = {"C": "Com", "N": "Neut"}
_NUMBER = {"S": "Sing", "P": "Plur"}
_DEFINITE = {"D": "Def", "I": "Ind"}
_DEGREE = {"P": "Pos", "C": "Cmp", "S": "Sup", "A": "Abs"}
_UPOS = {
    "NC": "NOUN",
    "NP": "PROPN",
    "SP": "ADP",
    "RG": "ADV",
    "CC": "CCONJ",
    "CS": "SCONJ",
    "XP": "PUNCT",
    "AC": "NUM",
    "AN": "ADJ",
    "AO": "ADJ",
    "VA": "VERB",
    "VE": "VERB",
    "I=": "INTJ",
    "U=": "PRON",
    "PP": "PRON",
    "PI": "PRON",
    "PD": "PRON",
    "PC": "PRON",
    "PT": "PRON",
    "PO": "DET",
}
_PRONTYPE = {"PP": "Prs", "PI": "Ind", "PD": "Dem", "PC": "Rcp", "PT": "Int,Rel", "PO": "Prs"}


def decode(tag: str, form: str) -> tuple[str, dict[str, str]]:
    """Give UPOS and features of a PAROLE tag; what depends on the tree (AUX, DET) is set later."""
    symbols = _SYMBOL.findall(tag)
    kind = tag[:2]
    upos = _UPOS.get(kind, "X")
    feats: dict[str, str] = {}
    if not symbols:
        return ("X", feats)
    rest = symbols[2:]
    if kind in {"NC", "NP"}:
        _fill(feats, rest, (("Gender", _GENDER), ("Number", _NUMBER), ("Case", {"G": "Gen"})))
        if kind == "NC" and rest:
            _fill(feats, rest[-1:], (("Definite", _DEFINITE),))
    elif kind in {"AN", "AO", "AC"}:
        upos = _adjective(kind, rest, feats, upos)
    elif kind in {"VA", "VE"}:
        _verb(rest, feats)
    elif kind[0] == "P":
        _pronoun(kind, rest, feats)
    elif kind == "SP":
        feats["AdpType"] = "Prep"
    elif kind == "U=":
        feats["PartType"] = "Inf"
    elif kind == "XF":
        feats["Foreign"] = "Yes"
    return upos, feats


def _fill(feats: dict[str, str], symbols: list[str], slots: tuple[tuple[str, dict[str, str]], ...]) -> None:
    for symbol, (name, values) in zip(symbols, slots, strict=False):
        if symbol in values:
            feats[name] = values[symbol]


def _adjective(kind: str, rest: list[str], feats: dict[str, str], upos: str) -> str:
    _fill(
        feats,
        rest,
        (
            ("Degree", _DEGREE),
            ("Gender", _GENDER),
            ("Number", _NUMBER),
            ("Case", {"G": "Gen"}),
            ("", {}),
            ("Definite", _DEFINITE),
        ),
    )
    if kind == "AC":
        feats["NumType"] = "Card"
    elif kind == "AO":
        feats["NumType"] = "Ord"
    return "ADV" if rest[-1:] == ["R"] else upos


def _verb(rest: list[str], feats: dict[str, str]) -> None:
    mood, tense = rest[0], rest[1]
    voice = {"A": "Act", "P": "Pass"}.get(rest[7] if len(rest) > 7 else "", "")
    time = {"R": "Pres", "A": "Past"}.get(tense, "")
    if mood == "D":
        feats.update({"Mood": "Ind", "VerbForm": "Fin"})
    elif mood == "F":
        feats["VerbForm"] = "Inf"
    elif mood == "M":
        feats["Mood"] = "Imp"
    elif mood == "G":
        feats["VerbForm"] = "Ger"
    elif mood == "P":
        feats["VerbForm"] = "Part"
        _fill(feats, rest[3:6], (("Number", _NUMBER), ("Gender", _GENDER), ("Definite", _DEFINITE)))
    if time:
        feats["Tense"] = time
    if voice and mood in {"D", "F"}:
        feats["Voice"] = voice


def _pronoun(kind: str, rest: list[str], feats: dict[str, str]) -> None:
    feats["PronType"] = _PRONTYPE.get(kind, "Ind")
    _fill(
        feats,
        rest,
        (
            ("Person", {"1": "1", "2": "2", "3": "3"}),
            ("Gender", _GENDER),
            ("Number", _NUMBER),
            ("Case", {"N": "Nom", "G": "Gen"}),
        ),
    )
    case = rest[3] if len(rest) > 3 else ""
    if kind == "PP" and case == "U":
        feats["Case"] = "Acc"
    if kind == "PO":
        feats["Poss"] = "Yes"
        _fill(feats, rest[4:5], (("Number[psor]", _NUMBER),))
    if len(rest) > 5 and rest[5] == "Y":
        feats["Reflex"] = "Yes"
