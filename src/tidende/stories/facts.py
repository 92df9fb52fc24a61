"""Make one quote of its versions, and one claim of its tellings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256

from tidende.records import Agreement, Claim, Evidence, Quote
from tidende.stories.align import Said
from tidende.stories.compatible import dates_fit
from tidende.stories.copies import Witnesses
from tidende.stories.signature import fold


def merged_quote(
    versions: Sequence[Said], order: Mapping[str, int], witnesses: Witnesses, event: str | None
) -> Quote:
    """Join the versions of one quote, in the order of the articles.

    The id is of the speaker and of the version that comes first in the alphabet, so that it does
    not hang on the order of the articles.
    """
    rows = sorted(versions, key=lambda one: order[one.version.article])
    quotes = [one.quote for one in rows]
    named = (one.quote.speaker for one in rows if one.named)
    told = (quote.speaker for quote in quotes if quote.speaker is not None)
    speaker = next(named, next(told, None))
    kinds = [one.version.kind for one in rows]
    text = min(" ".join(fold(one.version.text).split()) for one in rows)
    count = witnesses.count([one.version.article for one in rows])
    own = [quote for quote in quotes if quote.speaker == speaker]
    return Quote(
        id=f"quote:{speaker or 'unknown'}:{_digest(text)}",
        speaker=speaker,
        speaker_text=next((q.speaker_text for q in own if q.speaker_text), quotes[0].speaker_text),
        addressee=next((quote.addressee for quote in quotes if quote.addressee), None),
        medium=next((quote.medium for quote in quotes if quote.medium), None),
        thought=all(quote.thought for quote in quotes),
        kind="direct" if "direct" in kinds else "mixed" if "mixed" in kinds else "indirect",
        agreement="agree" if count > 1 else "only",
        event=event,
        versions=[one.version for one in rows],
    )


def merged_claims(claims: Sequence[Claim], order: Mapping[str, int], witnesses: Witnesses) -> list[Claim]:
    """Join claims that tell one fact of one subject: equal values at times that fit."""
    groups: list[list[Claim]] = []
    for claim in claims:
        for group in groups:
            if all(_same_claim(claim, other) for other in group):
                group.append(claim)
                break
        else:
            groups.append([claim])
    return [_one_claim(group, order, witnesses) for group in groups]


def _same_claim(a: Claim, b: Claim) -> bool:
    if (a.kind, a.subject, a.value, a.unit) != (b.kind, b.subject, b.value, b.unit) or a.subject is None:
        return False
    if a.value is None and (a.date is None or b.date is None):
        return fold(a.text) == fold(b.text)
    return dates_fit(a.date, b.date)


def _one_claim(group: Sequence[Claim], order: Mapping[str, int], witnesses: Witnesses) -> Claim:
    rows = sorted(group, key=lambda claim: order[claim.evidence[0].article])
    evidence: dict[tuple[str, str, int, int], Evidence] = {}
    for row in rows:
        for piece in row.evidence:
            evidence.setdefault((piece.article, piece.part, piece.start, piece.end), piece)
    agreement: Agreement = "agree" if witnesses.behind(list(evidence.values())) > 1 else "only"
    first = rows[0]
    text = min(fold(row.text) for row in rows)
    told = f"{_digest(text)}" if first.value is None else f"{first.value}{first.unit or ''}"
    return first.model_copy(
        update={
            "id": f"claim:{first.kind}:{first.subject or 'unknown'}:{str(told).replace(' ', '-')}",
            "date": next((row.date for row in rows if row.date is not None), None),
            "agreement": agreement,
            "evidence": list(evidence.values()),
        }
    )


def unique(identifiers: Sequence[str]) -> list[str]:
    """Number ids that come more than once: the first stays, the next ends in `:2`."""
    seen: Counter[str] = Counter()
    found = []
    for identifier in identifiers:
        seen[identifier] += 1
        found.append(identifier if seen[identifier] == 1 else f"{identifier}:{seen[identifier]}")
    return found


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
