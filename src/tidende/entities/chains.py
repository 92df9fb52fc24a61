"""Keep who has been spoken of so far in an article, and tell whom a pronoun most likely means.

Hard facts go first: number, gender, who cannot be meant (another party of the same verb, whoever speaks the
quotation that the pronoun stands in). Who is left is weighed by what holds in any language: how far back, in
what place of the sentence, how often, in whose words. Where two weigh nearly the same, or nobody much, nobody
is meant.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tidende.entities.quoted import Quoted, cues
from tidende.languages.lists import word_list
from tidende.parse import trees
from tidende.parse.types import Parsed, Sentence

_REACH = 8  # sentences that a pronoun may look back
_RANKS = ("other", "owner", "oblique", "object", "subject")
_OBJECTS = frozenset({"obj", "iobj"})
_SUBORDINATE = frozenset({"acl", "advcl", "ccomp", "csubj", "xcomp"})

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a mention stands: its sentence, the token that heads it, and the part that it plays there.

    `role` is subject, object, oblique, owner or other; `main` is false within a subordinate clause.
    """

    sentence: Sentence
    index: int
    role: str
    main: bool
    quoted: bool
    speaks: bool


@dataclass(slots=True)
class Known:
    """Somebody spoken of so far: an entity, or a person whom only a noun tells (`named` is false)."""

    id: str
    named: bool
    gender: str = ""
    spots: list[Spot] = field(default_factory=list)
    pronouns: int = 0


class Chains:
    """Hold the persons of one article in the order in which they are spoken of."""

    def __init__(self, parsed: Parsed) -> None:
        self.quoted = Quoted(parsed)
        self._known: dict[str, Known] = {}
        self._weights: Mapping[str, float] = word_list("common", "coref")["weights"]
        self._least: float = word_list("common", "coref")["least"]
        self._least_alone: float = word_list("common", "coref")["least_alone"]
        self._cues = cues(parsed.language)
        self._heard = ""  # who was told to speak last
        self._speakers: dict[int, set[str]] = {}

    def spot(self, sentence: Sentence, start: int, end: int) -> Spot:
        """Give the place of a mention that covers `[start:end]` of its part."""
        tokens = sentence.tokens
        inside = sentence.touching(start, end)
        index = next((at for at in inside if tokens[at].head not in inside), inside[0])
        # A name that hangs on its title, "president X", stands where the title does.
        while (
            trees.relation(tokens[index].deprel) in ("flat", "appos", "compound") and tokens[index].head >= 0
        ):
            index = tokens[index].head
        quoted = self.quoted.has(sentence, start)
        return Spot(
            sentence, index, _role(sentence, index), _is_main(sentence, index), quoted,
            self.quoted.speaks(sentence, index),
        )  # fmt: skip

    def speaker(self, spot: Spot, identifier: str) -> None:
        """Note, ahead of the walk, that somebody speaks in a paragraph."""
        if spot.speaks and not spot.quoted:
            self._speakers.setdefault(spot.sentence.block, set()).add(identifier)

    def note(
        self, identifier: str, spot: Spot, *, gender: str = "", named: bool = True, pronoun: bool = False
    ) -> None:
        """Note that somebody is spoken of here; what is told of the gender stays."""
        known = self._known.setdefault(identifier, Known(identifier, named))
        known.gender = known.gender or gender
        known.pronouns += pronoun
        known.spots.append(spot)
        if spot.speaks:
            self._heard = identifier

    def at(self, spot: Spot) -> str:
        """Give the named person who stands at a place already, "" for none: "Omar Navarro, a candidate"."""
        found = (k.id for k in self._known.values() if k.named and self._stands(k, spot.sentence, spot.index))
        return next(found, "")

    def genders(self) -> dict[str, str]:
        """Give what is known of the gender of the named persons."""
        return {known.id: known.gender for known in self._known.values() if known.named and known.gender}

    def meant(self, spot: Spot, gender: str) -> tuple[Known | None, str]:
        """Give whom a pronoun of a gender means and by which rule, None where that stays in doubt."""
        teller = self._teller(spot, gender)
        if teller is not None:
            return teller, "teller"
        weights = [
            (self._weigh(features), -n, known)
            for n, (known, features) in enumerate(self.weighed(spot, gender))
        ]
        if not weights:
            return None, ""
        total = sum(math.exp(weight) for weight, _, _ in weights) + 1.0  # 1: nobody of these
        alone = self._stands_alone([known for _, _, known in weights], spot)
        weight, _, best = weights[0] if alone else max(weights, key=lambda row: row[:2])
        least = self._least_alone if alone else self._least
        if math.exp(weight) / total < least:
            return None, ""
        return best, "alone" if alone else "weighed"

    def _stands_alone(self, able: Sequence[Known], spot: Spot) -> bool:
        """Tell whether the most salient is the only one whom the sentence before names, and a party in it."""
        last = able[0].spots[-1].sentence
        if self._back(able[0].spots[-1], spot) != 1 or any(
            known.spots[-1].sentence is last for known in able[1:]
        ):
            return False
        parties = ("subject", "object", "oblique")
        return able[0].named and any(one.sentence is last and one.role in parties for one in able[0].spots)

    def _teller(self, spot: Spot, gender: str) -> Known | None:
        """Give who tells what a pronoun is the subject of: "Pompeo met Ri and said that he ..."."""
        sentence = spot.sentence
        if spot.role != "subject" or spot.quoted:
            return None
        for at in trees.ancestors(sentence, spot.index):
            subject = trees.subject(sentence, at)
            if subject < 0 or subject == spot.index:
                continue
            if sentence.tokens[at].lower not in self._cues:
                return None
            able = (known for known in self._known.values() if self._can_be(known, spot, gender))
            return next((known for known in able if self._stands(known, sentence, subject)), None)
        return None

    def _stands(self, known: Known, sentence: Sentence, index: int) -> bool:
        return any(spot.sentence is sentence and spot.index == index for spot in known.spots)

    def _weigh(self, features: Features) -> float:
        return sum(self._weights.get(name, 0.0) * value for name, value in features.items())

    def weighed(self, spot: Spot, gender: str) -> Iterator[tuple[Known, Features]]:
        """Yield everybody whom a pronoun can mean, with what speaks for him, the most salient first."""
        able = [known for known in self._known.values() if self._can_be(known, spot, gender)]
        able.sort(key=_salience, reverse=True)
        longest = max((len(known.spots) for known in able), default=1)
        for rank, known in enumerate(able):
            features = self._features(known, spot, gender, rank, longest)
            if known.spots[-1].sentence is able[0].spots[-1].sentence:
                features["nearest sentence"] = 1.0
                others = [one for one in able[1:] if one.spots[-1].sentence is known.spots[-1].sentence]
                features["nearest sentence, alone"] = float(not others)
            yield known, features

    def _can_be(self, known: Known, spot: Spot, gender: str) -> bool:
        last = known.spots[-1]
        if known.gender not in ("", gender) or self._back(last, spot) > _REACH:
            return False
        if last.sentence.part != spot.sentence.part:
            return False
        if spot.quoted and known.id in self._speaking(spot.sentence.block):
            return False
        return not (last.sentence is spot.sentence and _apart(last, spot))

    def _back(self, one: Spot, spot: Spot) -> int:
        """Count the sentences from one place to a later one; from outside, no quotation counts."""
        between = range(one.sentence.index, spot.sentence.index)
        if spot.quoted:
            return len(between)
        return sum(at == one.sentence.index or not self.quoted.opens(at) for at in between)

    def _speaking(self, block: int) -> set[str]:
        """Give who speaks in a paragraph; one that is all quotation goes on from the one before."""
        while block not in self._speakers and block > 0 and self.quoted.fills(block):
            block -= 1
        return self._speakers.get(block, set())

    def _above(self, known: Known, spot: Spot) -> Features:
        """Tell whether somebody is the subject of verbs that govern the clause of a place."""
        sentence = spot.sentence
        own = {one.index for one in known.spots if one.sentence is sentence}
        subjects = [(at, trees.subject(sentence, at)) for at in trees.ancestors(sentence, spot.index)]
        subjects = [(at, subject) for at, subject in subjects if subject >= 0 and subject != spot.index]
        if not own or not subjects:
            return {}
        return {
            "subject above": float(any(subject in own for _, subject in subjects)),
            "nearest subject above": float(subjects[0][1] in own),
            "nearest subject above tells": float(
                subjects[0][1] in own and sentence.tokens[subjects[0][0]].lower in self._cues
            ),
        }

    def _features(self, known: Known, spot: Spot, gender: str, rank: int, longest: int) -> Features:
        last = known.spots[-1]
        back = self._back(last, spot)
        same = spot.sentence is last.sentence
        here = [one for one in known.spots if one.sentence is last.sentence]
        best = next((one for one in here if one.role == "subject"), last)
        heard = known.id == self._heard
        found: Features = {
            "bias": 1.0,
            f"back {min(back, 4)}": 1.0,
            f"rank {min(rank, 3)}": 1.0,
            f"{'same' if same else 'before'} {best.role}": 1.0,
            f"{'same' if same else 'before'} {best.role}, meant {spot.role}": 1.0,
            "gender told": float(known.gender == gender),
            "told by pronoun": float(known.pronouns > 0),
            "named": float(known.named),
            "often": math.log(len(known.spots)),
            "most spoken of": float(len(known.spots) == longest),
            "both subjects": float(spot.role == best.role == "subject"),
            "both subjects, last sentence": float(back == 1 and spot.role == best.role == "subject"),
            "main clause": float(best.main),
            "both speak": float(spot.speaks and best.speaks),
            "spoke": float(best.speaks),
            "out of quote": float(last.quoted and not spot.quoted),
            "into quote": float(spot.quoted and not last.quoted),
            "same quote": float(spot.quoted and last.quoted),
            "heard last": float(heard),
            "heard last, speaks": float(heard and spot.speaks),
            "same block": float(spot.sentence.block == last.sentence.block),
            "only once": float(len(known.spots) == 1),
        }
        if same:
            found |= self._above(known, spot)
        return {name: value for name, value in found.items() if value}


def _salience(known: Known) -> tuple[int, int, int]:
    """Order by the last sentence that speaks of somebody; within it subjects first, then as they stand."""
    last = known.spots[-1].sentence
    here = [spot for spot in known.spots if spot.sentence is last]
    return last.index, max(_RANKS.index(spot.role) for spot in here), -min(spot.index for spot in here)


def _role(sentence: Sentence, index: int) -> str:
    """Give the part that a noun plays; what is joined to another plays its part."""
    token = sentence.tokens[index]
    seen = 0
    while trees.relation(token.deprel) == "conj" and token.head >= 0 and seen < len(sentence.tokens):
        token = sentence.tokens[token.head]
        seen += 1
    kind = trees.relation(token.deprel)
    if kind in ("nsubj", "csubj"):
        return "subject"
    if kind in _OBJECTS:
        return "object"
    if kind == "obl" or (kind == "nmod" and trees.case(sentence, index)):
        return "oblique"
    return "owner" if kind == "nmod" else "other"


def _is_main(sentence: Sentence, index: int) -> bool:
    above = trees.ancestors(sentence, index)
    return not any(trees.relation(sentence.tokens[at].deprel) in _SUBORDINATE for at in above)


def _apart(one: Spot, other: Spot) -> bool:
    """Tell whether two places of one sentence cannot be one person: two parties of a verb, or joined."""
    tokens = one.sentence.tokens
    a, b = tokens[one.index], tokens[other.index]
    if one.index == other.index:
        return True
    party = ("subject", "object", "oblique")
    if (
        a.head == b.head
        and a.head >= 0
        and one.role in party
        and other.role in party
        and one.role != other.role
    ):
        return True
    joined = {trees.relation(a.deprel), trees.relation(b.deprel)} & {"conj"}
    return bool(joined) and (a.head == other.index or b.head in (one.index, a.head))
