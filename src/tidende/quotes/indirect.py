"""Find reported speech: a cue and the clause that it governs, with or without words in quotation marks."""

from __future__ import annotations

from tidende.quotes.according import According
from tidende.quotes.clauses import FEW, Clause
from tidende.quotes.cues import QUOTED, Cue, cue_at, is_asserted
from tidende.quotes.drafts import Draft
from tidende.quotes.phrases import Subject

_LEADING = 4
_SAID = 2
_WORDS = ("say", "tell", "ask", "write", "announce", "claim", "add", "deny", "report")
_SPEAKERS = ("person", "organisation", "country", "other")
_TRAILING = ("say", "claim", "announce", "write", "add", "report", "opine", "tell")


class Indirect(According):
    """Read the reported clauses of one frame."""

    def run(self) -> list[Draft]:
        """Give the drafts of all reported clauses, nested ones left out."""
        done = 0
        for at in range(len(self.tokens)):
            if at < done or at in self.barred:
                continue
            if size := self._opens_source(at):
                done = max(done, self._according(at, size))
            elif self.tokens[at].lower in self.words.according_after:
                done = max(done, self._following(at))
            elif self.tokens[at].lower in self.words.so and at and self.tokens[at - 1].text == ",":
                done = max(done, self._according(at, 1))
            elif at not in self.used and (cue := cue_at(self.tokens, at, self.words)) is not None:
                done = max(done, self._cued(cue))
        return self.drafts

    # --- cue and clause -------------------------------------------------------------------------

    def _cued(self, cue: Cue) -> int:
        tokens, words = self.tokens, self.words
        low = self._low(cue.first)
        if cue.kinds == ("utter",):
            return 0
        if words.verb_second and cue.first == 0 and cue.form == "finite":
            # "Informerte forbrukere vet at ...": a form of the verb that is none; or a question.
            return 0
        if not is_asserted(tokens, cue, low, words):
            return 0
        subject = self._subject(cue, low)
        if subject is None or not self._speaks(subject, cue):
            return 0
        if not self.scene.tells(self.part, tokens, cue, subject):
            return 0
        inverted = subject.first >= cue.after
        after = max(cue.after, subject.last) if inverted else cue.after
        after = max(after, cue.last) if cue.last - cue.after <= FEW or inverted else after
        closed = after < len(tokens) and tokens[after].text == ","
        opens = after + 1 < len(tokens) and tokens[after + 1].lower in words.that | words.whether
        if closed and not (
            words.clause_comma and (opens or cue.first == low or not self._pauses(cue.first - 1))
        ):
            # "Prove it, he said, so that ...": a comma closes the attribution.
            done = self._preceding(cue, subject, low, after, inverted=inverted)
            if done:
                return done
        clause = self._complement(cue, subject, after, inverted=inverted)
        found = self.scene.complement(self.part, tokens, cue)
        if clause is not None:
            found = self.scene.extent(self.part, tokens, cue, after, (clause.first, clause.last)) or found
        elif done := self._preceding(cue, subject, low, after, inverted=inverted):
            return done
        if clause is None and found is not None and found[0] > self._stop(after):
            found = None  # another cue has taken over before it
        if found is None and cue.does("call"):
            found = self.scene.spoken_of(self.part, tokens, cue)
        if found is None or any(found[0] <= at < found[1] for at in self.barred):
            return 0
        clause = Clause(*found)
        if tokens[-1].text == "?" and clause.first > cue.first and not cue.does("ask"):
            return 0  # "Did he say that ...?" only asks
        self._draft([clause], subject, cue, clause.first)
        return clause.last

    def _subject(self, cue: Cue, low: int) -> Subject | None:
        before = self.tokens[cue.first - 1] if cue.first > low else None
        main = cue.form == "infinitive" or (cue.form == "gerund" and (before is None or not before.is_word))
        if main:
            subject = self.scene.main_subject(self.part, self.tokens, cue.first, low)
            return self.scene.settle(self.part, self.tokens, cue, subject)
        if cue.form == "gerund":
            # "He left Pyongyang in July saying": who speaks is the subject unless a name stands there.
            near = self.scene.phrase_before(self.part, self.tokens, cue.first, low)
            return near or self.scene.main_subject(self.part, self.tokens, cue.first, low)
        subject = self.scene.subject(self.part, self.tokens, cue, low)
        noun = self.tokens[cue.first].lower in self.words.nouns
        owned = subject is not None or self.scene.has_subject(self.part, self.tokens, cue)
        if not owned and cue.does("call", "pledge", "demand") and not noun:
            return self.scene.main_subject(self.part, self.tokens, cue.first, low)
        return subject

    def _speaks(self, subject: Subject, cue: Cue) -> bool:
        if subject.text.lower() in self.words.impersonal or self._is_nobody(subject):
            return False
        evidential = self.tokens[cue.first].lower in self.words.evidential
        if evidential or not cue.does(*_WORDS):
            # Things promise, demand, show and suggest as well; only people and bodies say so.
            speaks = subject.entity is not None and subject.type in _SPEAKERS
            known = speaks or self.scene.is_name(self.part, subject)
            believes = cue.does("opine") and not cue.does("say", "claim")
            singular = self.scene.is_singular_pronoun(subject.text)
            pronoun = singular or (not believes and subject.text.lower() in self.words.nominative)
            return known or pronoun or self.scene.is_group(subject)
        return True

    def _is_nobody(self, subject: Subject) -> bool:
        """Tell "nobody", "no official": who does not exist has said nothing."""
        first = subject.first
        words = self.words.nobody
        before = self.tokens[first - 1].lower if first else ""
        return (
            self.tokens[first].lower in words or subject.text.lower().split()[0] in words or before in words
        )

    # --- the clause before its attribution --------------------------------------------------------

    def _preceding(self, cue: Cue, subject: Subject, low: int, after: int, *, inverted: bool) -> int:
        """Read a clause that stands before its attribution: "A shark attacked a boy, officials said"."""
        tokens, words = self.tokens, self.words
        first = cue.first if inverted else subject.first
        if words.verb_second and not inverted:
            return 0
        low = self._low(cue.first, sentence=True) if inverted else low
        said = self.scene.relation_of(self.part, tokens, cue, low, first) == "said"
        if not said and (self._sets_scene(low, first - 1) or not cue.does(*_TRAILING)):
            return 0
        marked = inverted and first > low and self._marks_off(first - 1, after)
        if first <= low or self._attributes(low) or not (marked or self._pauses(first - 1)):
            return 0
        if inverted and after < len(tokens) - 1:
            following = tokens[after]
            goes_on = words.prepositions | words.adverbs | words.clause_openers
            plain = following.is_word and following.lower not in goes_on
            if plain or not words.verb_second:
                # "sier han stjal den": the noun after the verb is the subject of what is said.
                return 0
        if self.drafts and self.drafts[-1].spans[-1][1] > tokens[low].start:
            return 0
        before = Clause(low, first if tokens[first - 1].text == QUOTED else first - 1)
        size = sum(self._words(at) for at in range(low, first))
        rest = self._stop(after)
        interposed = after < rest and tokens[after].text == "," and rest - after > FEW + 1
        if interposed and self._goes_on(cue, subject, after + 1, rest):
            clauses = [before, Clause(after + 1, rest)] if size else [Clause(after + 1, rest)]
            self._draft(clauses, subject, cue, rest)
            return rest
        if size < (_SAID if said else _LEADING) or any(at in self.barred for at in range(low, first)):
            return 0
        self._draft([before], subject, cue, len(tokens))
        return len(tokens)

    def _sets_scene(self, low: int, comma: int) -> bool:
        """Tell a clause that only tells when or what: "Da avisen ringte, svarte Hagen", or an attribution."""
        tokens, words = self.tokens, self.words
        if low >= comma:
            return False
        opens = tokens[low].lower in words.clause_openers | words.conditional | words.question
        whole = all(token.is_word for token in tokens[low:comma])
        return words.verb_second and opens and whole

    def _goes_on(self, cue: Cue, subject: Subject, at: int, last: int) -> bool:
        """Tell whether what follows an attribution is more of what is said, not more about the speaker."""
        tokens, words = self.tokens, self.words
        if told := self.scene.relation_of(self.part, tokens, cue, at, last):
            return told == "said"
        lower = tokens[at].lower
        if not words.verb_second or lower in words.that:
            return lower not in words.relative or lower in words.that
        if lower in words.coordinating:
            return at + 1 < len(tokens) and tokens[at + 1].lower in words.that
        if subject.text.lower() in words.nominative:
            return lower not in words.relative - words.determiners
        verbs = words.be | words.modal | words.perfect
        return lower in verbs | words.clause_openers | words.conditional

    def _words(self, at: int) -> int:
        """Count the words of a token, a folded passage by its words."""
        token = self.tokens[at]
        return len(self.text[token.start : token.end].split()) if token.text == QUOTED else int(token.is_word)

    def _pauses(self, at: int) -> bool:
        """Tell whether a token is a comma or dash, or a passage that ends in a comma."""
        if self.tokens[at].text in (",", "–", "-"):
            return True
        passage = self.frame.passages.get(at)
        return passage is not None and "," in self.text[passage.end - 3 : passage.end]

    def _marks_off(self, at: int, after: int) -> bool:
        """Tell whether a passage ends what is said and only cue and speaker follow: "... ”X” säger hon."."""
        ends = after >= len(self.tokens) or not any(token.is_word for token in self.tokens[after:])
        return self.words.verb_second and ends and self.tokens[at].text == QUOTED
