"""See a sentence as its actors: who stands where, after which preposition, joined with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tidende.dates.types import Time
from tidende.entities import Cast, Mention
from tidende.events.politics import is_political_actor, is_state
from tidende.languages.lists import word_list, word_set
from tidende.parse.types import Parsed, Sentence

_PREPOSITIONS = ("with", "between", "against", "by", "from", "to", "of", "for", "about", "in", "during")
_BETWEEN = ("meet", "talk", "sign", "agree", "promise")  # acts that bear the name of a place or a theme
_HYPHENS = "-‐‑–"
_MOST_IN_ORGAN = 2  # adjectives between a state and its organ
_MOST_BETWEEN = 3  # determiners and adjectives between a preposition and its name


@dataclass(frozen=True, slots=True)
class Phrase:
    """One actor, or several joined by "and": `[start:end]` with titles and apposition.

    `cases` are the kinds of the preposition before it, empty for a bare subject or object;
    `genitive` is true for "Putins ..."; `ids` are entity ids.
    """

    ids: tuple[str, ...]
    start: int
    end: int
    cases: frozenset[str] = frozenset()
    genitive: bool = False


def phrases(parsed: Parsed, cast: Cast, sentence: Sentence, times: Sequence[Time] = ()) -> tuple[Phrase, ...]:
    """Give the phrases of a sentence in order; `times` are its time expressions."""
    source = parsed.source(sentence.part)
    found: list[Phrase] = []
    organs = _organs(parsed, cast, sentence)
    for start, end, described in _widest([*organs, *_spans(cast, sentence)]):
        if _opens_compound(parsed, sentence, end):
            continue
        # "two Israeli soldiers" are a group by their words, and Israel's by the name within.
        states = [span[2] for span in organs if start <= span[0] and span[1] == end]
        group = all(not cast.entity(identifier).named for identifier in described)
        ids = states[0] if states and group else described
        follows = source[end : end + 1]
        genitive = bool(follows) and (follows.isalpha() or follows in "'’:") and follows != " "
        genitive = genitive and _is_genitive(source, end, parsed.language)
        if follows.isalpha() and not genitive:
            continue  # the beginning of another word: "Sverigedemokraterna"
        found.append(Phrase(ids, start, end, _cases(parsed, sentence, start, times), genitive))
    return tuple(_joined(found, source, parsed.language))


def _opens_compound(parsed: Parsed, sentence: Sentence, end: int) -> bool:
    """Tell whether a name is but the first part of a word for a thing: "Kyoto-avtalen", "die Iran-Frage"."""
    token = next((token for token in sentence.tokens if token.start < end < token.end), None)
    if token is None or parsed.source(sentence.part)[end] not in _HYPHENS:
        return False
    rest = parsed.source(sentence.part)[end + 1 : token.end].lower()
    known = word_set(parsed.language, "acts", "organs") | word_set(parsed.language, "acts", "fighters")
    for frame, forms in word_list(parsed.language, "events")["nouns"].items():
        if frame not in _BETWEEN:
            known = known.union(forms)  # "NATO-Angriffe" are NATO's
    return bool(rest) and not any(rest.startswith(form.lower()) for form in known)


def _is_genitive(source: str, end: int, language: str) -> bool:
    return any(source.startswith(ending, end) for ending in word_list(language, "text")["genitive"])


def _spans(cast: Cast, sentence: Sentence) -> list[tuple[int, int, tuple[str, ...]]]:
    """Give the spans of mentions: a description with its name counts as one."""
    spans: list[tuple[int, int, tuple[str, ...]]] = []
    for role in cast.roles:
        for evidence in role.evidence:
            if evidence.part == sentence.part and sentence.start <= evidence.start < sentence.end:
                holder = _holder_mention(cast, sentence, role.holder, evidence.start, evidence.end)
                if holder is not None:
                    end = evidence.end if holder.end < evidence.end else holder.end
                    spans.append((evidence.start, end, (role.holder,)))
    for mention in cast.mentions_in(sentence.index):
        if not mention.adjective:
            spans.append((mention.start, mention.end, mention.entities))
    return spans


def _organs(parsed: Parsed, cast: Cast, sentence: Sentence) -> list[tuple[int, int, tuple[str, ...]]]:
    """Give the organs of named states, who act for them: "israelske kampfly", "Sudan's government"."""
    organs = word_set(parsed.language, "acts", "organs")
    fighters = word_set(parsed.language, "acts", "fighters")
    closed = word_set(parsed.language, "text", "function_words")
    joins = word_set(parsed.language, "text", "conjunctions", "and")
    source = parsed.source(sentence.part)
    mentions = cast.mentions_in(sentence.index)
    adjectives = {mention.start: mention for mention in mentions if mention.adjective}
    persons = {mention.start: mention.entities for mention in mentions if mention.kind == "named"}
    spans: list[tuple[int, int, tuple[str, ...]]] = []
    for mention in mentions:
        types = {cast.entity(identifier).type for identifier in mention.entities}
        states = all(is_state(cast.entity(identifier)) for identifier in mention.entities)
        if mention.kind == "pronoun" or not (states or types == {"organisation"}):
            continue
        ids, ends = _listed(mention, adjectives, sentence, joins)
        after = [token for token in sentence.tokens if token.start >= ends][: _MOST_IN_ORGAN + 3]
        genitive = _is_genitive(source, ends, parsed.language)
        # A genitive ending is a token of its own in some languages.
        if genitive and after and after[0].start == ends:
            after = after[1:]
        for steps, token in enumerate(after[: _MOST_IN_ORGAN + 1]):
            if token.lower in organs or (token.lower in fighters and "organisation" in types):
                follows = [one.start for one in after[steps + 1 : steps + 3] if one.text != ","][:1]
                named = [cast.entity(one) for start in follows for one in persons.get(start, ())]
                # "his Iranian counterpart, Mohammad Javad Zarif": whom politics knows acts himself
                himself = any(one.type == "person" and is_political_actor(one, cast) for one in named)
                if (steps == 0 or genitive or mention.adjective) and not himself:
                    spans.append((mention.start, token.end, ids))
                break
            if not token.is_word or token.lower in closed or token.is_capital:
                break
    return spans


def _listed(
    mention: Mention, adjectives: Mapping[int, Mention], sentence: Sentence, joins: frozenset[str]
) -> tuple[tuple[str, ...], int]:
    """Give the states of adjectives in a row, "his French and German counterparts", and where it ends."""
    ids, end = mention.entities, mention.end
    while mention.adjective:
        after = [token for token in sentence.tokens if token.start >= end][:2]
        if len(after) < 2 or not (after[0].text == "," or after[0].lower in joins):
            break
        if after[1].start not in adjectives:
            break
        following = adjectives[after[1].start]
        ids, end = (*ids, *(one for one in following.entities if one not in ids)), following.end
    return ids, end


def _widest(
    spans: list[tuple[int, int, tuple[str, ...]]],
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Keep the widest of the spans that overlap, in order; the first among equals."""
    spans.sort(key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int, tuple[str, ...]]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
        elif span[1] > kept[-1][1]:
            # "Præsident Donald Trumps administration": who acts is named by the last word.
            kept[-1] = (kept[-1][0], span[1], span[2])
    return kept


def _holder_mention(cast: Cast, sentence: Sentence, holder: str, start: int, end: int) -> Mention | None:
    for mention in cast.mentions_in(sentence.index):
        if holder in mention.entities and start <= mention.start and mention.end <= end:
            return mention
    return None


def _cases(parsed: Parsed, sentence: Sentence, start: int, times: Sequence[Time]) -> frozenset[str]:
    """Give the kinds of the preposition that governs what begins at `start`.

    The preposition of a time in between is the time's own: "träffade på tisdagen Merkel".
    """
    before = [token for token in sentence.tokens if token.end <= start]
    language = parsed.language
    passable = word_set(language, "text", "determiners") | word_set(language, "grammar", "definite")
    honorifics = word_set(language, "names", "honorifics")
    for steps, token in enumerate(reversed(before)):
        if any(time.start <= token.start < time.end for time in times) or token.deprel == "compound:prt":
            break  # "tog emot presidenten": a verb's particle governs nothing
        cases = frozenset(
            kind for kind in _PREPOSITIONS if token.lower in word_set(language, "text", "prepositions", kind)
        )
        if cases:
            return cases
        if token.lower in word_set(language, "grammar", "other_prepositions"):
            return frozenset({"other"})
        if steps >= _MOST_BETWEEN or not token.is_word:
            break
        closed = token.lower in word_set(language, "text", "function_words")
        if (
            token.lower not in passable
            and token.lower not in honorifics
            and (closed or not token.text.islower())
        ):
            break
    return frozenset()


def _joined(found: Sequence[Phrase], source: str, language: str) -> list[Phrase]:
    """Join "A og B" and "A, B og C" into one phrase each."""
    words = word_set(language, "text", "conjunctions", "and")
    joined: list[Phrase] = []
    for index, phrase in enumerate(found):
        if joined:
            before = joined[-1]
            between = source[before.end : phrase.start].strip().lower().split()
            is_and = (
                bool(between)
                and between[0] in words
                and all(
                    word in words or word in word_set(language, "text", "determiners") for word in between
                )
            )
            is_list = between == [","] and _list_goes_on(found, index, source, words)
            if (is_and or is_list) and not before.genitive:
                ids = before.ids + tuple(i for i in phrase.ids if i not in before.ids)
                joined[-1] = replace(before, ids=ids, end=phrase.end, genitive=phrase.genitive)
                continue
        joined.append(phrase)
    return joined


def _list_goes_on(found: Sequence[Phrase], index: int, source: str, words: frozenset[str]) -> bool:
    """Tell whether an "and" closes the list that a comma opened."""
    for one, other in zip(found[index:], found[index + 1 :], strict=False):
        between = source[one.end : other.start].strip().lower().split()
        if between and between[0] in words and len(between) == 1:
            return True
        if between != [","]:
            return False
    return False
