"""Find the cast of one article: who and what is named, described and meant, and who is what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tidende.entities.gazetteer import load
from tidende.entities.items import Scanner
from tidende.entities.lexicon import lexicon
from tidende.entities.named import Namer, named_items
from tidende.entities.nominal import Resolver
from tidende.entities.register import Register
from tidende.entities.relations import RelationReader, RoleFound
from tidende.entities.types import Cast, MentionKind
from tidende.entities.votes import Votes
from tidende.parse.types import Parsed
from tidende.records import Role, evidence_at


def find_cast(parsed: Parsed, *, published: date | None) -> Cast:
    """Find the entities, roles and mentions of an article.

    Entities are in order of appearance; unnamed groups and states that only an adjective names
    are among them, for the reading to keep or drop. `published` chooses among the holders of
    an office.
    """
    gazetteer = load()
    words = lexicon(parsed.language)
    register = Register(parsed, gazetteer)
    votes = Votes(parsed)
    scanner = Scanner(parsed, words, gazetteer, votes)
    rows = [(sentence, scanner.items(sentence)) for sentence in parsed.sentences]
    namer = Namer(parsed, words, gazetteer, register, votes=votes, published=published)
    namer.resolve(rows)
    for sentence, item in named_items(rows):
        place = (sentence.part, item.start, item.end, sentence.index)
        kind: MentionKind = "nominal" if item.kind == "inhabitants" else "named"
        register.mention((item.id,), place, kind, adjective=item.kind == "adjective")
    for sentence, body in namer.bodies(rows):
        place = (sentence.part, body.start, body.end, sentence.index)
        register.mention((body.id,), place, "named", adjective=True)
    reader = RelationReader(parsed.language, register)
    told = [reader.roles(row) for row in rows]
    holders = [role for roles in told for role in roles]
    resolver = Resolver(parsed, rows, holders, register, gazetteer, published=published)
    for row, roles in zip(rows, told, strict=True):
        resolver.resolve(row, roles)
    entities = register.entities()
    return Cast(
        entities,
        _roles(parsed, [role for roles in told for role in roles]),
        register.mentions,
        {entity.id: entity for entity in entities},
        resolver.chains.genders(),
    )


def _roles(parsed: Parsed, told: Sequence[RoleFound]) -> tuple[Role, ...]:
    """Put tellings of one role together, in order of the first."""
    found: dict[str, Role] = {}
    for role in told:
        if not role.holder:
            continue
        key = ":".join(("role", role.holder, role.item.key.replace(" ", "-"), role.of))
        key = f"{key}:{role.qualifier}" if role.qualifier else key
        evidence = evidence_at(parsed.article, role.start, role.end, role.sentence.part)
        if key in found:
            found[key].evidence.append(evidence)
            continue
        found[key] = Role(
            id=key,
            holder=role.holder,
            role=role.item.key,
            of=role.of or None,
            qualifier=role.qualifier or None,
            labels={parsed.language: role.item.text},
            evidence=[evidence],
        )
    return tuple(found.values())
