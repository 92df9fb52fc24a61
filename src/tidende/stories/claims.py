"""Bring claims together: one fact told by several, figures that cannot both hold, and later figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from tidende.entities.gazetteer import load
from tidende.languages.lists import READ_IN_FULL, word_list, word_set
from tidende.records import (
    Agreement,
    Claim,
    DateValue,
    Difference,
    DifferenceValue,
    Evidence,
    Reading,
)
from tidende.stories.compatible import Fit, Places, date_width, dates_fit
from tidende.stories.copies import Witnesses
from tidende.stories.editions import Editions
from tidende.stories.facts import digest, unique
from tidende.stories.signature import fold

_TOLL_UNIT = "people"
_FATES = ("hurt", "missing", "victims")
_ABOUT = 0.1  # "about 130" is 117 to 143
_MORE = 2.0  # "at least 12" may be 19, and is no word for 400
_SENTENCE_END = re.compile(r"[.!?…][\"'»”’)]*\s+(?=[\W\d_]*[A-ZÀ-Þ])|\n")
_YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d(?![\d.,]*\d)")


@dataclass(frozen=True, slots=True)
class _Measured:
    """One claim with what tells it from others: of whom, between what, from when to when, how much."""

    claim: Claim
    article: str
    published: str
    fate: str
    about: frozenset[str]  # who and what else the measured span names
    places: frozenset[str]  # places of the sentence
    years: frozenset[str]
    counted: frozenset[str]  # of a toll: soldiers, children, those of a country; none for people at large
    low: float
    high: float


def merged_claims(
    readings: Sequence[Reading],
    order: Mapping[str, int],
    witnesses: Witnesses,
    places: Places,
    editions: Editions,
) -> tuple[list[Claim], list[Difference], list[Difference]]:
    """Join claims that tell one fact; give those that tell it otherwise, and those that bring it up to date.

    One fact of one subject: equal values, or intervals that meet ("at least 12" and 14), at times that fit. A
    later and higher toll is an update, and what an outlet prints later than itself supersedes.
    """
    told = [_measured(reading, claim) for reading in readings for claim in reading.claims]
    alone = _Alone(told, places)
    groups: list[list[_Measured]] = []
    # exact figures gather the vaguer ones, so that groups do not hang on the order of tellings
    for one in sorted(told, key=lambda one: (one.high - one.low, date_width(one.claim.date))):
        for group in groups:
            if all(_compare(one, other, alone) == "same" for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    groups = [sorted(group, key=lambda one: _place(one, order)) for group in groups]
    groups.sort(key=lambda group: _place(group[0], order))
    claims = [_one_claim(group, order, witnesses) for group in groups]
    names = _unique_ids(claims)
    claims = [claim.model_copy(update={"id": name}) for claim, name in zip(claims, names, strict=True)]
    differences: list[Difference] = []
    updates: list[Difference] = []
    for i, left in enumerate(groups):
        for j in range(i + 1, len(groups)):
            clashes = _clashes(left, groups[j], alone, witnesses, editions)
            if not clashes:
                continue
            attribute = "date" if claims[i].kind == "life" else "value"
            later = [_updates(a, b, editions) for a, b in clashes]
            if all(later) or all(_updates(b, a, editions) for a, b in clashes):
                pair = [claims[i], claims[j]] if all(later) else [claims[j], claims[i]]
                updates.append(_difference(pair, attribute))
                continue
            differences.append(_difference([claims[i], claims[j]], attribute))
            for n in (i, j):
                claims[n] = claims[n].model_copy(update={"agreement": "differ"})
    return claims, differences, updates


def _measured(reading: Reading, claim: Claim) -> _Measured:
    piece = claim.evidence[0]
    article = reading.article
    source = article.text if piece.part == "text" else (article.title or "")
    ends = [m.end() for m in _SENTENCE_END.finditer(source)]
    start = max((end for end in ends if end <= piece.start), default=0)
    end = min((end for end in ends if end >= piece.end), default=len(source))

    def named(first: int, last: int, types: Sequence[str]) -> frozenset[str]:
        return frozenset(
            entity.id
            for entity in reading.entities
            for e in entity.evidence
            if entity.type in types and e.part == piece.part and first <= e.start and e.end <= last
        )

    low, high = _interval(claim, article.language)
    return _Measured(
        claim=claim,
        article=article.id,
        published=(article.published or "")[:10],
        fate=_fate(claim, article.language),
        about=(
            named(piece.start, piece.end, ("place", "country", "organisation", "other"))
            - {claim.subject or ""}
        )
        or _states(source[piece.end : end], article.language, "adjectives"),
        places=named(start, end, ("place", "country")),
        years=frozenset(_YEAR.findall(source[start:end])) - {(article.published or "")[:4]},
        counted=_counted(claim, article.language),
        low=low,
        high=high,
    )


def _states(text: str, language: str, table: str) -> frozenset[str]:
    """Give the states that words of a table name: "the Finnish border", "ten Palestinians"."""
    if language not in READ_IN_FULL:
        return frozenset()
    words = set(re.findall(r"\w+", text.lower()))
    tables = word_list(language, "names")[table].items()
    codes = [code for code, forms in tables if words & {form.lower() for form in forms}]
    found = (load().territory(code) for code in codes)
    return frozenset(entry.id for entry in found if entry is not None)


def _counted(claim: Claim, language: str) -> frozenset[str]:
    """Tell of whom a toll is: "15 soldiers", "seven Israelis"; empty for people at large."""
    if claim.unit != _TOLL_UNIT or language not in READ_IN_FULL:
        return frozenset()
    words = set(re.findall(r"\w+", claim.text.lower()))
    groups = word_list(language, "compare")["counted"]
    found = {key for key, forms in groups.items() if words & {form.lower() for form in forms}}
    return frozenset(found) | _states(claim.text, language, "inhabitants")


def _fate(claim: Claim, language: str) -> str:
    """Tell what became of the people of a toll; dead, if no word says otherwise."""
    if claim.unit != _TOLL_UNIT or language not in READ_IN_FULL:
        return ""
    words = set(re.findall(r"\w+", claim.text.lower()))
    return next((fate for fate in _FATES if words & word_set(language, "compare", fate)), "dead")


def _interval(claim: Claim, language: str) -> tuple[float, float]:
    """Give what a number may be, by the words before it: "at least 12", "about 130"."""
    if not isinstance(claim.value, int | float) or language not in READ_IN_FULL:
        return 0.0, 0.0
    value, text = float(claim.value), f" {claim.text.lower()} "

    def has(kind: str) -> bool:
        return any(f" {form} " in text for form in word_set(language, "numbers", "approximators", kind))

    if has("over") or has("least"):
        return value, inf
    if has("under") or has("most"):
        return 0.0, value
    if has("about") or has("nearly"):
        return value * (1 - _ABOUT), value * (1 + _ABOUT)
    return value, value


class _Alone:
    """Tell whether an article tells one figure only of what a claim tells."""

    def __init__(self, told: Sequence[_Measured], places: Places) -> None:
        self._told = told
        self._places = places

    def tells(self, one: _Measured) -> bool:
        """Tell whether no other claim of the article could be meant as well."""
        return not any(
            other is not one
            and other.article == one.article
            and other.claim.kind == one.claim.kind
            and other.claim.subject == one.claim.subject
            and (other.claim.unit, other.fate) == (one.claim.unit, one.fate)
            and other.claim.value != one.claim.value
            and self.meet(one.places, other.places) != "clash"
            for other in self._told
        )

    def meet(self, here: frozenset[str], there: frozenset[str]) -> Fit:
        """Compare the places of two sentences: one at least is shared, all are others, or none is told."""
        if any(self._places.fit(a, b) == "same" for a in here for b in there):
            return "same"
        return "clash" if here and there else "apart"


def _compare(a: _Measured, b: _Measured, alone: _Alone) -> Fit:
    """Compare two claims: one fact ("same"), one fact told otherwise ("clash"), or two facts."""
    one, other = a.claim, b.claim
    if one.kind != other.kind or one.subject != other.subject or one.unit != other.unit:
        return "apart"
    if one.kind == "life":
        if one.subject is None or one.value != other.value:
            return "apart"
        return "same" if dates_fit(one.date, other.date) else "clash"
    if one.kind == "measure":
        return _compare_measures(a, b, alone)
    if one.subject is None or fold(one.text) != fold(other.text):
        return "apart"
    return "same" if dates_fit(one.date, other.date) else "apart"


def _compare_measures(a: _Measured, b: _Measured, alone: _Alone) -> Fit:
    meets = a.low <= b.high and b.low <= a.high
    if a.claim.subject is not None:
        if a.about != b.about or a.years != b.years:
            return "apart"
        return "clash" if not meets else "same" if _tell_alike(a, b) else "apart"
    if a.claim.unit != _TOLL_UNIT or a.fate != b.fate or a.years != b.years:
        return "apart"
    where = alone.meet(a.places, b.places)
    if a.article == b.article:
        return "same" if a.claim.value == b.claim.value and where != "clash" else "apart"
    if not (alone.tells(a) and alone.tells(b)):
        return "same" if a.claim.value == b.claim.value and where == "same" else "apart"
    if a.counted != b.counted:
        return _compare_parts(a, b, where)
    if meets and not _tell_alike(a, b):
        return "clash" if where == "same" and _grows(a, b) else "apart"
    if meets:
        return "same" if where == "same" or (where == "apart" and a.claim.value == b.claim.value) else "apart"
    return "clash" if where == "same" else "apart"


def _tell_alike(a: _Measured, b: _Measured) -> bool:
    """Tell whether figures that can both hold tell one number: "at least 125" and "at least 182" are two."""
    low, high = sorted((a.low, b.low))
    if a.high == b.high == inf:
        return low == high
    return inf not in (a.high, b.high) or high <= low * _MORE


def _grows(a: _Measured, b: _Measured) -> bool:
    """Tell whether the higher of two figures is of a later day."""
    early, late = sorted((a, b), key=lambda one: one.published)
    return bool(early.published) and early.published < late.published and early.low < late.low


def _compare_parts(a: _Measured, b: _Measured, where: Fit) -> Fit:
    """Compare tolls of different people: a part may not be more than all, and two parts say nothing."""
    if a.counted and b.counted:
        groups = set(word_list("en", "compare")["counted"])
        for left, right in (
            (a.counted & groups, b.counted & groups),
            (a.counted - groups, b.counted - groups),
        ):
            if left and right and not left & right:
                return "apart"  # children and soldiers, Israelis and Palestinians
        return "same" if where == "same" and a.claim.value == b.claim.value else "apart"
    part, whole = (a, b) if a.counted else (b, a)
    if part.low > whole.high:
        return "clash" if where == "same" else "apart"
    return "same" if where == "same" and part.low == whole.low and part.high == whole.high else "apart"


def _clashes(
    left: Sequence[_Measured],
    right: Sequence[_Measured],
    alone: _Alone,
    witnesses: Witnesses,
    editions: Editions,
) -> list[tuple[_Measured, _Measured]]:
    """Give the pairs of independent tellings that cannot both hold."""
    return [
        (a, b)
        for a in left
        for b in right
        if a.article != b.article
        and (witnesses.of(a.article) != witnesses.of(b.article) or editions.related(a.article, b.article))
        and _compare(a, b, alone) == "clash"
    ]


def _updates(early: _Measured, late: _Measured, editions: Editions) -> bool:
    """Tell whether a later day's figure takes an earlier one's place: a toll grew, or an outlet corrects."""
    if editions.later(early.article, late.article):
        return True
    if not early.published or not late.published or early.published >= late.published:
        return False
    return early.claim.unit == _TOLL_UNIT and late.low > early.low


def _place(one: _Measured, order: Mapping[str, int]) -> tuple[int, bool, int, int]:
    piece = one.claim.evidence[0]
    return order[piece.article], piece.part == "text", piece.start, piece.end


def _one_claim(group: Sequence[_Measured], order: Mapping[str, int], witnesses: Witnesses) -> Claim:
    rows = [one.claim for one in group]
    evidence: dict[tuple[str, str, int, int], Evidence] = {}
    for row in rows:
        for piece in row.evidence:
            evidence.setdefault((piece.article, piece.part, piece.start, piece.end), piece)
    pieces = sorted(evidence.values(), key=lambda e: (order[e.article], e.part == "text", e.start, e.end))
    agreement: Agreement = "agree" if witnesses.behind(pieces) > 1 else "only"
    first = min(group, key=lambda one: (one.high - one.low, -one.low, fold(one.claim.text))).claim
    text = min(fold(row.text) for row in rows)
    told = digest(text) if first.value is None else f"{first.value}{first.unit or ''}"
    return first.model_copy(
        update={
            "id": f"claim:{first.kind}:{first.subject or 'unknown'}:{str(told).replace(' ', '-')}",
            "date": _most_exact([row.date for row in rows if row.date is not None]),
            "agreement": agreement,
            "evidence": pieces,
        }
    )


def _most_exact(dates: Sequence[DateValue]) -> DateValue | None:
    return min(dates, key=lambda value: (date_width(value), value.text), default=None)


def _unique_ids(claims: Sequence[Claim]) -> list[str]:
    """Give each claim an id of its own, whatever the order of the articles."""
    order = sorted(range(len(claims)), key=lambda n: (claims[n].id, fold(claims[n].text)))
    found = dict(zip(order, unique([claims[n].id for n in order]), strict=True))
    return [found[n] for n in range(len(claims))]


def _difference(claims: Sequence[Claim], attribute: str) -> Difference:
    return Difference(
        about=claims[0].id,
        attribute=attribute,
        values=[
            DifferenceValue(
                value=claim.date if attribute == "date" else claim.value,
                articles=list(dict.fromkeys(piece.article for piece in claim.evidence)),
                evidence=claim.evidence,
            )
            for claim in claims
        ],
    )
