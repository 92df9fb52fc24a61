"""Find the cues of speech: verbs and phrases that tell that somebody says something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

from tidende.languages.lists import word_list, word_set
from tidende.parse.types import Token
from tidende.records import QuoteAct

KINDS: tuple[QuoteAct, ...] = get_args(QuoteAct)
# Of a verb that does several things the first of these is told.
_TOLD: tuple[QuoteAct, ...] = (
    "deny",
    "pledge",
    "demand",
    "ask",
    "opine",
    "write",
    "announce",
    "add",
    "call",
    "claim",
    "report",
    "tell",
    "say",
    "utter",
)
FORMS = ("finite", "participle", "gerund", "infinitive")
QUOTED = "“”"
_BEFORE_NOUN = 4  # tokens of a determiner, adjectives and their noun
_PARTICLE_REACH = 9
_COMPOUND = 3  # letters of the first part of a compound, at least
_STOPS = frozenset(",.:;!?…")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: the tokens `[first:last]` from verb to particle, its kinds, and its form.

    `after` is the index of the token after the verb itself: with a particle that stands apart the
    subject may stand between ("la Hansen til").
    """

    first: int
    after: int
    last: int
    kinds: tuple[str, ...]
    form: str
    particle: tuple[str, ...] = ()

    def does(self, *kinds: str) -> bool:
        """Tell whether the verb is of one of these kinds."""
        return any(kind in self.kinds for kind in kinds)

    @property
    def act(self) -> QuoteAct:
        """Give the most telling thing that the verb does."""
        return next(act for act in _TOLD if act in self.kinds and (act != "opine" or self.is_thought))

    @property
    def is_thought(self) -> bool:
        """Tell a verb of thinking, hoping or fearing that is not also one of saying."""
        return self.does("opine") and not self.does("say", "tell", "write", "announce", "add")


@dataclass(frozen=True, slots=True)
class _Entry:
    particle: tuple[str, ...]
    kinds: tuple[str, ...]
    form: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The small words of one language that decide what a cue governs."""

    that: frozenset[str]
    whether: frozenset[str]
    question: frozenset[str]
    infinitive: frozenset[str]
    relative: frozenset[str]
    coordinating: frozenset[str]
    conditional: frozenset[str]
    negation: frozenset[str]
    modal: frozenset[str]
    perfect: frozenset[str]
    be: frozenset[str]
    subjunctive: frozenset[str]
    reported: frozenset[str]
    when: frozenset[str]
    nominative: frozenset[str]
    impersonal: frozenset[str]
    anaphors: frozenset[str]
    first_person: frozenset[str]
    about: frozenset[str]
    nouns: frozenset[str]
    adverb_endings: tuple[str, ...]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    addressee: tuple[tuple[str, ...], ...]
    adverbs: frozenset[str]
    clause_openers: frozenset[str]
    purpose: frozenset[str]
    contrast: frozenset[str]
    dative: frozenset[str]
    evidential: frozenset[str]
    means: tuple[tuple[str, ...], ...]
    according: tuple[tuple[str, ...], ...]
    according_after: frozenset[str]
    viewing: tuple[tuple[str, ...], ...]
    openers: frozenset[str]
    views: frozenset[str]
    views_of: frozenset[str]
    reports: frozenset[str]
    reports_by: frozenset[str]
    owned: frozenset[str]
    so: frozenset[str]
    naming_as: frozenset[str]
    nobody: frozenset[str]
    unsaid_before: frozenset[str]
    unreal: frozenset[str]
    aftermath: tuple[tuple[str, ...], ...]
    occasions: frozenset[str]
    at_occasion: frozenset[str]
    passive: frozenset[str]
    medium: Mapping[tuple[str, ...], str]
    bare: frozenset[str]
    verb_second: bool
    verb_final: bool
    clause_comma: bool
    entries: Mapping[str, tuple[_Entry, ...]]

    def is_occasion(self, lower: str) -> bool:
        """Tell whether a word, or the end of a compound, names an occasion to speak."""
        ends = (f"-{lower[at:]}" for at in range(_COMPOUND, len(lower) - _COMPOUND))
        return lower in self.occasions or any(end in self.occasions for end in ends)

    def is_adverb(self, lower: str) -> bool:
        """Tell whether a word may stand between a subject and its verb."""
        return lower in self.adverbs or (bool(self.adverb_endings) and lower.endswith(self.adverb_endings))


@cache
def grammar(language: str) -> Grammar:
    """Load the speech lists of a language."""
    lists = word_list(language, "speech")

    def words(key: str) -> frozenset[str]:
        return word_set(language, "speech", "grammar", key)

    def phrases(table: str, key: str) -> tuple[tuple[str, ...], ...]:
        found = (tuple(form.lower().split()) for form in lists[table][key])
        return tuple(sorted(found, key=len, reverse=True))

    return Grammar(
        that=words("that"),
        whether=words("whether"),
        question=words("question"),
        infinitive=words("infinitive_marker"),
        relative=words("relative"),
        coordinating=words("coordinating"),
        conditional=words("conditional"),
        negation=words("negation"),
        modal=words("modal"),
        perfect=words("perfect"),
        be=words("be"),
        subjunctive=words("subjunctive"),
        reported=words("reported"),
        when=word_set(language, "text", "conjunctions", "when"),
        nominative=words("nominative"),
        impersonal=words("impersonal"),
        anaphors=words("anaphors"),
        first_person=words("first_person"),
        about=words("about"),
        nouns=words("nouns"),
        adverb_endings=tuple(lists["grammar"]["adverb_endings"]),
        determiners=words("determiners"),
        prepositions=words("prepositions"),
        addressee=phrases("grammar", "addressee"),
        adverbs=words("adverbs"),
        clause_openers=words("clause_openers"),
        purpose=words("purpose"),
        contrast=words("contrast"),
        dative=words("dative"),
        evidential=words("evidential"),
        means=phrases("grammar", "means"),
        according=phrases("attribution", "according"),
        according_after=word_set(language, "speech", "attribution", "according_after"),
        viewing=phrases("attribution", "viewing"),
        openers=frozenset(
            phrase[0] for key in ("according", "viewing") for phrase in phrases("attribution", key)
        ),
        views=word_set(language, "speech", "attribution", "views"),
        views_of=word_set(language, "speech", "attribution", "views_of"),
        reports=word_set(language, "speech", "attribution", "reports"),
        reports_by=word_set(language, "speech", "attribution", "reports_by"),
        owned=word_set(language, "speech", "attribution", "owned"),
        so=word_set(language, "speech", "attribution", "so"),
        naming_as=word_set(language, "speech", "attribution", "naming_as"),
        nobody=words("nobody"),
        unsaid_before=words("unsaid_before"),
        unreal=words("unreal"),
        aftermath=phrases("grammar", "aftermath"),
        occasions=words("occasions"),
        at_occasion=words("at_occasion"),
        passive=word_set(language, "speech", "passive", "forms"),
        medium={tuple(form.lower().split()): key for key, forms in lists["medium"].items() for form in forms},
        bare=frozenset(lists["bare"]),
        verb_second=bool(lists["verb_second"]),
        verb_final=bool(lists["verb_final"]),
        clause_comma=bool(lists["clause_comma"]),
        entries=_entries(lists),
    )


def _entries(lists: Mapping[str, Mapping[str, Sequence[str]]]) -> Mapping[str, tuple[_Entry, ...]]:
    """Index every form by its first word; one entry for each particle, with all its kinds."""
    kinds: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    for form in FORMS:
        for kind in KINDS:
            for printed in lists[form][kind]:
                verb, *particle = printed.lower().split()
                known = kinds.setdefault((verb, tuple(particle), form), [])
                if kind not in known:
                    known.append(kind)
    index: dict[str, list[_Entry]] = {}
    for (verb, rest, form), found in kinds.items():
        index.setdefault(verb, []).append(_Entry(rest, tuple(found), form))
    # Longest particle first: "sagte zu" before "sagte".
    return {verb: tuple(sorted(rows, key=lambda row: -len(row.particle))) for verb, rows in index.items()}


def cue_at(tokens: Sequence[Token], index: int, words: Grammar) -> Cue | None:
    """Give the cue whose verb is the token at `index`; the finite reading comes first."""
    entries = words.entries.get(tokens[index].lower)
    if not entries or (index and tokens[index].is_capital and tokens[index - 1].is_word):
        return None
    # "made no mention", "his claims": a noun of the same form.
    nouns = words.determiners - words.nominative | words.negation
    if index and not words.verb_second and tokens[index - 1].lower in nouns - words.relative:
        return None
    for entry in entries:
        if not entry.particle:
            return Cue(index, index + 1, index + 1, entry.kinds, _form(tokens, index, entry, words))
        place = _particle(tokens, index + 1, entry.particle)
        if place is not None:
            return Cue(index, index + 1, place + len(entry.particle), entry.kinds, entry.form, entry.particle)
    return None


def _form(tokens: Sequence[Token], index: int, entry: _Entry, words: Grammar) -> str:
    """Tell a participle that looks like a past tense by the auxiliary before it."""
    both = {other.form for other in words.entries[tokens[index].lower] if not other.particle}
    if "participle" in both and entry.form == "finite":
        for token in reversed(tokens[max(0, index - 5) : index]):
            if token.lower in words.perfect or token.lower in words.be:
                return "participle"
            apart = token.text in _STOPS or token.lower in words.that or token.lower in words.coordinating
            if apart or not (words.verb_second or token.lower in words.adverbs | words.negation):
                break
    return entry.form


def _particle(tokens: Sequence[Token], start: int, particle: Sequence[str]) -> int | None:
    for place in range(start, min(len(tokens), start + _PARTICLE_REACH)):
        if tokens[place].text in _STOPS or tokens[place].text == QUOTED:
            return None
        if tuple(token.lower for token in tokens[place : place + len(particle)]) == tuple(particle):
            return place
    return None


def cue_span(tokens: Sequence[Token], cue: Cue) -> tuple[int, int]:
    """Give the characters of a cue: its verb, with a particle that follows at once."""
    near = all(
        before.end + 1 >= token.start
        for before, token in zip(tokens[cue.first : cue.last - 1], tokens[cue.after : cue.last], strict=True)
    )
    last = cue.last if near and cue.last - cue.after == len(cue.particle) else cue.after
    return tokens[cue.first].start, tokens[last - 1].end


def phrase_at(tokens: Sequence[Token], index: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """Give how many tokens the longest of some phrases takes at `index`; 0 if none stands there."""
    for phrase in phrases:
        if (
            phrase[0] == tokens[index].lower
            and tuple(token.lower for token in tokens[index : index + len(phrase)]) == phrase
        ):
            return len(phrase)
    return 0


def opener_at(tokens: Sequence[Token], index: int, words: Grammar) -> int:
    """Give how many tokens at `index` lead up to whose words something is in; 0 if none do.

    "according to", "according to a report by", "in the view of", "nach Angaben der".
    """
    if tokens[index].lower not in words.openers:
        return 0  # asked of every word
    told, viewed = phrase_at(tokens, index, words.according), phrase_at(tokens, index, words.viewing)
    owner = 0
    if told:
        owner = _to_owner(tokens, index + told, words.views | words.reports, words.reports_by, words)
    if viewed and not owner:
        owner = _to_owner(tokens, index + viewed, words.views, words.views_of, words)
    return owner - index if owner else told


def _to_owner(
    tokens: Sequence[Token], first: int, nouns: frozenset[str], links: frozenset[str], words: Grammar
) -> int:
    """Give where the owner of a noun that stands at `first` begins: "the view of | X"; 0 for none."""
    for at in range(first, min(first + _BEFORE_NOUN, len(tokens) - 1)):
        token, following = tokens[at], tokens[at + 1]
        if token.lower in nouns:
            if following.lower in links and at + 2 < len(tokens):
                return at + 2
            # "nach Angaben Merkels", "nach Ansicht eines Experten"
            owned = words.verb_final and (following.upos == "PROPN" or following.lower in words.determiners)
            return at + 1 if owned and links else 0
        if not token.is_word or token.lower in words.prepositions or cue_at(tokens, at, words) is not None:
            return 0
    return 0


def is_asserted(tokens: Sequence[Token], cue: Cue, low: int, words: Grammar) -> bool:
    """Tell whether the speech really took place: not negated, not wished, not only possible.

    `low` is the index where the clause of the cue begins.
    """
    before = [token.lower for token in tokens[max(low, cue.first - 7) : cue.first]]
    near = before[-4:]
    # "Vi har ingen, sier Midtbø": what stands before a comma is not negation of the cue.
    near = near[max((at + 1 for at, word in enumerate(near) if word in _STOPS), default=0) :]
    if any(word in words.negation for word in near):
        return False
    named = cue.first > low and tokens[cue.first - 1].is_capital and cue.form == "finite"
    # "Trump seier han ikkje har tid": the negation is of what he says.
    bare = named and cue.after < len(tokens) and tokens[cue.after].lower in words.nominative
    # "gab die Bahn nicht bekannt": up to a particle that stands apart.
    reach = max(cue.after + 2, cue.last if cue.particle else 0)
    if not bare and any(token.lower in words.negation for token in tokens[cue.after : reach]):
        return False
    if before and before[0] in words.conditional and len(before) < 5:
        return False
    if cue.form == "finite":
        # A form that is also an infinitive: "would say", "to say", "zu sagen", "äußern wollten".
        # As printed: "May said" is no modal verb.
        if before and tokens[cue.first - 1].text in words.modal | words.infinitive:
            return False
        return not (
            words.verb_final
            and cue.last < len(tokens)
            and tokens[cue.last].lower in words.modal | words.perfect | words.be
        )
    if cue.form == "gerund":
        # "stopped short of saying", "rather than saying"
        return not before or before[-1] not in words.unsaid_before
    if cue.form == "participle":
        if any(word in words.unreal for word in before):
            return False
        if words.verb_final and cue.last < len(tokens) and tokens[cue.last].lower in words.perfect:
            # "soll gesagt haben", "gesagt haben soll": only hearsay has it that he said so.
            after = tokens[cue.last + 1].lower if cue.last + 1 < len(tokens) else ""
            return not any(word in words.modal for word in (*before, after))
        auxiliaries = [word for word in before if word in words.be or word in words.perfect]
        if auxiliaries and any(word in words.modal for word in near):
            return False
        return bool(auxiliaries) and auxiliaries[-1] in words.perfect
    if cue.form == "infinitive":
        return any(tuple(before[-len(phrase) :]) == phrase for phrase in words.means if before)
    return True
