"""Tell whom a pronoun or a description means that speaks right after somebody: most often him again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.quotes.drafts import Draft
from tidende.quotes.phrases import Subject
from tidende.quotes.speakers import Scene
from tidende.records import Part

_NEAR, _SINCE = 1, 2  # paragraphs


def resolve_by_last(drafts: Sequence[Draft], scene: Scene) -> None:
    """Give a pronoun or description the speaker of the quote right before it: "..., sa Kim. Han la til ...".

    Who has just been heard is likelier meant than who was named last; but nobody may be named
    between the two quotes.
    """
    previous: Draft | None = None
    for draft in drafts:
        if _goes_on(previous, draft, scene):
            draft.speaker = previous.speaker if previous is not None else None
        speaker = draft.speaker
        heard = (previous.speaker.entity if previous and previous.speaker else None) or ""
        if (
            speaker is not None
            and previous is not None
            and previous.part == draft.part
            and 0 <= draft.block - previous.last_block <= _NEAR
            and _is_somebody(previous, heard, scene)
            and _may_be(draft.part, speaker, heard, scene)
            and not scene.persons_between(
                draft.part, previous.outer[1], min(speaker.start, draft.outer[0]), heard
            )
        ):
            draft.speaker = replace(speaker, entity=heard, type=scene.type_of(heard))
        elif speaker is not None and (holder := _only_holder(draft, speaker, scene)):
            draft.speaker = replace(speaker, entity=holder, type="person")
        previous = draft


def _goes_on(previous: Draft | None, draft: Draft, scene: Scene) -> bool:
    """Tell whether a quotation that nothing attributes stands right behind other words of one speaker."""
    if previous is None or draft.speaker is not None or draft.cue is not None or draft.kind != "direct":
        return False
    if previous.part != draft.part or previous.last_block != draft.block or previous.speaker is None:
        return False
    end = max(previous.outer[1], previous.spans[-1][1])
    between = scene.parsed.source(draft.part)[end : draft.outer[0]]
    return not any(character.isalnum() for character in between)


def _is_somebody(draft: Draft, heard: str, scene: Scene) -> bool:
    """Tell whether who was heard is one person: of a name, or told by his post alone ("the president")."""
    if scene.type_of(heard) == "person":
        return True
    posts: Mapping[str, Sequence[str]] = word_list("common", "roles")["is_a"]
    told = heard.partition(":")[2]
    speaker = draft.speaker
    return (
        speaker is not None
        and any(told == _dashed(post) for post in posts)
        and (scene.is_singular_pronoun(speaker.text) or _is_one(draft.part, speaker, scene))
    )


def resolve_headlines(drafts: Sequence[Draft], scene: Scene) -> None:
    """Give a headline's words the speaker of the text that has the same words.

    A person in the text is likelier to have said them than a state or body that the headline is about:
    "Finland joins Nato: 'A great day'".
    """
    told = [(_folded(draft, scene), draft) for draft in drafts if draft.speaker is not None]
    for draft in drafts:
        by_person = draft.speaker is not None and scene.type_of(draft.speaker.entity or "") == "person"
        if not by_person and draft.kind == "direct" and scene.parsed.blocks[draft.block].is_headline:
            words = _folded(draft, scene)
            same = [other for said, other in told if words in said and other is not draft]
            if draft.speaker is not None:
                same = [one for one in same if one.speaker and one.speaker.type == "person"]
            if len({other.speaker.entity for other in same if other.speaker is not None}) == 1:
                draft.speaker, draft.speaker_part, draft.carried = same[0].speaker, same[0].part, True


def _folded(draft: Draft, scene: Scene) -> str:
    source = scene.parsed.source(draft.part)
    said = " ".join(source[start:end] for start, end in draft.spans).casefold()
    return f" {' '.join(''.join(c if c.isalnum() else ' ' for c in said).split())} "


def _may_be(part: Part, speaker: Subject, heard: str, scene: Scene) -> bool:
    if scene.is_singular_pronoun(speaker.text):
        return scene.cast.may_be(heard, "he" if scene.is_he(speaker.text) else "she")
    return _describes(part, speaker, heard, scene)


def _describes(part: Part, speaker: Subject, heard: str, scene: Scene) -> bool:
    """Tell whether "the minister" or "the Democrat" can be who was just heard.

    He must be told to hold such a post, or to be a politician: of whom a party speaks, or "the spokesman".
    """
    told = _first_told(part, speaker, scene)
    if told in word_set("common", "roles", "party_groups") | word_set("common", "roles", "speaking"):
        posts = scene.cast.roles_of(heard)
        return bool(word_set("common", "roles", "political").intersection(posts))
    return any(told in _posts(post) for post in scene.cast.roles_of(heard))


def _only_holder(draft: Draft, speaker: Subject, scene: Scene) -> str:
    """Give the one person told so far to hold the post that a speaker is told by, if named near, else ""."""
    told = _first_told(draft.part, speaker, scene)
    if not told:
        return ""
    political = word_set("common", "roles", "political")
    any_post = political if told in word_set("common", "roles", "speaking") else frozenset[str]()
    holders = {
        role.holder
        for role in scene.cast.roles
        if (told in _posts(role.role) or role.role in any_post)
        and any(piece.part == draft.part and piece.end <= speaker.start for piece in role.evidence)
    }
    if len(holders) != 1:
        return ""
    (holder,) = holders
    low = scene.parsed.blocks[max(0, draft.block - _SINCE)].start
    chain = scene.cast.chain(holder)
    near = any(m.part == draft.part and low <= m.start < speaker.start for m in chain)
    return holder if near and scene.type_of(holder) == "person" else ""


def _first_told(part: Part, speaker: Subject, scene: Scene) -> str:
    """Give the key of a definite description of one that no earlier words tell; "" for any other speaker."""
    entity = scene.cast.by_id.get(speaker.entity or "")
    if entity is None or entity.named or not _is_one(part, speaker, scene):
        return ""
    if any(piece.part == part and piece.start < speaker.start for piece in entity.evidence):
        return ""
    return entity.id.partition(":")[2]


def _posts(post: str) -> list[str]:
    """Give a post and all that it is too, as ids write them."""
    wider: Mapping[str, Sequence[str]] = word_list("common", "roles")["is_a"]
    return [_dashed(key) for key in (post, *wider.get(post, ()))]


def _dashed(key: str) -> str:
    return key.replace(" ", "-")


def _is_one(part: Part, speaker: Subject, scene: Scene) -> bool:
    """Tell whether a phrase is definite and of one: by its tree, so without one it is not known to be."""
    place = scene.word_at(part, speaker.end)
    if place is None:
        return False
    sentence, head = place
    feats = [sentence.tokens[at].feats for at in (head, *trees.children(sentence, head, "det"))]
    return "Number=Sing" in feats[0] and any("Definite=Def" in each for each in feats)
