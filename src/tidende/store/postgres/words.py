"""The words of an article as PostgreSQL indexes them: every form as it stands, and stems in six languages.

The forms are cut here, as the index of a desk in SQLite cuts them, and not by the server's parser: that
takes "12.30", "2019-04-25" and "avisa.no" for one thing each, and the second half of them is not found. A
form is a lexeme with its places, a stem one without, with the letter of its dictionary before it:
"toppmøtet":7 and "n:toppmøt".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_FORM = re.compile(r"[^\W_]+")
_LONGEST = 500  # bytes of a form that is indexed; PostgreSQL takes 2,046
_LAST = 16_383  # the last place in a text that PostgreSQL can tell
_PLACES = 255  # of one form that it keeps
_ROOM = 400_000  # bytes of forms of one article; PostgreSQL takes a megabyte, with stems and places
# the dictionaries of PostgreSQL's own configurations, by the language of an article
STEMMERS = {
    "da": "danish_stem",
    "nb": "norwegian_stem",
    "nn": "norwegian_stem",
    "sv": "swedish_stem",
    "en": "english_stem",
    "de": "german_stem",
}


def forms(text: str) -> list[str]:
    """Cut text into words, small letters."""
    return _FORM.findall(unicodedata.normalize("NFC", text).lower())


def letters(title: str | None, text: str) -> str:
    """Give what parts of words are looked for in."""
    return f"{title or ''}\n{text}".lower()


def placed(title: str | None, text: str) -> tuple[str, list[str]]:
    """Give an article as a tsvector, the words of the title with weight A, and all its words, each once."""
    found: dict[str, list[str]] = {}
    room = _ROOM
    place = 0
    for weight, part in (("A", title or ""), ("", text)):
        for form in forms(part):
            place += 1
            size = len(form.encode("utf-8"))
            places = found.get(form)
            if places is None and size <= _LONGEST and room > 0:
                room -= size
                places = found[form] = []
            if places is not None and place <= _LAST and len(places) < _PLACES:
                places.append(f"{place}{weight}")
        place += 1  # no phrase runs from the title into the text
    return " ".join(_lexeme(form, places) for form, places in found.items()), list(found)


def _lexeme(form: str, places: Sequence[str]) -> str:
    return f"'{form}':{','.join(places)}" if places else f"'{form}'"


def exact(word: str) -> str | None:
    """Give the tsquery of a word, or a phrase, as it stands; None where no article can hold it."""
    found = forms(word)
    if not found or max(len(form.encode("utf-8")) for form in found) > _LONGEST:
        return None
    return " <-> ".join(f"'{form}'" for form in found)


def stemmed(stemmer: str, stem: str) -> str:
    """Give the lexeme of a stem."""
    return f"{stemmer[0]}:{stem}"


def either(options: Iterable[str]) -> str:
    """Join tsqueries, one of which is enough."""
    return " | ".join(f"({one})" for one in options)


def both(options: Iterable[str]) -> str:
    """Join tsqueries, all of which are wanted."""
    return " & ".join(f"({one})" for one in options)


def quoted(lexeme: str) -> str:
    """Write a lexeme into a tsquery."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
