"""Compare claims: who is counted, what became of them, where, and whether two figures can both hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from tidende.entities.gazetteer import load
from tidende.languages.lists import READ_IN_FULL, word_list, word_set
from tidende.records import Claim, Reading
from tidende.stories.compatible import Fit, Places, date_width, dates_fit
from tidende.stories.copies import Witnesses
from tidende.stories.editions import Editions
from tidende.stories.signature import fold

TOLL_UNIT = "people"
_FATES = ("hurt", "missing", "victims")
_ABOUT = 0.1  # "about 130" is 117 to 143
_MORE = 2.0  # "at least 12" may be 19, and is no word for 400
_SENTENCE_END = re.compile(r"[.!?…][\"'»”’)]*\s+(?=[\W\d_]*[A-ZÀ-Þ])|\n")
_YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d(?![\d.,]*\d)")


@dataclass(frozen=True, slots=True)
class Measured:
    """One claim with what tells it from others: of whom, between what, from when to when, how much."""

    claim: Claim
    article: str
    published: str
    fate: str
    about: frozenset[str]  # who and what else the measured span names
    places: frozenset[str]  # places of the sentence, or where it names none, of those before it
    years: frozenset[str]
    counted: frozenset[str]  # of a toll: soldiers, children, those of a country; none for people at large
    low: float
    high: float


def grouped(told: Sequence[Measured], alone: Alone, order: Mapping[str, int]) -> list[list[Measured]]:
    """Join what tells one fact; groups are in the order of their articles."""
    groups: list[list[Measured]] = []
    # exact figures gather the vaguer ones, so that groups do not hang on the order of tellings
    for one in sorted(told, key=lambda one: (one.high - one.low, date_width(one.claim.date))):
        for group in groups:
            if all(_compare(one, other, alone) == "same" for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    groups = [sorted(group, key=lambda one: _place(one, order)) for group in groups]
    return sorted(groups, key=lambda group: _place(group[0], order))


def measured(reading: Reading, claim: Claim) -> Measured:
    """Give a claim of an article with what its words and its sentence tell beside its value."""
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

    places = ("place", "country")
    low, high = _interval(claim, article.language)
    return Measured(
        claim=claim,
        article=article.id,
        published=(article.published or "")[:10],
        fate=_fate(claim, article.language),
        about=(
            named(piece.start, piece.end, ("place", "country", "organisation", "other"))
            - {claim.subject or ""}
        )
        or _states(source[piece.end : end], article.language, "adjectives"),
        places=named(start, end, places) or named(source.rfind("\n", 0, piece.start) + 1, start, places),
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
    if claim.unit != TOLL_UNIT or language not in READ_IN_FULL:
        return frozenset()
    words = set(re.findall(r"\w+", claim.text.lower()))
    groups = word_list(language, "compare")["counted"]
    found = {key for key, forms in groups.items() if words & {form.lower() for form in forms}}
    return frozenset(found) | _states(claim.text, language, "inhabitants")


def _fate(claim: Claim, language: str) -> str:
    """Tell what became of the people of a toll; dead, if no word says otherwise."""
    if claim.unit != TOLL_UNIT or language not in READ_IN_FULL:
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


class Alone:
    """Tell whether an article tells one figure only of what a claim tells."""

    def __init__(self, told: Sequence[Measured], places: Places) -> None:
        self._told = told
        self._places = places

    def tells(self, one: Measured) -> bool:
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


def _compare(a: Measured, b: Measured, alone: Alone) -> Fit:
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


def _compare_measures(a: Measured, b: Measured, alone: Alone) -> Fit:
    meets = a.low <= b.high and b.low <= a.high
    if a.claim.subject is not None:
        if a.about != b.about or a.years != b.years:
            return "apart"
        return "clash" if not meets else "same" if _tell_alike(a, b) else "apart"
    if a.claim.unit != TOLL_UNIT or a.fate != b.fate or a.years != b.years:
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


def _tell_alike(a: Measured, b: Measured) -> bool:
    """Tell whether figures that can both hold tell one number: "at least 125" and "at least 182" are two."""
    low, high = sorted((a.low, b.low))
    if a.high == b.high == inf:
        return low == high
    return inf not in (a.high, b.high) or high <= low * _MORE


def _grows(a: Measured, b: Measured) -> bool:
    """Tell whether the higher of two figures is of a later day."""
    early, late = sorted((a, b), key=lambda one: one.published)
    return bool(early.published) and early.published < late.published and early.low < late.low


def _compare_parts(a: Measured, b: Measured, where: Fit) -> Fit:
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


def clashes(
    left: Sequence[Measured],
    right: Sequence[Measured],
    alone: Alone,
    witnesses: Witnesses,
    editions: Editions,
) -> list[tuple[Measured, Measured]]:
    """Give the pairs of independent tellings that cannot both hold."""
    return [
        (a, b)
        for a in left
        for b in right
        if a.article != b.article
        and (witnesses.of(a.article) != witnesses.of(b.article) or editions.related(a.article, b.article))
        and _compare(a, b, alone) == "clash"
    ]


def newer(apart: Sequence[tuple[Measured, Measured]], editions: Editions) -> int:
    """Tell which side of clashing pairs brings the other up to date: 1 the right, -1 the left, 0 neither."""
    if all(_updates(a, b, editions) for a, b in apart):
        return 1
    return -1 if all(_updates(b, a, editions) for a, b in apart) else 0


def _updates(early: Measured, late: Measured, editions: Editions) -> bool:
    """Tell whether a later day's figure takes an earlier one's place: a toll grew, or an outlet corrects."""
    if editions.later(early.article, late.article):
        return True
    if not early.published or not late.published or early.published >= late.published:
        return False
    return early.claim.unit == TOLL_UNIT and late.low > early.low


def _place(one: Measured, order: Mapping[str, int]) -> tuple[int, bool, int, int]:
    piece = one.claim.evidence[0]
    return order[piece.article], piece.part == "text", piece.start, piece.end
