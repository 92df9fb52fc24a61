"""Judge whether two names name the same thing, and pair rows with answers.

An independent judge: nothing here comes from `tidende`, so that an error in the package's own name
matching cannot hide itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

Row = TypeVar("Row")
Answer = TypeVar("Answer")

_LETTERS = str.maketrans({"ø": "o", "æ": "a", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "œ": "o"})
# Spellings of one sound in the transliterations that news prints, brought to one letter; the order matters.
_SOUNDS = (
    ("shch", "s"), ("tsch", "c"), ("sch", "s"), ("sj", "s"), ("sh", "s"), ("tj", "c"), ("ch", "c"),
    ("kh", "h"), ("zh", "z"), ("dz", "z"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("iy", "i"), ("ij", "i"),
    ("yi", "i"), ("ju", "u"), ("yu", "u"), ("ja", "a"), ("ya", "a"), ("je", "e"), ("ye", "e"),
    ("w", "v"), ("j", "i"), ("y", "i"), ("q", "k"), ("c", "k"), ("x", "s"),
)  # fmt: skip
_FILLERS = frozenset({"the", "of", "and"})


def fold(text: str) -> str:
    """Bring a name to lower case without accents; marks become blanks, genitives go."""
    text = re.sub(r"['\u2019]s\b", "", text.lower().translate(_LETTERS))
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", plain.replace(".", "")).split())


def words(name: str) -> list[str]:
    """Give the folded words of a name; a hyphen parts words."""
    return [word for word in fold(name).split() if word not in _FILLERS]


def sound(word: str) -> str:
    """Give the shape of a word that transliterations share; doubled letters count once."""
    for spelling, letter in _SOUNDS:
        word = word.replace(spelling, letter)
    return re.sub(r"(.)\1+", r"\1", word)


def distance(first: str, second: str) -> int:
    """Give the edit distance of two words."""
    row = list(range(len(second) + 1))
    for i, left in enumerate(first, 1):
        previous, row[0] = row[0], i
        for j, right in enumerate(second, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (left != right))
    return row[-1]


def like(first: str, second: str) -> bool:
    """Tell whether two folded words are the same, but for transliteration or a genitive s."""
    if first == second:
        return True
    shortest = min(len(first), len(second))
    if shortest >= 3 and first.removesuffix("s") == second.removesuffix("s"):
        return True
    if shortest < 3:
        return False
    left, right = sound(first), sound(second)
    return left == right or (
        shortest >= 5 and left[:1] == right[:1] and distance(left, right) <= shortest // 5
    )


def same_person(name: str, gold: str) -> bool:
    """Tell whether two printed names can be one person: surname alone, initials, other spellings."""
    left, right = words(name), words(gold)
    if not left or not right or _is_acronym(name) or _is_acronym(gold):
        return False
    if sound("".join(left)) == sound("".join(right)):
        return True
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if all(any(like(word, other) for other in long) for word in short):
        return True
    # "B. Kavanaugh" and "Brett M. Kavanaugh": the surname, and given names that can be the same
    return len(short) > 1 and like(short[-1], long[-1]) and _given_names_agree(short[0], long[0])


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return len(letters) <= 3 and letters.isalpha() and letters.isupper()


def _given_names_agree(first: str, second: str) -> bool:
    if min(len(first), len(second)) == 1:
        return first[0] == second[0]
    return like(first, second) or first.startswith(second) or second.startswith(first)


def same_thing(name: str, gold: str) -> bool:
    """Tell whether two printed names are the same organisation, country or place."""
    left, right = words(name), words(gold)
    if not left or not right:
        return False
    if left == right or "".join(left) == "".join(right):
        return True
    return len(left) == len(right) and all(like(a, b) for a, b in zip(left, right, strict=True))


def forms_of(entity: dict[str, Any]) -> list[str]:
    """Give the name and every printed form of an entity."""
    return list(
        dict.fromkeys([entity["name"], *(form for forms in entity["names"].values() for form in forms)])
    )


def names_gold(entity: dict[str, Any], gold: Sequence[str], *, person: bool, qid: str | None = None) -> bool:
    """Tell whether an entity is the gold one: by its Wikidata id, or by one of its names.

    Where the entity has a Wikidata id and gold has another, they are two. A person's full forms
    decide before the short ones, so that "Kim" does not make Kim Jong-il of Kim Jong-un.
    """
    if qid and entity["id"] == qid:
        return True
    if qid and re.fullmatch(r"Q[0-9]+", entity["id"]):
        return False
    forms = forms_of(entity)
    if not person:
        return any(same_thing(form, name) for form in forms for name in gold)
    full = [name for name in gold if len(words(name)) > 1] or list(gold)
    long = [form for form in forms if len(words(form)) > 1]
    return any(same_person(form, name) for form in long or forms for name in full)


def pair(
    rows: Sequence[Row],
    answers: Sequence[Answer],
    score: Callable[[Row, Answer], float],
    *,
    optional: Callable[[Row], bool] = lambda _: False,
) -> dict[int, int]:
    """Pair rows with answers, one answer a row: as many pairs as can be, good ones preferred.

    `score` gives 0 for what does not fit. Optional rows come last and never cost another row its
    answer, though it may get a different one. Augmenting paths; maps row index to answer index.
    """
    table = [[score(row, answer) for answer in answers] for row in rows]
    order = sorted(range(len(rows)), key=lambda i: (optional(rows[i]), -max(table[i], default=0)))
    choices = [
        sorted((j for j, s in enumerate(line) if s > 0), key=lambda j: (-line[j], j)) for line in table
    ]
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in choices[i]:
            if j not in taken:
                taken[j] = i
                return True
        for j in choices[i]:
            if j not in seen:
                seen.add(j)
                if place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in order:
        place(i, set())
    return {i: j for j, i in sorted(taken.items(), key=lambda item: item[1])}


def best_first(
    rows: Sequence[Row], answers: Sequence[Answer], score: Callable[[Row, Answer], float]
) -> dict[int, int]:
    """Pair rows with answers greedily, the highest score first; 0 does not fit."""
    found = [(score(row, answer), i, j) for i, row in enumerate(rows) for j, answer in enumerate(answers)]
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for value, i, j in sorted(found, key=lambda item: (-item[0], item[1], item[2])):
        if value > 0 and i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return pairs


def any_like(left: Iterable[str], right: Iterable[str]) -> bool:
    """Tell whether two phrases share a content word of four letters or more (unnamed groups)."""
    ours = {word for phrase in left for word in words(phrase) if len(word) > 3}
    return any(
        like(word, other) for phrase in right for word in words(phrase) if len(word) > 3 for other in ours
    )
