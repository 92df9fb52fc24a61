"""Tell whether an act happened, is planned, is possible or is denied, and who says so."""

from __future__ import annotations

from functools import cache
from itertools import takewhile

from tidende.events.forms import becoming
from tidende.events.frames import Trigger
from tidende.events.relative import gathered, is_answer, is_means
from tidende.events.scene import Scene, holds_phrase, is_listed
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.parse.types import Token
from tidende.records import Modality

# Acts of which it is news that they did not happen.
_DENIED = (
    "meet",
    "talk",
    "phone",
    "visit",
    "accuse",
    "criticise",
    "threaten",
    "sign",
    "attack",
    "arrest",
    "sanction",
    "investigate",
    "deploy",
    "support",
    "withdraw",
)
_BESIDE = 2  # words before a noun in which a negation belongs to it
_CLOSE = 4  # words on either side of a verb in which a negation belongs to it
_ASKING = ("urge", "demand", "threaten")  # frames of asking and threatening
_NEAR = 40  # characters before a noun in which a word of planning belongs to it
_PRESENT, _FINITE = "Tense=Pres", "VerbForm=Fin"
_CLAIMED = ("say", "tell", "claim", "announce")


def modality(scene: Scene, trigger: Trigger) -> Modality:
    """Read the modality of an act off the words of its clause, before those of the sentence."""
    language = scene.parsed.language
    start, end = scene.tokens[trigger.first].start, scene.tokens[trigger.last - 1].end
    first, last = scene.clause(trigger.first)
    if trigger.frame.type == "CONSULT" and _is_purpose_of_noun(scene, trigger):
        return "planned"
    if _is_announced(scene, trigger):
        return "planned"
    before = _unnamed_words(scene, max(first, start - _NEAR) if trigger.kind == "noun" else first, start)
    # In V2 order and in German the negation and the modal verb may follow: "traf ihn nicht".
    around = (
        before if trigger.kind == "noun" else f"{before} {_words_after(scene, end, min(last, end + _NEAR))}"
    )
    # "made no mention of plans for a summit" denies the mention: only what stands beside a noun counts.
    infinitive = word_set(language, "modality", "infinitive")
    if _is_negated(scene, _close(before, around, trigger, infinitive)) or _is_negated_in_tree(scene, trigger):
        return "denied"
    if trigger.kind == "noun" and _is_without(scene, trigger):
        return "denied"
    if holds_phrase(before, word_set(language, "modality", "hypothetical")):
        return "possible"
    whole = _unnamed_words(scene, first, last)
    if holds_phrase(before, word_set(language, "modality", "planned")):
        return "planned"
    told = _is_finite(scene, trigger)
    if trigger.kind == "verb" and not told and holds_phrase(before, word_set(language, "modality", "future")):
        return "planned"
    given = trigger.kind == "noun" and _is_given(scene, trigger)
    if trigger.kind == "noun" and not given and holds_phrase(whole, word_set(language, "modality", "future")):
        return "planned"
    close = before if trigger.kind == "noun" else " ".join(before.split()[-_CLOSE:])
    if not told and holds_phrase(close, word_set(language, "modality", "possible")):
        return "possible"
    further = trigger.kind == "noun" and _is_further(scene, before, start)
    if further and not _has_light_verb(whole, language) and not _has_been(scene, trigger):
        return "planned"
    return "happened"


def _is_without(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a noun is what there was none of: "kommer uten fagre løfter"."""
    if not trees.has_tree(scene.sentence):
        return False
    noun = trees.predicate(scene.sentence, trigger.first)
    words = word_set(scene.parsed.language, "modality", "without")
    return trees.case(scene.sentence, noun) in words


def _is_finite(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb stands for itself: of "vil ha ... og ber May ..." only the first is to come."""
    if trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return False
    at = trees.predicate(scene.sentence, trigger.first)
    return "VerbForm=Fin" in scene.tokens[at].feats and not trees.children(scene.sentence, at, "aux", "cop")


def _is_purpose_of_noun(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether an infinitive on a noun tells the act: "the readiness to enter direct talks"."""
    if not trees.has_tree(scene.sentence):
        return False
    at = trees.predicate(scene.sentence, trigger.first)
    if trigger.kind == "noun" and trees.relation(scene.tokens[at].deprel) in ("obj", "obl"):
        at = scene.tokens[at].head
    marks = {scene.tokens[child].lower for child in trees.children(scene.sentence, at, "mark")}
    infinitive = marks & word_set(scene.parsed.language, "modality", "infinitive")
    feats = scene.tokens[at].feats
    bare = "VerbForm=Fin" not in feats and (bool(infinitive) or "VerbForm=Inf" in feats)
    return bare and trees.relation(scene.tokens[at].deprel) == "acl"


def _unnamed_words(scene: Scene, start: int, end: int) -> str:
    """Give the words between two places that are no part of a name: "Theresa May" may nothing."""
    names = [m for m in scene.cast.mentions_in(scene.sentence.index) if m.kind == "named"]
    return " ".join(
        token.lower
        for token in scene.tokens
        if start <= token.start < end
        and token.deprel != "aux:pass"  # "wird beschuldigt" is no future
        and not _is_lack(scene, token)
        and not (token.is_capital and any(m.start < token.start < m.end for m in names))
    )


def _words_after(scene: Scene, start: int, end: int) -> str:
    return " ".join(t.lower for t in scene.tokens if start <= t.start < end and not _is_lack(scene, t))


def _is_lack(scene: Scene, token: Token) -> bool:
    """Tell whether "without" says what an act brought none of: "met X without a breakthrough"."""
    if token.deprel != "case" or token.lower not in word_set(scene.parsed.language, "modality", "without"):
        return False
    return trees.relation(scene.tokens[token.head].deprel) == "obl"


def _is_given(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a noun is a subject: "U.S. objection to ... will never help" has been voiced."""
    if not trees.has_tree(scene.sentence):
        return False
    noun = next((at for at in range(trigger.first, trigger.last) if scene.tokens[at].upos == "NOUN"), -1)
    subject = noun >= 0 and trees.relation(scene.tokens[noun].deprel) in ("nsubj", "conj")
    return subject and trigger.frame.type != "CONSULT"


def is_to_come(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether the tree puts an act into the future, with no doubt of its own: "will deploy troops"."""
    sentence, language = scene.sentence, scene.parsed.language
    if trigger.kind != "verb" or not trees.has_tree(sentence):
        return False
    verb = trees.predicate(sentence, trigger.first)
    future = word_set(language, "modality", "future")
    helpers = {scene.tokens[at].lower for at in trees.children(sentence, verb, "aux")}
    perfect = word_set(language, "events", "light")
    if _has_condition(scene):
        return False
    if _is_announced(scene, trigger):
        return True
    if not helpers & future or helpers & (perfect - future):
        return False
    return not is_unreal(scene, trigger, future=True)


def _is_announced(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb says what somebody announces: "kündigte an, Truppen zu schicken"."""
    sentence, language = scene.sentence, scene.parsed.language
    if trigger.kind != "verb" or not trees.has_tree(sentence):
        return False
    verb = trees.predicate(sentence, trigger.first)
    token = scene.tokens[verb]
    if token.head < 0 or trees.relation(token.deprel) != "xcomp" or _is_negated_in_tree(scene, trigger):
        return False
    lemma = scene.tokens[token.head].lemma.lower()
    particles = trees.children(sentence, token.head, "compound:prt")
    words = {lemma, *(scene.tokens[at].lower + lemma for at in particles)}
    above = trees.children(sentence, token.head, "aux", "advmod")
    doubts = word_set(language, "modality", "negation") | word_set(language, "modality", "modal")
    return bool(words & word_set(language, "modality", "announcing")) and not any(
        scene.tokens[at].lower in doubts for at in above
    )


def _has_condition(scene: Scene) -> bool:
    conditions = word_set(scene.parsed.language, "modality", "hypothetical")
    words = scene.words(scene.sentence.start, scene.sentence.end)
    return bool(holds_phrase(words, conditions))


def _close(before: str, around: str, trigger: Trigger, infinitive: frozenset[str]) -> str:
    """Give the words near enough to a trigger for a negation among them to be its own.

    What stands behind an infinitive's mark is denied with the infinitive: "lovet å ikke spre atomvåpen".
    """
    if trigger.kind == "noun":
        return " ".join(before.split()[-_BESIDE:])
    words = around[len(before) :].split()
    own = len(list(takewhile(lambda word: word not in infinitive, words)))
    after = words[: own + 1]  # with the mark: "urged Israel not to launch" denies nothing
    return " ".join([*before.split()[-_CLOSE:], *after[:_CLOSE]])


def _is_negated(scene: Scene, words: str) -> bool:
    """Tell whether a negation denies the act; "pledged not to" denies what is pledged."""
    language = scene.parsed.language
    marks = word_set(language, "modality", "infinitive")
    listed = words.split()
    return any(
        holds_phrase(" ".join(listed[: index + 1]), word_set(language, "modality", "negation"))
        and not (index + 1 < len(listed) and listed[index + 1] in marks)
        for index, word in enumerate(listed)
        if word in _last_words(language)
    )


def _is_negated_in_tree(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a negation hangs on the verb, however far: "traf ihn am Dienstag in Berlin nicht"."""
    sentence = scene.sentence
    if trigger.kind != "verb" or not trees.has_tree(sentence):
        return False
    negation = word_set(scene.parsed.language, "modality", "negation")
    verb = trees.predicate(sentence, trigger.first)
    words = trees.children(sentence, verb, "advmod")
    for thing in trees.children(sentence, verb, "obj"):  # "hat keinen Haftbefehl erlassen"
        words += trees.children(sentence, thing, "det")
    return any(scene.tokens[at].lower in negation for at in words)


def is_denied_outright(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a main clause says that a past act did not happen: "has not accused", "traf ihn nicht"."""
    sentence, tokens = scene.sentence, scene.tokens
    if not _is_negated_in_tree(scene, trigger) or trigger.frame.name not in _DENIED:
        return False
    verb = trees.predicate(sentence, trigger.first)
    helpers = [tokens[at] for at in trees.children(sentence, verb, "aux")]
    modal = word_set(scene.parsed.language, "modality", "modal")
    main = trees.relation(tokens[verb].deprel)
    said = main in ("ccomp", "parataxis") and claimed_by(scene, trigger) is not None
    if not (main == "root" or said) or any(is_listed(token, modal) for token in helpers):
        return False
    finite = [token.feats for token in (tokens[verb], *helpers)]
    return any("Tense=Past" in feats for feats in finite) or len(helpers) > 0


@cache
def _first_words(language: str) -> frozenset[str]:
    return frozenset(form.split()[0] for form in word_set(language, "modality", "negation"))


@cache
def _last_words(language: str) -> frozenset[str]:
    return frozenset(form.split()[-1] for form in word_set(language, "modality", "negation"))


def _is_further(scene: Scene, before: str, start: int) -> bool:
    """Tell whether a noun stands for one more act: "a new summit", "a second meeting"."""
    if holds_phrase(before, word_set(scene.parsed.language, "modality", "further")):
        return True
    return any(
        number.kind == "ordinal" and (number.minimum or 0) > 1 and number.start < start <= number.end
        for number in scene.numbers
    )


def _has_been(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a noun is the subject of a verb in the past, what came before it, or what something is.

    "Das dritte Treffen fand in X statt", "left after his second summit with X", "it is his third visit to Y".
    """
    if not trees.has_tree(scene.sentence):
        return False
    noun = trees.predicate(scene.sentence, trigger.first)
    being = word_set(scene.parsed.language, "events", "being")
    copulas = {scene.tokens[at].lower for at in trees.children(scene.sentence, noun, "cop")}
    if copulas & being and not trees.children(scene.sentence, noun, "aux", "mark"):
        return True
    token = scene.tokens[noun]
    after = word_set(scene.parsed.language, "text", "prepositions", "after")
    before = trees.relation(token.deprel) in ("obl", "nmod") and trees.case(scene.sentence, noun) in after
    if not (before or trees.relation(token.deprel) == "nsubj") or token.head < 0:
        return False
    timed = scene.tokens[token.head]
    if any(time.start <= timed.start < time.end for time in scene.times) and timed.head >= 0:
        token = timed  # "verließ Hanoi am Donnerstag nach seinem zweiten Treffen mit X"
    verb = scene.tokens[token.head]
    helpers = trees.children(scene.sentence, token.head, "aux", "mark")
    finite = "VerbForm=Fin" in verb.feats or "Mood=Ind" in verb.feats
    return finite and "Tense=Past" in verb.feats and not helpers


def _has_light_verb(words: str, language: str) -> bool:
    return bool(holds_phrase(words, word_set(language, "events", "light")))


def is_habit(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether an act is told as a habit: "who has often criticised"."""
    first, last = scene.clause(trigger.first)
    words = " ".join(
        token.lower
        for at, token in enumerate(scene.tokens)
        if first <= token.start < last and not _is_of_degree(scene, at)
    )
    return bool(holds_phrase(words, word_set(scene.parsed.language, "modality", "habitual")))


def _is_of_degree(scene: Scene, index: int) -> bool:
    """Tell whether a word says how much of a quality there is: "immer stärkere Drohungen" are no habit."""
    token = scene.tokens[index]
    above = scene.tokens[token.head] if token.head >= 0 and token.deprel == "advmod" else None
    return above is not None and above.upos == "ADJ" and trees.relation(above.deprel) == "amod"


def is_unreal(scene: Scene, trigger: Trigger, *, future: bool = False) -> bool:
    """Tell whether the tree puts an act under a negation, a modal verb, a condition, a wish or a question.

    With `future` an auxiliary of what is to come is no such verb.
    """
    sentence, tokens = scene.sentence, scene.tokens
    if not trees.has_tree(sentence):
        return False
    language = scene.parsed.language
    doubts = frozenset[str]().union(
        word_set(language, "modality", "negation"),
        word_set(language, "modality", "future"),
        word_set(language, "modality", "modal"),
        word_set(language, "acts", "must"),
    )
    if future:
        doubts -= word_set(language, "modality", "future")
    conditions = word_set(language, "modality", "hypothetical") | _first_words(language)
    real = word_set(language, "modality", "implicative")
    at = trees.predicate(sentence, trigger.first)
    if trigger.kind == "noun":
        return _is_governed_by_wish(scene, at)
    if any(token.text == "?" for token in tokens[trigger.last :]) or "Mood=Imp" in tokens[at].feats:
        return True
    opens = not any(token.is_word for token in tokens[: trigger.first])
    if opens and tokens[at].deprel == "advcl" and word_list(language, "acts")["verb_second"]:
        return True  # a condition without its conjunction: "Nægter Serbien at ..., går ..."
    seen: set[int] = set()
    own = True  # whether what is asked of a verb is asked of the act
    while at >= 0 and at not in seen:
        seen.add(at)
        token = tokens[at]
        kind = trees.relation(token.deprel)
        helpers = [
            tokens[child].lower
            for child in trees.children(sentence, at, "aux", "advmod", "det")
            if tokens[child].deprel != "aux:pass"
            and not _is_of_infinitive(scene, child)  # "pledged not to" denies what is pledged
        ]
        if own and any(word in doubts for word in helpers):
            return True
        marks = [tokens[child].lower for child in trees.children(sentence, at, "mark")]
        if any(word in conditions for word in marks) or (
            kind == "advcl" and _is_not_yet(scene, token, marks)
        ):
            return True
        if becoming(sentence, at, language) >= 0 and kind == "xcomp":
            at = token.head  # "vil bli anklaget": the helpers of the verb above are its own
            continue
        if own and kind in ("xcomp", "ccomp", "advcl", "acl", "csubj", "obj", "obl", "nmod"):
            above = tokens[token.head]
            # "will provide" is an infinitive by its form, and no wish.
            finite = future and bool(trees.children(sentence, at, "aux"))
            helpers_feats = (tokens[child].feats for child in trees.children(sentence, at, "aux:pass"))
            bare = "VerbForm=Inf" in token.feats or any("VerbForm=Inf" in feats for feats in helpers_feats)
            bare = bare or (kind == "xcomp" and "VerbForm=Ger" in token.feats)  # "weighed penalising"
            # The model tells no form of German infinitives: "die Forderung, die Bank zu boykottieren".
            bare = bare or (kind == "xcomp" and token.upos == "VERB" and not _has_form(token))
            infinitive = bare and not finite
            came = trigger.frame.groups and gathered(scene, at) >= 0
            if infinitive and (came or is_means(scene, at) or is_answer(scene, at)):
                own = came  # "will gather to demonstrate": who has not come has not done it
                at = token.head
                continue
            if infinitive and not (kind == "xcomp" and is_listed(above, real)):
                return True
            if kind in ("xcomp", "ccomp") and (
                is_listed(above, _wishes(language)) or above.lower in _wanting(language)
            ):
                return True
            own = infinitive
        elif kind != "conj" or "VerbForm=Fin" in token.feats or trees.children(sentence, at, "aux"):
            own = False  # a second verb with an auxiliary of its own shares none
        at = token.head
    return False


def _has_form(token: Token) -> bool:
    """Tell whether the model says what form of a verb a token is."""
    return any(feature in token.feats for feature in ("VerbForm=", "Mood=", "Tense=", "Voice="))


def _is_not_yet(scene: Scene, token: Token, marks: list[str]) -> bool:
    """Tell whether a clause says what must come first: "will not stop before Gaddafi has agreed"."""
    language = scene.parsed.language
    if not word_set(language, "modality", "not_until").intersection(marks):
        return False
    if _PRESENT in token.feats and _FINITE in token.feats:
        return True  # "innan parlamentet undertecknar": it is still to come
    above = trees.children(scene.sentence, token.head, "advmod", "aux", "det", "mark")
    words = {scene.tokens[at].lower for at in above}
    return bool(words & word_set(language, "modality", "negation"))


def _is_of_infinitive(scene: Scene, index: int) -> bool:
    """Tell whether a word stands right before the mark of an infinitive."""
    marks = word_set(scene.parsed.language, "modality", "infinitive")
    following = scene.tokens[index + 1 : index + 2]
    return bool(following) and following[0].lower in marks


def is_cancelled(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a noun is what somebody calls off: "cancelled a meeting with X" tells of no meeting."""
    if trigger.kind != "noun" or not trees.has_tree(scene.sentence):
        return False
    words = word_set(scene.parsed.language, "modality", "cancelled")
    if trigger.frame.type == "CONSULT":  # "has ended a two-day visit" tells of one
        words -= word_set(scene.parsed.language, "modality", "ended")
    for token in scene.tokens[trigger.first : trigger.last]:
        if token.head >= 0 and trees.relation(token.deprel) in ("obj", "nsubj"):
            above = scene.tokens[token.head]
            passive = token.deprel == "nsubj:pass"
            if (trees.relation(token.deprel) == "obj" or passive) and is_listed(above, words):
                return True
    return False


def _is_governed_by_wish(scene: Scene, noun: int) -> bool:
    """Tell whether a noun is what somebody asks for or threatens with: "demanded the withdrawal"."""
    token = scene.tokens[noun]
    if token.head < 0 or trees.relation(token.deprel) not in ("obj", "obl", "nmod"):
        return False
    above = scene.tokens[token.head]
    language = scene.parsed.language
    return is_listed(above, _wishes(language) | word_set(language, "modality", "prospects"))


@cache
def _wanting(language: str) -> frozenset[str]:
    """Give the forms of verbs of wanting: "vill att EU inför sanktioner"."""
    return word_set(language, "modality", "possible") | word_set(language, "modality", "modal")


@cache
def _wishes(language: str) -> frozenset[str]:
    """Give the verbs of demanding, threatening and promising, as printed and by their dictionary form."""
    light = word_set(language, "events", "light") | word_set(language, "text", "copula")
    links = word_set(language, "text", "prepositions") | word_set(language, "modality", "infinitive")
    found = set()
    for table in ("verbs", "lemmas"):
        for frame in (*_ASKING, "warn", "promise", "agree", "invite", "reject"):
            for first, *rest in map(str.split, word_set(language, "events", table, frame)):
                # "call for" and "bad om" ask whatever follows; of "say no to" the first word says nothing.
                if not rest or (frame in _ASKING and len(rest) == 1 and rest[0] in links):
                    found.add(first)
    return frozenset(found) - light


def claimed_by(scene: Scene, trigger: Trigger) -> str | None:
    """Give the speaker in whose reported speech the act is told, None for the article itself."""
    position = scene.tokens[trigger.first].start
    for quote in scene.reported:
        for span in quote.versions[0].spans:
            if span.start <= position < span.end:
                return quote.speaker
    return _claims_own(scene, trigger)


def _claims_own(scene: Scene, trigger: Trigger) -> str | None:
    """Give who claims to have done an act: "Ukraina hevder å ha angrepet et skip"."""
    if trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return None
    verb = trees.predicate(scene.sentence, trigger.first)
    token = scene.tokens[verb]
    marks = word_set(scene.parsed.language, "modality", "infinitive")
    infinitive = any(scene.tokens[at].lower in marks for at in trees.children(scene.sentence, verb, "mark"))
    if trees.relation(token.deprel) not in ("xcomp", "ccomp") or token.head < 0 or not infinitive:
        return None
    said = frozenset[str]().union(
        *(word_set(scene.parsed.language, "speech", "finite", kind) for kind in _CLAIMED)
    )
    if scene.tokens[token.head].lower not in said or not trees.children(scene.sentence, verb, "aux"):
        return None
    for at in trees.children(scene.sentence, token.head, "nsubj"):
        found = [p for p in scene.phrases if p.start <= scene.tokens[at].start < p.end and len(p.ids) == 1]
        if found:
            return found[0].ids[0]
    return None
