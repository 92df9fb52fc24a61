"""Find who speaks: the subject of a cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tidende.languages.lists import word_set
from tidende.parse.types import Token
from tidende.quotes.cues import QUOTED, Cue, cue_at, phrase_at
from tidende.quotes.phrases import MODIFIERS, Subject
from tidende.quotes.setting import Setting
from tidende.records import Part

_SPEAKERS = ("person", "organisation", "country", "other", "place")
_HARD = frozenset(".:;!?…()[]")
_APPOSITION = 28
_GROUP = 10


class Scene(Setting):
    """Find the subject of a cue."""

    def subject(
        self, part: Part, tokens: Sequence[Token], cue: Cue, low: int, *, inverted: bool = False
    ) -> Subject | None:
        """Find the subject of a cue within `tokens[low:]`; its tree corrects the rules.

        `inverted` tells that the cue follows the quotation it introduces ("..., sa Kim").
        """
        found = self._by_order(part, tokens, cue, low, inverted=inverted)
        if found is not None and self._is_time(found):
            found = None  # "tilstod otte måneder efter, at ..."
        return self._together(part, tokens, self.settle(part, tokens, cue, found), low)

    def _together(
        self, part: Part, tokens: Sequence[Token], found: Subject | None, low: int
    ) -> Subject | None:
        """Take in who else speaks: "Macron, Scholz och Starmer uppmanar" is the word of none alone."""
        if found is None or found.entity is None or found.first - low < 2:
            return found
        first, marks = found.first, word_set(self.parsed.language, "text", "conjunctions", "and")
        while first - 1 > low and tokens[first - 1].lower in marks:
            other = self._mention_until(part, tokens, first - 1)
            if other is None or not other.known or other.first < low or other.type != found.type:
                break
            first, marks = other.first, frozenset({","})
        if first == found.first:
            return found
        entity: str | None = found.entity
        if self._governed(tokens, first, low):
            # "Ledarna för Frankrike och Storbritannien": who they lead is not who speaks.
            if not all(token.is_word for token in tokens[low:first]) or first - low > MODIFIERS:
                return found
            first, entity = low, None
        start = tokens[first].start
        text = self.parsed.source(part)[start : found.end]
        return replace(found, first=first, start=start, text=text, entity=entity)

    def _is_time(self, subject: Subject) -> bool:
        """Tell whether a phrase is a length of time: "otte måneder"."""
        times = word_set(self.parsed.language, "calendar", "units")
        return subject.entity is None and subject.text.lower().split()[-1] in times

    def _by_order(
        self, part: Part, tokens: Sequence[Token], cue: Cue, low: int, *, inverted: bool = False
    ) -> Subject | None:
        """Find the subject of a cue by the order of words."""
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
            first = self._noun_start(tokens, strict.first, low)
            told = tokens[first].lower in self.words.dative
            person = turned and after is not None and after.type == "person"
            if person and (told or strict.type == "place"):
                return after
            if self._opens_with(part, tokens, strict, low):
                return strict
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
        loose = self._loose_before(part, tokens, first, low)
        if loose is not None and self.is_group(loose):
            return loose
        if after is not None and (after.known or tokens[after.first].is_capital):
            return after
        if (
            after is not None
            and self.words.verb_second
            and cue.first > low
            and tokens[cue.first - 1].text == ","
        ):
            return after
        if loose is not None or after is None:
            return loose
        # What follows "kalte" or "krever" is as likely what is called or demanded.
        takes_object = cue.does("call", "pledge", "demand") and not cue.does("say")
        return self.main_subject(part, tokens, cue.first, low) if takes_object else after

    def _opens_with(self, part: Part, tokens: Sequence[Token], subject: Subject, low: int) -> bool:
        """Tell whether a sentence opens with its subject: "Jimmy Carter, der ..., sagte Reportern"."""
        words = self.words
        small = words.prepositions | words.clause_openers | words.conditional | words.that | words.question
        if (low and tokens[low - 1].is_word) or tokens[low].lower in small | words.dative | words.adverbs:
            return False
        opening = self.phrase_from(part, tokens, low)
        return opening is not None and opening.start == subject.start

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
        elif cue.last > cue.after and (
            not self.words.verb_second or cue.last - cue.after == len(cue.particle)
        ):
            at = cue.last
        while at < len(tokens) and tokens[at].lower in self.words.adverbs:
            at += 1
        if at >= len(tokens) or not tokens[at].is_word:
            return None
        small = self.words.prepositions | self.words.that | self.words.dative | self.words.whether
        if tokens[at].lower in small:
            return None
        found = self.phrase_from(part, tokens, at)
        if found is None or self.is_genitive(part, found, tokens) or found.text.lower() in self.objects:
            return None
        if found.first < cue.first < found.last:
            return None
        return found if found.type == "person" else self._named_after(part, tokens, found) or found

    def _named_after(self, part: Part, tokens: Sequence[Token], found: Subject) -> Subject | None:
        """Find the name that a post leads to: "sier inspektør ved skolen, Erlend Staberg, til NRK"."""
        words = self.words
        closed = words.relative | words.clause_openers | words.that | words.nominative
        # "siger Københavns politidirektør, Poul Eefsen": a post that its town's name opens is no name.
        named = found.text[:1].isupper() and found.text.split()[-1][:1].isupper()
        if found.entity is None and named and " " in found.text:
            return None
        for at in range(found.last, min(len(tokens), found.last + _APPOSITION // 2)):
            token = tokens[at]
            # "der Sprecher der Küstenwache, Nikos Alexiou": here the word is an article.
            owner = token.lower in words.relative & words.determiners and tokens[at - 1].text != ","
            if token.lower in closed and not owner:
                return None
            if token.text in _HARD or phrase_at(tokens, at, words.addressee):
                return None
            if cue_at(tokens, at, words) is not None or token.text == QUOTED:
                return None
            name = self.mention_from(part, tokens, at) if token.is_capital else None
            if name is None or tokens[at - 1].lower in words.prepositions or self.is_titled_apart(part, name):
                continue
            person = name.type == "person" or (not name.known and " " in name.text)
            if person and not self.is_genitive(part, name, tokens):
                return name
        return None

    def named_beside(self, part: Part, tokens: Sequence[Token], found: Subject) -> Subject | None:
        """Find the name set beside a source by commas: "en talsmann for politiet, Mickey Rosenfeld, ..."."""
        name = self._named_after(part, tokens, found) if found.type != "person" else None
        if name is None or tokens[name.first - 1].text != ",":
            return None
        between = tokens[found.last : name.first - 1]
        closed = name.last >= len(tokens) or not tokens[name.last].is_word
        plain = all(token.is_word and token.upos not in ("VERB", "AUX") for token in between)
        return name if closed and plain else None

    def _before(self, part: Part, tokens: Sequence[Token], end: int, low: int) -> Subject | None:
        words = self.words
        at = end
        for _ in range(12):
            while at > low and (
                words.is_adverb(tokens[at - 1].lower) or tokens[at - 1].text in words.perfect | words.modal
            ):
                at -= 1
            if at <= low:
                return None
            token = tokens[at - 1]
            opening = next((i for i in range(at - 2, max(low, at - 5), -1) if tokens[i].text == "("), -1)
            if token.text == ")" and opening > low:
                at = opening  # "Lars Løkke Rasmussen (M) siger": the party
                continue
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
            if found is not None and not self.is_genitive(part, found, tokens):
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
            openers = words.clause_openers | words.that | words.conditional
            if not self._closes(tokens, end):
                return False, None
            if tokens[first].lower in (openers | words.question if at == low else openers):
                return True, self.phrase_from(part, tokens, first + 1) if first + 1 < end else None
            if tokens[first].lower in words.relative and first > at and end - first > 1:
                return self._relative_clause(part, tokens, at, low)
            return False, None
        return False, None

    def _closes(self, tokens: Sequence[Token], verb: int) -> bool:
        """Tell whether a verb can be the last of its clause: what follows is no word, or a small verb."""
        words = self.words
        following = tokens[verb + 1] if verb + 1 < len(tokens) else None
        if following is None or not following.is_word:
            return True
        return following.lower in words.modal | words.perfect | words.be | words.coordinating

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
            # "Sofie Matiassen i Dagens Næringsliv, som": the paper only tells where she works.
            governed = found.type != "person" and found.first - 1 > low
            if governed and tokens[found.first - 1].lower in self.words.prepositions:
                person = self._mention_until(part, tokens, found.first - 1)
                if person is not None and person.type == "person":
                    return person
            return found
        if tokens[end - 1].lower in self.words.prepositions:
            return None
        for at in range(end - 1, max(low, end - MODIFIERS - 4), -1):
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
        if not self.words.verb_final:
            for at in range(comma - 1, max(low, comma - _APPOSITION), -1):
                relative = tokens[at].text == "," and tokens[at + 1].lower in self.words.relative
                found = self._mention_until(part, tokens, at) if relative else None
                if found is not None and not self.is_genitive(part, found, tokens):
                    return found
        for at in range(comma - 1, max(low, comma - _APPOSITION), -1):
            if tokens[at].text in (",", "(", "–", "—", "-"):
                found = self.phrase_before(part, tokens, at, low)
                inner = self._mention_until(part, tokens, comma)
                named = inner is not None and inner.first == at + 1 and inner.text[:1].isupper()
                if found is not None and not self.is_genitive(part, found, tokens):
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
            found = self.mention_from(part, tokens, at)
            if found is None and at == low and tokens[at].lower in self.words.determiners:
                found = self.phrase_from(part, tokens, at)
                following = tokens[found.last] if found is not None and found.last < end else None
                if following is None or not following.is_word or following.lower in self.words.prepositions:
                    found = None
            if found is None and tokens[at].lower in self.words.nominative:
                found = self._plain_from(part, tokens, at)
            if found is None or self.is_genitive(part, found, tokens) or not self._may_speak(found):
                continue
            if found.text.lower() in self._possessives | self.objects:
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
            words.is_adverb(tokens[at - 1].lower) or tokens[at - 1].text in words.perfect | words.modal
        ):
            at -= 1
        last = at
        skipped = 0
        while at > low and last - at < MODIFIERS + 2:
            token = tokens[at - 1]
            lower = token.lower
            paused = at - 1 > low and tokens[at - 2].text == ","
            if lower in words.relative and at - 1 > low and (paused or lower not in words.determiners):
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
                governed = at - 1 > low and tokens[at - 1].lower in words.prepositions
                if words.verb_final and at - 1 > low and tokens[at - 1].is_capital and skipped < 2:
                    # "Ein Sprecher der Rettungsdienste": a genitive.
                    skipped += 1
                    last = at
                    continue
                if not governed or skipped >= 2:
                    break
                # "formanden i den socialdemokratiske gruppe udtalte"
                skipped += 1
                last = at = at - 1
        if at == last or not tokens[last - 1].text[-1:].isalnum():
            return None
        first = tokens[at]
        if first.lower in words.dative:
            return None
        determined = first.lower in words.determiners and last - at > 1
        if words.verb_second and not determined and (first.text[:1].islower() or at > low):
            return None
        source = self.parsed.source(part)
        return Subject(
            at, last, first.start, tokens[last - 1].end, source[first.start : tokens[last - 1].end], None
        )
