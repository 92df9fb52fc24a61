"""Find who speaks: the subject of a cue, whom it is said to, and through what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidende.entities.types import Cast, Mention
from tidende.languages.lists import word_set
from tidende.parse.types import Parsed, Token
from tidende.quotes.cues import QUOTED, Cue, Grammar, cue_at, phrase_at
from tidende.records import Part

_SPEAKERS = ("person", "organisation", "country", "other", "place")
_CLOSE = frozenset(",)–—-")
_HARD = frozenset(".:;!?…()[]")
_APPOSITION = 28
_MODIFIERS = 4
_REACH_MEDIUM = 5
_GROUP = 10


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


class Scene:
    """Answer questions about noun phrases in the frames of one article."""

    def __init__(self, parsed: Parsed, cast: Cast, words: Grammar) -> None:
        self.parsed = parsed
        self.words = words
        self._types = {entity.id: entity.type for entity in cast.entities}
        self._starts: dict[tuple[Part, int], list[Mention]] = {}
        self._ends: dict[tuple[Part, int], list[Mention]] = {}
        for mention in cast.mentions:
            if mention.adjective or not mention.entities:
                continue
            self._starts.setdefault((mention.part, mention.start), []).append(mention)
            self._ends.setdefault((mention.part, mention.end), []).append(mention)
        self._personal = word_set(parsed.language, "text", "pronouns", "he") | word_set(
            parsed.language, "text", "pronouns", "she"
        )
        self._names = {(name.part, name.start): name for name in parsed.names}
        self._name_ends = {(name.part, name.end): name for name in parsed.names}

    def type_of(self, identifier: str | None) -> str:
        """Give the type of an entity, "" for none."""
        return self._types.get(identifier, "") if identifier is not None else ""

    def is_singular_pronoun(self, printed: str) -> bool:
        """Tell whether a word is a pronoun for one man or woman."""
        return printed.lower() in self._personal

    def persons_between(self, part: Part, start: int, end: int) -> bool:
        """Tell whether somebody is named within `[start:end]`."""
        return any(
            place[0] == part and start <= place[1] < end and self.type_of(mention.entities[0]) == "person"
            for place, mentions in self._starts.items()
            for mention in mentions
        )

    # --- noun phrases -------------------------------------------------------------------------

    def phrase_from(self, part: Part, tokens: Sequence[Token], index: int) -> Subject | None:
        """Read the noun phrase that begins at a token; a possessive leads on to what it owns."""
        words = self.words
        limit = min(len(tokens), index + _MODIFIERS + 6)
        at = index
        best: Subject | None = None
        modifiers = 0
        while at < limit:
            token = tokens[at]
            if not token.is_word:
                break
            found = self._mention_from(part, tokens, at)
            if found is not None:
                if self._possessive(part, found, tokens):
                    at = found.last
                    best = None
                    modifiers = 0
                    continue
                best = found
                at = found.last
                # "den russiske presidenten Vladimir Putin": the name tells more than the role.
                following = self._mention_from(part, tokens, at) if at < len(tokens) else None
                if following is None or self._possessive(part, following, tokens):
                    break
                continue
            if best is not None:
                break
            lower = token.lower
            if at > index and (lower in words.prepositions or lower in words.nominative):
                break
            if lower in words.prepositions or lower in words.coordinating or lower in words.that:
                break
            if at > index and cue_at(tokens, at, words) is not None:
                break
            if modifiers >= _MODIFIERS:
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
        return None if self._governed(tokens, first, low) else found

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
        opens = first - 1 == low or tokens[first - 2].text in (",", "–", "—")
        return not (opens and tokens[first - 1].lower in self.words.clause_openers)

    def _noun_start(self, tokens: Sequence[Token], first: int, low: int) -> int:
        """Walk back over what stands between a preposition and its noun: "av den russiske ..."."""
        at = first
        for _ in range(_MODIFIERS):
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

    def _mention_from(self, part: Part, tokens: Sequence[Token], index: int) -> Subject | None:
        start = tokens[index].start
        mentions = self._starts.get((part, start), [])
        if mentions:
            mention = max(mentions, key=lambda m: (m.end, m.kind == "named"))
            return self._of_mention(tokens, index, mention)
        name = self._names.get((part, start))
        if name is not None and not self._common_noun_language():
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

    def _possessive(self, part: Part, subject: Subject, tokens: Sequence[Token]) -> bool:
        """Tell whether the phrase is a genitive: its last token goes on, or an apostrophe follows."""
        source = self.parsed.source(part)
        following = source[subject.end : subject.end + 2]
        if following[:1].isalpha():
            return True
        if following[:1] in ("'", "’", "‘", ":") and following[1:2].isalpha():
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
        if token.lower in words.nominative:
            return Subject(index, index + 1, token.start, token.end, token.text, None, known=True)
        last = index
        nouns = self._common_noun_language()
        while last < len(tokens) and last - index <= _MODIFIERS:
            here = tokens[last]
            if (
                not here.is_word
                or here.lower in words.prepositions
                or here.lower in words.adverbs
                or here.lower in words.that
                or here.lower in words.coordinating
                or cue_at(tokens, last, words) is not None
            ):
                break
            last += 1
            if nouns and here.is_capital and not (last < len(tokens) and tokens[last].is_capital):
                break
        if last == index or not tokens[last - 1].text[-1:].isalnum():
            return None
        source = self.parsed.source(part)
        start, end = token.start, tokens[last - 1].end
        return Subject(index, last, start, end, source[start:end], None)

    # --- the subject of a cue -----------------------------------------------------------------

    def subject(
        self, part: Part, tokens: Sequence[Token], cue: Cue, low: int, *, inverted: bool = False
    ) -> Subject | None:
        """Find the subject of a cue within `tokens[low:]`.

        `inverted` tells that the cue follows the quotation it introduces ("..., sa Kim").
        """
        if inverted:
            return self.after(part, tokens, cue) or None
        if self.words.verb_final:
            subordinate, subject = self._in_clause(part, tokens, cue.first, low)
            if subordinate:
                return subject
        first = self._auxiliary(tokens, cue, low)
        strict = self._before(part, tokens, first, low)
        after = self.after(part, tokens, cue) if cue.form != "gerund" else None
        if not self.words.verb_second:
            ambiguous = tokens[cue.first].lower in self.words.nouns
            if strict is None and not ambiguous:
                strict = self._loose_before(part, tokens, cue.first, low)
            follows = cue.first == low or not tokens[cue.first - 1].is_word
            if strict is not None or not follows or ambiguous:
                return strict
        if strict is not None:
            # "Dem Sender sagte Hammel": a person after the verb is not told, it tells.
            turned = self.words.verb_second and after is not None and after.known
            if turned and after is not None and after.type == "person" and strict.type not in ("", "person"):
                return after
            # "..., hvor journalister deltog, udtrykte lederen": after a comma the verb comes first.
            comma = tokens[cue.first - 1].text == ","
            if not turned or after is None or not comma or cue.does("tell"):
                return strict
            following = tokens[after.last] if after.last < len(tokens) else None
            small = self.words.prepositions | self.words.adverbs | self.words.that
            # "Gånev, sier han stjal den": here the pronoun belongs to what is said.
            goes_on = following is not None and following.is_word and following.lower not in small
            return strict if goes_on and after.text.lower() in self.words.nominative else after
        if after is not None and after.text.lower() in self.words.impersonal:
            after = None
        if after is not None and (after.known or tokens[after.first].is_capital):
            return after
        if (
            after is not None
            and self.words.verb_second
            and cue.first > low
            and tokens[cue.first - 1].text == ","
        ):
            return after
        loose = self._loose_before(part, tokens, first, low)
        if loose is not None or after is None or not self.words.verb_second:
            return loose
        return after

    def _auxiliary(self, tokens: Sequence[Token], cue: Cue, low: int) -> int:
        """Give where the verb group of a cue begins: "har to ganger bekreftet"."""
        if cue.form == "participle" and self.words.verb_second:
            for at in range(cue.first - 1, max(low - 1, cue.first - _GROUP), -1):
                if tokens[at].lower in self.words.perfect:
                    return at
        return cue.first

    def after(self, part: Part, tokens: Sequence[Token], cue: Cue) -> Subject | None:
        """Read the subject that follows its verb: "sa den russiske presidenten"."""
        at = cue.after
        if cue.form == "participle" and self.words.verb_second:
            # "har Putin sagt": the subject stands between the auxiliary and the participle.
            auxiliary = self._auxiliary(tokens, cue, 0)
            at = auxiliary + 1 if auxiliary < cue.first else at
        elif not self.words.verb_second and cue.last > cue.after:
            at = cue.last
        while at < len(tokens) and tokens[at].lower in self.words.adverbs:
            at += 1
        if at >= len(tokens) or not tokens[at].is_word:
            return None
        if tokens[at].lower in self.words.prepositions or tokens[at].lower in self.words.that:
            return None
        found = self.phrase_from(part, tokens, at)
        if found is None or self._possessive(part, found, tokens):
            return None
        if found.first < cue.first < found.last:
            return None
        return found if found.type == "person" else self._named_after(part, tokens, found) or found

    def _named_after(self, part: Part, tokens: Sequence[Token], found: Subject) -> Subject | None:
        """Find the name that a post leads to: "sier inspektør ved skolen, Erlend Staberg, til NRK"."""
        words = self.words
        closed = words.relative | words.clause_openers | words.that | words.nominative
        if found.entity is None and found.text[:1].isupper() and " " in found.text:
            return None
        for at in range(found.last, min(len(tokens), found.last + _APPOSITION // 2)):
            token = tokens[at]
            if token.lower in closed or token.text in _HARD or phrase_at(tokens, at, words.addressee):
                return None
            if cue_at(tokens, at, words) is not None or token.text == QUOTED:
                return None
            name = self._mention_from(part, tokens, at) if token.is_capital else None
            if name is None or tokens[at - 1].lower in words.prepositions:
                continue
            person = name.type == "person" or (not name.known and " " in name.text)
            if person and not self._possessive(part, name, tokens):
                return name
        return None

    def _before(self, part: Part, tokens: Sequence[Token], end: int, low: int) -> Subject | None:
        words = self.words
        at = end
        for _ in range(12):
            while at > low and (
                words.is_adverb(tokens[at - 1].lower) or tokens[at - 1].lower in words.perfect | words.modal
            ):
                at -= 1
            if at <= low:
                return None
            token = tokens[at - 1]
            if token.text in (",", ")", "–", "—", "-"):
                return self._across_comma(part, tokens, at - 1, low)
            if token.lower in words.relative and at - 1 > low:
                antecedent = at - 1
                while antecedent > low and tokens[antecedent - 1].text == ",":
                    antecedent -= 1
                found = self._antecedent(part, tokens, antecedent, low)
                if found is not None:
                    return found
            if token.lower in words.coordinating:
                return self.main_subject(part, tokens, at - 1, low)
            found = self.phrase_before(part, tokens, at, low)
            if found is not None and not self._possessive(part, found, tokens):
                return found
            skipped = self._over_prepositional(tokens, at, low)
            if skipped is None:
                return None
            at = skipped
        return None

    def _in_clause(
        self, part: Part, tokens: Sequence[Token], end: int, low: int
    ) -> tuple[bool, Subject | None]:
        """Find the subject of a verb at the end of its clause: "als er der Versammlung sagte".

        Give whether the verb ends a subordinate clause, and the subject if it can be told.
        """
        words = self.words
        for at in range(end - 1, low - 1, -1):
            if tokens[at].text not in (",", "–") and at > low:
                continue
            first = at if tokens[at].is_word else at + 1
            if first >= end:
                return False, None
            if tokens[first].lower in words.clause_openers | words.that | words.conditional:
                return True, self.phrase_from(part, tokens, first + 1) if first + 1 < end else None
            if tokens[first].lower in words.relative and first > at and end - first > 1:
                return self._relative_clause(part, tokens, at, low)
            return False, None
        return False, None

    def _relative_clause(
        self, part: Part, tokens: Sequence[Token], comma: int, low: int
    ) -> tuple[bool, Subject | None]:
        """Tell a relative clause, which follows a noun at once, from a clause that opens with an article."""
        antecedent = self._antecedent(part, tokens, comma, low)
        return antecedent is not None, antecedent

    def _antecedent(self, part: Part, tokens: Sequence[Token], end: int, low: int) -> Subject | None:
        """Read the noun before a relative pronoun; here a preposition before it does no harm."""
        if end <= low:
            return None
        found = self._mention_until(part, tokens, end)
        if found is not None:
            return found
        for at in range(end - 1, max(low, end - _MODIFIERS - 4), -1):
            nearer = self._mention_until(part, tokens, at) if tokens[at - 1].is_word else None
            if nearer is not None and nearer.type in ("person", "organisation", "country"):
                return nearer
        first = self._noun_start(tokens, end - 1, low)
        if not tokens[end - 1].is_word or tokens[first].lower not in self.words.determiners:
            return None
        source = self.parsed.source(part)
        start, stop = tokens[first].start, tokens[end - 1].end
        return Subject(first, end, start, stop, source[start:stop], None)

    def _across_comma(self, part: Part, tokens: Sequence[Token], comma: int, low: int) -> Subject | None:
        """Skip an apposition or relative clause: "Jurij Usjakov, der er talsmand for Kreml, oplyste"."""
        for at in range(comma - 1, max(low, comma - _APPOSITION), -1):
            if tokens[at].text in (",", "(", "–", "—", "-"):
                found = self.phrase_before(part, tokens, at, low)
                inner = self._mention_until(part, tokens, comma)
                named = inner is not None and inner.first == at + 1 and inner.text[:1].isupper()
                if found is not None and not self._possessive(part, found, tokens):
                    return inner if named and found.type != "person" else found
                if named:
                    return inner
            elif tokens[at].text in _HARD or tokens[at].text == QUOTED:
                return None
        return None

    def _over_prepositional(self, tokens: Sequence[Token], end: int, low: int) -> int | None:
        """Give where a prepositional phrase that ends at `end` begins; None if there is none."""
        for at in range(end - 1, max(low - 1, end - 8), -1):
            token = tokens[at]
            if not token.is_word or token.lower in self.words.nominative:
                return None
            if token.lower in self.words.prepositions:
                return at
        return None

    def main_subject(self, part: Part, tokens: Sequence[Token], end: int, low: int) -> Subject | None:
        """Give the first noun phrase of a clause that no preposition governs: its likely subject."""
        governed = False
        for at in range(low, end):
            found = self._mention_from(part, tokens, at)
            if found is None and at == low and tokens[at].lower in self.words.determiners:
                found = self.phrase_from(part, tokens, at)
                following = tokens[found.last] if found is not None and found.last < end else None
                if following is None or not following.is_word or following.lower in self.words.prepositions:
                    found = None
            if found is None and tokens[at].lower in self.words.nominative:
                found = self._plain_from(part, tokens, at)
            if found is None or self._possessive(part, found, tokens) or not self._may_speak(found):
                continue
            first = self._noun_start(tokens, at, low)
            if self._governed(tokens, first, low):
                governed = True
                continue
            # "between Kim and Moon": what is joined to a governed noun is governed too.
            if governed and first > low and tokens[first - 1].lower in self.words.coordinating:
                continue
            return found
        return None

    def _may_speak(self, subject: Subject) -> bool:
        return subject.type in ("", *_SPEAKERS)

    def _loose_before(self, part: Part, tokens: Sequence[Token], end: int, low: int) -> Subject | None:
        """Read plain words before the cue as its subject: "Conservative sites reported"."""
        words = self.words
        at = end
        while at > low and (
            words.is_adverb(tokens[at - 1].lower) or tokens[at - 1].lower in words.perfect | words.modal
        ):
            at -= 1
        last = at
        skipped = 0
        while at > low and last - at < _MODIFIERS + 2:
            token = tokens[at - 1]
            lower = token.lower
            if lower in words.relative and at - 1 > low:
                antecedent = at - 1
                while antecedent > low and tokens[antecedent - 1].text == ",":
                    antecedent -= 1
                return self._antecedent(part, tokens, antecedent, low)
            if not token.is_word or lower in words.coordinating or lower in words.that:
                break
            if lower in words.clause_openers | words.conditional:
                break
            if lower in words.prepositions and skipped < 2 and at - 1 > low:
                # "Der Wetterdienst in Phoenix sagte": the noun stands before the preposition.
                skipped += 1
                last = at = at - 1
                continue
            if lower in words.prepositions | words.be or cue_at(tokens, at - 1, words) is not None:
                return None
            at -= 1
            if lower in words.determiners:
                break
        if at == last or not tokens[last - 1].text[-1:].isalnum():
            return None
        first = tokens[at]
        determined = first.lower in words.determiners and last - at > 1
        if words.verb_second and not determined and (first.text[:1].islower() or at > low):
            return None
        source = self.parsed.source(part)
        return Subject(
            at, last, first.start, tokens[last - 1].end, source[first.start : tokens[last - 1].end], None
        )

    # --- to whom, and through what --------------------------------------------------------------

    def addressee(
        self, part: Part, tokens: Sequence[Token], cue: Cue, end: int, speaker: Subject | None
    ) -> str | None:
        """Give the entity that is spoken to, within the tokens from the cue up to `end`."""
        if cue.does("tell") and cue.after < end:
            found = self.phrase_from(part, tokens, cue.after)
            if found is not None and (speaker is None or found.start != speaker.start) and found.entity:
                return self._listener(found, speaker)
        for at in range(cue.after, min(end, cue.after + 14)):
            size = phrase_at(tokens, at, self.words.addressee)
            if phrase_at(tokens, at - 1, self.words.according):
                continue
            if not size or at + size >= len(tokens):
                continue
            found = self.phrase_from(part, tokens, at + size)
            if found is not None and found.entity and (listener := self._listener(found, speaker)):
                return listener
        return None

    def _listener(self, found: Subject, speaker: Subject | None) -> str | None:
        if found.type not in ("person", "organisation", "country", "other"):
            return None
        return found.entity if speaker is None or speaker.entity != found.entity else None

    def medium(self, tokens: Sequence[Token], start: int, end: int) -> str | None:
        """Give the key of the medium that is told after a preposition: "in a statement"."""
        for at in range(start, min(end, len(tokens))):
            for size in (2, 1):
                key = self.words.medium.get(tuple(t.lower for t in tokens[at : at + size]))
                before = tokens[max(start, at - _REACH_MEDIUM) : at]
                if key is not None and any(t.lower in self.words.prepositions for t in before):
                    return key
        return None


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
