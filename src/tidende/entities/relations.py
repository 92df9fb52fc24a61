"""Read roles, titles and kinship off a row of items: who is what, of whom or of which state.

Three constructions carry nearly all of them in the six languages: before the name ("Kinas
president Xi Jinping", "Russian President Vladimir Putin", "Präsident Russlands, Wladimir
Putin"), after it ("Jurij Usjakov, der er talsmand for Kreml", "X, president of Y") and with a
copula ("X er talsmand for Y").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidende.entities.items import Item
from tidende.entities.lexicon import lexicon
from tidende.entities.named import Row
from tidende.entities.register import Register
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.parse.types import Sentence

_ROLE_KINDS = ("role", "kin")
_MOST_ADJECTIVES = 2
_MOST_WORDS_OF_KIND = 4  # from "der" to the name in "der US-Weltraumbehörde NASA"
_MOST_OF_FIELDS = 14  # items between a post and the name behind all that it is for
_OF_FIELDS = frozenset({"ADP", "NOUN", "ADJ", "DET", "CCONJ", "PROPN", "X"})
_CONTENT = ("obj", "iobj", "ccomp", "xcomp", "parataxis")
_FAR = 6  # items between a post and the name beside it


@dataclass(slots=True)
class RoleFound:
    """One role as told in one place; `holder` is "" for a description without a name.

    `[start:end]` is the whole construction, `[phrase:phrase_end]` the description alone, such
    as "den russiske presidenten".
    """

    sentence: Sentence
    item: Item
    holder: str
    of: str
    start: int
    end: int
    phrase: int
    phrase_end: int
    qualifier: str = ""


class RelationReader:
    """Find roles in the rows of one article."""

    def __init__(self, language: str, register: Register) -> None:
        self._register = register
        self._sentence: Sentence | None = None
        self._and = word_set(language, "text", "conjunctions", "and")
        self._determiners = word_set(language, "text", "determiners")
        self._posts = next(table for kind, table in lexicon(language).tables if kind == "role")
        self._copula = word_set(language, "text", "copula")
        self._relative = word_set(language, "text", "conjunctions", "relative")
        self._of = frozenset[str]().union(
            *(word_set(language, "text", "prepositions", key) for key in ("of", "for", "in", "from"))
        )
        self._with_fields = word_set("common", "roles", "with_fields")
        self._to = word_set(language, "text", "prepositions", "to")
        self._qualifiers = {
            form: key
            for key in ("former", "acting", "designated", "deputy", "honorary")
            for form in word_set(language, "roles", "qualifiers", key)
        }
        self._adverbs = {
            form: key for key, forms in word_list(language, "roles")["adverbs"].items() for form in forms
        }
        self._function_words = word_set(language, "text", "function_words")
        # "presidenten i følgje Mediaite" is no president of Mediaite
        self._sourcing = {
            word
            for phrase in word_set(language, "speech", "attribution", "according")
            for word in phrase.split()
        }
        self._relational = word_set("common", "roles", "relational")

    def roles(self, row: Row) -> list[RoleFound]:
        """Give the roles told in one sentence, those without a holder among them."""
        sentence, items = row
        self._sentence = sentence
        found: list[RoleFound] = []
        index = 0
        while index < len(items):
            if items[index].kind == "group":
                self._take_for_post(items, index)
            if items[index].kind not in _ROLE_KINDS:
                index += 1
                continue
            last = self._coordinated(items, index)
            found += self._read(sentence, items, index, last)
            index = last
        self._share_holders(items, found)
        return found

    def _share_holders(self, items: Sequence[Item], found: Sequence[RoleFound]) -> None:
        """Give a post the holder of the one joined to it by "and": "governor of Alaska and candidate X"."""
        for role, after in zip(found[-2::-1], found[:0:-1], strict=True):
            between = [item for item in items if role.phrase_end <= item.start and item.end <= after.phrase]
            joined = len(between) == 1 and between[0].lower in self._and
            if joined and not role.holder and after.holder not in ("", role.of):
                role.holder = after.holder

    def _take_for_post(self, items: list[Item], index: int) -> None:
        """Cut "a spokesman" into article and post where it tells what somebody is and stands for nobody."""
        item = items[index]
        first, space, post = item.text.partition(" ")
        key = self._posts.get(post.lower())
        if not key or first.lower() not in self._determiners:
            return
        if self._holder_left(items, index, self._of_phrase(items, index + 1)[0])[0] is None:
            return
        cut = item.start + len(first)
        start = cut + len(space)
        items[index : index + 1] = [
            Item("word", item.start, cut, cut, first, first.lower(), initial=item.initial),
            Item("role", start, item.end, item.outer, post, post.lower(), key, item.genitive),
        ]

    def _coordinated(self, items: Sequence[Item], index: int) -> int:
        """Give the end of "far og forgjenger": roles joined by "and"."""
        last = index + 1
        while (
            last + 1 < len(items) and items[last].lower in self._and and items[last + 1].kind in _ROLE_KINDS
        ):
            last += 2
        return last

    def _read(self, sentence: Sentence, items: Sequence[Item], first: int, last: int) -> list[RoleFound]:
        left, of, qualifier = self._left(items, first)
        right, of_right = self._of_phrase(items, last) if not of else (last, "")
        of = of or of_right
        holder, end = self._holder_right(sentence, items, last, right)
        if holder is None:
            end = right
            holder, before = self._holder_left(items, left, right, sentence)
            qualifier = qualifier or before
        if holder is None:
            holder, end = self._apposed(sentence, items, last, right)
        if holder is None:
            holder, end = self._behind_fields(sentence, items, last, right)
        if holder is None and right > last and items[last].lower in self._to - self._of:
            right = end = last  # "sent his adviser to Putin": only of whom somebody is it said whose he is
            of = ""
        elif holder is not None and end > right and not of:
            of, end = self._state_after(sentence, items, end)
        start = left if holder is None or items.index(holder) >= first else items.index(holder)
        compound = self._opens_compound(sentence, items, left, first)
        found = []
        for role in (item for item in items[first:last] if item.kind in _ROLE_KINDS):
            if role.key in self._relational and self._is_states(of):
                continue  # "US rival Reebok": a rival from there, and nobody's who is told
            owner = "" if of and role.start > compound >= 0 else of
            if role.kind == "kin" and owner and self._register.type_of(owner) != "person":
                owner = ""
            found.append(
                RoleFound(
                    sentence,
                    role,
                    holder.id if holder is not None and holder.id != owner else "",
                    owner,
                    items[start].start,
                    items[max(end, last) - 1].end,
                    items[left].start,
                    items[max(right, last) - 1].end,
                    qualifier,
                )
            )
        return found

    def _left(self, items: Sequence[Item], first: int) -> tuple[int, str, str]:
        """Give where the description begins, whose role it is, and "former" and the like."""
        left, qualifier = first, ""
        index = first - 1
        adjectives = 0
        while index >= 0:
            item = items[index]
            if item.lower in self._qualifiers:
                qualifier = qualifier or self._qualifiers[item.lower]
                left = index
            elif item.kind == "word" and adjectives < _MOST_ADJECTIVES and self._may_be_adjective(item):
                adjectives += 1
            else:
                break
            index -= 1
        if index < 0:
            return left, "", qualifier
        item = items[index]
        beside = index == first - 1 or left == index + 1
        if item.id and (item.genitive or item.kind == "adjective" or (beside and item.kind in _ADJUNCTS)):
            left = index
            if not item.genitive:  # "the former Alaska governor", "den tidligere amerikanske præsident"
                while left and items[left - 1].lower in self._qualifiers:
                    left -= 1
                    qualifier = qualifier or self._qualifiers[items[left].lower]
            if left and items[left - 1].lower in self._determiners:
                left -= 1
            return left, item.id, qualifier
        if item.lower in self._determiners:
            left = index
        return left, "", qualifier

    def _may_be_adjective(self, item: Item) -> bool:
        return item.text[:1].islower() and item.lower not in self._function_words and item.text.isalpha()

    def _of_phrase(self, items: Sequence[Item], index: int) -> tuple[int, str]:
        """Read "for Kreml", "of the United States", "til Putin", "Russlands", "des Kreml" after a role."""
        position = index
        preposition = position < len(items) and items[position].lower in self._of | self._to
        position += preposition
        determiner = position < len(items) and items[position].lower in self._determiners
        position += determiner
        if position >= len(items):
            return index, ""
        named = position
        if preposition and items[named].kind == "adjective":
            named += 1
        if preposition and named + 1 < len(items) and items[named].kind == "role":
            named += 1  # "a spokesman for the Russian president Vladimir Putin"
            if items[named].kind == "name" and items[named].id and not items[named].genitive:
                return named + 1, items[named].id
        if preposition or determiner:
            position = self._past_kind_of_body(items, position)
        item = items[position]
        if (
            item.id
            and item.kind in ("country", "known", "entry", "name")
            and (
                preposition
                or ((item.genitive or determiner) and item.kind != "name")
                or (determiner and self._is_owner(item, items[index - 1]))
            )
        ):
            return position + 1, item.id
        return index, ""

    def _is_owner(self, item: Item, post: Item) -> bool:
        """Tell whether the tree hangs a body on the post before it: "die Vorsitzende der SPD", no dative."""
        sentence = self._sentence
        if sentence is None or not trees.has_tree(sentence):
            return False
        if self._register.type_of(item.id) != "organisation":
            return False
        at, above = sentence.starting(item.start), sentence.ending(post.end)
        return at >= 0 and sentence.tokens[at].deprel == "nmod" and sentence.tokens[at].head == above

    def _past_kind_of_body(self, items: Sequence[Item], position: int) -> int:
        """Pass over the noun that says what a body is: "for romfartsorganisasjonen NASA"."""
        named = position
        while named < len(items) and named - position < _MOST_WORDS_OF_KIND:
            item = items[named]
            if item.kind in ("name", "known", "entry") and item.id and named > position:
                return named if self._register.type_of(item.id) == "organisation" else position
            state = item.kind in ("country", "adjective") and not item.genitive
            noun = item.kind in ("word", "group") and item.lower not in self._function_words
            if not (state or noun) or item.lower in self._sourcing:
                return position
            named += 1
        return position

    def _holder_right(
        self, sentence: Sentence, items: Sequence[Item], last: int, right: int
    ) -> tuple[Item | None, int]:
        for index in dict.fromkeys((last, right)):
            position = index
            if position < len(items) and items[position].text == "," and index > last - 1:
                position += 1
            while position < len(items) and items[position].kind == "honorific":
                position += 1
            if position < len(items) and self._is_person(items[position]):
                if items[position].genitive and not _is_linked(sentence, items[last - 1], items[position]):
                    continue  # "sprach der Präsident Fords Aussage an": the genitive is another noun's
                return items[position], position + 1
        return None, right

    def _opens_compound(self, sentence: Sentence, items: Sequence[Item], left: int, first: int) -> int:
        """Give where a post begins that its owner opens in one word, "Sp-leiar og minister", -1 for none."""
        start, end = items[left].start, items[first].end
        one = any(token.start <= start and end <= token.end for token in sentence.tokens)
        return items[first].start if one and left < first and items[left].kind == "name" else -1

    def _is_states(self, of: str) -> bool:
        return bool(of) and self._register.type_of(of) in ("country", "place")

    def _apposed(
        self, sentence: Sentence, items: Sequence[Item], last: int, right: int
    ) -> tuple[Item | None, int]:
        """Find the name that the tree sets beside a post: "the spokesman of the guard, Nikos Alexiou"."""
        post = sentence.ending(items[last - 1].end)
        for index in range(right, min(len(items) - 1, right + _FAR)):
            if items[index].text == "," and self._is_person(items[index + 1]):
                name = items[index + 1]
                head = next((token for token in sentence.tokens if token.start == name.start), None)
                beside = head is not None and head.head == post >= 0
                if beside and head is not None and trees.relation(head.deprel) == "appos":
                    return name, index + 2
                break
        return None, right

    def _behind_fields(
        self, sentence: Sentence, items: Sequence[Item], last: int, right: int
    ) -> tuple[Item | None, int]:
        """Find the name behind what a post is for: "Minister für Verkehr, Infrastruktur und Tourismus X".

        Between post and name stand nouns alone, and the tree hangs the name on the post or on one of them.
        """
        ends, role = sentence.ending(items[last - 1].end), items[last - 1]
        if ends < 0 or not trees.has_tree(sentence) or role.kind != "role" or role.key in self._relational:
            return None, right
        tokens = sentence.tokens
        inside = sentence.touching(role.start, role.end)  # "Minister of State" is headed by its first word
        post = next((at for at in inside if tokens[at].head not in inside), ends)
        opens = tokens[ends + 1] if ends + 1 < len(tokens) else None
        genitive = opens is not None and opens.upos == "DET" and _GENITIVE in opens.feats
        if opens is None or not (opens.lower in self._of or genitive):
            return None, right
        fields = role.key in self._with_fields
        for index in range(last, min(len(items), last + _MOST_OF_FIELDS)):
            item = items[index]
            if self._is_person(item):
                at = sentence.starting(item.start)
                held = at - ends > 2 and _stands_behind(sentence, post, at, fields=fields)
                return (item, index + 1) if held and not item.genitive else (None, right)
            if item.kind in (*_ROLE_KINDS, "honorific", "inhabitants"):
                break  # "a spokesman for Mr. Bolton", "successor of the Argentinian X"
        return None, right

    def _state_after(self, sentence: Sentence, items: Sequence[Item], end: int) -> tuple[str, int]:
        """Read the state after the name: "president Moon Jae-in i Sør-Korea".

        What the tree hangs on a verb is where something is done: "will minister Blinken in Israel treffen".
        """
        if end + 1 < len(items) and items[end].lower in self._of and items[end + 1].kind == "country":
            tokens = sentence.tokens
            place = sentence.starting(items[end + 1].start)
            if place >= 0 and tokens[place].head >= 0 and tokens[tokens[place].head].upos == "VERB":
                return "", end
            return items[end + 1].id, end + 2
        return "", end

    def _holder_left(
        self, items: Sequence[Item], left: int, right: int, sentence: Sentence | None = None
    ) -> tuple[Item | None, str]:
        """Find the name before "..., der er talsmand for Kreml," or "... er talsmand", and "formerly"."""
        index, qualifier = left - 1, ""
        while index >= 0 and items[index].lower in self._determiners:
            index -= 1
        # "..., der Außenminister war,"
        verb_last = any(item.lower in self._relative for item in items[max(index, 0) : left + 1])
        if index <= 0:
            return None, ""
        if items[index].lower in self._copula:
            index -= 1
            index, qualifier = self._over_adverb(items, index)
            if index >= 0 and items[index].lower in self._relative:
                index -= 1
            if index >= 0 and items[index].text == ",":
                index -= 1
        elif (
            items[index].lower in self._adverbs
        ):  # "who was formerly governor", "die früher Gouverneurin war"
            index, qualifier = self._over_adverb(items, index)
            verb_last = False
            if index >= 0 and items[index].lower in self._relative:
                verb_last = True
                index -= 1
            elif index >= 0 and items[index].lower in self._copula:
                index -= 1
                if index >= 0 and items[index].lower in self._relative:
                    index -= 1
            else:
                return None, ""
            if verb_last and not self._ends_in_copula(items, right):
                return None, ""
            if index >= 0 and items[index].text == ",":
                index -= 1
        elif items[index].text in (",", "("):
            closes = (
                right >= len(items)
                or items[right].text in (",", ".", ")", ";")
                or (items[right].lower in self._relative)
                or (verb_last and self._ends_in_copula(items, right))
                or (sentence is not None and _is_apposed(sentence, items[index - 1], items[left:right]))
            )
            if not closes:
                return None, ""
            index -= 1
        else:
            return None, ""
        if index >= 0 and self._is_person(items[index]) and not items[index].genitive:
            return items[index], qualifier
        return None, ""

    def _over_adverb(self, items: Sequence[Item], index: int) -> tuple[int, str]:
        """Pass over "formerly" to the left; give what it makes of the post."""
        if index >= 0 and items[index].lower in self._adverbs:
            return index - 1, self._adverbs[items[index].lower]
        return index, ""

    def _ends_in_copula(self, items: Sequence[Item], right: int) -> bool:
        """Tell whether the clause goes on with nothing but its verb: "..., der Außenminister war,"."""
        return (
            right + 1 < len(items)
            and items[right].lower in self._copula
            and items[right + 1].text in (",", ".", ")", ";")
        )

    def _is_person(self, item: Item) -> bool:
        return item.kind == "name" and bool(item.id) and self._register.type_of(item.id) == "person"


def _is_apposed(sentence: Sentence, name: Item, description: Sequence[Item]) -> bool:
    """Tell whether the tree sets a post beside the name before it: "X, talskvinde for ... i en erklæring"."""
    post = next((item for item in description if item.kind == "role"), None)
    at = sentence.ending(post.end) if post is not None else -1
    if at < 0 or trees.relation(sentence.tokens[at].deprel) not in ("appos", "flat"):
        return False
    return sentence.tokens[at].head in sentence.touching(name.start, name.end)


def _stands_behind(sentence: Sentence, post: int, name: int, *, fields: bool) -> bool:
    """Tell whether only what a post is for parts it from a name that the tree hangs on the post.

    With `fields` it may hang on the last of them: nobody is called "Tourismus Weber".
    """
    tokens = sentence.tokens
    between, below = tokens[post + 1 : name], set(trees.subtree(sentence, post))
    if any(token.upos not in _OF_FIELDS and token.text != "," for token in between):
        return False
    before = between[-1]
    if before.upos in ("ADP", "CCONJ", "DET") or (before.upos == "ADJ" and not before.is_capital):
        return False
    if not all(at in below for at in range(post + 1, name)):
        return False
    inside = [at for at in range(name, len(tokens)) if tokens[at].name.startswith("I-") or at == name]
    heads = {tokens[at].head for at in inside if tokens[at].head not in inside}
    # Of two subjects of one verb the post is that of the name.
    twins = tokens[post].head == tokens[name].head and tokens[post].deprel == tokens[name].deprel == "nsubj"
    verb = tokens[post].head
    doing = tokens[post].deprel == "nsubj" and 0 <= verb < post
    if doing and not twins and not trees.children(sentence, verb, *_CONTENT):
        return False  # "traf der Minister für Verkehr Merkel": the name may be the object
    linked = post in heads or tokens[post].head in inside or twins
    linked = linked or (fields and bool(heads & set(range(post + 1, name))))
    return linked and (before.text != "," or tokens[name].deprel == "appos")


def _is_linked(sentence: Sentence, post: Item, name: Item) -> bool:
    """Tell whether the tree lets a name and the post before it be one person; without one, it does."""
    if not trees.has_tree(sentence):
        return True
    tokens = sentence.tokens
    title = sentence.ending(post.end)
    inside = sentence.touching(name.start, name.end)
    heads = {tokens[at].head for at in inside}
    articles = [tokens[at].feats for at in trees.children(sentence, title, "det")] if title >= 0 else []
    owner = any(_GENITIVE in tokens[at].feats for at in inside)
    if owner and any(_CASE in feats and _GENITIVE not in feats for feats in articles):
        return False  # the article is in another case: two phrases, whatever hangs on what
    # "Præsident Donald Trumps administration": both may hang on the thing owned
    return title < 0 or title in heads or tokens[title].head in inside or tokens[title].head in heads


_ADJUNCTS = ("country", "known", "name", "entry")
_CASE, _GENITIVE = "Case=", "Case=Gen"
