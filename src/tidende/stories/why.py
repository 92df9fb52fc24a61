"""Say why two articles are one story or are not: each thing they share or lack, and how much it weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tidende.render.reasons import Name, Reason
from tidende.stories.group import group_signatures, vectors_of
from tidende.stories.pairs import FEATURES, Compared, apart, features, kind_of, load_weights, score
from tidende.stories.signature import Signature
from tidende.stories.signs import Sign, fold

_START = 4  # letters by which a printed name is known again
_MOST = 5  # names or words that are shown of a kind

# The features that a reason stands for: what they add to the log odds is what the reason weighs.
_PARTS: Mapping[Name, tuple[str, ...]] = {
    "names": ("people", "people in all", "names", "names in all"),
    "nobody": ("no names",),
    "numbers": ("numbers in all",),
    "words": ("words",),
    "days": ("days",),
}


@dataclass(frozen=True, slots=True)
class Why:
    """Whether two articles tell one story, and why.

    `alone` is what the two alone say, `score` its log odds above what joins. `joined` is whether they are one
    story among all articles that were read with them, and `through` the numbers of those that joined
    them where the two alone would not.
    """

    joined: bool
    alone: bool
    score: float
    reasons: tuple[Reason, ...]
    through: tuple[int, ...] = ()


def why(a: Signature, b: Signature) -> Why:
    """Explain two articles by themselves, the weightiest reason first."""
    sure = _sure(a, b)
    window = load_weights().window
    cosine = _cosine(a, b)
    value = score(Compared(a), Compared(b), cosine)
    days = abs((a.day - b.day).days) if a.day and b.day else None
    if sure:
        return Why(True, True, round(value, 2), sure)
    if apart(a, b, window):
        return Why(False, False, round(value, 2), (Reason("apart", value, days, window),))
    reasons = sorted(_reasons(a, b, cosine), key=lambda one: -abs(one.weight))
    return Why(value >= 0, value >= 0, round(value, 2), tuple(reasons))


def why_among(i: int, j: int, signatures: Sequence[Signature]) -> Why:
    """Explain the articles of two numbers among others that are read with them."""
    one = why(signatures[i], signatures[j])
    home = next(cluster for cluster in group_signatures(signatures) if i in cluster)
    joined = j in home
    through = tuple(k for k in home if k not in (i, j)) if joined and not one.alone else ()
    whole = (Reason("whole", 0.0),) if one.alone and not joined else ()
    return Why(joined, one.alone, one.score, (*one.reasons, *whole), through)


def _sure(a: Signature, b: Signature) -> tuple[Reason, ...]:
    """Give what makes two articles one story whatever else they print."""
    same: tuple[tuple[Name, bool], ...] = (
        ("same_text", a.digest == b.digest),
        ("same_page", bool(a.url) and a.url == b.url),
        ("same_event", bool(a.key) and a.key == b.key),
    )
    return tuple(Reason(name, 0.0) for name, holds in same if holds)


def _cosine(a: Signature, b: Signature) -> float | None:
    if not (a.vector and b.vector):
        return None
    one, other = vectors_of([a, b])
    return float(one @ other)


def _reasons(a: Signature, b: Signature, cosine: float | None) -> list[Reason]:
    weights = load_weights()
    kind = kind_of(a, b)
    table = dict(zip(FEATURES, weights.features[kind], strict=True))
    one, other = Compared(a), Compared(b)
    found = dict(zip(FEATURES, features(one, other, cosine), strict=True))
    added = {name: table[name] * found[name] for name in FEATURES}
    reasons: list[Reason] = []
    if cosine is not None:
        # what a step of the cosine adds for a pair of these lengths and languages
        probe = dict(zip(FEATURES, features(one, other, 1.0), strict=True))
        slope = sum(table[name] * probe[name] for name in FEATURES if name.startswith("vector"))
        rest = sum(v for name, v in added.items() if not name.startswith("vector"))
        needed = (weights.thresholds[kind] - rest) / slope if slope else 0.0
        reasons.append(Reason("vector", slope * (cosine - needed), cosine, needed))
    for name, parts in _PARTS.items():
        weight = sum(added[part] for part in parts)
        shown = _shown(name, a, b)
        if name == "days":
            if a.day and b.day:
                reasons.append(Reason(name, weight, abs((a.day - b.day).days)))
        elif name == "nobody":
            # who is named in a language that is not read in full may be the same under another name
            if found["no names"] and ((a.full and b.full) or a.language == b.language):
                reasons.append(Reason(name, weight))
        elif shown and weight:
            reasons.append(Reason(name, weight, shown=shown))
    return reasons


def _shown(name: Name, a: Signature, b: Signature) -> tuple[str, ...]:
    """Give what both print, the weightiest first, in the words of the first article where both have some."""
    if name == "names":
        known = _common(a, b, a.names, b.names) if a.full and b.full else []
        folded = [fold(form) for form in known]
        printed = _common(a, b, _of(a.prints, "name"), _of(b.prints, "name"))
        # a name that is known is not told again as it is printed
        fresh = [form for form in printed if not any(fold(form)[:_START] in other for other in folded)]
        return tuple([*known, *fresh][:_MOST])
    if name == "numbers":
        return tuple(_common(a, b, _of(a.prints, "number"), _of(b.prints, "number"))[:_MOST])
    return tuple(_common(a, b, a.words, b.words)[:_MOST]) if name == "words" else ()


def _common(a: Signature, b: Signature, one: Mapping[Sign, float], other: Mapping[Sign, float]) -> list[str]:
    common = sorted(one.keys() & other.keys(), key=lambda sign: (-min(one[sign], other[sign]), sign))
    forms = (a.shown.get(sign) or b.shown.get(sign) for sign in common)
    return list(dict.fromkeys(form for form in forms if form))


def _of(signs: Mapping[Sign, float], kind: str) -> dict[Sign, float]:
    return {sign: weight for sign, weight in signs.items() if sign[0] == kind}
