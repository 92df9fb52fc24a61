"""Say what an article is about, in signs that do not hang on its language.

A sign is an entity, a name as it sounds, a number, a pair of parties, or the stem of a longer word.
Signs weigh by how rare they are: a name that one article in fifty prints tells a story, the name
of a country does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from tidende.entities.shape import shape_key
from tidende.records import Article, Reading

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?!\w)")
_OPENING = 400  # code points in which an article says what it is about
_PRINT = 5  # letters of a name that case endings leave alone
_STEM = 6  # letters that inflection in the languages read leaves alone
_LETTERS = str.maketrans({"ø": "o", "æ": "a", "œ": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})

Sign = tuple[str, str]  # kind and key


@dataclass(frozen=True, slots=True)
class Signature:
    """Hold what one article is compared by.

    `names`, `prints` and `words` map a sign to how strongly the article is about it (1 and more):
    who is in it, names and numbers as printed, longer words. `prints` is all that an article in a
    language that is not read in full has; it cuts names short, for endings. `key` is
    the main event as a string where it names one meeting and no other, else "". `digest` is the
    text's, and orders articles where nothing else does.
    """

    names: dict[Sign, float]
    prints: dict[Sign, float]
    words: dict[Sign, float]
    day: date | None
    language: str
    key: str
    url: str
    digest: str
    full: bool


def signature(reading: Reading) -> Signature:
    """Take the signs of one reading."""
    article = reading.article
    source = "\n".join(part for part in (article.title, article.text) if part)
    names: Counter[Sign] = Counter()
    lead: set[Sign] = set()
    for entity in reading.entities:
        if entity.named:
            sign: Sign = (entity.type, entity.id)
            names[sign] += len(entity.evidence)
            if any(e.part == "title" or e.start < _OPENING for e in entity.evidence):
                lead.add(sign)
    for event in reading.events:
        if len({*event.actors, *event.recipients}) > 1:
            sign = ("event", f"{event.type} {' '.join(sorted({*event.actors, *event.recipients}))}")
            names[sign] += 1
            if event.main:
                lead.add(sign)
    for start, key in _capitals(source):
        sign = ("name", key)
        names[sign] += 1
        if start < _OPENING:
            lead.add(sign)
    for found in _NUMBER.finditer(source):
        digits = re.sub(r"\D", "", found.group())
        if len(digits) > 1:
            year = len(digits) == 4 and found.group() == digits and digits[:2] in ("19", "20")
            names[("year" if year else "number", digits)] += 1
    words: Counter[Sign] = Counter()
    for found in _WORD.finditer(source):
        word = fold(found.group())
        if len(word) >= _STEM:
            words[("word", word[:_STEM])] += 1
    return Signature(
        names=_damped(names, lead),
        prints=_damped(_cut(names), {(kind, key[:_PRINT]) for kind, key in lead}),
        words=_damped(words, set()),
        day=publication_day(article),
        language=article.language,
        key=main_key(reading),
        url=article.url or "",
        digest=text_digest(article),
        full=bool(reading.entities),
    )


def _cut(names: Counter[Sign]) -> Counter[Sign]:
    """Keep the signs that need no reading, names cut to where endings begin."""
    found: Counter[Sign] = Counter()
    for (kind, key), number in names.items():
        if kind in ("name", "number", "year"):
            found[kind, key[:_PRINT] if kind == "name" else key] += number
    return found


def _damped(counts: Counter[Sign], lead: set[Sign]) -> dict[Sign, float]:
    """Let a sign that comes often, or in the opening, count more, but not in proportion."""
    return {
        sign: (1 + min(number - 1, 3) / 3) * (1.5 if sign in lead else 1) for sign, number in counts.items()
    }


def _capitals(source: str) -> list[tuple[int, str]]:
    """Give the shape keys of capitalised words, with where they stand."""
    found = []
    for match in _WORD.finditer(source):
        word = match.group()
        if word[0].isupper() and len(word) > 2:
            key = shape_key(re.sub(r"['’]\w*$", "", word))
            if len(key) > 2:
                found.append((match.start(), key))
    return found


def fold(word: str) -> str:
    """Bring a word to lower case without accents, so that neighbours' spellings meet."""
    word = word.lower()
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c))


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
    if main.count is not None or len(parties) < 2 or not known.issuperset(parties):
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
