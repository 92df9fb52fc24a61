"""Tell when an act was: which of a sentence's times is its own, and which another act's or a thing's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidende.dates.types import Time
from tidende.events.drafts import Draft
from tidende.events.frames import Trigger
from tidende.events.governed import happening, head_of
from tidende.events.scene import Scene, is_listed
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.records import DateValue

_RIGHT_BEFORE = 25  # characters from an adjective ("the failed ...") to its noun
_BESIDE_NOUN = 2  # words from a time to the noun that it stands before
_NOUNS = ("NOUN", "PROPN")
_RELATIVE = "acl:relcl"


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


def note_date(
    scene: Scene, draft: Draft, trigger: Trigger, span: tuple[int, int], owned: Owner, *, own: bool = False
) -> None:
    """Note when an act was; `own` asks for a time told of its very word, or the verb that only does it."""
    time = _time_of(scene, trigger, span, owned)
    if own and time is not None and not _is_its_own(scene, time, head_of(scene, trigger)):
        return
    published = scene.parsed.article.published
    if time is None:
        return
    if draft.modality == "happened" and published and (time.value.start or "") > published[:10]:
        if not (draft.present and _hangs_on(scene, time, head_of(scene, trigger))):
            return  # what has happened lies not in the future: the time is another clause's
        draft.modality = "planned"  # "meets him on Tuesday"
    beside = [token.lower for token in scene.tokens if token.start <= time.start][-2:]
    lasting = word_set(scene.parsed.language, "text", "prepositions", "for").intersection(beside)
    ahead = published and (time.value.start or "") >= published[:10] and time.value.start != time.value.end
    if lasting and ahead and draft.modality == "happened":
        return  # "declared an emergency for the coming 30 days"
    past = published and (time.value.start or "~") < published[:10] >= (time.value.end or "~")
    if draft.modality == "planned" and past:
        return  # nor is what is planned in the past: "a summit that he praised earlier this week"
    draft.tell("date", time.value, scene.evidence(time.start, time.end))
    if time.why:
        draft.why["date"] = time.why


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
        and not _is_of_sibling(scene, time, head)
        and not _is_year_of_noun(scene, time)
        and not _is_of_announcement(scene, time, head)
        and not _is_of_thing(scene, time, head)
        and not _is_of_state(scene, time, head)
    ]
    return min(times, key=lambda time: (abs(time.start - start), time.start), default=None)


def _governs(scene: Scene, time: Time, act: int) -> bool:
    """Tell whether a time hangs on the very verb of an act: "rang him on Monday and promised help"."""
    return time.governor == act >= 0 and scene.tokens[act].upos == "VERB"


def _hangs_on(scene: Scene, time: Time, act: int) -> bool:
    """Tell whether a time hangs on an act's word, or on a noun that does: "meets him in Paris tomorrow"."""
    above = scene.tokens[time.governor] if time.governor >= 0 else None
    return above is not None and (time.governor == act or (above.head == act and above.upos in _NOUNS))


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
            return any(_is_relative(scene, below) for below in chain[: chain.index(at)])
        token = scene.tokens[at]
        verb = token.upos in ("VERB", "AUX") or bool(trees.children(scene.sentence, at, "cop"))
        if trees.relation(token.deprel) == "acl" and verb:
            return token.head != act
    return False


def _is_of_sibling(scene: Scene, time: Time, act: int) -> bool:
    """Tell whether a time stands in a clause beside that of the act, which has a subject of its own.

    "the letter was leaked in September, but Feinstein denied ..." dates no denial; what opens a sentence is
    told of all its clauses.
    """
    above = [act, *trees.ancestors(scene.sentence, act)] if act >= 0 else []
    path = [time.governor, *trees.ancestors(scene.sentence, time.governor)] if time.governor >= 0 else []
    top = next((at for at in path if at in above), -1)
    if top < 0:
        return False
    own, other = above[: above.index(top)][-1:], path[: path.index(top)][-1:]
    if other and _has_own_subject(scene, other[0]):
        return True
    if not own or not _has_own_subject(scene, own[0]):
        return False
    subjects = trees.children(scene.sentence, top, "nsubj")
    opening = min((*subjects, top))
    return scene.tokens[top].upos == "VERB" and time.start > scene.tokens[opening].start


def _has_own_subject(scene: Scene, verb: int) -> bool:
    """Tell whether a verb is joined to another and somebody else, or the same told anew, does it."""
    joined = scene.tokens[verb].upos == "VERB" and trees.relation(scene.tokens[verb].deprel) == "conj"
    return joined and bool(trees.children(scene.sentence, verb, "nsubj"))


def _is_of_announcement(scene: Scene, time: Time, act: int) -> bool:
    """Tell whether a time hangs on the verb that announces an act: "kündigte am Montag an, abzutreten"."""
    if act < 0 or time.governor < 0 or time.governor == act or time.governor != scene.tokens[act].head:
        return False
    above, announcing = scene.tokens[time.governor], word_set(scene.parsed.language, "modality", "announcing")
    apart = trees.children(scene.sentence, time.governor, "compound:prt")
    joined = {above.lemma.lower(), *(scene.tokens[at].lower + above.lemma.lower() for at in apart)}
    return trees.relation(scene.tokens[act].deprel) in ("xcomp", "ccomp") and bool(joined & announcing)


def _is_year_of_noun(scene: Scene, time: Time) -> bool:
    """Tell whether a bare year tells a noun before it apart, beside another time: "in der Botschaft 1979"."""
    first = next((at for at, token in enumerate(scene.tokens) if token.start >= time.start), -1)
    if first < 1 or scene.tokens[first].end != time.end or not scene.tokens[first].text.isdigit():
        return False
    others = [one for one in scene.times if one is not time and one.governor == time.governor]
    return bool(others) and scene.tokens[first - 1].upos in ("NOUN", "PROPN")


def _is_relative(scene: Scene, verb: int) -> bool:
    """Tell whether a clause on a noun has a relative pronoun, which some trees do not tell of it."""
    deprel = scene.tokens[verb].deprel
    if deprel.startswith(_RELATIVE):
        return True
    words = trees.children(scene.sentence, verb, "nsubj", "obj", "iobj", "obl")
    return trees.relation(deprel) == "acl" and any("Rel" in scene.tokens[at].feats for at in words)


def _is_of_thing(scene: Scene, time: Time, act: int) -> bool:
    """Tell whether a day stands behind a noun and "of": "wies Berichte von Donnerstag zurück".

    So does a time in the subject of a verb that stands second: "der Präsident zwischen 1997 und 2005".
    """
    first = next((at for at, token in enumerate(scene.tokens) if token.start >= time.start), 0)
    link = first if scene.tokens[first].upos == "ADP" else first - 1
    of = word_set(scene.parsed.language, "text", "prepositions", "from")
    day = time.value.start is not None and time.value.start == time.value.end
    if day and link > 0 and scene.tokens[link].lower in of and link - 1 != act:
        return scene.tokens[link - 1].upos in ("NOUN", "PROPN")
    if act < 0 or time.governor < 0 or scene.tokens[act].upos != "VERB":
        return False
    second = word_list(scene.parsed.language, "acts")["verb_second"]
    if (
        not second
        or trees.children(scene.sentence, act, "mark")
        or scene.tokens[act].deprel.startswith("acl")
    ):
        return False
    subjects = [at for at in trees.children(scene.sentence, act, "nsubj") if at < act]
    return any(time.governor in trees.subtree(scene.sentence, at) and at < first for at in subjects)


def _is_of_state(scene: Scene, time: Time, act: int) -> bool:
    """Tell whether a time says since when somebody is something: "ist seit 1995 Kanzler und fordert ..."."""
    if act < 0 or time.governor < 0 or time.governor == act:
        return False
    joined = trees.relation(scene.tokens[act].deprel) == "conj" and scene.tokens[act].head == time.governor
    return joined and bool(trees.children(scene.sentence, time.governor, "cop"))


def _is_its_own(scene: Scene, time: Time, noun: int) -> bool:
    """Tell whether a time is right beside a noun it hangs on, or is that of "made an offer on Monday"."""
    if time.governor == noun:
        return _words_between(scene, time, noun) <= _BESIDE_NOUN
    verb = scene.tokens[noun].head
    if verb == time.governor == happening(scene, noun) >= 0:
        return True
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


def overlaps(one: DateValue, other: DateValue) -> bool:
    """Tell whether two times can be one: unknown bounds exclude nothing."""
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return one.text.lower() == other.text.lower()
    return one.start <= other.end and other.start <= one.end
