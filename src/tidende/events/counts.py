"""Tell how often an act was done, and which of its kind it is: "met three times", "their third meeting"."""

from __future__ import annotations

import math

from tidende.dates.types import Number
from tidende.events.drafts import Draft
from tidende.events.forms import becoming
from tidende.events.frames import Trigger
from tidende.events.governed import head_of, light_verb
from tidende.events.scene import Scene, find_words, holds_phrase, is_listed
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.records import Bounds

_COUNT_REACH = 30  # characters from a number to the noun it counts
_MOST_DIGITS = 3  # of an ordinal: "the 25th meeting"
_FIRST_REACH = 80  # characters from "first" to the act it is told of
_TOLD_BELOW = ("acl", "ccomp", "csubj", "advcl")  # "the third time that X meets Y"
_VERBS = ("VERB", "AUX")
_INEXACT = ("nearly", "about")
_NAMES = ("NOUN", "PROPN", "PRON")


def fill(
    scene: Scene, draft: Draft, trigger: Trigger, clause: tuple[int, int], span: tuple[int, int]
) -> None:
    """Add to a draft how often its act was done, and for which time."""
    _count(scene, draft, trigger, clause)
    _ordinal(scene, draft, trigger, span)
    if draft.frame.symmetric:
        _first(scene, draft, trigger, span)


def is_times(number: Number) -> bool:
    """Tell whether a number says how often and not how many: "three times", "for the third time"."""
    return number.kind in ("count", "ordinal") and number.noun == "" and number.minimum is not None


def bounds_of(number: Number) -> Bounds | None:
    """Give the whole numbers that a count allows: "more than three" is four or more; None for no count.

    "Nearly" and "about" a few leave one to either side.
    """
    low, high = number.minimum, number.maximum
    if low is None:
        return (
            None if high is None else Bounds(min=1, max=math.ceil(high) - (number.approximation == "under"))
        )
    first = math.floor(low) + 1 if number.approximation == "over" else math.ceil(low)
    last = None if high is None or number.approximation == "over" else max(first, math.floor(high))
    if first == last and number.approximation in _INEXACT:
        first, last = first - 1, last + (number.approximation == "about")
    return Bounds(min=max(1, first), max=last)


def told_of(scene: Scene, number: Number, act: int) -> bool:
    """Tell whether the tree hangs a number of times on an act, or the act on it: "the third time X ..."."""
    sentence, tokens = scene.sentence, scene.tokens
    word = _last_word(scene, number)
    if word < 0 or act < 0:
        return False
    carriers = _carriers(scene, act)
    if _is_below(scene, carriers, word):
        return True
    for above in trees.ancestors(sentence, word):
        if above in carriers:
            return True
        token = tokens[above]
        if number.start <= token.start < number.end or _opens_later(scene, above, number):
            continue
        if any(time.start <= token.start < time.end for time in scene.times):
            continue  # "three times since January"
        helper = trees.relation(token.deprel) in ("aux", "cop") and token.head in carriers
        named = token.upos in _NAMES and token.start < number.start
        earlier = is_listed(token, word_set(scene.parsed.language, "events", "earlier"))
        if not (helper or named or earlier) or trees.relation(token.deprel) in _TOLD_BELOW:
            return False  # another verb's, or that of a comparison: "three times faster"
    return False


def _is_below(scene: Scene, carriers: list[int], word: int) -> bool:
    """Tell whether a time is told first, and of which act then: "it is the third time that X meets Y"."""
    tokens = scene.tokens
    return any(
        trees.relation(tokens[at].deprel) in _TOLD_BELOW and _is_time(scene, tokens[at].head, word)
        for at in carriers
    )


def _opens_later(scene: Scene, verb: int, number: Number) -> bool:
    """Tell whether a clause opens only behind a number: "four times since he came to power"."""
    marks = trees.children(scene.sentence, verb, "mark")
    adverbial = trees.relation(scene.tokens[verb].deprel) == "advcl"
    return adverbial and bool(marks) and number.end <= scene.tokens[marks[0]].start


def _last_word(scene: Scene, number: Number) -> int:
    inside = [
        at for at, t in enumerate(scene.tokens) if number.start <= t.start < number.end and t.upos != "PUNCT"
    ]
    return inside[-1] if inside else -1


def _carriers(scene: Scene, act: int) -> list[int]:
    """Give the words on which that of an act hangs as its object or its infinitive: "held talks"."""
    sentence, language = scene.sentence, scene.parsed.language
    found = [act]
    if scene.tokens[act].upos not in _VERBS and (verb := light_verb(scene, act)) >= 0:
        found.append(verb)
    if (verb := becoming(sentence, act, language)) >= 0:
        found.append(verb)
    token = scene.tokens[act]
    if trees.relation(token.deprel) in ("xcomp", "obj") and token.head >= 0:
        above = scene.tokens[token.head]
        if is_listed(above, word_set(language, "modality", "implicative")):
            found.append(token.head)
    return found


def _is_time(scene: Scene, head: int, word: int) -> bool:
    """Tell whether a clause hangs on a time, or beside it on "it is": "it is the third time that X ..."."""
    tokens = scene.tokens
    if head == word:
        return True
    if head < 0:
        return False
    # The tree may hang it on "it" or on a time in between: "third time this month that ..."
    within = any(t.start <= tokens[head].start < t.end for t in scene.times) and tokens[head].head >= 0
    if tokens[head].head == word:
        return within or trees.relation(tokens[head].deprel) in ("nsubj", "expl")
    head = tokens[head].head if within else head
    being = word_set(scene.parsed.language, "events", "being")
    return tokens[word].head == head and tokens[head].lower in being


def _count(scene: Scene, draft: Draft, trigger: Trigger, clause: tuple[int, int]) -> None:
    for number in scene.numbers:
        bounds = bounds_of(number) if number.kind == "count" else None
        if bounds is None or not _counts(scene, number, trigger, clause):
            continue
        if bounds.max == 1 and (number.noun or bounds.min != bounds.max):
            continue
        note(scene, draft, number, bounds)
        _period(scene, draft, number)
        return
    if trigger.kind == "noun" and (many := _several(scene, trigger)) >= 0:
        start, end = scene.tokens[many].start, scene.tokens[_unit(scene, trigger)].end
        draft.tell("counted", Bounds(min=2), scene.evidence(start, end))


def note(scene: Scene, draft: Draft, number: Number, bounds: Bounds) -> None:
    """Note how often an act was done, in the slot of exact numbers or of inexact ones."""
    evidence = scene.evidence(number.start, number.end)
    if bounds.min == bounds.max:
        draft.tell("count", bounds.min, evidence)
    else:
        draft.tell("counted", bounds, evidence)


def is_counted(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a noun is told with a number of such acts: "two summits", "several meetings"."""
    if trigger.kind != "noun":
        return False
    words = _words_of(scene, trigger)
    start = scene.tokens[trigger.first].start
    return _several(scene, trigger) >= 0 or any(
        number.kind == "count"
        and number.noun in words
        and (number.minimum or 0) > 1
        and 0 < start - number.start < _COUNT_REACH
        for number in scene.numbers
    )


def _several(scene: Scene, trigger: Trigger) -> int:
    """Give the word before acts that says that there were more than one: "several meetings"; -1 for none."""
    if not trees.has_tree(scene.sentence):
        return -1
    words = word_set(scene.parsed.language, "events", "several")
    unit = _unit(scene, trigger)
    near = [at for at in trees.children(scene.sentence, unit, "det", "amod", "nummod") if at < unit]
    return next((at for at in near if is_listed(scene.tokens[at], words)), -1)


def _unit(scene: Scene, trigger: Trigger) -> int:
    """Give the noun that is counted: that of the act, or "rounds" in "three rounds of trade talks"."""
    noun = head_of(scene, trigger)
    token = scene.tokens[noun]
    rounds = word_set(scene.parsed.language, "events", "rounds")
    of = trees.relation(token.deprel) in ("nmod", "appos", "compound", "flat") and token.head >= 0
    return token.head if of and is_listed(scene.tokens[token.head], rounds) else noun


def _counts(scene: Scene, number: Number, trigger: Trigger, clause: tuple[int, int]) -> bool:
    start = scene.tokens[trigger.first].start
    if number.noun == "" and trees.has_tree(scene.sentence):
        return told_of(scene, number, head_of(scene, trigger))
    if trigger.kind == "noun":
        words = _words_of(scene, trigger)
        of_it = number.noun == "" or number.noun in words
        near = number.start < start and start - number.start < _COUNT_REACH
        return near and of_it and number.end <= max(scene.tokens[trigger.last - 1].end, start)
    if number.noun:
        return _counts_things(scene, number, trigger)
    return clause[0] <= number.start < clause[1]


def _words_of(scene: Scene, trigger: Trigger) -> set[str]:
    """Give the words that a number may stand before: those of the act, and "rounds" of it."""
    words = {token.lower for token in scene.tokens[trigger.first : trigger.last]}
    return words | {scene.tokens[_unit(scene, trigger)].lower}


def _counts_things(scene: Scene, number: Number, trigger: Trigger) -> bool:
    """Tell whether each of some things takes an act of its own: "vetoed twelve resolutions"."""
    if not trees.has_tree(scene.sentence):
        return False
    each = word_list(scene.parsed.language, "events")["each"].get(trigger.frame.name, ())
    if number.noun not in {form.lower() for form in each}:
        return False
    above = list(trees.ancestors(scene.sentence, _last_word(scene, number)))
    act = head_of(scene, trigger)
    between = above[: above.index(act)] if act in above else above
    return act in above and all(scene.tokens[at].upos in _NAMES for at in between)


def _ordinal(scene: Scene, draft: Draft, trigger: Trigger, span: tuple[int, int]) -> None:
    """Note which of its kind an act is: "a second summit", "met for the third time"."""
    words = _words_of(scene, trigger)
    tree = trees.has_tree(scene.sentence)
    for number in scene.numbers:
        rank = int(number.minimum or 0)
        if number.kind != "ordinal" or rank < 1 or (rank == 1 and draft.frame.symmetric):
            continue
        of_noun = rank > 1 and number.noun in words and not _is_another(scene, number.start)
        if tree:
            times = number.noun == "" and told_of(scene, number, head_of(scene, trigger))
        else:
            times = number.noun == "" and rank > 1 and span[0] <= number.start < span[1]
            times = times and draft.frame.type == "CONSULT" and trigger.kind == "verb"
        if times and tree and _is_denied(scene, _last_word(scene, number)):
            return  # "not the first time that ..."
        if times or (of_noun and trigger.kind == "noun"):
            draft.tell("ordinal", rank, scene.evidence(number.start, number.end))
            if times and tree:
                _period(scene, draft, number)
                carriers = _carriers(scene, head_of(scene, trigger))
                draft.recalls = _is_below(scene, carriers, _last_word(scene, number))
            return
    rank = _rank(scene, trigger) if trigger.kind == "noun" and trigger.first else 0
    if rank > 1:
        start = scene.tokens[trigger.first - 1].start
        draft.tell("ordinal", rank, scene.evidence(start, scene.tokens[trigger.last - 1].end))


def _period(scene: Scene, draft: Draft, number: Number) -> None:
    """Note of what time a number is told: "the third time this month that X ...", "fire ganger i år"."""
    if draft.slots.get("date"):
        return
    word = _last_word(scene, number)
    for time in scene.times:
        if time.governor == word and time.start >= number.end:
            draft.tell("date", time.value, scene.evidence(time.start, time.end))
            if time.why:
                draft.why["date"] = time.why
            return


def _is_another(scene: Scene, start: int) -> bool:
    """Tell whether "second" is "another" behind an indefinite article, as in "et andet møde"."""
    language = scene.parsed.language
    before = [token.lower for token in scene.tokens if token.end <= start][-1:]
    word = next((token.lower for token in scene.tokens if token.start >= start), "")
    indefinite = word_set(language, "grammar", "indefinite")
    return bool(indefinite.intersection(before)) and word in word_set(language, "numbers", "second_or_other")


def _rank(scene: Scene, trigger: Trigger) -> int:
    """Give the ordinal that stands right before a noun, 0 for none.

    "Other" means "second" of one act that is somebody's or known: "deres andet møde", not "andre møder".
    """
    language = scene.parsed.language
    word, noun = scene.tokens[trigger.first - 1], scene.tokens[trigger.last - 1]
    for rank, forms in enumerate(word_list(language, "numbers")["ordinals"], start=1):
        if word.lower in forms:
            return rank
    for mark in word_list(language, "numbers")["ordinal_marks"]:
        digits = word.lower.removesuffix(mark)
        if digits != word.lower and digits.isdecimal() and len(digits) <= _MOST_DIGITS:
            return int(digits)
    if word.lower not in word_set(language, "numbers", "second_or_other") or trigger.first < 2:
        return 0
    before = scene.tokens[trigger.first - 2]
    owners = word_list(language, "text")["possessives"].values()
    known = word_set(language, "grammar", "definite").union(*owners)
    owned = before.lower in known or "Case=Gen" in before.feats
    return 2 if owned and "Number=Plur" not in noun.feats else 0


def _first(scene: Scene, draft: Draft, trigger: Trigger, span: tuple[int, int]) -> None:
    """Note that it is the first such act: "first time", "deres første møde"."""
    form = holds_phrase(
        scene.words(scene.sentence.start, scene.sentence.end),
        word_set(scene.parsed.language, "events", "first"),
    )
    if not form or draft.is_counted:
        return
    start = scene.tokens[trigger.first].start
    found = find_words(scene, form)
    if found is None or not (span[0] <= found[0] < span[1] or 0 < start - found[0] < _FIRST_REACH):
        return
    if _is_of_another(scene, found, head_of(scene, trigger)):
        return
    draft.tell("ordinal", 1, scene.evidence(*found))


def _is_of_another(scene: Scene, place: tuple[int, int], act: int) -> bool:
    """Tell whether "the first time" is that of another verb: "Lula, who won for the first time, met X"."""
    times = [n for n in scene.numbers if is_times(n) and n.start < place[1] and place[0] < n.end]
    if not times or not trees.has_tree(scene.sentence):
        return False
    return not told_of(scene, times[0], act) or _is_denied(scene, _last_word(scene, times[0]))


def _is_denied(scene: Scene, word: int) -> bool:
    """Tell whether a time is told not to be the one: "it is not the first time that X meets Y"."""
    negation = word_set(scene.parsed.language, "modality", "negation")
    being = word_set(scene.parsed.language, "events", "being")
    above = scene.tokens[word].head
    near = trees.children(scene.sentence, word, "advmod", "det")
    if above >= 0 and scene.tokens[above].lower in being:
        near += trees.children(scene.sentence, above, "advmod")
    return any(scene.tokens[at].lower in negation for at in near)
