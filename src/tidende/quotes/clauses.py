"""Find the clause that a cue of speech governs, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass

from tidende.quotes.cues import QUOTED, Cue, cue_at
from tidende.quotes.phrases import Subject
from tidende.quotes.reach import Reach

FEW = 3
_REACH = 26
_NEAR = 6
_BARE_REACH = 12
_NAMING_REACH = 16
_TAKING_OVER = ("say", "tell", "ask", "add", "claim", "deny", "announce", "write", "opine")


@dataclass(frozen=True, slots=True)
class Clause:
    """The tokens `[first:last]` of a clause."""

    first: int
    last: int


class Clauses(Reach):
    """Find the clauses that cues govern in one frame."""

    def _complement(self, cue: Cue, subject: Subject, after: int, *, inverted: bool) -> Clause | None:
        """Find the clause that a cue governs: after "that", "whether", "to", or bare."""
        tokens, words = self.tokens, self.words
        stop = self._stop(after)
        if not inverted and not words.clause_comma and (clause := self._pronoun_clause(cue, after, stop)):
            return clause
        early = self._early(cue, after, stop, inverted=inverted)
        for at in range(after, min(stop, after + _REACH)):
            token = tokens[at]
            if early is not None and at >= early.first:
                return early
            if token.lower in words.that and self._opens_clause(at, after, stop, cue):
                return self._clause(at + 1, stop)
            near = at - after <= _NEAR
            if near and token.lower in words.whether and cue.does("ask"):
                return self._clause(at, stop)
            if near and token.lower in words.question and cue.does("ask", "tell") and at > after:
                return self._clause(at, stop)
            # "..., sa Wang Yi när han träffade media": after what was said this only tells when.
            when = inverted and token.lower in words.clause_openers and tokens[cue.first - 1].text == ","
            asked = near and token.lower in words.question and at == after and not when
            if asked and cue.does("ask", "tell", "say"):
                return self._clause(at, stop)
            lower_next = at + 1 < stop and tokens[at + 1].text[:1].islower()
            marks = token.lower in words.infinitive and not words.verb_final
            if marks and cue.does("pledge", "demand") and lower_next and self._content(cue, after, at):
                return self._clause(at, stop)
            other = cue_at(tokens, at, words) if at > after else None
            if other is not None and other.form == "finite" and other.does(*_TAKING_OVER):
                break
        if words.verb_final and cue.does("pledge", "demand") and (clause := self._to_clause(after, stop)):
            return clause
        return self._named(cue, after, stop) or self._bare(cue, after, stop, inverted=inverted)

    def _pronoun_clause(self, cue: Cue, after: int, stop: int) -> Clause | None:
        """Read "said he ...": a subject pronoun right after a verb that has its own subject."""
        while after < stop and self.tokens[after].lower in self.words.adverbs:
            after += 1
        if after + 1 >= stop or not cue.does(*self.words.bare) or cue.does("tell"):
            return None
        first = self.tokens[after].lower.replace("’", "'").partition("'")[0]
        pronoun = first in self.words.nominative - self.words.determiners
        return self._clause(after, stop) if pronoun else None

    def _to_clause(self, after: int, stop: int) -> Clause | None:
        """Read an infinitive clause after a comma: "gelobte, eine Basis abzubauen"."""
        tokens = self.tokens
        comma = next((at for at in range(after, stop) if tokens[at].text == ","), None)
        if comma is None or comma + 1 >= stop or tokens[comma + 1].lower in self.words.purpose:
            return None
        for token in tokens[comma + 1 : stop]:
            inside = any(marker in token.lower[2:-3] for marker in self.words.infinitive)
            if token.lower in self.words.infinitive or inside:
                return self._clause(comma + 1, stop)
        return None

    def _opens_clause(self, at: int, after: int, stop: int, cue: Cue) -> bool:
        """Tell a complementiser from a demonstrative or relative of the same form."""
        following = self.tokens[at + 1] if at + 1 < stop else None
        if following is None:
            return False
        before = self.tokens[at - 1] if at > after else None
        if self.tokens[at].lower in self.words.infinitive:
            if cue.does("pledge", "demand"):
                return self._content(cue, after, at)
            # One form for "that" and "to": after a preposition, or a verb of mere voice, it is "to".
            if before is not None and before.lower in self.words.prepositions - self.words.about:
                return False
            if cue.kinds == ("utter",):
                return False
            plain = before is None or before.is_word
            subject = self.scene.phrase_from(self.part, self.tokens, at + 1)
            if self.words.clause_comma and plain and (subject is None or not subject.known):
                return False
        if at == after or (before is not None and before.text == ","):
            return not self._of_noun(at, after, cue)
        between = self.tokens[after:at]
        words = self.words
        inner = words.clause_openers | words.contrast | words.relative - words.determiners
        if any(token.lower in inner for token in between):
            # "mocked her when she insisted that": the clause belongs to a verb of its own.
            return False
        return not self._of_noun(at, after, cue)

    def _of_noun(self, at: int, after: int, cue: Cue) -> bool:
        """Tell a clause that a noun governs: "nevnte viktigheten av at de stemmer"."""
        words = self.words
        at -= self.tokens[at - 1].text == ","
        if at - 2 < after or not cue.does("say", "call", "add", "announce"):
            return False
        noun = self.tokens[at - 2]
        governs = self.tokens[at - 1].lower in words.prepositions - words.about
        return governs and noun.is_word and not words.is_adverb(noun.lower) and not noun.is_capital

    def _content(self, cue: Cue, after: int, at: int) -> bool:
        """Tell what is promised or asked for from the purpose of it: "promised drugs to tackle HIV"."""
        tokens, words = self.tokens, self.words
        if at > after and tokens[at - 1].lower in words.purpose:
            return False
        between = [token.lower for token in tokens[after:at]]
        if cue.does("demand"):
            return not any(word in words.clause_openers | words.contrast for word in between)
        if any((found := cue_at(tokens, i, words)) and found.form == "finite" for i in range(after, at)):
            return False
        # "pledged in a meeting to", "promised Kim to": but after a thing what follows is its own.
        if not between or between[0] in words.prepositions:
            return True
        listener = self.scene.phrase_from(self.part, tokens, after)
        if listener is not None and (listener.known or listener.text.lower() in self.scene.objects):
            return at - listener.last <= 1
        return all(words.is_adverb(word) or word in words.negation or not word.isalnum() for word in between)

    def _early(self, cue: Cue, after: int, stop: int, *, inverted: bool) -> Clause | None:
        """Read a clause without complementiser that has one inside: "sagte, er glaube nicht, dass"."""
        tokens, words = self.tokens, self.words
        if not words.verb_final or not cue.does(*words.bare) or cue.kinds == ("utter",):
            return None
        clause = self._after_comma(after, stop, inverted=inverted)
        if clause is None or tokens[clause.first].lower in words.that:
            return None
        for at in range(clause.first, stop):
            if tokens[at].text == ",":
                return None
            if tokens[at].lower in words.subjunctive:
                return clause
        return None

    def _bare(self, cue: Cue, after: int, stop: int, *, inverted: bool) -> Clause | None:
        tokens, words = self.tokens, self.words
        if not cue.does(*words.bare) or cue.kinds == ("utter",) or after >= stop:
            return None
        if words.clause_comma:
            return self._after_comma(after, stop, inverted=inverted)
        at = after
        while at < stop and tokens[at].lower in words.adverbs:
            at += 1
        if at >= stop or stop - at < FEW:
            return None
        if cue.does("tell") and not cue.does("say"):
            return self._told(at, stop)
        token = tokens[at]
        if token.lower in words.nominative and token.lower not in words.first_person:
            return self._pronoun_opens(at, stop)
        if words.verb_second:
            return None if inverted else self._noun_clause(at, stop)
        if not token.is_word or token.text == QUOTED:
            return None
        if token.lower in words.prepositions:
            return self._late_pronoun(at, stop)
        if token.lower in words.coordinating or token.lower in words.relative - words.determiners:
            return None
        if stop - at > FEW and (cue.does("say", "add", "tell") or self._has_verb(at, stop)):
            return self._clause(at, stop)
        return None

    def _pronoun_opens(self, at: int, stop: int) -> Clause | None:
        """Tell a pronoun that opens a clause from an article, and from an object: "sa det i radioen"."""
        words = self.words
        following = self.tokens[at + 1].lower
        if self.tokens[at].lower not in words.determiners:
            return self._clause(at, stop)
        if following in words.prepositions | words.nominative | words.coordinating | words.that:
            return None
        phrase = self.scene.phrase_from(self.part, self.tokens, at)
        if phrase is not None and phrase.known and phrase.last > at + 1:
            return self._noun_clause(at, stop)
        return self._clause(at, stop)

    def _has_verb(self, first: int, stop: int) -> bool:
        words = self.words
        verbs = words.be | words.modal | words.perfect
        for at in range(first, stop):
            token = self.tokens[at]
            if at > first and token.lower in words.relative:
                return False
            finite = token.text.lower() in verbs or "'" in token.text[-4:-2]
            cue = cue_at(self.tokens, at, words) if at > first else None
            if finite or (cue is not None and cue.form == "finite" and not cue.does("call")):
                return True
        return False

    def _noun_clause(self, at: int, stop: int) -> Clause | None:
        """Read "mener den nordkoreanske lederen er ute": a noun and, soon after it, a sure verb.

        Only auxiliaries are sure to be verbs without a tree.
        """
        tokens, words = self.tokens, self.words
        first = tokens[at].lower
        if not tokens[at].is_word or first in words.prepositions | words.infinitive | words.that | words.be:
            return None
        for later in range(at + 1, min(stop, at + _BARE_REACH)):
            small = words.relative | words.that | words.clause_openers
            if not tokens[later].is_word or tokens[later].lower in small:
                return None
            if tokens[later].lower in words.be | words.modal | words.perfect:
                return self._clause(at, stop)
        return None

    def _late_pronoun(self, at: int, stop: int) -> Clause | None:
        """Read "said at first he thought": the clause begins with the phrase before its subject."""
        for later in range(at + 1, min(stop, at + _BARE_REACH)):
            if not self.tokens[later].is_word:
                return None
            if self.tokens[later].lower in self.words.question:
                return self._clause(later, stop)
            if self.tokens[later].lower in self.words.nominative:
                following = self.tokens[at + 1]
                when = following.is_capital or following.lower in self.words.adverbs
                # "said on Saturday she would": the day belongs to the telling.
                return self._clause(later if when else at, stop)
        return None

    def _told(self, at: int, stop: int) -> Clause | None:
        """Read "told Reuters he would go": past the addressee, the first subject opens the clause."""
        tokens, words = self.tokens, self.words
        listener = self.scene.phrase_from(self.part, tokens, at)
        if listener is None:
            return None
        for later in range(listener.last, min(stop, listener.last + _BARE_REACH)):
            token = tokens[later]
            if not token.is_word and token.text != ",":
                return None
            before = tokens[later - 1]
            governed = before.lower in words.prepositions or before.lower in words.determiners
            if token.lower in words.nominative and not governed:
                return self._clause(later, stop)
            if token.lower in words.determiners and not governed:
                return self._clause(later, stop) if self._has_verb(later, stop) else None
        if self._has_verb(listener.last, stop) and tokens[listener.last].is_word:
            return self._clause(listener.last, stop)
        return None

    def _after_comma(self, after: int, stop: int, *, inverted: bool) -> Clause | None:
        """Read a clause without complementiser after a comma: "sagte, er habe ..."."""
        tokens, words = self.tokens, self.words
        comma = next((at for at in range(after, min(stop, after + _REACH)) if tokens[at].text in ",:"), None)
        if comma is None or comma + FEW >= stop or self._ends_so(comma + 1):
            return None
        first = tokens[comma + 1]
        if not words.verb_final:
            plain = first.lower in words.nominative and first.lower not in words.relative
            return (
                self._clause(comma + 1, stop) if plain and comma - after <= _NEAR and not inverted else None
            )
        if first.lower in words.clause_openers or first.lower in words.prepositions & words.relative:
            return None
        mood = any(t.lower in words.subjunctive for t in tokens[comma + 1 : stop])
        relative = first.lower in words.relative and (inverted or comma > after)
        pronoun = first.lower in words.nominative
        if (mood and not relative) or (pronoun and comma == after):
            return self._clause(comma + 1, stop)
        if comma == after and not relative and first.is_word and first.lower not in words.coordinating:
            return self._clause(comma + 1, stop)
        return None

    def _named(self, cue: Cue, after: int, stop: int) -> Clause | None:
        """Read what is called, promised or claimed in words of the speaker's own: calls it "a hoax"."""
        if cue.does("opine", "ask", "report", "utter") and not cue.does("say", "claim"):
            return None
        for at in range(after, min(stop, after + _NAMING_REACH)):
            if self.tokens[at].text == "," and at > after and cue.does("say", "tell", "add"):
                return None
            if self.tokens[at].text == QUOTED:
                loose = self.tokens[after].lower in self.words.prepositions and cue.does(
                    "say", "tell", "write"
                )
                if loose:
                    return None
                going_on = cue.does("say", "announce", "claim", "add") and any(
                    t.is_word for t in self.tokens[at + 1 : stop]
                )
                return self._clause(after, stop) if going_on else Clause(after, at + 1)
            if at > after and cue_at(self.tokens, at, self.words) is not None:
                return None
        return None

    def _clause(self, first: int, stop: int) -> Clause | None:
        while first < stop and not self.tokens[first].is_word and self.tokens[first].text != QUOTED:
            first += 1
        return Clause(first, stop) if first < stop else None
