"""Take genitive endings off printed names."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.languages.lists import word_list
from tidende.parse.types import Token


def strip_genitive(word: str, language: str) -> str:
    """Take the genitive ending off a printed name: "Putins", "Putin's", "FNs", "FN:s".

    The ending -s alone is taken off only by this rule, so a name in -s ("Paris") loses its
    last letter: callers try the whole form first.
    """
    for ending in word_list(language, "text")["genitive"]:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)]
    return word


def is_genitive(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether the tree makes the name `[first:last]` the owner of something behind it."""
    end = tokens[last - 1]
    if end.upos != "PROPN" or "Case=Gen" not in end.feats:
        return False
    if last < len(tokens) and tokens[last].name.startswith("B-"):
        return True  # "Sam Shepards True West"
    top = next((one for one in tokens[first:last] if not first <= one.head < last), end)
    if top.deprel.startswith(("flat", "appos")) and 0 <= top.head < first:
        top = tokens[top.head]  # "statsminister Stoltenbergs innlegg": the post hangs on what is owned
    return top.deprel.startswith(("nmod", "det")) and top.head >= last
