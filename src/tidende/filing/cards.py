"""The card of a story: what questions choose stories by, kept beside the record and read in its place.

A card is a record with most left out, so it is read from a record too. It says who is called what, who holds
which post, who acts and speaks: enough to know whom a name may mean and which records can answer.
"""

from __future__ import annotations

from pydantic import BaseModel, Field, ValidationError

from tidende.records import EntityType, Evidence


class Known(BaseModel):
    """Say what somebody or something is called in a story."""

    id: str
    type: EntityType
    named: bool = True
    name: str
    names: dict[str, list[str]]
    # of a record it is passed over, and a card has none
    evidence: list[Evidence] = Field(default=[], validation_alias=" ", exclude=True)


class Post(BaseModel):
    """Say who holds a post of what; `qualifier` tells a former one."""

    id: str
    holder: str
    role: str
    of: str | None = None
    qualifier: str | None = None


class Act(BaseModel):
    """Say who does what to whom."""

    type: str
    actors: list[str] = []
    recipients: list[str] = []

    @property
    def parties(self) -> set[str]:
        """Give everybody who takes part."""
        return {*self.actors, *self.recipients}


class Words(BaseModel):
    """Say who speaks."""

    speaker: str | None = None


class Witness(BaseModel):
    """Say of which article this one is a copy."""

    copy_of: str | None = None


class Card(BaseModel):
    """Hold what a story can be chosen by."""

    id: str
    title: str
    summary: str
    articles: list[Witness]
    entities: list[Known]
    roles: list[Post]
    events: list[Act]
    quotes: list[Words]


def card_of(record: str) -> str:
    """Give the card of a record, both as JSON."""
    return Card.model_validate_json(record).model_dump_json(exclude_defaults=True)


def read_card(card: str) -> Card | None:
    """Read a card that was kept; None where another version wrote it in another form."""
    try:
        return Card.model_validate_json(card)
    except ValidationError:
        return None
