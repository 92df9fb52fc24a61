"""Ask the tree who governs a cue of speech, and what the cue governs; without a tree, nothing is known."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.entities.types import Cast
from tidende.parse import trees
from tidende.parse.types import Parsed, Sentence, Token
from tidende.quotes.cues import QUOTED, Cue, Grammar
from tidende.quotes.phrases import Phrases, Subject
from tidende.records import Part

_SPEAKERS = ("person", "organisation", "country", "other")
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_NAMED = ("appos", "flat", "compound", "nmod")
_ATTRIBUTES = ("amod", "compound", "nmod:poss")
_LEADING = frozenset({"det", "amod", "compound", "nmod:desc", "nmod:poss", "dep"})
_VERBS = ("VERB", "AUX")
_SOURCE = 8  # tokens between a source and the verb behind it
_OPENING = 4
_ADJACENT = 2
_POINTING = ("Definite=Def", "PronType=Dem", "PronType=Neg", "Poss=Yes")
_APART = frozenset({"acl", "advcl", "ccomp", "csubj", "parataxis"})

Place = tuple[Sentence, int]


class Governed(Phrases):
    """Read off the tree what stands in the place of a cue's subject, and of its clause."""

    def __init__(self, parsed: Parsed, cast: Cast, words: Grammar) -> None:
        super().__init__(parsed, cast, words)
        self._places: dict[tuple[Part, int], Place] = {
            (sentence.part, token.start): (sentence, at)
            for sentence in parsed.sentences
            if trees.has_tree(sentence)
            for at, token in enumerate(sentence.tokens)
        }
        self._ends_at: dict[tuple[Part, int], Place] = {
            (part, sentence.tokens[at].end): (sentence, at)
            for (part, _), (sentence, at) in self._places.items()
        }

    def word_at(self, part: Part, end: int) -> Place | None:
        """Give the word that ends at a place and its sentence, None where no tree was read."""
        return self._ends_at.get((part, end))

    def place_of(self, part: Part, token: Token) -> Place | None:
        """Give a word's sentence and its index there, None where no tree was read."""
        return self._places.get((part, token.start))

    def _verb(self, part: Part, tokens: Sequence[Token], cue: Cue) -> Place | None:
        """Give the sentence of a cue and its predicate there, None where no tree was read."""
        place = self._places.get((part, tokens[cue.first].start))
        return None if place is None else (place[0], trees.predicate(*place))

    # --- the subject ------------------------------------------------------------------------------

    def settle(self, part: Part, tokens: Sequence[Token], cue: Cue, found: Subject | None) -> Subject | None:
        """Choose between the subject of a cue that rules found and that of its tree.

        The tree decides where rules found none, or one that is not the cue's subject by the tree while
        its own surely can speak.
        """
        place = self._verb(part, tokens, cue)
        if place is None:
            return found
        if cue.form not in ("finite", "participle"):
            return found and self._named_by(part, tokens, place[0], found)
        sentence, verb = place
        outside = _antecedent(sentence, verb)
        head = trees.subject(sentence, verb) if outside is None else outside
        if head < 0 or sentence.tokens[head].upos not in _NOUNS:
            return found
        # A preposition before what a relative clause tells of does no harm.
        relative = sentence.tokens[verb].head == head and trees.children(sentence, verb, "nsubj")
        if trees.case(sentence, head) and not relative and outside is None:
            return found
        if trees.children(sentence, verb, "aux:pass"):
            return found
        if found is not None and _same(sentence, head, found):
            return self._named_by(part, tokens, sentence, found)
        behind = found is not None and found.first >= cue.after and not _is_object(sentence, verb, found)
        if behind and head not in trees.children(sentence, verb):
            # "..., uppgav en källa": what follows its verb is nearer than a subject that is only shared.
            return found
        told = self._phrase_of(part, tokens, sentence, head, governed=bool(relative) or outside is not None)
        nearer = (
            found is not None
            and found.end <= sentence.tokens[head].start < tokens[cue.first].start
            and head in trees.children(sentence, verb, "nsubj")
            and bool(trees.children(sentence, verb, "mark"))
            and not _is_subject(sentence, found)
        )
        called = found is not None and _is_object(sentence, verb, found)
        if told is None and (found is None or not found.known or nearer or called):
            told = self._plain(part, tokens, sentence, head)
            if nearer and told is None:
                return None  # "met X as mediators pressed": the clause is not of X
        return found if told is None or told.text.lower() in self.words.impersonal else told

    def _named_by(self, part: Part, tokens: Sequence[Token], sentence: Sentence, found: Subject) -> Subject:
        """Give the person whose name the words of a subject only lead up to: "Prime Minister | X, saying"."""
        at = next((i for i, token in enumerate(sentence.tokens) if token.start == found.start), -1)
        if found.entity is not None or at < 0 or sentence.tokens[at].upos == "PRON":
            return found
        while sentence.tokens[at].deprel in _LEADING and sentence.tokens[at].head > at:
            at = sentence.tokens[at].head
        names = [at, *(i for i in trees.children(sentence, at, "appos", "flat") if i > at)]
        for name in names:
            index = next((i for i, t in enumerate(tokens) if t.start == sentence.tokens[name].start), None)
            if index is None or sentence.tokens[name].upos != "PROPN" or trees.case(sentence, name):
                continue
            person = self.mention_from(part, tokens, index)
            if person is not None and person.entity is not None and person.type == "person":
                return person if not self.is_genitive(part, person, tokens) else found
        return found

    def source_of(
        self, part: Part, tokens: Sequence[Token], at: int, source: Subject
    ) -> tuple[Subject, int] | None:
        """Give whom "according to" at `at` names, and where his words begin; None for another noun.

        "Nach Angaben des Direktors der Bank, X, sei ...": his name stands behind his post, and where a verb
        comes second, what is told begins with it.
        """
        place = self._places.get((part, tokens[at].start))
        if place is None or place[0].tokens[place[1]].deprel != "case":
            return source, source.last
        sentence, top = place[0], place[0].tokens[place[1]].head
        inside = trees.subtree(sentence, top)
        first = next((i for i, token in enumerate(sentence.tokens) if token.start == source.start), -1)
        if top < 0 or first < 0 or any(sentence.tokens[i].upos in _VERBS for i in inside):
            return source, source.last
        beside = source.type == "person" and first - 1 in inside  # a name right behind its post
        if first not in inside and not beside:
            return None
        if (
            self.words.verb_second
            and place[1] == min(inside)
            and not any(token.is_word for token in sentence.tokens[: place[1]])
        ):
            for name in (i for i in inside if sentence.tokens[i].deprel == "appos" and i > first):
                index = next(
                    (i for i, t in enumerate(tokens) if t.start == sentence.tokens[name].start), None
                )
                person = self.mention_from(part, tokens, index) if index is not None else None
                of_source = sentence.tokens[name].head == first or sentence.tokens[name].head == top
                if person is not None and person.type == "person" and source.entity is None and of_source:
                    source = person
                    break
            for i in range(source.last, min(len(tokens), source.last + _SOURCE)):
                here = self._places.get((part, tokens[i].start))
                if here is None or here[0] is not sentence:
                    break
                if sentence.tokens[here[1]].upos in _VERBS:
                    return source, i
        return source, source.last

    def is_titled_apart(self, part: Part, name: Subject) -> bool:
        """Tell whether the post right before a name hangs on a preposition: "... with Minister X"."""
        place = self._places.get((part, name.start))
        if place is None:
            return False
        sentence, at = place
        while at and sentence.tokens[at - 1].head == at and sentence.tokens[at - 1].deprel in _LEADING:
            at -= 1
        head = sentence.tokens[place[1]].head
        post = place[1] == at and head == at - 1 and sentence.tokens[head].upos == "NOUN" if at else False
        if post:
            return bool(trees.case(sentence, head))
        return at < place[1] and bool(trees.case(sentence, place[1]))

    def has_subject(self, part: Part, tokens: Sequence[Token], cue: Cue) -> bool:
        """Tell whether the tree gives a cue in a clause below another a noun of its own as its subject."""
        place = self._verb(part, tokens, cue)
        return place is not None and _has_noun(*place) and bool(trees.children(*place, "mark"))

    def _plain(self, part: Part, tokens: Sequence[Token], sentence: Sentence, head: int) -> Subject | None:
        """Give a noun that nobody knows, with the words before it, as printed."""
        places = {token.start: at for at, token in enumerate(tokens)}
        left = _left(sentence, head)
        first, last = places.get(sentence.tokens[left].start), places.get(sentence.tokens[head].start)
        noun = sentence.tokens[head]
        told = noun.upos == "PROPN" or "Definite=Def" in noun.feats or trees.children(sentence, head, "det")
        if first is None or last is None or noun.upos == "PRON" or not told:
            return None
        start, end = tokens[first].start, tokens[last].end
        return Subject(first, last + 1, start, end, self.parsed.source(part)[start:end], None)

    def _phrase_of(
        self, part: Part, tokens: Sequence[Token], sentence: Sentence, head: int, *, governed: bool
    ) -> Subject | None:
        """Read the noun phrase around a noun that can speak: whom it means, or the name that hangs on it."""
        left = _left(sentence, head)
        places = {token.start: at for at, token in enumerate(tokens)}
        small = self.words.prepositions - self.words.clause_openers
        if left and sentence.tokens[left - 1].lower in small and not governed:
            return None
        for at in range(left, head + 1):
            index = places.get(sentence.tokens[at].start)
            found = self.phrase_from(part, tokens, index) if index is not None else None
            if found is None or not found.start <= sentence.tokens[head].start < found.end:
                continue
            pronoun = found.text.lower() in self.words.nominative - self.words.question
            if found.known and (pronoun or found.type in _SPEAKERS):
                return found
        for at in trees.children(sentence, head, *_NAMED):
            index = places.get(sentence.tokens[at].start)
            if sentence.tokens[at].upos == "PROPN" and not trees.case(sentence, at) and index is not None:
                name = self.mention_from(part, tokens, index)
                if name is not None and name.type == "person":
                    return name
        return None

    # --- the clause -------------------------------------------------------------------------------

    def tells(self, part: Part, tokens: Sequence[Token], cue: Cue, subject: Subject) -> bool:
        """Tell whether a cue can be one by its tree: an active verb, asserted, of nobody in particular."""
        place = self._verb(part, tokens, cue)
        if place is None:
            return True
        sentence, verb = place
        words, token = self.words, sentence.tokens[verb]

        def among(those: frozenset[str], *relations: str) -> bool:
            return any(
                sentence.tokens[at].lower in those for at in trees.children(sentence, verb, *relations)
            )

        noun = token.upos in ("NOUN", "PROPN") and trees.children(
            sentence, verb, "det", "case", "amod", "nmod"
        )
        # "amid falling confidence and worries that ..."
        joined = token.upos == "NOUN" and token.deprel == "conj" and cue.form == "finite"
        quality = token.upos == "ADJ" and trees.children(sentence, verb, "cop")
        passive = trees.children(sentence, verb, "aux:pass")
        if noun or joined or quality or passive or among(words.conditional, "mark"):
            return False
        # "Als die Frau der Presse davon erzählte, verdoppelte ...": what follows is no word of hers.
        if token.head > verb and among(words.when, "mark") and not trees.children(sentence, verb, "ccomp"):
            return False
        if cue.form == "finite" and among(words.modal, "aux"):
            return False
        if self._wished(sentence, verb):
            return False
        head = trees.subject(sentence, verb)
        own = head in trees.children(sentence, verb)
        if head < 0 or not (own or subject.first < cue.first):
            return True
        return sentence.tokens[head].lower not in words.impersonal - words.relative

    def _wished(self, sentence: Sentence, verb: int) -> bool:
        """Tell whether a saying is itself only hoped or feared by whoever writes: "I hope you tell them"."""
        above = sentence.tokens[verb].head
        if above < 0 or trees.relation(sentence.tokens[verb].deprel) != "ccomp":
            return False
        entries = self.words.entries.get(sentence.tokens[above].lower, ())
        who = trees.subject(sentence, above)
        own = who >= 0 and sentence.tokens[who].lower in self.words.first_person
        return own and any("opine" in entry.kinds for entry in entries)

    def extent(
        self, part: Part, tokens: Sequence[Token], cue: Cue, after: int, cut: tuple[int, int]
    ) -> tuple[int, int] | None:
        """Give the tokens of a clause that rules cut out as `cut`, corrected by the tree.

        `after` is the index where it can begin at the earliest. None where the tree tells that the cue
        does not govern the clause, or that there is none.
        """
        place = self._verb(part, tokens, cue)
        first, last = cut
        if place is None:
            return cut
        sentence, verb = place
        start, end = tokens[first].start, tokens[last - 1].end
        inside = {at for at, token in enumerate(sentence.tokens) if start <= token.start < end}
        tops = [
            at
            for at in sorted(inside)
            if sentence.tokens[at].head not in inside and sentence.tokens[at].is_word
        ]
        if not tops or verb in inside:
            return first, last
        clauses = [at for at in tops if _is_clause(sentence, at)]
        marked = any(token.text == QUOTED for token in tokens[first:last])
        opened = tokens[first - 1].lower in self.words.that | self.words.whether | self.words.question
        # A clause right after its cue is its own, whatever a tree tells.
        kept = (first, last) if (marked or opened) and first - after <= _ADJACENT else None
        if not clauses:
            return (first, last) if marked or opened else None
        low, high = tokens[cue.first].start, tokens[cue.after - 1].end
        cue_words = {at for at, token in enumerate(sentence.tokens) if low <= token.start < high} | {verb}
        for at in clauses:
            highest = _highest(sentence, at, cue_words)
            if highest is not None:
                return self._whole(tokens, sentence, highest, (after, first, last), verb)
        return (first, last) if any(at in trees.ancestors(sentence, verb) for at in tops) else kept

    def complement(self, part: Part, tokens: Sequence[Token], cue: Cue) -> tuple[int, int] | None:
        """Give the tokens of the clause that a cue governs by its tree, None for none behind it.

        It opens with a complementiser, or the cue is one that needs none; of what is promised or demanded
        it is an infinitive.
        """
        place = self._verb(part, tokens, cue)
        if place is None:
            return None
        sentence, verb = place
        relations = ("ccomp", "xcomp") if cue.does("pledge", "demand") else ("ccomp",)
        for at in trees.children(sentence, verb, *relations):
            if at < verb or not _is_clause(sentence, at):
                continue
            whole = set(trees.subtree(sentence, at))
            low, high = sentence.tokens[min(whole)].start, sentence.tokens[max(whole)].end
            inside = [i for i, token in enumerate(tokens) if low <= token.start and token.end <= high]
            marks = {sentence.tokens[i].lower for i in trees.children(sentence, at, "mark")}
            plan = trees.relation(sentence.tokens[at].deprel) == "xcomp"
            bare = not plan and cue.does(*self.words.bare) and trees.children(sentence, at, "nsubj")
            opened = marks & (self.words.infinitive if plan else self.words.that | self.words.whether)
            if len(whole) <= _OPENING or not inside or inside[0] < cue.after:
                continue
            if not opened and (marks or not bare):
                continue
            small = frozenset() if plan else self.words.that
            first = inside[0]
            while first < inside[-1] and (
                tokens[first].lower in small or not (tokens[first].is_word or tokens[first].text == QUOTED)
            ):
                first += 1
            return first, inside[-1] + 1
        return None

    def spoken_of(self, part: Part, tokens: Sequence[Token], cue: Cue) -> tuple[int, int] | None:
        """Give the tokens of what somebody calls a thing that he speaks of: "spoke of a great breakthrough".

        An indefinite noun with a quality told is a word of his own; any other is only his subject.
        """
        place = self._verb(part, tokens, cue)
        if place is None or not cue.particle:
            return None
        sentence, verb = place
        for at in trees.children(sentence, verb, "obl"):
            articles = trees.children(sentence, at, "det")
            told = [sentence.tokens[i].feats for i in (at, *articles)]
            new = articles and any("Definite=Ind" in feats for feats in told)
            pointed = any(mark in feats for feats in told for mark in _POINTING)
            own = new and not pointed and trees.children(sentence, at, "amod")
            if not own or trees.case(sentence, at) != cue.particle[-1]:
                continue
            last = max(trees.subtree(sentence, at))
            low, high = sentence.tokens[articles[0]].start, sentence.tokens[last].end
            inside = [i for i, token in enumerate(tokens) if low <= token.start and token.end <= high]
            if inside and inside[0] >= cue.after:
                return inside[0], inside[-1] + 1
        return None

    def relation_of(self, part: Part, tokens: Sequence[Token], cue: Cue, first: int, last: int) -> str:
        """Give how a clause apart from its cue stands to it, "" where the tree does not tell.

        "said" is what the cue governs or is put into; "beside" is what only adds to the telling.
        """
        place = self._verb(part, tokens, cue)
        if place is None or first >= last:
            return ""
        sentence, verb = place
        start, end = tokens[first].start, tokens[last - 1].end
        above = list(trees.ancestors(sentence, verb))
        cue_words = {verb, self._places[part, tokens[cue.first].start][1]}
        for at, token in enumerate(sentence.tokens):
            if not start <= token.start < end or not _is_clause(sentence, at):
                continue
            kind = trees.relation(token.deprel)
            if at in above and trees.relation(sentence.tokens[verb].deprel) == "parataxis":
                return "said"
            if token.head in cue_words:
                return "said" if kind in ("ccomp", "parataxis") else "beside"
        return ""

    def _whole(
        self,
        tokens: Sequence[Token],
        sentence: Sentence,
        highest: int,
        place: tuple[int, int, int],
        verb: int,
    ) -> tuple[int, int]:
        """Widen or cut a clause to what hangs on its predicate."""
        after, first, last = place
        whole = set(trees.subtree(sentence, highest))
        whole -= set(self._circumstance(tokens, sentence, highest, after))
        if trees.relation(sentence.tokens[highest].deprel) == "ccomp" and _is_clause(sentence, highest):
            starts = {sentence.tokens[at].start: at for at in range(len(sentence.tokens))}
            at = first
            while at > after and (
                tokens[at - 1].text == QUOTED or starts.get(tokens[at - 1].start, -1) in whole
            ):
                at -= 1
            while at < first and (tokens[at].text != QUOTED and self._opens(sentence, starts, tokens[at])):
                at += 1
            first = at
        return first, self._right(tokens, sentence, max(whole), verb, (first, last))

    def _circumstance(
        self, tokens: Sequence[Token], sentence: Sentence, highest: int, after: int
    ) -> list[int]:
        """Give what stands between a cue and the subject of a clause that nothing opens.

        "said on Saturday she would run": the day belongs to the telling, whatever a tree tells.
        """
        opened = trees.children(sentence, highest, "mark")
        own = trees.children(sentence, highest, "nsubj")
        if opened or not own or after >= len(tokens):
            return []
        pronoun = sentence.tokens[own[0]].upos == "PRON"
        for at in trees.children(sentence, highest, "obl", "advmod"):
            inside = trees.subtree(sentence, at)
            first = sentence.tokens[inside[0]]
            if pronoun and inside[-1] == own[0] - 1 and first.start == tokens[after].start:
                return inside
        return []

    def _right(
        self, tokens: Sequence[Token], sentence: Sentence, end: int, verb: int, cut: tuple[int, int]
    ) -> int:
        """Give where a clause that ends at token `end` stops: before what is joined to its cue."""
        first, last = cut
        starts = {token.start: at for at, token in enumerate(sentence.tokens)}
        joined = [
            at
            for above in (verb, *trees.ancestors(sentence, verb))
            for at in trees.children(sentence, above, "conj")
            if at > end and sentence.tokens[at].upos == "VERB" and _has_noun(sentence, at)
        ]
        # "Når Putin sier at ..., reiser Kim": what the cue itself hangs on goes on after its clause.
        joined += [at for at in trees.ancestors(sentence, verb) if at > end]
        for at in range(first + 1, last - 1 if joined else 0):
            if tokens[at].is_word or tokens[at].text == QUOTED:
                continue
            tail = starts.get(tokens[at + 1].start, -1)
            that = any(token.lower in self.words.that for token in tokens[at : at + _OPENING])
            if tail > end and tail <= max(joined) and not that:
                return at
        return last

    def _opens(self, sentence: Sentence, starts: dict[int, int], token: Token) -> bool:
        """Tell whether a word only opens a clause: a complementiser, a mark, a preposition before it."""
        if not token.is_word or token.lower in self.words.that:
            return True
        at = starts.get(token.start)
        return at is not None and sentence.tokens[at].deprel in ("mark", "case", "cc")


def _antecedent(sentence: Sentence, verb: int) -> int | None:
    """Give the noun of a relative clause that stands apart from it, told by gender and number; None for none.

    "Das kam beim Präsidenten nicht gut an, der sagte": the tree hangs the clause on the verb before.
    """
    above = sentence.tokens[verb].head
    if above < 0 or sentence.tokens[above].upos != "VERB" or sentence.tokens[verb].deprel != "acl:relcl":
        return None
    for at in trees.children(sentence, verb, "nsubj"):
        pronoun = sentence.tokens[at].feats
        wanted = [mark for mark in pronoun.split("|") if mark.startswith(("Gender=", "Number="))]
        if "Rel" not in pronoun or len(wanted) < len(("Gender=", "Number=")):
            return None
        for noun in range(at - 1, above, -1):
            here = sentence.tokens[noun]
            if here.upos in ("NOUN", "PROPN") and all(mark in here.feats.split("|") for mark in wanted):
                return noun
    return None


def _left(sentence: Sentence, head: int) -> int:
    """Give where the words that stand before a noun and hang on it begin."""
    left = head
    while left and sentence.tokens[left - 1].is_word and head in trees.ancestors(sentence, left - 1):
        left -= 1
    return left


def _same(sentence: Sentence, head: int, found: Subject) -> bool:
    """Tell whether a phrase is the noun at `head`: it holds it, names it, or is not told apart from it."""
    inside = [at for at, token in enumerate(sentence.tokens) if found.start <= token.start < found.end]
    if not inside or head in inside:
        return True
    top = next((at for at in inside if sentence.tokens[at].head not in inside), inside[0])
    if top in trees.ancestors(sentence, head):
        return True
    while top >= 0 and top != head:
        if trees.case(sentence, top) or sentence.tokens[top].deprel in _ATTRIBUTES:
            return False
        top = sentence.tokens[top].head
    return top == head


def _highest(sentence: Sentence, at: int, cue_words: set[int]) -> int | None:
    """Give the word above a clause that hangs on the cue, None where another clause is between.

    Nouns, infinitives and what the clause is joined to may be between.
    """
    below = at
    for above in trees.ancestors(sentence, at):
        if above in cue_words:
            return below
        joined = trees.relation(sentence.tokens[below].deprel) == "conj"
        another = trees.relation(sentence.tokens[above].deprel) == "conj" and not joined
        if another and sentence.tokens[above].upos == "VERB":
            beside = sentence.tokens[above].head in cue_words and above > max(cue_words)
            if beside or trees.children(sentence, above, "nsubj"):
                # "shadows thundered, one had to hope that": the clause belongs to a verb of its own.
                return None
        apart = trees.relation(sentence.tokens[above].deprel) in _APART
        if apart and not joined and _is_clause(sentence, above):
            own = trees.relation(sentence.tokens[above].deprel) == "ccomp"
            return above if own and sentence.tokens[above].head in cue_words else None
        below = above
    return None


def _is_object(sentence: Sentence, verb: int, found: Subject) -> bool:
    """Tell whether a phrase behind a verb is its object by the tree: "und rief die Armee auf"."""
    return any(
        found.start <= sentence.tokens[at].start < found.end for at in trees.children(sentence, verb, "obj")
    )


def _is_subject(sentence: Sentence, found: Subject) -> bool:
    """Tell whether a word of a phrase is the subject of some verb."""
    inside = (token for token in sentence.tokens if found.start <= token.start < found.end)
    return any(token.deprel.startswith("nsubj") for token in inside)


def _has_noun(sentence: Sentence, at: int) -> bool:
    """Tell whether a verb has a noun of its own as its subject."""
    return any(sentence.tokens[i].upos in ("NOUN", "PROPN") for i in trees.children(sentence, at, "nsubj"))


def _is_clause(sentence: Sentence, at: int) -> bool:
    """Tell whether a word is the predicate of a clause."""
    return sentence.tokens[at].upos in ("VERB", "AUX") or bool(
        trees.children(sentence, at, "nsubj", "csubj", "cop", "aux")
    )
