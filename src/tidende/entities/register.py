"""Keep the entities of one article while they are being found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from tidende.entities.gazetteer import Gazetteer
from tidende.entities.lexicon import Known
from tidende.entities.shape import marked
from tidende.entities.types import Mention, MentionKind
from tidende.parse.types import Parsed
from tidende.records import Entity, EntityType, Evidence, Part, evidence_at

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def plain_slug(name: str) -> str:
    """Give the readable part of the id of a thing known by one English name."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _NOT_PLAIN.sub("-", folded).strip("-")


@dataclass(slots=True)
class _Draft:
    id: str
    type: EntityType
    name: str
    named: bool
    forms: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


class Register:
    """Collect entities and their mentions; one per article, filled by the steps of `find_cast`."""

    def __init__(self, parsed: Parsed, gazetteer: Gazetteer) -> None:
        self._parsed = parsed
        self._gazetteer = gazetteer
        self._drafts: dict[str, _Draft] = {}
        self._mentions: list[Mention] = []
        self._codes: dict[str, str] = {}

    def open(self, identifier: str, type_: EntityType, name: str, *, named: bool = True) -> str:
        """Make sure that an entity of this id exists; give the id back."""
        self._drafts.setdefault(identifier, _Draft(identifier, type_, name, named))
        return identifier

    def country(self, iso: str) -> str:
        """Open the country (or body of states) of an ISO code and give its id."""
        entry = self._gazetteer.territory(iso)
        identifier = entry.id if entry is not None and entry.id else f"country:{iso.lower()}"
        self._codes[identifier] = iso
        if entry is None:
            return self.open(identifier, "country", iso)
        return self.open(identifier, entry.type, entry.name)

    def known(self, thing: Known) -> str:
        """Open a metonym, region or body of the word lists and give its id.

        The gazetteer's Wikidata id is taken where it knows the same English name.
        """
        owner = self._gazetteer.territory(thing.of) if thing.of else None
        for name in (thing.name, f"{owner.name} {thing.name}" if owner else ""):
            for entry in self._gazetteer.entries(name, "en") if name else ():
                if entry.type == thing.type and entry.id:
                    return self.open(entry.id, entry.type, entry.name)
        return self.open(f"{thing.type}:{plain_slug(thing.name)}", thing.type, thing.name)

    def other(self, label: str) -> str:
        """Open the unnamed group or person of a label and give its id."""
        return self.open(f"other:{label.replace(' ', '-')}", "other", label, named=False)

    def mention(
        self,
        identifiers: tuple[str, ...],
        place: tuple[Part, int, int, int],
        kind: MentionKind,
        *,
        adjective: bool = False,
        reason: str = "",
    ) -> None:
        """Note a mention at `place`: part, start, end, sentence."""
        part, start, end, sentence = place
        mention = Mention(identifiers, part, start, end, sentence, kind, adjective, reason)
        self._mentions.append(mention)
        for identifier in identifiers:
            self._drafts[identifier].mentions.append(mention)

    def state_code(self, identifier: str) -> str:
        """Give the ISO code of a country of this article, "" for anything else."""
        return self._codes.get(identifier, "")

    def persons(self) -> tuple[str, ...]:
        """Give the ids of the persons found so far, in the order in which they were."""
        return tuple(draft.id for draft in self._drafts.values() if draft.type == "person")

    def name_of(self, identifier: str) -> str:
        """Give the name of an entity."""
        return self._drafts[identifier].name

    def type_of(self, identifier: str) -> EntityType:
        """Give the type of an entity."""
        return self._drafts[identifier].type

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions so far, in text order: a separate title first."""
        return tuple(sorted(self._mentions, key=lambda m: (m.part == "text", m.start, m.end, m.entities)))

    def entities(self) -> tuple[Entity, ...]:
        """Close the register: give every entity that is mentioned, in order of appearance."""
        found: list[tuple[int, int, Entity]] = []
        for draft in self._drafts.values():
            if not draft.mentions:
                continue
            mentions = sorted(draft.mentions, key=lambda m: (m.part == "text", m.start, m.end))
            forms: list[str] = []
            for mention in mentions:
                named = mention.kind == "named" and not mention.adjective
                printed = self._evidence(mention).text
                if (named or not draft.named) and printed not in forms:
                    forms.append(printed)
            forms = forms or [self._evidence(mentions[0]).text]
            entity = Entity(
                id=draft.id,
                type=draft.type,
                named=draft.named,
                name=marked(draft.name, forms) if draft.type == "person" else draft.name,
                names={self._parsed.article.language: forms},
                evidence=[self._evidence(mention) for mention in mentions],
            )
            found.append((mentions[0].part == "text", mentions[0].start, entity))
        return tuple(entity for _, _, entity in sorted(found, key=lambda row: (row[0], row[1], row[2].id)))

    def _evidence(self, mention: Mention) -> Evidence:
        return evidence_at(self._parsed.article, mention.start, mention.end, mention.part)
