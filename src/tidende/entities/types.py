"""What `entities` gives: the cast of one article, and where each of them is mentioned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from tidende.records import Entity, Part, Role

MentionKind = Literal["named", "nominal", "pronoun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is meant: by name, by description or by pronoun.

    `entities` holds one id, or several for "the two leaders". `adjective` is true for demonym
    adjectives ("den russiske ...") and for what opens a compound ("høyesterettskandidaten"), which name a
    country or a body without being a mention of it as actor.
    `reason` tells by which rule a description or pronoun was resolved: "told" (a post told of him), "noun" (a
    noun told of the name), "pair", "group", "several", "teller", "alone", "weighed"; "" for names.
    """

    entities: tuple[str, ...]
    part: Part
    start: int
    end: int
    sentence: int
    kind: MentionKind
    adjective: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything in one article: entities, roles, and the mentions in text order.

    `genders` holds "he" or "she" for the persons of whom the article or the given name tells it.
    """

    entities: tuple[Entity, ...]
    roles: tuple[Role, ...]
    mentions: tuple[Mention, ...]
    by_id: dict[str, Entity] = field(default_factory=dict, compare=False)
    genders: dict[str, str] = field(default_factory=dict, compare=False)

    def entity(self, identifier: str) -> Entity:
        """Give the entity of an id; KeyError if the cast has none."""
        return self.by_id[identifier]

    def chain(self, identifier: str) -> tuple[Mention, ...]:
        """Give every mention that means an entity, alone or with others, in order."""
        return tuple(mention for mention in self.mentions if identifier in mention.entities)

    def may_be(self, identifier: str, gender: str) -> bool:
        """Tell whether a pronoun for "he" or "she" can mean somebody, as far as is told."""
        return self.genders.get(identifier, "") in ("", gender)

    def mentions_in(self, sentence: int) -> tuple[Mention, ...]:
        """Give the mentions that stand in one sentence, in order."""
        return tuple(m for m in self.mentions if m.sentence == sentence)

    def mentions_between(self, part: Part, start: int, end: int) -> Iterator[Mention]:
        """Give the mentions that lie within `[start:end]` of a part, in order."""
        for mention in self.mentions:
            if mention.part == part and start <= mention.start and mention.end <= end:
                yield mention

    def roles_of(self, holder: str) -> tuple[str, ...]:
        """Give the role keys told for one holder."""
        return tuple(role.role for role in self.roles if role.holder == holder)
