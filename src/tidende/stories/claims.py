"""Bring claims together: one fact told by several, figures that cannot both hold, and later figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tidende.records import Agreement, Claim, DateValue, Difference, Evidence, Reading
from tidende.stories.compatible import Places, date_width
from tidende.stories.copies import Witnesses
from tidende.stories.editions import Editions
from tidende.stories.facts import difference, digest, unique
from tidende.stories.measured import Alone, Measured, clashes, grouped, measured, newer
from tidende.stories.signature import fold


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
    told = [measured(reading, claim) for reading in readings for claim in reading.claims]
    alone = Alone(told, places)
    groups = grouped(told, alone, order)
    claims = [_one_claim(group, order, witnesses) for group in groups]
    names = _unique_ids(claims)
    claims = [claim.model_copy(update={"id": name}) for claim, name in zip(claims, names, strict=True)]
    differences: list[Difference] = []
    later: list[Difference] = []
    for i, left in enumerate(groups):
        for j in range(i + 1, len(groups)):
            apart = clashes(left, groups[j], alone, witnesses, editions)
            if not apart:
                continue
            attribute = "date" if claims[i].kind == "life" else "value"
            if side := newer(apart, editions):
                later.append(_difference([claims[i], claims[j]][::side], attribute))
                continue
            differences.append(_difference([claims[i], claims[j]], attribute))
            for n in (i, j):
                claims[n] = claims[n].model_copy(update={"agreement": "differ"})
    return claims, differences, later


def _one_claim(group: Sequence[Measured], order: Mapping[str, int], witnesses: Witnesses) -> Claim:
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
    told = ((one.date if attribute == "date" else one.value, one.evidence) for one in claims)
    return difference(claims[0].id, attribute, told)
