"""Read a sentence as a row of items: names, demonyms, roles, groups, and the words between.

An item is the smallest thing that the patterns of `relations` and `nominal` speak about. Items
of one sentence do not overlap and cover every token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tidende.entities.gazetteer import Gazetteer
from tidende.entities.lexicon import Lexicon
from tidende.languages.lists import word_list, word_set
from tidende.parse.names import opens, strip_genitive
from tidende.parse.types import Name, Parsed, Sentence, Token

Kind = Literal[
    "country",  # key: ISO code
    "adjective",  # a demonym adjective; key: ISO code
    "inhabitants",  # "the Russians"; key: ISO code
    "known",  # a metonym, region or body of the word lists; key: the lower-case form
    "entry",  # an organisation or city of the gazetteer
    "role",  # key: role
    "kin",  # key: kind of kinship
    "group",  # key: group label
    "honorific",
    "name",  # a capitalised run that no table knows
    "word",
    "mark",
]

_NAMED = ("country", "known", "entry")
_STOPS = ("country", "adjective", "inhabitants", "known", "role", "honorific")
_SHORTEST_TAIL = 4


@dataclass(slots=True)
class Item:
    """One item: `[start:end]` without genitive ending, `[start:outer]` with it.

    `id` is filled when the item is known to mention an entity; `initial` is true where the
    item opens its sentence, so that its capital tells nothing.
    """

    kind: Kind
    start: int
    end: int
    outer: int
    text: str
    lower: str
    key: str = ""
    genitive: bool = False
    initial: bool = False
    id: str = ""

    @property
    def names(self) -> bool:
        """Tell whether the item is a mention of an entity by name."""
        return bool(self.id) and self.kind in ("country", "known", "entry", "name")


_Step = tuple[list[Item], int]


class Scanner:
    """Cut the sentences of one article into items, by the tables of its language."""

    def __init__(self, parsed: Parsed, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self._parsed = parsed
        self._language = parsed.language
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._longest = max(lexicon.longest, gazetteer.longest_form)
        # Days and months are capitalised in English and German and are no names.
        self._calendar = (
            word_set(parsed.language, "calendar", "weekdays")
            | word_set(parsed.language, "calendar", "months")
        ) - word_set(parsed.language, "calendar", "shy_months")
        self._honorifics = word_set(parsed.language, "names", "honorifics")
        self._nouns_capitalised = bool(word_list(parsed.language, "grammar")["nouns_capitalised"])
        self._runs: dict[int, list[Name]] = {}
        for name in parsed.names:
            self._runs.setdefault(name.sentence, []).append(name)

    def items(self, sentence: Sentence) -> list[Item]:
        """Give the items of a sentence in order."""
        found: list[Item] = []
        index = 0
        while index < len(sentence.tokens):
            items, index = (
                self._table(sentence, index) or self._compound(sentence, index) or self._run(sentence, index)
            )
            found += items
        return found

    def _table(self, sentence: Sentence, index: int) -> _Step | None:
        """Match the longest form of any table at a token."""
        tokens = sentence.tokens
        if not tokens[index].is_word:
            return None
        source = self._parsed.source(sentence.part)
        name = self._run_at(sentence, tokens[index]) is not None
        for last in range(min(len(tokens), index + self._longest), index, -1):
            if not tokens[last - 1].is_word:
                continue
            printed = source[tokens[index].start : tokens[last - 1].end]
            bare = self._bare(printed, tokens[last - 1].text)
            for form in (printed, bare) if bare != printed else (printed,):
                known = self._known(form, tokens[index], name=name)
                whole = form == printed  # a genitive ends a name: "Ruslands Stillehavsflåde"
                if known is None or (
                    whole and known[0] in _NAMED and self._part_of_longer(sentence, index, last)
                ):
                    continue
                item = _item(known[0], sentence, (index, last), form, printed)
                item.key = known[1]
                return [item], last
        return None

    def _bare(self, printed: str, last_word: str) -> str:
        return printed[: len(printed) - len(last_word)] + strip_genitive(last_word, self._language)

    def _known(self, form: str, first: Token, *, name: bool = True) -> tuple[Kind, str] | None:
        """Ask the tables, then the gazetteer; `name` tells that parsing takes it for a name."""
        lexicon, lower = self._lexicon, form.lower()
        if lower in self._honorifics:
            return ("honorific", lower) if first.is_capital or "." in form else None
        if first.is_capital or lower not in lexicon.capitalised:
            for kind, table in lexicon.tables:
                if lower in table:
                    return kind, table[lower]
        if first.is_capital and (name or " " in form):
            for entry in self._gazetteer.entries(form, self._language):
                if entry.type == "country":
                    return "country", entry.key
                return "entry", entry.id
        return None

    def _part_of_longer(self, sentence: Sentence, index: int, last: int) -> bool:
        """Tell whether the match is cut out of a longer name: "Manchester" of Manchester United."""
        tokens = sentence.tokens
        if self._nouns_capitalised or last >= len(tokens):
            return False
        following = tokens[last]
        run = self._run_at(sentence, tokens[index])
        if run is None or following.start >= run.end or not following.is_capital:
            return False
        return self._table(sentence, last) is None

    def _run_at(self, sentence: Sentence, token: Token) -> Name | None:
        for name in self._runs.get(sentence.index, ()):
            if name.start <= token.start < name.end:
                return name
        return None

    def _compound(self, sentence: Sentence, index: int) -> _Step | None:
        """Split "US-Präsident", "Kreml-talsmand", "Nordkorea-samtalerne" at the hyphen."""
        token = sentence.tokens[index]
        head, hyphen, tail = token.text.partition("-")
        if not hyphen or len(tail) < _SHORTEST_TAIL or not token.is_capital:
            return None
        first = self._known(head, token)
        if first is None or first[0] not in ("country", "adjective", "known", "entry"):
            return None
        middle = token.start + len(head)
        left = Item(first[0], token.start, middle, middle, head, head.lower(), first[1])
        rest = Token(middle + 1, token.end, tail, tail.lower())
        second: tuple[Kind, str] | None = None
        form = tail
        for form in (tail, strip_genitive(tail, self._language)):
            second = self._known(form, rest)
            if second is not None:
                break
        kind, key = second if second is not None and second[0] not in _NAMED else ("word", "")
        end = rest.start + len(form) if kind != "word" else rest.end
        right = Item(kind, rest.start, end, rest.end, form, form.lower(), key, genitive=end != rest.end)
        return [left, right], index + 1

    def _run(self, sentence: Sentence, index: int) -> _Step:
        """Take the rest of a name run up to the next thing that a table knows, or one word."""
        tokens = sentence.tokens
        token = tokens[index]
        run = self._run_at(sentence, token)
        source = self._parsed.source(sentence.part)
        if run is None or not token.is_word or token.lower in self._calendar:
            kind: Kind = "word" if token.is_word else "mark"
            item = _item(kind, sentence, (index, index + 1), token.text, token.text)
            return [item], index + 1
        last = index + 1
        while (
            last < len(tokens) and tokens[last].start < run.end and tokens[last].lower not in self._calendar
        ):
            step = self._table(sentence, last)
            stops = step is not None and step[0][0].kind in _STOPS
            # "Michael Jordan": a given name before it makes a country's name a surname.
            if stops and not (last == index + 1 and token.lower in self._gazetteer.given_names):
                break
            last += 1
        printed = source[token.start : tokens[last - 1].end]
        form = source[token.start : min(run.end, tokens[last - 1].end)]
        return [_item("name", sentence, (index, last), form, printed)], last


def _item(kind: Kind, sentence: Sentence, span: tuple[int, int], form: str, printed: str) -> Item:
    index, last = span
    start = sentence.tokens[index].start
    return Item(
        kind,
        start,
        start + len(form),
        sentence.tokens[last - 1].end,
        form,
        form.lower(),
        genitive=form != printed,
        initial=opens(sentence, index),
    )
