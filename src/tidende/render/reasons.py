"""Tell in the reader's language why two articles are one story or are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tidende.render.words import Words

_AGAINST = ("apart", "nobody", "whole")  # speak against one story, however much they weigh
_SMALL = 0.15  # log odds that no reader would miss


Name = Literal[
    "same_text",
    "same_page",
    "same_event",
    "apart",
    "whole",
    "vector",
    "names",
    "nobody",
    "numbers",
    "words",
    "days",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that two articles share or lack.

    `weight` is what it adds to the log odds that they tell one story; of the vectors, what they add beyond
    what they would have to for the rest to suffice. `value` is the cosine of the vectors or the days
    between; `needed` the cosine that would suffice beside the rest. `shown` are names, numbers or words.
    `whole` says that the stories of the two, taken whole, lie apart though the two alone would not.
    """

    name: Name
    weight: float
    value: float | None = None
    needed: float | None = None
    shown: tuple[str, ...] = ()


def render_why(
    titles: Sequence[str],
    joined: bool,
    reasons: Sequence[Reason],
    through: Sequence[str] = (),
    language: str = "en",
    *,
    corrected: bool = False,
) -> str:
    """Print the two titles, the verdict, and what speaks for and against it, weightiest first.

    `through` are titles of the articles that joined two which alone would not be; `corrected` tells that
    somebody has decided it.
    """
    words = Words(language)
    lines = [f"  {words.quoted(title)}" for title in titles]
    lines.append(words.say("why", "one" if joined else "two"))
    if corrected:
        lines.append(words.say("why", "corrected"))
    if through:
        lines.append(words.say("why", "through", titles=words.joined([words.quoted(t) for t in through])))
    for key, side in (
        ("for", [r for r in reasons if _speaks_for(r)]),
        ("against", [r for r in reasons if not _speaks_for(r)]),
    ):
        told = [say_reason(reason, words) for reason in side if _counts(reason)]
        if told:
            lines.append(words.say("why", key))
            lines += [f"  - {text}" for text in told]
    return "\n".join(lines)


def say_reason(reason: Reason, words: Words) -> str:
    """Say one reason in words."""
    value = reason.value or 0.0
    if reason.name == "vector":
        return words.say(
            "why",
            "near" if _speaks_for(reason) else "far",
            value=_percent(value),
            needed=_percent(reason.needed or 0.0),
        )
    if reason.name == "days":
        key = "same_day" if not value else "next_day" if value == 1 else "days"
        return words.say("why", key, value=round(value))
    if reason.name == "apart":
        return words.say("why", "apart", value=round(value), needed=round(reason.needed or 0.0))
    return words.say("why", reason.name, shown=words.joined(reason.shown))


def _percent(cosine: float) -> int:
    return round(100 * max(min(cosine, 1.0), 0.0))


def _speaks_for(reason: Reason) -> bool:
    return reason.weight >= 0 and reason.name not in _AGAINST


def _counts(reason: Reason) -> bool:
    return abs(reason.weight) >= _SMALL or not reason.weight or reason.name in ("vector", "apart")
