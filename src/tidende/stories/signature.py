"""Keep of an article what it is compared by: a plain value that can be stored."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from tidende.records import Article, Reading
from tidende.stories.signs import Sign, Signs, count, fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

__all__ = ["Signature", "fold", "main_key", "publication_day", "signature", "text_digest"]

_TITLE = 160  # code points
_TABLES = ("names", "prints", "words")


@dataclass(frozen=True, slots=True)
class Signature:
    """Hold what one article is compared by.

    `names`, `prints` and `words` map signs (`Signs`) to their weights, `shown` to how the article prints
    them. `vector` is the article's vector in half precision, b"" where there is none. `day` is
    the day of publication. `key` is the main event as a string where it names one meeting and no
    other, else "". `digest` is the text's, and orders articles where nothing else does. `length` counts
    the words of the text.
    """

    digest: str
    title: str = ""
    url: str = ""
    language: str = "und"
    day: date | None = None
    key: str = ""
    full: bool = False
    length: int = 0
    names: Mapping[Sign, float] = field(default_factory=dict)
    prints: Mapping[Sign, float] = field(default_factory=dict)
    words: Mapping[Sign, float] = field(default_factory=dict)
    shown: Mapping[Sign, str] = field(default_factory=dict)
    vector: bytes = b""

    def to_json(self) -> str:
        """Write the signature as two lines of JSON; what is only shown is the second."""
        # not asdict, which copies every sign on its own
        told: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        told["day"] = self.day.isoformat() if self.day else None
        told["vector"] = b64encode(self.vector).decode("ascii")
        for table in _TABLES:
            told[table] = by_kind(told[table])
        shown = by_kind(told.pop("shown"))
        return "\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in (told, shown))

    @classmethod
    def from_json(cls, text: str) -> Signature:
        """Read what `to_json` wrote, or wrote before: one line, with lists of kind, sign and value."""
        compared, _, shown = text.partition("\n")
        told = from_json(
            compared
        )  # faster than the module of Python, and filing reads some twenty an article
        told["day"] = date.fromisoformat(told["day"]) if told["day"] else None
        told["vector"] = a2b_base64(told["vector"])
        for table in _TABLES if shown else (*_TABLES, "shown"):
            told[table] = _Kinds(told[table]) if isinstance(told[table], dict) else _flat(told[table])
        return cls(**{"shown": _Later(shown), **told})


class _Table(Mapping[Sign, Any]):
    """A table whose signs are put together when first asked for."""

    __slots__ = ("_signs",)

    def __init__(self) -> None:
        self._signs: dict[Sign, Any] | None = None

    def __getitem__(self, sign: Sign) -> Any:
        return self._told()[sign]

    def __iter__(self) -> Iterator[Sign]:
        return iter(self._told())

    def __len__(self) -> int:
        return len(self._told())

    def _told(self) -> dict[Sign, Any]:
        if self._signs is None:
            self._signs = _flat(self._by_kinds())
        return self._signs

    def _by_kinds(self) -> dict[str, dict[str, Any]]:
        raise NotImplementedError


class _Kinds(_Table):
    """A table by kinds, as it is compared."""

    __slots__ = ("kinds",)

    def __init__(self, kinds: dict[str, dict[str, Any]]) -> None:
        super().__init__()
        self.kinds = kinds

    def __len__(self) -> int:
        return sum(map(len, self.kinds.values()))

    def _by_kinds(self) -> dict[str, dict[str, Any]]:
        return self.kinds


class _Later(_Table):
    """A table that stays as it is written until then; hardly anybody asks."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def _by_kinds(self) -> dict[str, dict[str, Any]]:
        kinds: dict[str, dict[str, Any]] = from_json(self._text)
        return kinds


def by_kind(table: Mapping[Sign, Any]) -> dict[str, dict[str, Any]]:
    """Give signs by their kinds: JSON of this form is read fastest, and so it is compared."""
    if isinstance(table, _Kinds):
        return table.kinds
    found: dict[str, dict[str, Any]] = {}
    for (kind, key), value in table.items():
        found.setdefault(kind, {})[key] = value
    return found


def _flat(told: dict[str, dict[str, Any]] | list[tuple[str, str, Any]]) -> dict[Sign, Any]:
    if isinstance(told, list):
        return {(kind, key): value for kind, key, value in told}
    return {(kind, key): value for kind, own in told.items() for key, value in own.items()}


def signature(reading: Reading, vector: Vector | None = None, signs: Signs | None = None) -> Signature:
    """Take of one reading what it is compared by; `vector` is its row of `embed`, `signs` are its signs."""
    import numpy as np

    article = reading.article
    signs = signs or Signs(count(reading))
    return Signature(
        digest=text_digest(article),
        title=_title(article),
        url=article.url or "",
        language=article.language,
        day=publication_day(article),
        key=main_key(reading),
        full=bool(reading.entities),
        length=len(re.findall(r"\w+", article.text)),
        names=signs.names,
        prints=signs.prints,
        words=signs.words,
        shown=signs.shown,
        vector=b"" if vector is None or not vector.any() else vector.astype(np.float16).tobytes(),
    )


def _title(article: Article) -> str:
    """Give the title, else the first line of the text."""
    lines = (" ".join(line.split()) for line in f"{article.title or ''}\n{article.text}".splitlines())
    return next((line for line in lines if line), "")[:_TITLE]


def main_key(reading: Reading) -> str:
    """Give the main event as a key where it can be only one: two parties on one known day, else ""."""
    main = next((event for event in reading.events if event.main), None)
    if (
        main is None
        or main.date is None
        or not main.date.start
        or main.date.start[:10] != (main.date.end or "")[:10]
    ):
        return ""
    known = {entity.id for entity in reading.entities if entity.named}
    parties = sorted({*main.actors, *main.recipients})
    if main.is_counted or len(parties) < 2 or not known.issuperset(parties):
        return ""
    return f"{main.type.lower()}:{'+'.join(parties)}:{main.date.start[:10]}"


def publication_day(article: Article) -> date | None:
    """Give the day an article was published, None if it is not known."""
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def text_digest(article: Article) -> str:
    """Give a digest of what an article prints, the same wherever it comes from."""
    return sha256(f"{article.title or ''}\n{article.text}".encode("utf-8", "surrogatepass")).hexdigest()
