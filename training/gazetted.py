"""Names by lists alone: what gazetteer and given names settle; every other word that may be a name is open.

For languages without a model to learn from (German). It finds few of the names, and is meant to be joined
with what a model of ours reads (`silver.joined`): "that is Berlin, a place", "this word is no name".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tidende.entities.gazetteer import Entry, Gazetteer, load
from tidende.languages.lists import word_list, word_set
from training.names import OUTSIDE
from training.silver import ANY, Span, softened, tags_of, words

_LONGEST = 7  # words of a form
_LARGE = 100_000  # a smaller town is often a person's name or a word


@dataclass(frozen=True, slots=True)
class Lists:
    """What is known of a language.

    `plain` words are no names; `nouns` are common nouns as printed (German prints them with a capital),
    `endings` those that only they have; `roles` what people are; `bodies` names of parliaments and the like;
    `tails` words that end names of organisations and places;
    `particles` stand in names of persons, `links` in other names; `genitive` are its endings.
    """

    language: str
    gazetteer: Gazetteer
    plain: frozenset[str]
    nouns: frozenset[str]
    roles: frozenset[str]
    bodies: frozenset[str]
    tails: frozenset[str]
    endings: tuple[str, ...]
    particles: frozenset[str]
    links: frozenset[str]
    genitive: tuple[str, ...]


def lists(language: str, nouns: Iterable[str] = ()) -> Lists:
    """Gather the lists of a language; `nouns` are further common nouns, from treebanks."""
    text, names = word_list(language, "text"), word_list(language, "names")
    weekdays = {*word_set(language, "calendar", "weekdays"), *word_set(language, "calendar", "months")}
    gazetteer, own = load(), words()
    roles = {form for forms in word_list(language, "roles")["roles"].values() for form in forms}
    plain = frozenset(word.lower() for word in text["function_words"]) | weekdays | own.outside
    return Lists(
        language,
        gazetteer,
        plain,
        frozenset(
            noun for noun in {*nouns, *roles} if not noun.isupper() and not gazetteer.entries(noun, language)
        ),
        frozenset(roles) | frozenset(names["honorifics"]),
        frozenset(form for body in names["body"] for form in body["forms"]),
        own.organisations | _tails(language) | _tails("en"),
        own.endings.get(language, ()),
        frozenset(word.lower() for word in text["name_particles"]),
        own.links.get(language, frozenset()),
        tuple(text["genitive"]),
    )


def _tails(language: str) -> frozenset[str]:
    names = word_list(language, "names")
    return frozenset(word.lower() for word in (*names["organisation_words"], *names["place_words"]))


def tagged(forms: Sequence[str], known: Lists, people: Iterable[str] = ()) -> tuple[str, ...]:
    """Tag one sentence; `people` are last names of persons that its article names in full.

    A name stays settled only where no other word that may be a name touches it, and a place only where no
    noun does: "Mainz 05", "Dave Matthews Band", "Präsident Cleveland" are left open.
    """
    unknown = {at for at in range(len(forms)) if _may_be_name(forms, at, known)}
    found = _spans(forms, known, unknown, frozenset(people))
    covered = {at for start, end, _ in found for at in range(start, end)}
    loose = unknown - covered
    tags = softened(tags_of(len(forms), found), loose)
    shaky = [at for one in found if _is_shaky(forms, one, loose, known) for at in range(one[0], one[1])]
    tags = softened(tags, shaky)
    return softened(tags, _beside(forms, tags, known))


def _is_shaky(forms: Sequence[str], name: Span, loose: set[int], known: Lists) -> bool:
    start, end, label = name
    if end in loose or start - 1 in loose:
        return True
    if end < len(forms):
        after = forms[end]
        noun = after[:1].isupper() and after.lower() not in known.plain
        particle = after.lower() in known.particles and forms[end + 1 : end + 2] != []
        if noun or (particle and label == "PER" and forms[end + 1][:1].isupper()) or after[:1].isdigit():
            return True
    before = forms[start - 1] if start else ""
    capital = before[:1].isupper() and before.lower() not in known.plain
    return capital and (label != "PER" or not _is_role(before, known))


def _is_role(form: str, known: Lists) -> bool:
    last = form.rpartition("-")[2]
    return form in known.roles or (
        last[:1].isupper() and (last in known.roles or last.endswith(known.endings))
    )


def surnames(forms: Sequence[str], tags: Sequence[str]) -> set[str]:
    """Give the last names of the persons that a sentence names in full."""
    found: set[str] = set()
    for at, tag in enumerate(tags):
        if tag == "I-PER" and (at + 1 == len(tags) or tags[at + 1] != "I-PER"):
            found.add(forms[at])
    return found


def _may_be_name(forms: Sequence[str], at: int, known: Lists) -> bool:
    form = forms[at]
    if not form[:1].isupper() and not any(sign.isupper() for sign in form[1:]):
        return False
    if form.lower() in known.plain:
        return False
    return not _is_noun(form, known)


def _is_noun(form: str, known: Lists) -> bool:
    if form in known.nouns or _is_role(form, known):
        return True
    if "-" in form or len(form) < 8 or known.gazetteer.entries(form, known.language):
        return False
    return form.endswith(known.endings) or _is_compound(form, known)


def _is_compound(form: str, known: Lists) -> bool:
    """Say whether a common noun of six letters or more ends the word, one that ends no names."""
    if form.endswith(words().name_endings.get(known.language, ())):
        return False
    return any(form[at:].capitalize() in known.nouns for at in range(3, len(form) - 5))


def counted_nouns(sentences: Iterable[Sequence[str]], language: str) -> set[str]:
    """Gather the common nouns of a corpus: words with a capital that are counted ("drei Spieler")."""
    counting = words().counting.get(language, frozenset())
    seen: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for forms in sentences:
        for before, form in pairwise(forms):
            if form[:1].isupper() and form[1:].islower():
                seen[form] += 1
                number = before.isdigit() and len(before) != 4
                counts[form] += before.lower() in counting or number
    return {form for form, count in counts.items() if count and count * 50 > seen[form]}


def _spans(forms: Sequence[str], known: Lists, unknown: set[int], people: frozenset[str]) -> list[Span]:
    found: list[Span] = []
    at = 0
    while at < len(forms):
        one = _listed(forms, at, known) or _person(forms, at, known, unknown)
        if one is None and at in unknown and _bare(forms[at], known) & people:
            one = (at, at + 1, "PER")
        if one is None:
            at += 1
        else:
            found.append(one)
            at = one[1]
    return found


def _listed(forms: Sequence[str], at: int, known: Lists) -> Span | None:
    """Give the longest listed form that begins at a word, if the lists agree on what it is."""
    if not forms[at][:1].isupper():
        return None
    for end in range(min(len(forms), at + _LONGEST), at, -1):
        *head, last = forms[at:end]
        for bare in sorted(_bare(last, known), key=len, reverse=True):
            form = " ".join((*head, bare))
            if form in known.bodies:
                return at, end, "ORG"
            people = 1 < end - at <= 4 and all(one[:1].isupper() for one in forms[at:end])
            if people and forms[at].lower() not in known.plain and known.gazetteer.person(form):
                return at, end, "PER"
            labels = {_label(entry, known) for entry in known.gazetteer.entries(form, known.language)}
            if len(labels) == 1 and "" not in labels and not _is_ambiguous(form, known):
                return at, end, labels.pop()
    return None


def _label(entry: Entry, known: Lists) -> str:
    if entry.type == "organisation":
        return "ORG"
    if entry.type == "country":
        return "GPE"
    if entry.type != "place" or known.language in entry.common or 0 < entry.population < _LARGE:
        return ""
    return "GPE" if entry.population else "LOC"


def _is_ambiguous(form: str, known: Lists) -> bool:
    """Say whether a form is also a person's name, or a word."""
    lower = form.lower()
    if " " in form:
        return False
    return (
        lower in known.plain
        or lower in known.gazetteer.given_names
        or form in known.nouns
        or len(form) < 3
        or bool(known.gazetteer.surname(form))
    )


def _person(forms: Sequence[str], at: int, known: Lists, unknown: set[int]) -> Span | None:
    """Give a person's name: a given name of men or of women, one to three unknown words after it, no more."""
    if at not in unknown or not known.gazetteer.gender(forms[at]) or forms[at].isupper():
        return None
    end = at + 1
    while end < len(forms) and (
        end in unknown or (forms[end].lower() in known.particles and end + 1 in unknown)
    ):
        end += 1
    rest = forms[at + 1 : end]
    if not 1 <= len(rest) <= 3 or not all(_is_surname(form, known) for form in rest):
        return None
    return at, end, "PER"


def _is_surname(form: str, known: Lists) -> bool:
    if form.lower() in known.particles or (len(form) == 2 and form.endswith(".")):
        return True
    if (
        form.lower() in words().organisations
        or form.isupper()
        or known.gazetteer.entries(form, known.language)
    ):
        return False
    return len(form) > 2 and form[:1].isupper() and not any(sign.isdigit() for sign in form)


def _bare(form: str, known: Lists) -> frozenset[str]:
    """Give a form and what it is without a genitive ending."""
    cut = (form.removesuffix(ending) for ending in known.genitive if form.endswith(ending))
    return frozenset({form, *(one for one in cut if len(one) > 2)})


def _beside(forms: Sequence[str], tags: Sequence[str], known: Lists) -> list[int]:
    """Give the words outside of names that may be part of an open name beside them."""
    found: list[int] = []
    for at, (form, tag) in enumerate(zip(forms, tags, strict=True)):
        if tag != OUTSIDE:
            continue
        before = at > 0 and (tags[at - 1] == ANY or at - 1 in found)
        after = at + 1 < len(tags) and tags[at + 1] == ANY
        noun = form[:1].isupper() and form.lower() not in known.plain
        small = form.lower() in known.links or form.lower() in known.particles
        link = small or (len(form) == 1 and form in "-&/'’.")
        number = form[:1].isdigit()
        if (noun and (before or after)) or (link and before) or (number and before):
            found.append(at)
    return found
