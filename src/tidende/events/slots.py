"""Fill the slots of an act from its sentence: where, when, how long, how often, how, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidende.dates.types import Length, Number, Time
from tidende.entities.gazetteer import load
from tidende.events.drafts import Draft
from tidende.events.frames import Trigger
from tidende.events.governed import head_of
from tidende.events.politics import is_political_actor
from tidende.events.scene import Scene, holds_phrase, is_listed
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.records import DateValue

_LONGEST = 7 * 24 * 60  # minutes that a meeting, visit or call may take
_PLACE_REACH = 80  # characters from a trigger to the place it names
_RIGHT_BEFORE = 25  # characters from an adjective ("the failed ...") to its noun
_COUNT_REACH = 30  # characters from a number to the noun it counts
_SAID = ("AGREE", "REQUEST", "REJECT", "ACCUSE", "THREATEN")  # acts of a moment, done by words
_BESIDE_NOUN = 2  # words from a time to the noun that it stands before
_FEW_LETTERS = 3  # of a theme word that must stand as it is
_RELATIVE = "acl:relcl"
_NO_OUTCOME_TYPES = ("CONSULT",)


@dataclass(frozen=True, slots=True)
class Owner:
    """Tell which phrases of a sentence belong to the act at `start` and not to its `rivals`."""

    start: int
    rivals: Sequence[int]

    def has(self, position: int) -> bool:
        """Tell whether what stands at a position is told of this act.

        What stands before all acts is told of each; else it belongs to the act it stands right
        before ("the failed summit"), or to the last act before it.
        """
        triggers = (self.start, *self.rivals)
        after = [trigger for trigger in triggers if 0 <= trigger - position <= _RIGHT_BEFORE]
        before = [trigger for trigger in triggers if trigger <= position]
        if after:
            return min(after) == self.start
        return not before or max(before) == self.start


def fill(scene: Scene, draft: Draft, trigger: Trigger, *, alone: bool, rivals: Sequence[int] = ()) -> None:
    """Add to a draft what the sentence tells of the act that `trigger` opens.

    `alone` says that the sentence tells no other act, so that times and lengths of its other
    clauses belong to this one too; `rivals` are the places of the triggers of other acts.
    """
    start, end = scene.tokens[trigger.first].start, scene.tokens[trigger.last - 1].end
    clause = scene.clause(trigger.first)
    span = (scene.sentence.start, scene.sentence.end) if alone else clause
    owned = Owner(start, rivals)
    _place(scene, draft, (start, end), clause, owned)
    own = not draft.frame.symmetric and draft.frame.type != "CONSULT" and trigger.kind == "noun"
    # "the letter about X's accusations was sent in July" dates the sending, not the accusations.
    _date(scene, draft, trigger, span, owned, own=own)
    _lengths(scene, draft, span)
    _count(scene, draft, trigger, clause)
    _ordinal(scene, draft, trigger, span)
    if draft.frame.symmetric:
        _first(scene, draft, start, span)
        _keyed(scene, draft, "format", span)
        _keyed(scene, draft, "part", span)
    if draft.frame.type in _NO_OUTCOME_TYPES:
        _outcome(scene, draft, start, span, owned)


def _place(scene: Scene, draft: Draft, trigger: tuple[int, int], span: tuple[int, int], owned: Owner) -> None:
    """Take the nearest "in X" that the trigger's own words lead to; a town is a place, a house a venue."""
    if draft.frame.name == "visit" and draft.recipients:
        return
    fitting = [
        phrase
        for phrase in scene.phrases
        if "in" in phrase.cases
        and not phrase.genitive
        and span[0] <= phrase.start < span[1]
        and owned.has(phrase.start)
        and abs(phrase.start - trigger[1]) <= _PLACE_REACH
    ]
    fitting.sort(key=lambda phrase: (phrase.start < trigger[0], abs(phrase.start - trigger[1])))
    for phrase in fitting:
        entity = scene.cast.entity(phrase.ids[0])
        if phrase.ids[0] in draft.parties or scene.has_helper(trigger[1], phrase.start):
            continue
        if "about" in phrase.cases and entity.type == "country":
            continue  # "talks on Syria" are held elsewhere
        owned_by = any(scene.cast.entity(identifier).named for identifier in draft.recipients)
        if owned_by and draft.frame.type in _SAID and _is_of_noun(scene, trigger, phrase.start):
            continue  # "condemns Russia's annexations in Ukraine": there was annexed, not condemned
        slot = "place" if entity.type in ("place", "country") else "venue"
        house = entity.type == "organisation" and not is_political_actor(entity, scene.cast)
        if slot == "place" or (house and draft.frame.symmetric):
            draft.tell(slot, phrase.ids[0], scene.evidence(phrase.start, phrase.end))
            return


def _is_of_noun(scene: Scene, trigger: tuple[int, int], position: int) -> bool:
    """Tell whether a place stands right behind a noun of what is said, and so may be where that was done."""
    before = [token for token in scene.tokens if trigger[1] <= token.start and token.end <= position]
    timed = any(time.start <= one.start < time.end for time in scene.times for one in before[-2:-1])
    return len(before) > 1 and before[-1].is_word and before[-2].upos == "NOUN" and not timed


def _date(
    scene: Scene, draft: Draft, trigger: Trigger, span: tuple[int, int], owned: Owner, *, own: bool = False
) -> None:
    """Note when an act was; `own` asks for a time told of its very word, or the verb that only does it."""
    time = _time_of(scene, trigger, span, owned)
    if own and time is not None and not _is_its_own(scene, time, head_of(scene, trigger)):
        return
    published = scene.parsed.article.published
    if time is not None and _is_ahead(scene, draft, trigger, time):
        draft.modality = "planned"  # "Ungern ratificerar Finland på måndag"
    if time is None or (
        draft.modality == "happened" and published and (time.value.start or "") > published[:10]
    ):
        return  # what has happened lies not in the future: the time is another clause's
    past = published and (time.value.start or "~") < published[:10] >= (time.value.end or "~")
    if draft.modality == "planned" and past:
        return  # nor is what is planned in the past: "a summit that he praised earlier this week"
    draft.tell("date", time.value, scene.evidence(time.start, time.end))
    if time.why:
        draft.why["date"] = time.why


def _is_ahead(scene: Scene, draft: Draft, trigger: Trigger, time: Time) -> bool:
    """Tell whether a verb in the present has a time of its own that is after the day of the article."""
    published, head = scene.parsed.article.published, head_of(scene, trigger)
    if draft.modality != "happened" or not published or trigger.kind != "verb" or time.governor != head:
        return False
    both = bool(draft.actors and draft.recipients)
    present = "Tense=Pres" in scene.tokens[head].feats and "VerbForm=Fin" in scene.tokens[head].feats
    return both and present and (time.value.start or "") > published[:10]


def may_be_at(scene: Scene, draft: Draft, trigger: Trigger) -> bool:
    """Tell whether the time of a sentence excludes that it speaks of this event."""
    start = scene.tokens[trigger.first].start
    time = _time_of(scene, trigger, (scene.sentence.start, scene.sentence.end), Owner(start, ()))
    return time is None or all(overlaps(time.value, told.value) for told in draft.slots.get("date", []))


def _time_of(scene: Scene, trigger: Trigger, span: tuple[int, int], owned: Owner) -> Time | None:
    """Give the time nearest to a trigger, those of announcements and of what is told of others left out."""
    announced = word_set(scene.parsed.language, "modality", "announced")
    start, head = scene.tokens[trigger.first].start, head_of(scene, trigger)
    times = [
        time
        for time in scene.times
        if span[0] <= time.start
        and time.end <= span[1]
        and (_governs(scene, time, head) or owned.has(time.start))
        and not _near_word(scene, time.start, announced)
        and not _is_of_another(scene, time, head)
        and not _is_in_name_of(scene, time, head)
        and not _is_elsewhen(scene, time.governor, head)
    ]
    return min(times, key=lambda time: (abs(time.start - start), time.start), default=None)


def _governs(scene: Scene, time: Time, act: int) -> bool:
    """Tell whether a time hangs on the very verb of an act: "rang him on Monday and promised help"."""
    return time.governor == act >= 0 and scene.tokens[act].upos == "VERB"


def _is_of_another(scene: Scene, time: Time, act: int) -> bool:
    """Tell whether a time stands in a clause on a noun that is not the act: "the woman, held on 1 July".

    Nor is a time that of an act in such a clause where it stands above it: "rebels, who are backed by X,
    attacked on Tuesday".
    """
    if time.governor < 0:
        return False
    chain = (act, *trees.ancestors(scene.sentence, act))
    for at in (time.governor, *trees.ancestors(scene.sentence, time.governor)):
        if at in chain:
            return any(scene.tokens[below].deprel.startswith(_RELATIVE) for below in chain[: chain.index(at)])
        token = scene.tokens[at]
        verb = token.upos in ("VERB", "AUX") or bool(trees.children(scene.sentence, at, "cop"))
        if trees.relation(token.deprel) == "acl" and verb:
            return token.head != act
    return False


def _is_its_own(scene: Scene, time: Time, noun: int) -> bool:
    """Tell whether a time is right beside a noun it hangs on, or is that of "made an offer on Monday"."""
    if time.governor == noun:
        return _words_between(scene, time, noun) <= _BESIDE_NOUN
    verb = scene.tokens[noun].head
    light = word_set(scene.parsed.language, "events", "light")
    return verb == time.governor >= 0 and is_listed(scene.tokens[verb], light)


def _words_between(scene: Scene, time: Time, at: int) -> int:
    word = scene.tokens[at]
    first, last = (time.end, word.start) if time.end <= word.start else (word.end, time.start)
    return sum(token.is_word and first <= token.start < last for token in scene.tokens)


def _is_in_name_of(scene: Scene, time: Time, act: int) -> bool:
    """Tell whether a time tells another noun apart: "last year's offer", "the war 1950-53".

    At a thing of that time an act is done then: "said at Thursday's hearing".
    """
    noun = time.governor
    if noun < 0 or noun == act or scene.tokens[noun].upos not in ("NOUN", "PROPN"):
        return False
    first = next((token.upos for token in scene.tokens if token.start >= time.start), "")
    # "denied on Saturday the charges": a preposition joins a time to a verb, whatever the tree has.
    bare = first != "ADP" if time.end <= scene.tokens[noun].start else first == "NUM"
    if not bare or _words_between(scene, time, noun) > _BESIDE_NOUN:
        return False
    setting = trees.relation(scene.tokens[noun].deprel) == "obl" and scene.tokens[noun].head == act
    return not setting


def _is_elsewhen(scene: Scene, governor: int, act: int) -> bool:
    """Tell whether the tree puts what a time hangs on before or after an act, or makes it prepare the act.

    "More than three months after the summit, X said on Saturday" does not date the summit, nor does
    "Y travels there next month to prepare a meeting" date the meeting.
    """
    if governor < 0 or act < 0 or governor == act:
        return False
    above = [act, *trees.ancestors(scene.sentence, act)]
    path = [governor, *trees.ancestors(scene.sentence, governor)]
    top = next((at for at in path if at in above), -1)
    if top < 0:
        return False
    orders = word_set(scene.parsed.language, "grammar", "orders")
    own, other = above[: above.index(top)], path[: path.index(top)]
    for at in (*own, *other):
        links = trees.children(scene.sentence, at, "case", "mark")
        if any(scene.tokens[link].lower in orders for link in links):
            return True
    return any(_is_purpose(scene, at) for at in own if at != act)


def _is_purpose(scene: Scene, at: int) -> bool:
    """Tell whether a verb tells what something is done for, and more than that an act is done."""
    token = scene.tokens[at]
    light = is_listed(token, word_set(scene.parsed.language, "events", "light"))
    infinitive = "VerbForm=Inf" in token.feats
    return trees.relation(token.deprel) == "advcl" and infinitive and not light


def _near_word(scene: Scene, position: int, words: frozenset[str]) -> bool:
    """Tell whether the word after or before a time is one of `words`: "last week announced"."""
    tokens = [token for token in scene.tokens if token.is_word]
    for index, token in enumerate(tokens):
        if token.end > position:
            beside = tokens[max(0, index - 1) : index + 4]
            return any(neighbour.lower in words for neighbour in beside)
    return False


def _lengths(scene: Scene, draft: Draft, span: tuple[int, int]) -> None:
    if draft.frame.type in _SAID:
        return  # a promise of three days of mourning takes no three days
    planned = word_set(scene.parsed.language, "modality", "planned")
    allotted = word_set(scene.parsed.language, "modality", "allotted")
    for length in scene.lengths:
        if not span[0] <= length.start < span[1] or _minutes(length) > _LONGEST:
            continue  # "the third time in three months" is not how long it took
        first, last = scene.clause(_token_at(scene, length.start))
        before, after = scene.words(first, length.start), scene.words(length.end, last)
        to_be = holds_phrase(before, planned | allotted) or holds_phrase(after, allotted)
        slot = "planned_duration" if to_be else "duration"
        draft.tell(slot, length.value, scene.evidence(length.start, length.end))


def _minutes(length: Length) -> float:
    return max(length.value.min_minutes or 0.0, length.value.max_minutes or 0.0)


def _token_at(scene: Scene, position: int) -> int:
    for index, token in enumerate(scene.tokens):
        if token.end > position:
            return index
    return len(scene.tokens) - 1


def _count(scene: Scene, draft: Draft, trigger: Trigger, clause: tuple[int, int]) -> None:
    start = scene.tokens[trigger.first].start
    for number in scene.numbers:
        if number.kind != "count" or number.minimum is None or number.minimum != number.maximum:
            continue
        counted = _counts(scene, number, trigger, start, clause)
        if counted and number.minimum > 1:
            draft.tell("count", int(number.minimum), scene.evidence(number.start, number.end))
            return


def _counts(scene: Scene, number: Number, trigger: Trigger, start: int, clause: tuple[int, int]) -> bool:
    if trigger.kind == "noun":
        words = scene.tokens[trigger.first : trigger.last]  # "three rounds of talks"
        of_it = number.noun == "" or any(token.lower == number.noun for token in words)
        near = number.start < start and start - number.start < _COUNT_REACH
        return near and of_it and number.end <= max(words[-1].end, start)
    return number.noun == "" and clause[0] <= number.start < clause[1]


def _ordinal(scene: Scene, draft: Draft, trigger: Trigger, span: tuple[int, int]) -> None:
    """Note which of its kind an act is: "a second summit", "met for the third time"."""
    words = {token.lower for token in scene.tokens[trigger.first : trigger.last]}
    for number in scene.numbers:
        if number.kind != "ordinal" or (number.minimum or 0) <= 1:
            continue
        of_noun = trigger.kind == "noun" and number.noun in words and not _is_another(scene, number.start)
        times = trigger.kind == "verb" and number.noun == "" and span[0] <= number.start < span[1]
        if of_noun or (times and draft.frame.type == "CONSULT"):
            draft.tell("ordinal", int(number.minimum or 0), scene.evidence(number.start, number.end))
            return
    rank = _rank(scene, trigger) if trigger.kind == "noun" and trigger.first else 0
    if rank > 1:
        start = scene.tokens[trigger.first - 1].start
        draft.tell("ordinal", rank, scene.evidence(start, scene.tokens[trigger.last - 1].end))


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
    if word.lower not in word_set(language, "numbers", "second_or_other") or trigger.first < 2:
        return 0
    before = scene.tokens[trigger.first - 2]
    owners = word_list(language, "text")["possessives"].values()
    known = word_set(language, "grammar", "definite").union(*owners)
    owned = before.lower in known or "Case=Gen" in before.feats
    return 2 if owned and "Number=Plur" not in noun.feats else 0


def _first(scene: Scene, draft: Draft, start: int, span: tuple[int, int]) -> None:
    """Note that it is the first such act: "first time", "deres første møde"."""
    form = holds_phrase(
        scene.words(scene.sentence.start, scene.sentence.end),
        word_set(scene.parsed.language, "events", "first"),
    )
    if not form or draft.slots.get("count"):
        return
    found = _find(scene, form)
    if found is None or not (span[0] <= found[0] < span[1] or 0 < start - found[0] < _PLACE_REACH):
        return
    draft.tell("ordinal", 1, scene.evidence(*found))


def manner(scene: Scene, draft: Draft) -> None:
    """Add how a meeting is held, from a sentence that names its parties and no act."""
    _keyed(scene, draft, "format", (scene.sentence.start, scene.sentence.end))


def _keyed(scene: Scene, draft: Draft, table: str, span: tuple[int, int]) -> None:
    """Note every format and part by the key of the word list whose phrase is printed.

    What the clause puts into the future is no detail of what happened: it goes to `planned`.
    """
    future = word_set(scene.parsed.language, "modality", "future")
    for key, place in _phrases(scene, table, span):
        clause = scene.words(*scene.clause(_token_at(scene, place[0])))
        planned = draft.modality == "happened" and bool(holds_phrase(clause, future))
        draft.tell("planned" if planned else table, key, scene.evidence(*place))


def _outcome(scene: Scene, draft: Draft, start: int, span: tuple[int, int], owned: Owner) -> None:
    """Note the outcome told nearest, unless another act of the sentence stands nearer to it.

    Of phrases that overlap the longer one tells: who "agree to disagree" do not agree.
    """
    told = list(_phrases(scene, "outcome", span))
    for key, place in sorted(told, key=lambda found: abs(found[1][0] - start)):
        within = (other for _, other in told if other[0] < place[1] and place[0] < other[1])
        if any(other[1] - other[0] > place[1] - place[0] for other in within):
            continue
        if owned.has(place[0]):
            draft.tell("outcome", key, scene.evidence(*place))
            return


def _phrases(scene: Scene, table: str, span: tuple[int, int]) -> Iterator[tuple[str, tuple[int, int]]]:
    for key, forms in word_list(scene.parsed.language, "events")[table].items():
        form = holds_phrase(scene.words(*span), frozenset(form.lower() for form in forms))
        found = _find(scene, form, span) if form else None
        if found is not None:
            yield key, found


def _find(scene: Scene, form: str, span: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """Give the place of a phrase of whole words in the sentence."""
    words = form.split()
    tokens = [token for token in scene.tokens if span is None or span[0] <= token.start < span[1]]
    for index in range(len(tokens) - len(words) + 1):
        if [token.lower for token in tokens[index : index + len(words)]] == words:
            return tokens[index].start, tokens[index + len(words) - 1].end
    return None


def theme(scene: Scene, draft: Draft) -> None:
    """Note what an act is about, by the first theme word of its sentence."""
    found = theme_at(scene)
    if found is not None:
        key, start, end = found
        draft.tell("theme", key, scene.evidence(start, end))


def theme_at(scene: Scene) -> tuple[str, int, int] | None:
    """Give the first theme that a word of the sentence opens, with that word's place."""
    source = scene.parsed.source(scene.sentence.part).lower()
    themes = word_list(scene.parsed.language, "themes")["themes"].items()
    compounds = bool(word_list(scene.parsed.language, "grammar")["compounds"])
    for token in scene.tokens:
        for key, beginnings in themes:
            opens = [one for one in beginnings if source.startswith(one, token.start)]
            # Without compounds few letters open other words too: "war" is no "warning".
            if any(compounds or len(one) > _FEW_LETTERS or token.lower in (one, f"{one}s") for one in opens):
                return key, token.start, token.end
    return None


def within(inner: str, outer: str, names: dict[str, str]) -> bool:
    """Tell whether one place lies in another: a town in its country. `names` maps id -> name."""
    if inner == outer:
        return True
    if inner not in names:
        return False
    gazetteer = load()
    for entry in gazetteer.entries(names[inner], "en"):
        territory = gazetteer.territory(entry.country) if entry.country else None
        if territory is not None and territory.id == outer:
            return True
    return False


def overlaps(one: DateValue, other: DateValue) -> bool:
    """Tell whether two times can be one: unknown bounds exclude nothing."""
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return one.text.lower() == other.text.lower()
    return one.start <= other.end and other.start <= one.end
