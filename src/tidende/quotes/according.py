"""Find whose words or view something is told to be: "according to X", "in X's view", "X zufolge"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tidende.parse import trees
from tidende.parse.types import Sentence
from tidende.quotes.clauses import FEW, Clause, Clauses
from tidende.quotes.cues import QUOTED, Cue, cue_at, cue_span, opener_at, phrase_at
from tidende.quotes.drafts import Draft, Span
from tidende.quotes.frames import Frame
from tidende.quotes.marks import trim
from tidende.quotes.phrases import Subject
from tidende.quotes.speakers import Scene
from tidende.records import Part

_LEADING = 4
_OWNER = 4  # tokens before the name in "den amerikanske regerings opfattelse"
_TO_VIEW = 2  # tokens from an owner to the noun of what he thinks
# What a verb governs, on whichever side of a source it stands.
_GOVERNED = frozenset(
    {"nsubj", "csubj", "obj", "iobj", "obl", "xcomp", "ccomp", "aux", "cop", "advmod", "compound", "expl"}
)
_CLAUSES = frozenset({"root", "conj", "parataxis", "ccomp", "csubj", "advcl", "acl"})
_TOLD_IN = ("root", "conj", "parataxis", "ccomp", "advcl")


@dataclass(frozen=True, slots=True)
class _InTree:
    """A source in its sentence: tokens `[first:end]`, whose clause it stands in, and all that hangs on it."""

    sentence: Sentence
    first: int
    end: int
    verb: int
    inside: frozenset[int]


class According(Clauses):
    """Read what one frame ascribes to somebody without a verb of speech."""

    def __init__(self, scene: Scene, part: Part, frame: Frame, used: set[int], barred: set[int]) -> None:
        super().__init__(scene, part, frame, used, barred)
        self.drafts: list[Draft] = []

    # --- whose it is ------------------------------------------------------------------------------

    def _opens_source(self, at: int) -> int:
        """Give how many tokens at a place lead up to a source, 0 if none do."""
        size = opener_at(self.tokens, at, self.words)
        if size or self.tokens[at].lower not in self.words.openers:
            return size
        size = phrase_at(self.tokens, at, self.words.viewing)
        return size if size and self._owner(at + size) is not None else 0

    def _owner(self, first: int) -> tuple[Subject, int] | None:
        """Give whose view stands at a place, and where its noun ends: "EU's opfattelse"."""
        tokens, words = self.tokens, self.words
        for at in range(first, min(len(tokens), first + _OWNER)):
            if not tokens[at].is_word or tokens[at].lower in words.prepositions:
                return None
            owner = self.scene.mention_from(self.part, tokens, at)
            if owner is None:
                continue
            joined = tokens[at].lower.rpartition("-")[2]
            if owner.end < tokens[at].end and joined in words.views | words.reports:
                return owner, at + 1  # "UN-Angaben"
            place = owner.last
            linked = place < len(tokens) and tokens[place].lower in words.owned
            if not linked and not self.scene.is_genitive(self.part, owner, tokens):
                continue
            place += linked
            for noun in range(place, min(len(tokens), place + _TO_VIEW)):
                if tokens[noun].lower in words.views | words.reports:
                    return owner, noun + 1
            return None
        return None

    def _according(self, at: int, size: int) -> int:
        """Read what a source whose preposition stands at a token is told to have told."""
        tokens = self.tokens
        viewed = self._owner(at + size) if at + size < len(tokens) else None
        if viewed is not None:
            return self._ascribe(at, *viewed, (tokens[at].start, tokens[viewed[1] - 1].end))
        subject = self.scene.phrase_from(self.part, tokens, at + size) if at + size < len(tokens) else None
        if subject is None or not (subject.entity or self._is_told(subject)):
            return 0
        subject = self.scene.named_beside(self.part, tokens, subject) or self._whole_source(subject)
        told = self.scene.source_of(self.part, tokens, at, subject)
        if told is None:
            return 0
        return self._ascribe(at, *told, (tokens[at].start, tokens[at + size - 1].end))

    def _following(self, at: int) -> int:
        """Read a source that stands before its preposition: "Einem Bericht der UNO zufolge"."""
        place = self.scene.place_of(self.part, self.tokens[at])
        if place is None or place[0].tokens[place[1]].deprel != "case":
            return 0
        sentence, case = place
        inside = trees.subtree(sentence, sentence.tokens[case].head)
        if inside[-1] != case or inside != list(range(inside[0], case + 1)):
            return 0
        first = at - (case - inside[0])
        if first < 0 or self.tokens[first].start != sentence.tokens[inside[0]].start:
            return 0
        subject = None
        for index in range(first, at):
            subject = self.scene.mention_from(self.part, self.tokens, index) or subject
        if subject is None or subject.last != at or not (subject.entity or self._is_told(subject)):
            return 0
        return self._ascribe(first, subject, at + 1, (self.tokens[at].start, self.tokens[at].end))

    # --- what is ascribed -------------------------------------------------------------------------

    def _ascribe(self, at: int, subject: Subject, last: int, phrase: Span) -> int:
        """Draft what the source in the tokens `[at:last]` tells: the clause around, before or behind it."""
        tokens = self.tokens
        low = self._low(at)
        if not any(token.is_word for token in tokens[low + 1 : at]) and low < at:
            low = at if tokens[low].lower in self.words.coordinating else low  # "Men ifølge FN er ..."
        tree = self._in_tree(at, last)
        last = self._past(at, last, tree)
        if last < len(tokens) and tokens[last].text == ",":
            last += 1
        stop = self._stop(last)
        leading = any(token.is_word for token in tokens[low:at])
        trailing = sum(token.is_word for token in tokens[last:stop]) >= FEW
        if leading and (self.drafts or any(low <= used < at for used in self.used)):
            return 0
        capital = not self.words.verb_final and self.scene.is_name(self.part, subject)
        named = subject.entity is not None or capital
        around = self._around(at, low, stop, tree) if leading and named and tree is not None else None
        if around is not None:
            self._draft(around, subject, None, at, phrase)
            return stop
        if at in self.used or not (leading or trailing):
            return 0
        if leading and (at - low < _LEADING or any(i in self.barred for i in range(low, at))):
            return 0
        if leading and tokens[at - 1].text != "," and (trailing or not self._is_told_by(at)):
            return 0
        if self._attributes(low if leading else last):
            return 0
        # What follows a source named after its clause is about the source.
        clause = Clause(low, at) if leading else Clause(last, stop)
        self._draft([clause], subject, None, at, phrase)
        return stop

    def _in_tree(self, at: int, last: int) -> _InTree | None:
        """Find the source in the tokens `[at:last]` in its sentence's tree, None where no tree was read."""
        place = self.scene.place_of(self.part, self.tokens[at])
        if place is None:
            return None
        sentence, first = place
        end = min(first + last - at, len(sentence.tokens))
        verb = _verb_around(sentence, first, end)
        inside = frozenset(i for each in range(first, end) for i in _below(sentence, each, verb))
        return _InTree(sentence, first, end, verb, inside)

    def _past(self, at: int, last: int, tree: _InTree | None) -> int:
        """Give where what is told of a source that opens its sentence ends: "Ifølge X, som bor her, ...".

        Without a tree, that is where the source itself ends.
        """
        if tree is None:
            return last
        after = max(tree.inside) + 1 if tree.inside else tree.end
        whole = tree.verb >= after and tree.inside == frozenset(range(tree.first, after))
        shifted = at + after - tree.first
        same = (
            shifted <= len(self.tokens)
            and self.tokens[shifted - 1].start == tree.sentence.tokens[after - 1].start
        )
        return shifted if whole and same else last

    def _is_told_by(self, at: int) -> bool:
        """Tell a preposition that only goes before sources from one of place or time: "in", "efter"."""
        so = self.tokens[at].lower in self.words.so
        return so or bool(phrase_at(self.tokens, at, self.words.according))

    def _around(self, at: int, low: int, stop: int, tree: _InTree) -> list[Clause] | None:
        """Give both parts of the clause that a source stands in: "Russland hat nach Ansicht der EU gelogen".

        The tree tells which clause that is; one that tells about a noun is left alone.
        """
        sentence, first, end, verb = tree.sentence, tree.first, tree.end, tree.verb
        if verb < 0 or trees.relation(sentence.tokens[verb].deprel) not in _TOLD_IN:
            return None
        own = [
            i for i in _without_clauses(sentence, verb) if sentence.tokens[i].is_word and i not in tree.inside
        ]
        before, behind = [i for i in own if i < first], [i for i in own if i >= end]
        crosses = any(
            trees.relation(sentence.tokens[i].deprel) in _GOVERNED
            and (i < first) != (sentence.tokens[i].head < first)
            for i in (*before, *behind)
            if sentence.tokens[i].head in own
        )
        comma = next((i for i in range(at - 2, low, -1) if self.tokens[i].text == ","), -1)
        if comma >= 0 and self.tokens[comma + 1].lower in self.words.relative:
            return None  # "Der Soldat, der laut Polizei 23 Jahre alt ist, ..."
        paused = self.tokens[at - 1].text == ","
        if not before or not behind or not crosses or (paused and verb < first):
            return None
        shift = at - first
        start, after = before[0] + shift, behind[-1] + 1 + shift
        if start < low or after > stop or any(i in self.barred | self.used for i in range(start, after)):
            return None
        ends = ((start, before[0]), (after - 1, behind[-1]))
        if any(self.tokens[mine].start != sentence.tokens[its].start for mine, its in ends):
            return None  # a passage is folded in between
        return [Clause(start, at), Clause(behind[0] + shift, after)]

    def _is_told(self, source: Subject) -> bool:
        """Tell whether an unknown source is told by its words: "den Hamasstyrda hälsomyndigheten"."""
        within = not self.words.verb_final and any(
            token.is_capital for token in self.tokens[source.first : source.last]
        )
        return within or source.text[:1].isupper()

    def _whole_source(self, subject: Subject) -> Subject:
        """Extend a source over the rest of its name and its place: "London" Gazette, "police" in Newport."""
        tokens, words = self.tokens, self.words
        last = subject.last
        if not words.verb_second:
            # "According to the police report, ...": the comma ends the source.
            near = range(last, min(len(tokens), last + FEW + 1))
            comma = next((at for at in near if tokens[at].text == ","), last)
            if comma == last or not all(token.is_word for token in tokens[last:comma]):
                return subject
            end = tokens[comma - 1].end
            return replace(subject, last=comma, end=end, text=self.text[subject.start : end], entity=None)
        while (
            last < len(tokens) and tokens[last].is_capital and tokens[last].start == tokens[last - 1].end + 1
        ):
            last += 1
        entity = subject.entity if last == subject.last else None
        if last + 1 < len(tokens) and tokens[last].lower in words.prepositions:
            place = last + 1
            while place < len(tokens) and tokens[place].is_capital:
                place += 1
            if place > last + 1 and place < len(tokens) and tokens[place].is_word:
                last = place
        if last == subject.last:
            return self._owned(subject)
        end = tokens[last - 1].end
        return replace(subject, last=last, end=end, text=self.text[subject.start : end], entity=entity)

    def _owned(self, subject: Subject) -> Subject:
        """Extend a source over what the tree has for its noun: "Financial Times källor"."""
        place = self.scene.word_at(self.part, subject.end)
        if place is None:
            return subject
        sentence, at = place
        head = sentence.tokens[at].head
        if not at < head <= at + _LEADING or sentence.tokens[head].upos != "NOUN":
            return subject
        if not sentence.tokens[at].deprel.startswith("nmod") or not all(
            token.is_word for token in sentence.tokens[at:head]
        ):
            return subject
        end = sentence.tokens[head].end
        last = next((i + 1 for i, token in enumerate(self.tokens) if token.end == end), subject.last)
        return replace(subject, last=last, end=end, text=self.text[subject.start : end], entity=None)

    def _attributes(self, first: int) -> bool:
        """Tell words that themselves tell who speaks: "sagte Warren, dass ..." after "laut The Hill"."""
        # "Det säger statsministern enligt TT": what was said stands in the sentence before.
        back = self.tokens[first].lower in self.words.anaphors and first + 1 < len(self.tokens)
        cue = cue_at(self.tokens, first + back, self.words)
        if cue is None or cue.form != "finite" or not self.words.verb_second:
            return False
        if not cue.does("say", "tell", "ask", "write", "announce", "claim", "add", "deny", "report"):
            return False
        return self.scene.after(self.part, self.tokens, cue) is not None

    # --- writing out ------------------------------------------------------------------------------

    def _draft(
        self,
        clauses: Sequence[Clause],
        subject: Subject,
        cue: Cue | None,
        last: int,
        phrase: Span | None = None,
    ) -> None:
        spans: list[Span] = []
        marked = False
        for clause in clauses:
            spans += self._spans(clause)
            marked = marked or any(t.text == QUOTED for t in self.tokens[clause.first : clause.last])
        if not spans:
            return
        told = phrase if cue is None else cue_span(self.tokens, cue)
        draft = Draft(
            self.part,
            "mixed" if marked else "indirect",
            spans,
            (spans[0][0], spans[-1][1]),
            subject,
            told,
            block=self.frame.block,
            last_block=max((p.last for p in self.frame.passages.values()), default=self.frame.block),
        )
        if cue is not None:
            draft.act = cue.act
            draft.thought = cue.is_thought and draft.kind == "indirect"
            draft.particle = cue.particle
            low, first = self._low(cue.first), min(cue.first, subject.first)
            # "testified before Congress and denied": what stands before "and" is of the verb before it.
            joined = (at for at in range(subject.last, cue.first) if self._joins(at))
            first = max((at + 1 for at in joined), default=first)
            self.scene.set_scene(draft, self.tokens, (min(low, first), first, last), cue, subject)
        self.drafts.append(draft)

    def _joins(self, at: int) -> bool:
        return self.tokens[at].lower in self.words.coordinating

    def _spans(self, clause: Clause) -> list[Span]:
        """Give the characters of a clause, one span for each paragraph that a passage in it touches."""
        spans: list[Span] = []
        start: int | None = None
        end = 0
        for at in range(clause.first, clause.last):
            token = self.tokens[at]
            start = token.start if start is None else start
            passage = self.frame.passages.get(at)
            if passage is not None and passage.last != passage.first and passage.first == self.frame.block:
                spans.append((start, passage.pieces[0][1]))
                spans += passage.pieces[1:]
                start = None
                continue
            end = token.end
        if start is not None and end > start:
            while start < end and self.text[start] in ",;: ":
                start += 1
            spans.append(trim(self.text, start, end, ".,;:!? –—-"))
        return [span for span in spans if span[0] < span[1]]


def _verb_around(sentence: Sentence, first: int, end: int) -> int:
    """Give the word whose clause the source in `[first:end]` stands in, -1 for more than one."""
    heads = {
        _head_of_clause(sentence, sentence.tokens[i].head)
        for i in range(first, end)
        if not first <= sentence.tokens[i].head < end
    }
    return heads.pop() if len(heads) == 1 else -1


def _below(sentence: Sentence, at: int, verb: int) -> list[int]:
    """Give a word and what hangs on it, such as who else it is, the word alone if the verb hangs on it."""
    inside = trees.subtree(sentence, at)
    return [at] if verb in inside else inside


def _head_of_clause(sentence: Sentence, at: int) -> int:
    """Give the word that the clause of a word hangs from the sentence by, -1 for none."""
    words = (at, *trees.ancestors(sentence, at)) if at >= 0 else ()
    return next((i for i in words if trees.relation(sentence.tokens[i].deprel) in _CLAUSES), -1)


def _without_clauses(sentence: Sentence, verb: int) -> list[int]:
    """Give what hangs on a verb, clauses that are joined to it or open with a mark left out."""
    found, waiting = {verb}, [verb]
    while waiting:
        for child in trees.children(sentence, waiting.pop()):
            kind = trees.relation(sentence.tokens[child].deprel)
            if child in found or kind in ("mark", "cc", "punct", "parataxis"):
                continue
            if kind == "conj" and trees.children(sentence, child, "nsubj", "csubj"):
                continue
            found.add(child)
            waiting.append(child)
    return sorted(found)
