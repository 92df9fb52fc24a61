"""Compare the tolls that speakers tell with each other, and with those that articles tell themselves."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.records import Claim, Difference, Quote, Reading
from tidende.stories.facts import difference
from tidende.stories.happenings import Setting
from tidende.stories.measured import TOLL_UNIT, Alone, Measured, clashes, grouped, measured, newer

_Key = tuple[str, str, int]  # article, part and start of a piece of evidence


def compared_figures(
    readings: Sequence[Reading], claims: Sequence[Claim], quotes: Sequence[Quote], setting: Setting
) -> tuple[list[Difference], list[Difference]]:
    """Give the tolls of speakers that cannot hold beside others, and those that bring others up to date.

    `claims` and `quotes` are those of the record; what claims alone tell differently is not told again.
    """
    spoken = [measured(reading, claim) for reading in readings for claim in _figures(reading)]
    if not spoken:
        return [], []
    printed = [
        measured(reading, claim)
        for reading in readings
        for claim in reading.claims
        if claim.unit == TOLL_UNIT and claim.subject is None
    ]
    ids = _ids(claims, quotes)
    said = {_key(one) for one in spoken}
    told = [*printed, *spoken]
    alone = Alone(told, setting.places)
    groups = grouped([one for one in told if _key(one) in ids], alone, setting.order)
    differences: list[Difference] = []
    later: list[Difference] = []
    for i, left in enumerate(groups):
        for right in groups[i + 1 :]:
            apart = clashes(left, right, alone, setting.witnesses, setting.editions)
            if not apart or any(_key(a) not in said and _key(b) not in said for a, b in apart):
                continue
            if side := newer(apart, setting.editions):
                later.append(_difference([left, right][::side], ids))
            else:
                differences.append(_difference([left, right], ids))
    return differences, later


def _figures(reading: Reading) -> list[Claim]:
    """Give the tolls of an article's speakers in the shape of claims, to compare them with claims."""
    return [
        Claim(
            id=quote.id,
            kind="measure",
            value=figure.value,
            unit=figure.unit,
            text=figure.evidence.text,
            evidence=[figure.evidence],
        )
        for quote in reading.quotes
        for version in quote.versions
        for figure in version.figures
    ]


def _ids(claims: Sequence[Claim], quotes: Sequence[Quote]) -> dict[_Key, str]:
    """Map where a figure stands to the claim or quote of the record that tells it, a claim before a quote."""
    found: dict[_Key, str] = {
        (figure.evidence.article, figure.evidence.part, figure.evidence.start): quote.id
        for quote in quotes
        for version in quote.versions
        for figure in version.figures
    }
    for claim in claims:
        found |= {(piece.article, piece.part, piece.start): claim.id for piece in claim.evidence}
    return found


def _key(one: Measured) -> _Key:
    piece = one.claim.evidence[0]
    return piece.article, piece.part, piece.start


def _difference(groups: Sequence[Sequence[Measured]], ids: dict[_Key, str]) -> Difference:
    abouts = [ids[_key(one)] for group in groups for one in group]
    about = next((one for one in abouts if one.startswith("claim:")), abouts[0])
    told = (
        (group[0].claim.value, [piece for one in group for piece in one.claim.evidence]) for group in groups
    )
    return difference(about, "value", told)
