"""Tell whom descriptions and pronouns mean: "den russiske presidenten", "de to lederne", "she".

Each is resolved by what the article has told so far; what stays in doubt becomes an unnamed
entity (a description) or is left alone (a pronoun).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tidende.entities.chains import Chains, Spot
from tidende.entities.descriptions import Descriptions, is_complemented, span
from tidende.entities.gazetteer import Gazetteer, Position
from tidende.entities.items import Item
from tidende.entities.lexicon import broader
from tidende.entities.named import Row
from tidende.entities.offices import holds, positions, state_of
from tidende.entities.register import Register
from tidende.entities.relations import RoleFound
from tidende.entities.several import Several
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.parse.types import Parsed, Sentence, Token

_REACH = 8  # sentences that "the two" may look back
_OF_STATES = ("country", "adjective", "inhabitants")
_NOUNS = ("role", "kin", "group", "word")
_GENDERS = {"Gender=Masc": "he", "Gender=Fem": "she"}
_STEM = 5  # letters that two forms of one word share
_LONGEST_PAIR = 5  # items in a phrase such as "the two prime ministers"


class Resolver:
    """Resolve the descriptions and pronouns of one article, sentence by sentence."""

    def __init__(
        self,
        parsed: Parsed,
        rows: Sequence[Row],
        told: Sequence[RoleFound],
        register: Register,
        gazetteer: Gazetteer,
        *,
        published: date | None,
    ) -> None:
        language = parsed.language
        self._register = register
        self._gazetteer = gazetteer
        self._published = published
        self._told = [role for role in told if role.holder]
        grammar = word_list(language, "grammar")
        self._indefinite = word_set(language, "grammar", "indefinite")
        self._definite = word_set(language, "grammar", "definite")
        self._definite_endings: list[str] = grammar["definite_endings"]
        self._plural_endings: list[str] = grammar["plural_endings"]
        self._both = word_set(language, "grammar", "both")
        self._both_states = word_set(language, "grammar", "both_states")
        self._both_open = {phrase.partition(" ")[0] for phrase in self._both | self._both_states}
        people = grammar["people"]
        self._people = {
            form: gender
            for key, gender in (("he", "he"), ("she", "she"), ("either", ""))
            for form in people[key]
        }
        self._people_endings = tuple(people["endings"])
        self._things = bool(grammar["pronouns_for_things"])
        roles = word_list(language, "roles")
        self._groups = {form.lower(): label for label, forms in roles["groups"].items() for form in forms}
        self._forms: Mapping[str, list[str]] = {**roles["roles"], **roles["kin"]}
        self._he = word_set(language, "text", "pronouns", "he")
        self._she = word_set(language, "text", "pronouns", "she")
        self._relational = word_set("common", "roles", "relational")
        self._stands_for_state = word_set("common", "roles", "stands_for_state")
        self.chains = Chains(parsed)
        self._several = Several(parsed)
        self._descriptions = Descriptions(parsed, register, rows)
        for sentence, items in rows:  # who speaks in a paragraph, before anybody is resolved
            for item in items:
                if self._is_person(item):
                    self.chains.speaker(self.chains.spot(sentence, item.start, item.end), item.id)
        # Persons, and states, by sentence in order of mention: what "the two" look back on.
        self._seen: list[list[str]] = []
        self._states: list[list[str]] = []
        self._gender: dict[str, str] = {}
        self._titles = {
            title: gender
            for gender in ("he", "she")
            for title in word_set("common", "roles", "gender", f"{gender}_titles")
        }
        self._gender_of_post = {
            post: gender for gender in ("he", "she") for post in word_set("common", "roles", "gender", gender)
        }
        for telling in self._told:
            gender = self._gender_of_post.get(telling.item.key, "") or _gender_of_title(telling)
            if gender:
                self._gender[telling.holder] = gender

    def _is_person(self, item: Item) -> bool:
        return item.kind == "name" and bool(item.id) and self._register.type_of(item.id) == "person"

    def resolve(self, row: Row, roles: Sequence[RoleFound]) -> None:
        """Note every description and pronoun of one sentence as a mention, in order."""
        sentence, items = row
        here: list[str] = []
        self._seen.append(here)
        self._states.append([])
        self._several.open(sentence)
        if trees.has_tree(sentence):
            spots = [(item, self.chains.spot(sentence, item.start, item.end)) for item in items if item.names]
            self._several.joined(sentence, spots, self._register)
        by_item = {id(role.item): role for role in roles}
        pairs = list(self._pairs(sentence, items))
        for index, item in enumerate(items):
            if item.id and item.kind in _OF_STATES and self._register.type_of(item.id) == "country":
                self._states[-1].append(item.id)
            if any(start <= item.start < end for start, end, _ in pairs):
                self._note_pair(sentence, item, pairs, here)
            elif _may_describe(item) and self._described(sentence, item, by_item.get(id(item)), here):
                continue
            elif item.kind in ("role", "kin"):
                self._role(sentence, items, index, by_item.get(id(item)), here)
            elif item.kind == "group":
                self._group(sentence, items, index)
            elif self._means_several(sentence, item):
                self._they(sentence, item)
            elif item.lower in self._he or item.lower in self._she:
                self._pronoun(sentence, item, here)
            elif self._is_person(item):
                here.append(item.id)
                title = items[index - 1].lower.rstrip(".") if index else ""
                if title in self._titles:
                    self._gender[item.id] = self._titles[title]
                spot = self.chains.spot(sentence, item.start, item.end)
                self.chains.note(item.id, spot, gender=self._gender_of(item.id))
            elif item.kind == "word":
                self._unnamed(sentence, item)

    def _described(self, sentence: Sentence, item: Item, role: RoleFound | None, here: list[str]) -> bool:
        """Note a noun that the article told of what it names; True where it did."""
        if self._is_relational(item):
            return False
        if role is not None and (role.holder or role.of or self._holder(role)):
            return False
        at = sentence.ending(item.end)
        identifier = self._descriptions.meant(sentence, at) if at >= 0 else ""
        if not identifier or not trees.has_tree(sentence):
            return False
        start, end = span(sentence, at)
        spot = self.chains.spot(sentence, start, end)
        person = self._register.type_of(identifier) == "person"
        if not person and spot.role not in ("subject", "object"):
            return False  # "in the church" is a place
        self._register.mention(
            (identifier,), (sentence.part, start, end, sentence.index), "nominal", reason="noun"
        )
        if person:
            here.append(identifier)
            self.chains.note(identifier, spot, gender=self._gender_of(identifier))
        return True

    def _is_relational(self, item: Item) -> bool:
        return item.kind == "kin" or item.key in self._relational

    def _is_anothers(self, role: RoleFound) -> bool:
        """Tell whether words after a post tell whose it is, known or not: "rektor ved naboskolen"."""
        at = role.sentence.ending(role.item.end)
        return at >= 0 and is_complemented(role.sentence, at)

    def _role(
        self, sentence: Sentence, items: Sequence[Item], index: int, role: RoleFound | None, here: list[str]
    ) -> None:
        if role is None or role.holder:
            return
        if self._apposed(items, role):
            return
        holder = "" if self._is_indefinite(items, role) else self._holder(role)
        if not holder:
            # "Analytikere" is many analysts: a group of the word lists, where it has that form.
            plural = self._is_plural(role.item)
            if plural and role.item.lower not in self._groups:
                return
            holder = self._register.other(self._groups[role.item.lower] if plural else role.item.key)
            if not plural:
                spot = self.chains.spot(sentence, role.item.start, role.item.end)
                self._rival(role.item.key, spot, self._gender_of_post.get(role.item.key, ""))
        else:
            spot = self.chains.spot(sentence, role.item.start, role.item.end)
            self.chains.note(holder, spot, gender=self._gender_of(holder))
            here.append(holder)
            if role.of and not self._told_closer(holder, role):
                # A description with its state tells the post as well as an apposition does.
                role.holder = holder
                role.start, role.end = role.phrase, role.phrase_end
        place = (sentence.part, role.phrase, role.phrase_end, sentence.index)
        self._register.mention((holder,), place, "nominal", reason="told")

    def _apposed(self, items: Sequence[Item], role: RoleFound) -> bool:
        """Take a post that its sentence apposes to a name before it: "Omar Navarro, a candidate who ..."."""
        sentence = role.sentence
        at = sentence.ending(role.item.end)
        if at < 0 or sentence.tokens[at].deprel != "appos" or role.item.kind == "kin":
            return False
        holder = self.chains.at(self.chains.spot(sentence, role.item.start, role.item.end))
        name = next((item for item in items if item.id == holder and item.end < role.phrase), None)
        if not holder or name is None:
            return False
        role.holder = holder
        role.start, role.end = name.start, role.phrase_end
        return True

    def _holder(self, role: RoleFound) -> str:
        """Find the person told to hold this role, or one that implies or is implied by it."""
        if self._is_plural(role.item) or role.qualifier == "former":
            return ""
        if not role.of and (self._is_relational(role.item) or self._is_anothers(role)):
            return ""  # whose mother or friend she is, is another's to tell
        wanted = role.item.key
        fitting = [
            told
            for told in self._told
            if (wanted in broader(told.item.key) or told.item.key in broader(wanted))
            and (not role.of or told.of == role.of)
            and told.qualifier != "former"
        ]
        # "die Kanzlerin" is who is told to be chancellor, before any minister who might be.
        exact = [told for told in fitting if told.item.key == wanted]
        if exact and not any(_one_word(told.item.lower, role.item.lower) for told in exact):
            # "The minister" may as well be the health minister as the one who is told to be a minister.
            exact += [told for told in fitting if wanted in broader(told.item.key) and told not in exact]
        fitting = exact or fitting
        if not role.of and not self._is_definite(role):
            return ""
        holders = list(dict.fromkeys(told.holder for told in fitting))
        if not role.of:  # "the minister" is somebody spoken of before
            seen = {person for persons in self._seen for person in persons}
            holders = [holder for holder in holders if holder in seen]
            if not exact and (sitting := self._sitting(wanted, seen)):
                holders = sitting  # "the president" beside "leader Kim" is who is president
        if not holders and role.of:
            holders = self._in_office(role)
        if len(holders) == 1:
            return holders[0]
        for persons in reversed(self._seen):
            for person in reversed(persons):
                if person in holders:
                    return person
        return ""

    def _sitting(self, post: str, seen: set[str]) -> list[str]:
        """Give those spoken of whom the gazetteer knows in a post, of any state, on the day of writing."""
        if self._published is None:
            return []
        return [
            person
            for person in sorted(seen)
            for held in (self._positions(person),)
            if any(holds(post, country, held, self._published) for country in {one.country for one in held})
        ]

    def _told_closer(self, holder: str, role: RoleFound) -> bool:
        """Tell whether a post that says more is told already: "the leader" of a president."""
        return any(
            told.holder == holder
            and told.of == role.of
            and told.item.key != role.item.key
            and role.item.key in broader(told.item.key)
            for told in self._told
        )

    def _in_office(self, role: RoleFound) -> list[str]:
        """Give the people of the article whom the gazetteer knows in this office of this state."""
        country = self._register.state_code(role.of)
        if not country:
            return []
        return [
            person
            for person in self._register.persons()
            if holds(role.item.key, country, self._positions(person), self._published)
        ]

    def _positions(self, person: str) -> tuple[Position, ...]:
        return positions(self._gazetteer, person, self._register.name_of(person))

    def _is_definite(self, role: RoleFound) -> bool:
        if self._has_ending(role.item, self._definite_endings):
            return True
        return self._opened_by(role, self._definite)

    def _is_indefinite(self, items: Sequence[Item], role: RoleFound) -> bool:
        return self._opened_by(role, self._indefinite) or any(
            item.lower in self._indefinite for item in items if role.phrase <= item.start < role.item.start
        )

    def _opened_by(self, role: RoleFound, words: frozenset[str]) -> bool:
        first = next((token for token in role.sentence.tokens if token.end > role.phrase), None)
        return first is not None and first.lower in words

    def _is_plural(self, item: Item) -> bool:
        return self._has_ending(item, self._plural_endings) and not self._has_ending(
            item, self._definite_endings
        )

    def _has_ending(self, item: Item, endings: Sequence[str]) -> bool:
        """Tell whether a form is another form of its role with one of the endings."""
        return any(
            item.lower in (base.lower() + ending, base.lower()[:-1] + ending)
            for base in self._forms[item.key]
            for ending in endings
            if base.lower() != item.lower
        )

    def _group(self, sentence: Sentence, items: Sequence[Item], index: int) -> None:
        item = items[index]
        before = items[index - 1] if index else None
        start = _counted_from(sentence, item)
        if before is not None and before.id and (before.genitive or before.kind in ("adjective", "country")):
            start = before.start
            if item.key in self._stands_for_state and before.kind in ("adjective", "country"):
                place = (sentence.part, start, item.end, sentence.index)
                self._register.mention((before.id,), place, "nominal", reason="group")
                return
            state = (
                state_of(self._positions(before.id), self._published)
                if item.key in self._stands_for_state
                else ""
            )
            if state:
                place = (sentence.part, start, item.end, sentence.index)
                self._register.mention((self._register.country(state),), place, "nominal", reason="group")
                return
        place = (sentence.part, start, item.end, sentence.index)
        group = self._register.other(item.key)
        self._register.mention((group,), place, "nominal", reason="group")
        self._note_several(sentence, (group,), item.start, item.end)

    def _pairs(self, sentence: Sentence, items: Sequence[Item]) -> Iterator[tuple[int, int, bool]]:
        """Yield the spans of phrases such as "the two leaders", the longest at each place.

        The last value tells phrases for two states from those for two persons.
        """
        for index, first in enumerate(items):
            if first.lower.partition(" ")[0] not in self._both_open:
                continue
            for last in range(min(len(items), index + _LONGEST_PAIR), index, -1):
                phrase = " ".join(item.lower for item in items[index:last])
                states = phrase in self._both_states
                if (states or phrase in self._both) and not _goes_on(sentence, items[last - 1]):
                    yield first.start, items[last - 1].end, states
                    break

    def _note_pair(
        self, sentence: Sentence, item: Item, pairs: Sequence[tuple[int, int, bool]], here: list[str]
    ) -> None:
        for start, end, states in pairs:
            if item.start == start:
                found = _last_two(self._states if states else self._seen)
                if found:
                    if not states:
                        here += [person for person in found if person not in here]
                    place = (sentence.part, start, end, sentence.index)
                    self._register.mention(found, place, "nominal", reason="pair")
                    self._note_several(sentence, found, start, end)
                return

    def _means_several(self, sentence: Sentence, item: Item) -> bool:
        at = sentence.starting(item.start) if item.kind == "word" else -1
        return at >= 0 and self._several.is_several(sentence, sentence.tokens[at])

    def _they(self, sentence: Sentence, item: Item) -> None:
        """Note whom a pronoun for several means, where that is certain."""
        spot = self.chains.spot(sentence, item.start, item.end)
        found = self._several.meant(spot)
        if found:
            self._several.note(found, spot)
            place = (sentence.part, item.start, item.end, sentence.index)
            self._register.mention(found, place, "pronoun", reason="several")

    def _note_several(self, sentence: Sentence, entities: tuple[str, ...], start: int, end: int) -> None:
        if trees.has_tree(sentence):
            self._several.note(entities, self.chains.spot(sentence, start, end))

    def _pronoun(self, sentence: Sentence, item: Item, here: list[str]) -> None:
        """Note whom a pronoun for one person means, if the chains can tell."""
        gender = "he" if item.lower in self._he else "she"
        token = next(token for token in sentence.tokens if token.start >= item.start)
        if not _stands_for_one(sentence, token):
            return
        if self._things and not here and _means_thing(sentence, token):
            return
        spot = self.chains.spot(sentence, item.start, item.end)
        known, reason = self.chains.meant(spot, gender)
        if known is None:
            return
        self.chains.note(known.id, spot, gender=gender, named=known.named, pronoun=True)
        if known.named:
            if known.id not in here:
                here.append(known.id)
            place = (sentence.part, item.start, item.end, sentence.index)
            self._register.mention((known.id,), place, "pronoun", reason=reason)

    def _unnamed(self, sentence: Sentence, item: Item) -> None:
        """Note whom or what only a noun tells and a pronoun can mean: a man, whoever speaks."""
        at = sentence.starting(item.start)
        token = sentence.tokens[at]
        if at < 0 or token.upos != "NOUN" or "Number=Plur" in token.feats:
            return
        gender = self._people.get(item.lower, "")
        known = item.lower in self._people or item.lower.endswith(self._people_endings)
        thing = self._things and trees.relation(token.deprel) == "nsubj" and not known
        if thing:
            gender = next((told for feature, told in _GENDERS.items() if feature in token.feats), "")
        if known or (thing and gender) or self.chains.quoted.speaks(sentence, at):
            key = token.lemma or token.lower
            self._rival(key, self.chains.spot(sentence, item.start, item.end), gender)

    def _rival(self, key: str, spot: Spot, gender: str = "") -> None:
        self.chains.note(f"?{key}", spot, gender=gender, named=False)

    def _gender_of(self, person: str) -> str:
        """Give what the article tells of a person's gender so far, else what the first name does."""
        if person not in self._gender:
            self._gender[person] = self._gazetteer.gender(self._register.name_of(person))
        return self._gender[person]


def _means_thing(sentence: Sentence, pronoun: Token) -> bool:
    """Tell whether a noun of its clause is what a pronoun stands for: "über den Vorfall und verurteilte ihn".

    Of the nouns before it that hang on a verb, the last of its gender that is no subject tells.
    """
    gender = next((mark for mark in pronoun.feats.split("|") if mark in _GENDERS), "")
    verb = sentence.tokens[pronoun.head] if pronoun.head >= 0 else pronoun
    if not gender or pronoun.deprel != "obj" or trees.relation(verb.deprel) != "conj":
        return False
    return any(
        token.upos == "NOUN"
        and token.end <= pronoun.start
        and token.head == verb.head
        and trees.relation(token.deprel) in ("obj", "obl")
        and gender in token.feats
        and "Number=Sing" in token.feats
        for token in sentence.tokens
    )


def _counted_from(sentence: Sentence, item: Item) -> int:
    """Give where a group begins with its number: "15 familier"; without one, where its noun does."""
    at = sentence.ending(item.end)
    numbers = trees.children(sentence, at, "nummod") if at >= 0 and trees.has_tree(sentence) else []
    first = min((n for n in numbers if n < at), default=at)
    between = sentence.tokens[first:at]
    plain = all(token.upos in ("NUM", "ADJ") for token in between)
    return between[0].start if between and plain else item.start


def _one_word(a: str, b: str) -> bool:
    """Tell whether two forms of a post are one word or its compound: "Kanzlerin" and "Bundeskanzlerin"."""
    short, long = sorted((a, b), key=len)
    return short[:_STEM] in long


def _last_two(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Give the two that the last sentences mention last, or none where one of them leaves more than two.

    Some sentence must have named both: whoever only speaks after another is no party with him.
    """
    found: list[str] = []
    for row in reversed(rows[-_REACH - 4 :]):
        new = [one for one in dict.fromkeys(row) if one not in found]
        if len(found) + len(new) > 2:
            return ()
        found += new
        if len(found) == 2:
            together = any(set(found) <= set(one) for one in rows)
            return tuple(sorted(found)) if together else ()
    return ()


def _may_describe(item: Item) -> bool:
    """Tell whether an item may be a noun that names nothing itself; one may open a sentence like a name."""
    return item.kind in _NOUNS or (item.kind == "name" and not item.id)


def _stands_for_one(sentence: Sentence, token: Token) -> bool:
    """Tell whether a pronoun stands for one person, and is no possessive, no plural and no address."""
    feats = token.feats
    if "Poss=Yes" in feats or "Number=Plur" in feats or "Person=2" in feats:
        return False
    verb = sentence.tokens[token.head] if token.head >= 0 and token.deprel == "nsubj" else None
    return verb is None or "Number=Plur" not in verb.feats or "VerbForm=Fin" not in verb.feats


def _goes_on(sentence: Sentence, item: Item) -> bool:
    """Tell whether the last word of a phrase belongs to a noun that follows: "the two children"."""
    at = sentence.ending(item.end)
    head = sentence.tokens[at].head if at >= 0 else -1
    kind = trees.relation(sentence.tokens[at].deprel)
    return (
        head > at
        and kind in ("nummod", "det", "amod")
        and sentence.tokens[head].upos in ("NOUN", "PROPN", "ADJ")
    )


def _gender_of_title(told: RoleFound) -> str:
    """Give "she" where a post stands in a form for women ("Senatorin"); forms for men tell nothing."""
    at = told.sentence.ending(told.item.end)
    token = told.sentence.tokens[at]
    return "she" if at >= 0 and token.upos == "NOUN" and "Gender=Fem" in token.feats else ""
