"""Read noun phrases: whom the cast knows at a place, and what is printed where it knows nobody."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tidende.entities.types import Cast, Mention
from tidende.languages.lists import word_set
from tidende.parse.types import Parsed, Sentence, Token
from tidende.quotes.cues import Grammar, cue_at
from tidende.records import Part

MODIFIERS = 4
_QUALIFIERS = frozenset({"ADJ", "VERB"})  # what stands before a noun and is none
_DETERMINED = frozenset({"ADJ", "NOUN", "PROPN"})  # before these a word that is also a pronoun is an article


@dataclass(frozen=True, slots=True)
class Subject:
    """One noun phrase in the place of a speaker: tokens `[first:last]`, the words, the entity."""

    first: int
    last: int
    start: int
    end: int
    text: str
    entity: str | None
    type: str = ""
    known: bool = False


class Phrases:
    """Answer questions about the noun phrases of one article: where they stand, whom they mean."""

    def __init__(self, parsed: Parsed, cast: Cast, words: Grammar) -> None:
        self.parsed = parsed
        self.cast = cast
        self.words = words
        self._types = {entity.id: entity.type for entity in cast.entities}
        self._starts: dict[tuple[Part, int], list[Mention]] = {}
        self._ends: dict[tuple[Part, int], list[Mention]] = {}
        for mention in cast.mentions:
            if mention.adjective or not mention.entities:
                continue
            self._starts.setdefault((mention.part, mention.start), []).append(mention)
            self._ends.setdefault((mention.part, mention.end), []).append(mention)
        self._blocks: dict[tuple[Part, int], list[Sentence]] = {}
        for sentence in parsed.sentences:
            self._blocks.setdefault((sentence.part, sentence.block), []).append(sentence)
        self._people: dict[Part, list[tuple[int, tuple[str, ...]]]] = {}
        for (part, start), mentions in sorted(self._starts.items()):
            self._people.setdefault(part, []).extend(
                (start, mention.entities)
                for mention in mentions
                if mention.kind != "pronoun" and self.type_of(mention.entities[0]) == "person"
            )
        self._possessives = word_set(parsed.language, "text", "possessives")
        self.objects = word_set(parsed.language, "text", "pronouns") - words.nominative
        self._he = word_set(parsed.language, "text", "pronouns", "he")
        self._personal = self._he | word_set(parsed.language, "text", "pronouns", "she")
        self._names = {(name.part, name.start): name for name in parsed.names}
        self._name_ends = {(name.part, name.end): name for name in parsed.names}

    def sentences(self, part: Part, block: int) -> list[Sentence]:
        """Give the sentences of a block."""
        return self._blocks.get((part, block), [])

    def type_of(self, identifier: str | None) -> str:
        """Give the type of an entity, "" for none."""
        return self._types.get(identifier, "") if identifier is not None else ""

    def is_singular_pronoun(self, printed: str) -> bool:
        """Tell whether a word is a pronoun for one man or woman."""
        return printed.lower() in self._personal

    def is_he(self, printed: str) -> bool:
        """Tell whether a personal pronoun is that of a man."""
        return printed.lower() in self._he

    def is_group(self, subject: Subject) -> bool:
        """Tell whether a phrase ends in a word for people who speak in the news: "analysts"."""
        last = subject.text.lower().split()[-1]
        return last in word_set(self.parsed.language, "roles", "groups")

    def is_name(self, part: Part, subject: Subject) -> bool:
        """Tell whether a phrase that the cast may not hold begins with a name."""
        return (part, subject.start) in self._names

    def held(self, part: Part, subject: Subject) -> Subject:
        """Give a speaker the entity of the mention that he is: "An official" of "An official from ..."."""
        if subject.entity is not None:
            return subject
        wider = [m for m in self._starts.get((part, subject.start), ()) if m.end >= subject.end]
        joints = self.words.prepositions | self.words.coordinating
        plain = not any(word in joints for word in subject.text.lower().split())
        inner = [m for m in self._ends.get((part, subject.end), ()) if m.start >= subject.start and plain]
        for mention in (*wider, *inner):
            if mention.kind != "pronoun" and len(mention.entities) == 1:
                entity = mention.entities[0]
                return replace(subject, entity=entity, type=self.type_of(entity))
        return subject

    def persons_between(self, part: Part, start: int, end: int, but: str | None = None) -> bool:
        """Tell whether somebody other than `but` is named within `[start:end]`."""
        people = self._people.get(part, [])
        first, last = bisect_left(people, (start,)), bisect_left(people, (end,))
        return any(entities != (but,) for _, entities in people[first:last])

    # --- noun phrases -------------------------------------------------------------------------

    def phrase_from(self, part: Part, tokens: Sequence[Token], index: int) -> Subject | None:
        """Read the noun phrase that begins at a token; a possessive leads on to what it owns."""
        words = self.words
        limit = min(len(tokens), index + MODIFIERS + 6)
        at = index
        best: Subject | None = None
        modifiers = 0
        while at < limit:
            token = tokens[at]
            if not token.is_word:
                break
            closed = words.nominative | words.clause_openers | words.relative
            if at > index and token.lower in closed - words.determiners:
                break
            found = self.mention_from(part, tokens, at)
            if found is not None:
                if self.is_genitive(part, found, tokens):
                    at = found.last
                    best = None
                    modifiers = 0
                    continue
                best = found
                at = found.last
                # "den russiske presidenten Vladimir Putin": the name tells more than the role.
                following = self.mention_from(part, tokens, at) if at < len(tokens) else None
                if following is None or self.is_genitive(part, following, tokens):
                    break
                if not tokens[at].is_capital or tokens[at].lower in words.nominative:
                    break
                continue
            if best is not None:
                break
            lower = token.lower
            if at > index and (lower in words.prepositions or lower in words.nominative):
                break
            if lower in words.prepositions or lower in words.coordinating or lower in words.that:
                break
            if at > index and (lower in words.perfect | words.be or cue_at(tokens, at, words) is not None):
                break
            noun = at > index and tokens[at - 1].is_capital and self._common_noun_language()
            if noun and not token.is_capital and lower not in words.determiners:
                # "Angaben von Oppositionspolitikern hat der Präsident": the noun ends its phrase.
                break
            if modifiers >= MODIFIERS:
                break
            modifiers += 1
            at += 1
        if best is not None:
            return best if best.first == index else self._widen(part, tokens, index, best)
        return self._plain_from(part, tokens, index)

    def phrase_before(self, part: Part, tokens: Sequence[Token], end: int, low: int) -> Subject | None:
        """Read the noun phrase that ends before token `end`, unless a preposition governs it."""
        if end <= low:
            return None
        last = tokens[end - 1]
        found = self._mention_until(part, tokens, end)
        if found is None:
            return None
        if found.first < low or last.end != found.end:
            return None
        if last.lower in self.words.nominative:
            return found
        first = self._noun_start(tokens, found.first, low)
        return None if self._governed(tokens, first, low) and not self._titled(part, tokens, found) else found

    def _titled(self, part: Part, tokens: Sequence[Token], name: Subject) -> bool:
        """Tell whether whose post it is stands before a name: "the senator for Ohio Sherrod Brown"."""
        if name.type != "person" or name.first < 2:
            return False
        state = self._mention_until(part, tokens, name.first)
        return (
            state is not None
            and state.type in ("country", "place", "organisation")
            and tokens[state.first - 1].lower in self.words.prepositions
            and "Case=Gen" not in tokens[name.first - 1].feats
        )

    def _governed(self, tokens: Sequence[Token], first: int, low: int) -> bool:
        """Tell whether a preposition stands before a noun; one that opens a clause is none."""
        if first <= low:
            return False
        if tokens[first - 1].lower in self.words.coordinating:
            # "mellem Putin og Kim"
            return any(
                tokens[at].lower in self.words.prepositions
                for at in range(first - 2, max(low - 1, first - 5), -1)
                if all(tokens[i].is_word for i in range(at, first))
            ) and not any(
                tokens[i].lower in self.words.determiners for i in range(max(low, first - 4), first)
            )
        if tokens[first - 1].lower not in self.words.prepositions:
            return False
        if tokens[first - 1].lower in self.words.whether and first - 2 >= low:
            # "frågade om Tellis": here the word opens a question.
            asked = cue_at(tokens, first - 2, self.words)
            if asked is not None and asked.does("ask"):
                return False
        opens = first - 1 == low or tokens[first - 2].text in (",", "–", "—")
        return not (opens and tokens[first - 1].lower in self.words.clause_openers)

    def _noun_start(self, tokens: Sequence[Token], first: int, low: int) -> int:
        """Walk back over what stands between a preposition and its noun: "av den russiske ..."."""
        at = first
        for _ in range(MODIFIERS):
            if at <= low:
                break
            token = tokens[at - 1]
            if not token.is_word or cue_at(tokens, at - 1, self.words) is not None:
                break
            if token.is_capital and at - 1 > low and not self._common_noun_language():
                break
            at -= 1
            if token.lower in self.words.prepositions:
                return at + 1
            if token.lower in self.words.determiners:
                return at
        return first

    def mention_from(self, part: Part, tokens: Sequence[Token], index: int) -> Subject | None:
        """Give whom the cast knows by the words that begin at a token, or the name that is read there."""
        start = tokens[index].start
        if tokens[index].lower in self.words.adverbs:
            return None
        mentions = self._starts.get((part, start), [])
        if mentions:
            mention = max(mentions, key=lambda m: (m.end, m.kind == "named"))
            return self._of_mention(tokens, index, mention)
        name = self._names.get((part, start))
        if name is not None and not self._common_noun_language() and not _qualifies(tokens, index, name.end):
            last = _last_token(tokens, index, name.end)
            return Subject(index, last, name.start, name.end, name.text, None)
        return None

    def _mention_until(self, part: Part, tokens: Sequence[Token], end: int) -> Subject | None:
        stop = tokens[end - 1].end
        mentions = self._ends.get((part, stop), [])
        if mentions:
            mention = min(mentions, key=lambda m: (m.kind != "named", m.start))
            return self._of_mention(tokens, _first_token(tokens, end, mention.start), mention)
        name = self._name_ends.get((part, stop))
        if name is not None and not self._common_noun_language():
            first = _first_token(tokens, end, name.start)
            return Subject(first, end, name.start, name.end, name.text, None)
        token = tokens[end - 1]
        if token.lower in self.words.nominative:
            return Subject(end - 1, end, token.start, token.end, token.text, None, known=True)
        return self._capitals_until(part, tokens, end)

    def _capitals_until(self, part: Part, tokens: Sequence[Token], end: int) -> Subject | None:
        """Read a run of capitalised words that parsing does not hold for a name."""
        first = end
        while first > 0 and tokens[first - 1].is_capital and tokens[first - 1].is_word:
            first -= 1
        if end - first < 2 or self._common_noun_language():
            return None
        source = self.parsed.source(part)
        start, stop = tokens[first].start, tokens[end - 1].end
        return Subject(first, end, start, stop, source[start:stop], None)

    def _common_noun_language(self) -> bool:
        """Tell whether capitals mark all nouns, so that a capital alone makes no name."""
        return self.words.verb_final

    def _of_mention(self, tokens: Sequence[Token], index: int, mention: Mention) -> Subject:
        source = self.parsed.source(mention.part)
        entity = mention.entities[0] if len(mention.entities) == 1 else None
        return Subject(
            index,
            _last_token(tokens, index, mention.end),
            mention.start,
            mention.end,
            source[mention.start : mention.end],
            entity,
            self.type_of(entity),
            known=True,
        )

    def is_genitive(self, part: Part, subject: Subject, tokens: Sequence[Token]) -> bool:
        """Tell whether the phrase is a genitive: its last token goes on, or an apostrophe follows."""
        source = self.parsed.source(part)
        following = source[subject.end : subject.end + 2]
        if following[:1].isalpha():
            return True
        if following[:1] in ("'", "’", "‘", ":", "-") and following[1:2].isalpha():
            return True
        return (
            following[:1] in ("'", "’", "‘")
            and source[subject.end - 1 : subject.end] in "sxz"
            and following[1:2].isspace()
        )

    def _widen(self, part: Part, tokens: Sequence[Token], index: int, found: Subject) -> Subject:
        return Subject(
            index, found.last, found.start, found.end, found.text, found.entity, found.type, found.known
        )

    def _plain_from(self, part: Part, tokens: Sequence[Token], index: int) -> Subject | None:
        """Read a phrase that the cast does not hold: a pronoun, or a determiner and its noun."""
        words = self.words
        token = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        counted = following is not None and (
            following.lower in words.determiners - words.nominative or following.upos in _DETERMINED
        )
        if token.lower in words.nominative and not (token.lower in words.determiners and counted):
            return Subject(index, index + 1, token.start, token.end, token.text, None, known=True)
        last = index
        nouns = self._common_noun_language()
        while last < len(tokens) and last - index <= MODIFIERS:
            here = tokens[last]
            if (
                not here.is_word
                or here.lower in words.prepositions
                or here.lower in words.adverbs
                or here.lower in words.that
                or here.lower in words.coordinating
                or (last > index and here.lower in words.nominative | words.clause_openers)
                or (last > index and here.text in words.perfect | words.be | words.modal)
                or cue_at(tokens, last, words) is not None
            ):
                break
            last += 1
            if nouns and here.is_capital and not (last < len(tokens) and tokens[last].is_capital):
                break
        if last == index or not tokens[last - 1].text[-1:].isalnum():
            return None
        if nouns and not any(
            here.is_capital or here.lower in words.determiners for here in tokens[index:last]
        ):
            return None
        source = self.parsed.source(part)
        start, end = token.start, tokens[last - 1].end
        return Subject(index, last, start, end, source[start:end], None)


def _qualifies(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Tell whether what looks like a name is an adjective: "den Hamasstyrda myndigheten"."""
    after = index + 1
    return (
        tokens[index].upos in _QUALIFIERS
        and tokens[index].end == end
        and after < len(tokens)
        and tokens[after].upos == "NOUN"
        and not tokens[after].is_capital
    )


def _last_token(tokens: Sequence[Token], index: int, end: int) -> int:
    last = index + 1
    while last < len(tokens) and tokens[last].start < end:
        last += 1
    return last


def _first_token(tokens: Sequence[Token], end: int, start: int) -> int:
    first = end - 1
    while first > 0 and tokens[first - 1].start >= start:
        first -= 1
    return first
