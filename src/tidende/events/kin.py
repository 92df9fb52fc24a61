"""Know a party told as the kin of somebody who acts in politics: "Putin has met Kim's father three times"."""

from __future__ import annotations

from functools import cache

from tidende.events.meant import first_ids, named_owners, obliques
from tidende.events.politics import is_statesman
from tidende.events.scene import Scene
from tidende.languages.lists import word_list
from tidende.parse import trees

_OWNING = ("of", "from", "to")  # "den Vater von Kim", "faren til Kim"


def is_kin_of_statesman(scene: Scene, identifier: str) -> bool:
    """Tell whether somebody without a name is told as the kin of a named statesman."""
    return any(is_statesman(scene.cast.entity(owner), scene.cast) for owner in _whose(scene, identifier))


def by_name(scene: Scene, identifier: str) -> str:
    """Give who the article says that "Kim's father" is, if it names one, else the id itself."""
    label, owners = scene.cast.entity(identifier).name, _whose(scene, identifier)
    holders = {
        role.holder for role in scene.cast.roles if role.role == label and role.of in owners and role.of
    }
    return next(iter(holders)) if len(holders) == 1 else identifier


def _whose(scene: Scene, identifier: str) -> tuple[str, ...]:
    """Give whose father or sister somebody without a name is told to be; nobody where that is not kinship."""
    entity = scene.cast.entity(identifier)
    if entity.named or entity.name not in _labels() or not trees.has_tree(scene.sentence):
        return ()
    for phrase in scene.phrases:
        if phrase.ids != (identifier,):
            continue
        within = [
            mention.entities
            for mention in scene.cast.mentions_in(scene.sentence.index)
            if mention.kind == "named" and phrase.start <= mention.start < mention.end <= phrase.end
        ]
        if within:
            return within[0]
        inside = [at for at, t in enumerate(scene.tokens) if phrase.start <= t.start < phrase.end]
        head = next((at for at in inside if scene.tokens[at].head not in inside), -1)
        if head >= 0:
            owners = named_owners(scene, head) or first_ids(scene, obliques(scene, head, *_OWNING))
            return owners or _right_behind(scene, phrase.end)
    return ()


def _right_behind(scene: Scene, end: int) -> tuple[str, ...]:
    """Give who stands behind a kinship and a preposition, whatever the tree: "møtte søstera til Kim"."""
    following = next((phrase for phrase in scene.phrases if phrase.start >= end), None)
    if following is None or not following.cases.intersection(_OWNING):
        return ()
    between = [token for token in scene.tokens if end <= token.start < following.start]
    return following.ids if len(between) == 1 else ()


@cache
def _labels() -> frozenset[str]:
    """Give the labels of kinship."""
    return frozenset(word_list("en", "roles")["kin"])
