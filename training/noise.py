"""Noise for training: what news goes through in print, so that the model is not thrown by it.

Everything is drawn from the dice that are handed in; a row of the pack goes in and another comes out.
Words that were changed lose their lemma script (it would no longer fit), never their tree.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from training.names import spans

Row = dict[str, Any]
Names = Mapping[tuple[str, int], Sequence[tuple[str, ...]]]
_KINDS = ("upper", "lower", "title", "bare", "dash", "no_stop")


@dataclass(frozen=True, slots=True)
class Noise:
    """How much noise of which kind, and the names to swap in, by label and number of words."""

    shares: Mapping[str, float]
    dashes: tuple[str, ...]
    letters: Mapping[str, Sequence[str]]
    names: Names


def read(names: Names) -> Noise:
    """Read the shares of noise from `noise.toml`."""
    data = tomllib.loads(Path(__file__).with_name("noise.toml").read_text(encoding="utf-8"))
    shares = {kind: float(data[kind]) for kind in (*_KINDS, "quiet", "name_swap")}
    return Noise(shares, tuple(data["dashes"]), data["letters"], names)


def collect_names(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], list[tuple[str, ...]]]:
    """Gather the names of all languages, each form once, in a fixed order."""
    found: dict[tuple[str, int], set[tuple[str, ...]]] = {}
    for row in rows:
        for start, end, label in spans(row.get("n", ())):
            found.setdefault((label, end - start), set()).add(tuple(row["w"][start:end]))
    return {key: sorted(forms) for key, forms in sorted(found.items())}


def disturb(row: Row, noise: Noise, dice: Random) -> Row:
    """Give the row with noise, or as it is; `changed` lists the words that are no longer as they were."""
    made = _swap(row, noise, dice)
    if dice.random() < noise.shares["quiet"]:
        return made
    kind = dice.choices(_KINDS, [noise.shares[kind] for kind in _KINDS])[0]
    if kind == "dash":
        return _dash(made, dice.choice(noise.dashes))
    if kind == "no_stop":
        return _stop(made)
    if kind == "bare":
        which = dice.randrange(2)
        words = [_bare(word, noise.letters, which) for word in made["w"]]
    else:
        words = [_cased(word, kind) for word in made["w"]]
    changed = {at for at, (old, new) in enumerate(zip(made["w"], words, strict=True)) if old != new}
    return {**made, "w": words, "changed": set(made.get("changed", ())) | changed}


def _cased(word: str, kind: str) -> str:
    if kind == "title":
        return word[:1].upper() + word[1:]
    return word.upper() if kind == "upper" else word.lower()


def _bare(word: str, letters: Mapping[str, Sequence[str]], which: int) -> str:
    made = []
    for sign in word:
        plain = letters.get(sign.lower(), (None, None))[which]
        if plain is None:
            parts = unicodedata.normalize("NFD", sign)
            made.append("".join(part for part in parts if not unicodedata.combining(part)))
        else:
            made.append(plain.capitalize() if sign != sign.lower() else plain)
    return "".join(made)


def _swap(row: Row, noise: Noise, dice: Random) -> Row:
    """Put other names of the same kind and length for some names, mostly from other languages."""
    words = list(row["w"])
    changed: set[int] = set()
    for start, end, label in spans(row.get("n", ())):
        others = noise.names.get((label, end - start), ())
        if others and dice.random() < noise.shares["name_swap"]:
            words[start:end] = dice.choice(others)
            changed |= set(range(start, end))
    return {**row, "w": words, "changed": changed} if changed else row


def _dash(row: Row, dash: str) -> Row:
    """Open the sentence with a dash, as Scandinavian and German news open a quotation."""
    if not row["w"][0][0].isalnum():
        return row
    made: Row = {**row, "w": [dash, *row["w"]], "x": "1" + row["x"]}
    if "t" in row:
        made["t"] = [[start + 1, end + 1, form] for start, end, form in row["t"]]
    if "n" in row:
        made["n"] = ["O", *row["n"]]
    if "g" in row:
        root = row["h"].index(0) + 2
        made["h"] = [root, *(head and head + 1 for head in row["h"])]
        made["u"], made["r"] = ["PUNCT", *row["u"]], ["punct", *row["r"]]
        made["m"], made["e"] = ["", *row["m"]], [dash, *row["e"]]
    made["changed"] = {at + 1 for at in row.get("changed", ())}
    return made


def _stop(row: Row) -> Row:
    """Leave the final full stop out, where nothing hangs on it."""
    last = len(row["w"])
    if row["w"][-1] != "." or last < 3 or ("h" in row and (last in row["h"] or row["h"][-1] == 0)):
        return row
    cut: Row = {key: row[key][:-1] for key in ("w", "x", "n", "u", "m", "e", "h", "r") if key in row}
    return {**row, **cut, "changed": {at for at in row.get("changed", ()) if at < last - 1}}
