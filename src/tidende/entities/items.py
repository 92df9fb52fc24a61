"""Read a sentence as a row of items: names, demonyms, roles, groups, and the words between.

An item is the smallest thing that the patterns of `relations` and `nominal` speak about. Items
of one sentence do not overlap and cover every token.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tidende.entities.gazetteer import Gazetteer, reaches
from tidende.entities.keys import generic_key
from tidende.entities.lexicon import Lexicon, listed_forms
from tidende.entities.nouns import common_words
from tidende.entities.votes import Votes
from tidende.languages.lists import word_list, word_set
from tidende.parse.genitive import strip_genitive
from tidende.parse.names import opens
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
_PEOPLE = ("role", "kin", "group")
_SHORTEST_TAIL = 4
_REIGN = re.compile(r"X{0,2}(?:I[VX]|VI{0,3}|I{2,3})")  # "I" alone is a word
_SHORTEST_FIELD = 3  # letters of what a minister is of, in one word
_SHORTEST_NOUN = 6  # "Jong-chul" is a name, "Trump-administrasjonen" is none


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

    def __init__(self, parsed: Parsed, lexicon: Lexicon, gazetteer: Gazetteer, votes: Votes) -> None:
        self._parsed = parsed
        self._votes = votes
        self._language = parsed.language
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._steps: dict[tuple[int, int], _Step | None] = {}
        self._asked: dict[tuple[str, bool, bool], tuple[Kind, str] | None] = {}
        # Days and months are capitalised in English and German and are no names.
        self._calendar = (
            word_set(parsed.language, "calendar", "weekdays")
            | word_set(parsed.language, "calendar", "months")
            | word_set(parsed.language, "calendar", "units")
        ) - word_set(parsed.language, "calendar", "shy_months")
        measures = word_set(parsed.language, "numbers", "measures")
        self._units = frozenset(unit for unit in measures if " " in unit or "-" in unit)
        self._opening_units = frozenset(unit.split()[0] for unit in self._units)
        self._honorifics = word_set(parsed.language, "names", "honorifics")
        self._titles = word_set("common", "names", "honorifics")
        self._numbered = frozenset(word_list("common", "names")["numbered_words"])
        self._reaches = {**lexicon.reaches, **reaches((*self._honorifics, *self._titles))}
        self._firsts = lexicon.firsts | {form.split()[0] for form in (*self._honorifics, *self._titles)}
        self._place_endings = tuple(
            sorted(
                (
                    word
                    for word in word_set(parsed.language, "names", "place_words")
                    if len(word) >= _SHORTEST_NOUN
                ),
                key=lambda word: (-len(word), word),
            )
        )
        self._organisation_endings = tuple(
            word for word in word_set(parsed.language, "names", "organisation_words") if len(word) > 3
        )
        self._places_of_post = word_set(parsed.language, "text", "prepositions", "for")
        self._compounds = bool(word_list(parsed.language, "grammar")["compounds"])
        self._nouns_capitalised = bool(word_list(parsed.language, "grammar")["nouns_capitalised"])
        # The common nouns of a language that writes them like names, as far as the article shows them.
        self._nouns = common_words(parsed) if self._nouns_capitalised else frozenset()
        self._posts = tuple(
            form
            for kind, table in lexicon.tables
            if kind in _PEOPLE
            for form in table
            if len(form) >= _SHORTEST_NOUN
        )
        self._places_at = frozenset[str]().union(
            *(word_set(parsed.language, "text", "prepositions", key) for key in ("in", "from", "to"))
        )
        self._endings = {
            form.lower(): key
            for key, forms in word_list(parsed.language, "roles")["endings"].items()
            for form in forms
        }
        self._deputies = tuple(
            form.rstrip("-") for form in sorted(word_set(parsed.language, "roles", "qualifiers", "deputy"))
        )
        self._held = {
            form.rstrip("-"): form
            for form in sorted(word_set(parsed.language, "roles", "qualifiers", "former"))
            if form.endswith("-")
        }
        self._stops = (*_STOPS, *_PEOPLE) if self._nouns_capitalised else _STOPS
        self._runs: dict[int, list[Name]] = {}
        for name in parsed.names:
            self._runs.setdefault(name.sentence, []).append(name)
        # Every word of every name, and those that stand alone: what a genitive may be cut to.
        self._words = frozenset(word for name in parsed.names for word in name.text.split())
        self._alone = frozenset(name.text for name in parsed.names)
        self._inside = frozenset(
            token.text
            for sentence in parsed.sentences
            for index, token in enumerate(sentence.tokens)
            if token.is_capital and not opens(sentence, index)
        )

    def items(self, sentence: Sentence) -> list[Item]:
        """Give the items of a sentence in order."""
        found: list[Item] = []
        index = 0
        while index < len(sentence.tokens):
            items, index = (
                self._unit(sentence, index)
                or self._table(sentence, index)
                or self._former(sentence, index)
                or self._by_ending(sentence, index)
                or self._compound(sentence, index)
                or self._run(sentence, index)
            )
            found += items
        return found

    def _table(self, sentence: Sentence, index: int) -> _Step | None:
        """Match the longest form of any table at a token; runs ask for the same place again."""
        place = (sentence.index, index)
        if place not in self._steps:
            self._steps[place] = self._match(sentence, index)
        return self._steps[place]

    def _unit(self, sentence: Sentence, index: int) -> _Step | None:
        """Pass over a unit that bears a name: "US-Dollar" is no word of the United States."""
        if sentence.tokens[index].lower not in self._opening_units:
            return None  # asked of every word
        source, tokens = self._parsed.source(sentence.part), sentence.tokens
        for last in range(index + 1, min(index + 2, len(tokens)) + 1):
            if source[tokens[index].start : tokens[last - 1].end].lower() in self._units:
                return [], last
        return None

    def _match(self, sentence: Sentence, index: int) -> _Step | None:
        tokens = sentence.tokens
        first = tokens[index]
        if not first.is_word:
            return None
        # Most words open no form of any table; a single word may still bear a genitive ending.
        if not first.is_capital and self._firsts.isdisjoint(
            (first.lower, strip_genitive(first.lower, self._language))
        ):
            return None
        source = self._parsed.source(sentence.part)
        if self._unit(sentence, index) is not None:
            return None
        name = self._run_at(sentence, tokens[index]) is not None
        for last in range(self._furthest(sentence, index, source), index, -1):
            if not tokens[last - 1].is_word:
                continue
            printed = source[tokens[index].start : tokens[last - 1].end]
            bare = self._bare(printed, tokens[last - 1].text)
            for form in (printed, bare) if bare != printed else (printed,):
                known = self._known(form, tokens[index], name=name)
                if known is not None and self._is_in_tagged(sentence, index, last, known[0]):
                    continue
                whole = form == printed  # a genitive ends a name: "Ruslands Stillehavsflåde"
                if known is None or (
                    whole
                    and known[0] in _NAMED
                    and (
                        self._part_of_longer(sentence, index, last)
                        or (last == index + 1 and self._is_given(sentence, index))
                    )
                ):
                    continue
                item = _item(known[0], sentence, (index, last), form, printed)
                item.key = known[1]
                return [item], last
            step = self._match_head(sentence, index, last, printed) if last > index + 1 else None
            if step is not None:
                return step
        return None

    def _furthest(self, sentence: Sentence, index: int, source: str) -> int:
        """Tell before which token a form must end that opens at one: most words open none of several."""
        tokens = sentence.tokens
        words = source[tokens[index].start : sentence.end].split(None, 2)[:2]
        firsts = {form.partition(" ")[0] for form in listed_forms(" ".join((*words, ".")), self._language)}
        most = max(max(self._reaches.get(one.casefold(), 0), self._gazetteer.reach(one)) for one in firsts)
        left = most + 1 if most else 1  # a listed form may have one word less than what is printed
        last = index + 1
        while last < len(tokens):
            left -= tokens[last].start > tokens[last - 1].end
            if not left:
                break
            last += 1
        return last

    def _match_head(self, sentence: Sentence, index: int, last: int, printed: str) -> _Step | None:
        """Match a name of several words that ends before a hyphen: "Los Angeles-demokraten"."""
        token = sentence.tokens[last - 1]
        cut = self._cut(token) if "-" in token.text else 0
        if not cut or not self._is_common(token.text[cut + 1 :]):
            return None
        form = printed[: len(printed) - len(token.text) + cut]
        known = self._known(form, sentence.tokens[index])
        if known is None or known[0] not in _NAMED:
            return None
        start = sentence.tokens[index].start
        end = start + len(form)
        item = Item(known[0], start, end, end, form, form.lower(), known[1])
        item.initial = opens(sentence, index)
        return [item, self._tail(token, token.text[cut + 1 :])], last

    def _bare(self, printed: str, last_word: str) -> str:
        return printed[: len(printed) - len(last_word)] + strip_genitive(last_word, self._language)

    def _known(self, form: str, first: Token, *, name: bool = True) -> tuple[Kind, str] | None:
        """Ask the tables, then the gazetteer; `name` tells that parsing takes it for a name."""
        asked = (form, first.is_capital, name)
        if asked not in self._asked:
            tried = (self._ask(listed, first, name=name) for listed in listed_forms(form, self._language))
            known = next((found for found in tried if found), None)
            self._asked[asked] = known
        return self._asked[asked]

    def _ask(self, form: str, first: Token, *, name: bool) -> tuple[Kind, str] | None:
        lexicon, lower = self._lexicon, form.lower()
        if lower in self._honorifics:
            return ("honorific", lower) if first.is_capital or "." in form else None
        if (first.is_capital or lower not in lexicon.capitalised) and lower in lexicon.listed:
            return lexicon.listed[lower]
        if lower in self._titles and first.is_capital:  # posts that the language knows come first
            return "honorific", lower
        if first.is_capital and (name or " " in form):
            for entry in self._gazetteer.entries(form, self._language):
                if entry.type == "country":
                    return "country", entry.key
                return "entry", entry.id
        return None

    def _is_in_tagged(self, sentence: Sentence, index: int, last: int, kind: Kind) -> bool:
        """Tell whether a match opens a longer name that the model tags: "Paris Hilton", "Norges Bank".

        A person's name is whole but for titles before it; of another name the rest may be a thing that
        a table knows ("Russlands utenriksdepartement"), and then both are read by the tables.
        """
        tokens = sentence.tokens
        run = self._run_at(sentence, tokens[index])
        if run is None or not run.type:
            return False
        if tokens[last - 1].end >= run.end:
            return kind in _PEOPLE and run.text in self._votes.surnames and run.start == tokens[index].start
        if run.type == "person":
            # "Marine Le Pen" is nobody's navy
            within = index > 0 and tokens[index - 1].end > run.start
            return kind in _NAMED or (
                kind in _PEOPLE and (within or self._is_first_name(kind, tokens[index]))
            )
        if kind == "role" and last < len(tokens) and tokens[last].lower in self._places_of_post:
            return False  # "Ministeren for utvikling" is no organisation
        return tokens[index].start == run.start and last < len(tokens) and self._table(sentence, last) is None

    @staticmethod
    def _is_first_name(kind: Kind, token: Token) -> bool:
        """Tell whether a word for a group opens a person's name, as the parser reads it."""
        return kind == "group" and token.is_capital and token.upos == "PROPN"

    def _part_of_longer(self, sentence: Sentence, index: int, last: int) -> bool:
        """Tell whether the match is cut out of a longer name: "Manchester" of Manchester United.

        A name that begins inside it and goes on behind it counts too: "the West" of the West
        Virginia coast. A full name of a person behind it does not.
        """
        tokens = sentence.tokens
        if last >= len(tokens):
            return False
        for inner in range(index + 1, last):
            step = self._table(sentence, inner) if tokens[inner].is_capital else None
            if step is not None and step[1] > last and step[0][0].kind in _NAMED:
                return True
        following = tokens[last]
        run = self._run_at(sentence, tokens[last - 1])
        if self._votes.read and run is not None and run.type:
            return False  # asked before
        if run is None or following.start >= run.end or not following.is_capital:
            return False
        if following.lower in self._calendar or following.text in self._nouns:
            return False
        if self._nouns_capitalised and (
            self._cut(following) or (index and tokens[index - 1].lower in self._places_at)
        ):
            return False
        return self._table(sentence, last) is None and not self._is_given(sentence, last)

    def _is_given(self, sentence: Sentence, index: int) -> bool:
        """Tell whether a given name stands before a further name: "Chad Hammel"."""
        tokens = sentence.tokens
        run = self._run_at(sentence, tokens[index])
        if run is None or index + 1 >= len(tokens) or tokens[index + 1].start >= run.end:
            return False
        if tokens[index].lower not in self._gazetteer.given_names or not tokens[index + 1].is_capital:
            return False
        step = self._table(sentence, index + 1)
        return step is None or (step[0][0].kind in ("entry", "country") and step[1] == index + 2)

    def _run_at(self, sentence: Sentence, token: Token) -> Name | None:
        for name in self._runs.get(sentence.index, ()):
            if name.start <= token.start < name.end:
                return name
        return None

    def _former(self, sentence: Sentence, index: int) -> _Step | None:
        """Split "Ekspræsident", "eks-presidenten": a post that somebody has held, in one word."""
        token = sentence.tokens[index]
        for prefix, form in self._held.items():
            tail = token.text[len(prefix) :].lstrip("-‐‑")
            if not tail or not token.lower.startswith(prefix):
                continue
            post = self._tail(token, tail[:1].upper() + tail[1:] if self._nouns_capitalised else tail)
            if post.kind == "role":
                cut = token.start + len(prefix)
                held = Item("word", token.start, cut, cut, token.text[: len(prefix)], form)
                return [held, post], index + 1
        return None

    def _by_ending(self, sentence: Sentence, index: int) -> _Step | None:
        """Take a word that no list prints for the post that it ends in: "Bundesverkehrsminister"."""
        token = sentence.tokens[index]
        form = strip_genitive(token.text, self._language)
        lower = form.lower()
        ending = next((one for one in self._endings if lower.endswith(one)), "") if form.isalpha() else ""
        if len(lower) - len(ending) < _SHORTEST_FIELD or not ending or lower.startswith(self._deputies):
            return None
        item = _item("role", sentence, (index, index + 1), form, token.text)
        item.key = self._endings[ending]
        return [item], index + 1

    def _compound(self, sentence: Sentence, index: int) -> _Step | None:
        """Split "US-Präsident", "Kreml-talsmand", "Lakers-treneren", "Yunnanprovinsen"."""
        token = sentence.tokens[index]
        cut = self._cut(token)
        if not cut or not token.is_capital or self._is_own_name(token.text[cut:]):
            return None
        head, tail = token.text[:cut], token.text[cut:].lstrip("-")
        kind, key = self._known(head, token) or ("name", "")
        if kind not in (*_NAMED, "adjective"):
            acronym = self._nouns_capitalised and head.isupper()
            if not (acronym or self._is_common(tail)) or head.lower() in self._gazetteer.given_names:
                return None
            kind, key = "name", ""
        middle = token.start + cut
        left = Item(kind, token.start, middle, middle, head, head.lower(), key)
        left.initial = opens(sentence, index)
        return [left, self._tail(token, tail)], index + 1

    def _is_own_name(self, tail: str) -> bool:
        """Tell whether a compound is the name of the body that it ends in: "Riverside-kyrkja"."""
        bare = strip_genitive(tail.lstrip("-"), self._language)
        heads = word_set("common", "names", "heads_of_names")
        return any(generic_key(form, self._language) in heads for form in (tail.lstrip("-"), bare))

    def _cut(self, token: Token) -> int:
        """Find where the name in a compound ends, 0 where there is none."""
        cut = token.text.rfind("-")
        if cut > 0:
            return cut if len(token.text) - cut > _SHORTEST_TAIL else 0
        listed = token.is_capital and token.lower.endswith(self._place_endings)
        for ending in self._place_endings if listed else ():
            size = len(token.text) - len(ending)
            if size > _SHORTEST_TAIL and token.lower.endswith(ending):
                known = self._known(token.text[:size], token)
                if known is not None and known[0] in ("country", "entry"):
                    return size
        return self._closed(token)

    def _closed(self, token: Token) -> int:
        """Find where the name ends in a common noun that is written as one word: "Kinastöd", "Lakersdebut".

        The model takes it for an organisation; the name in it is a state's, or stands alone elsewhere.
        """
        if not self._compounds or self._nouns_capitalised or not token.name.endswith("ORG"):
            return 0
        if self._is_own_name(token.text) or token.lower.endswith(self._organisation_endings):
            return 0
        for size in range(len(token.text) - _SHORTEST_TAIL, _SHORTEST_TAIL - 1, -1):
            head, tail = token.text[:size], token.text[size:]
            if tail.isalpha() and tail.islower():
                known = self._known(head, token)
                if head in self._alone or (known is not None and known[0] == "country"):
                    return size
        return 0

    def _is_common(self, tail: str) -> bool:
        """Tell whether the last part of a compound is a common noun and so no part of a name."""
        known = self._known(tail, Token(0, len(tail), tail, tail.lower()))
        if known is not None and known[0] in _PEOPLE:
            return True
        if self._nouns_capitalised:
            return tail.lower().endswith(self._posts)  # "Trump-Wahlkampfsprecher"
        return tail[:1].islower() and len(tail) >= _SHORTEST_NOUN

    def _tail(self, token: Token, tail: str) -> Item:
        """Make the item of the common noun that ends a compound."""
        rest = Token(token.end - len(tail), token.end, tail, tail.lower())
        second: tuple[Kind, str] | None = None
        form = tail
        for form in (tail, strip_genitive(tail, self._language)):
            second = self._known(form, rest)
            if second is not None:
                break
        kind, key = second if second is not None and second[0] not in _NAMED else ("word", "")
        end = rest.start + len(form) if kind != "word" else rest.end
        return Item(kind, rest.start, end, rest.end, form, form.lower(), key, genitive=end != rest.end)

    def _run(self, sentence: Sentence, index: int) -> _Step:
        """Take the rest of a name run up to the next thing that a table knows, or one word."""
        tokens = sentence.tokens
        token = tokens[index]
        run = self._run_at(sentence, token)
        source = self._parsed.source(sentence.part)
        inside = run is not None and bool(run.type) and token.start > run.start
        if (
            run is None
            or not token.is_word
            or token.lower in self._calendar
            or (inside and not token.is_capital)
        ):
            kind: Kind = "word" if token.is_word else "mark"
            item = _item(kind, sentence, (index, index + 1), token.text, token.text)
            return [item], index + 1
        last = index + 1
        while (
            last < len(tokens)
            and tokens[last].start < run.end
            and (run.type or tokens[last].lower not in self._calendar)
            and not self._breaks(sentence, index, last, run)
        ):
            step = self._table(sentence, last)
            stops = step is not None and step[0][0].kind in self._stops and not run.type
            # "Michael Jordan": a given name before it makes a country's name a surname.
            if stops and not (last == index + 1 and token.lower in self._gazetteer.given_names):
                break
            cut = max(tokens[last].text.rfind("-"), 0)
            tail = tokens[last].text[cut + 1 :]
            # "Premier League-tap": what the tree makes a noun may be short.
            noun = run.type not in ("", "person") and tokens[last].upos == "NOUN" and tail.islower()
            if cut and (noun or (self._cut(tokens[last]) and self._is_common(tail))):
                # "Tampa Bay-området": the name ends before the hyphen.
                end = tokens[last].start + cut
                form = source[token.start : end]
                name = Item("name", token.start, end, end, form, form.lower(), initial=opens(sentence, index))
                return [name, self._tail(tokens[last], tail)], last + 1
            last += 1
        end = run.end
        if self._is_numbered(tokens, last) or self._is_reign(tokens, last, run):
            end = tokens[last].end
            last += 1
        printed = source[token.start : tokens[last - 1].end]
        form = source[token.start : min(end, tokens[last - 1].end)]
        if last > index and form == printed and self._is_owner(tokens[last - 1], index, last, run):
            form = printed[: len(printed) - len(tokens[last - 1].text)]
            form += strip_genitive(tokens[last - 1].text, self._language)
        return [_item("name", sentence, (index, last), form, printed)], last

    def _is_numbered(self, tokens: Sequence[Token], last: int) -> bool:
        """Tell whether the number behind a name is a part of it: "BBC Radio 4", "TV 2"."""
        return (
            last < len(tokens)
            and tokens[last].text.isdigit()
            and len(tokens[last].text) == 1
            and tokens[last - 1].text in self._numbered
        )

    def _is_reign(self, tokens: Sequence[Token], last: int, run: Name) -> bool:
        """Tell whether a Roman number that was left out of a name is a part of it: "König Charles III."."""
        if run.type != "person" or last >= len(tokens) or tokens[last - 1].end < run.end:
            return False
        return _REIGN.fullmatch(tokens[last].text) is not None

    def _breaks(self, sentence: Sentence, index: int, last: int, run: Name) -> bool:
        """Tell whether a run of capitals holds two names, the second of which begins at `last`."""
        tokens = sentence.tokens
        if run.type:
            return False
        if self._is_owner(tokens[last - 1], index, last, run):
            return True
        if last == index + 1 and tokens[index].text in self._nouns:
            return True
        # "Livredderen Larry Giles", "Bezirk Collier": a common noun before a full name.
        given = self._gazetteer.given_names
        if last != index + 1 or tokens[last].lower not in given or tokens[index].lower in given:
            return False
        if last + 1 >= len(tokens) or tokens[last + 1].start >= run.end or not tokens[last + 1].is_capital:
            return False
        if self._gazetteer.person(run.text):
            return False
        return self._nouns_capitalised or (
            opens(sentence, index) and tokens[index].text not in self._inside and tokens[index].text.isalpha()
        )

    def _is_owner(self, token: Token, index: int, last: int, run: Name) -> bool:
        """Tell whether a genitive without apostrophe ends a name inside a run: "Fords Aussage"."""
        bare = strip_genitive(token.text, self._language)
        if bare == token.text or token.end >= run.end or token.text in self._alone:
            return False
        if token.lower in self._gazetteer.given_names:
            return False
        if bare in self._words:
            return True
        words = run.text.split()
        return last == index + 2 and len(words) > 2 and words[0].lower() in self._gazetteer.given_names


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
