"""Make one quote of its versions; name facts by what they tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from tidende.records import Difference, DifferenceValue, Evidence, Quote
from tidende.stories.align import Said
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
        id=f"quote:{speaker or 'unknown'}:{digest(text)}",
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


def difference(about: str, attribute: str, told: Iterable[tuple[Any, Sequence[Evidence]]]) -> Difference:
    """Tell of each value by which articles and where it is told; `told` has values and their evidence."""
    return Difference(
        about=about,
        attribute=attribute,
        values=[
            DifferenceValue(
                value=value,
                articles=list(dict.fromkeys(piece.article for piece in evidence)),
                evidence=list(evidence),
            )
            for value, evidence in told
        ],
    )


def unique(identifiers: Sequence[str]) -> list[str]:
    """Number ids that come more than once: the first stays, the next ends in `:2`."""
    seen: Counter[str] = Counter()
    found = []
    for identifier in identifiers:
        seen[identifier] += 1
        found.append(identifier if seen[identifier] == 1 else f"{identifier}:{seen[identifier]}")
    return found


def digest(text: str) -> str:
    """Shorten a text to ten letters that tell it from others."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
