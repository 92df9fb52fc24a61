"""The contract: everything that flows out of Tidende, as pydantic models.

The models are the JSON schema that `tidende schema` prints. Offsets are code points into the
article's own `text` (or `title`), end exclusive; dates are ISO and inclusive; lists are in order
of appearance.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = 1

Part = Literal["text", "title"]
BlockKind = Literal["title", "heading", "lead", "body", "credit"]
EntityType = Literal["person", "organisation", "country", "place", "other"]
Agreement = Literal["agree", "only", "differ"]
QuoteKind = Literal["direct", "indirect", "mixed"]
QuoteAct = Literal[
    "say",
    "tell",
    "ask",
    "write",
    "announce",
    "claim",
    "add",
    "deny",
    "opine",
    "pledge",
    "demand",
    "call",
    "report",
    "utter",
]
Modality = Literal["happened", "planned", "possible", "denied"]
ClaimKind = Literal["life", "measure", "location", "assessment", "position"]
Stage = Literal["before", "during", "after"]
Precision = Literal["minute", "day", "week", "month", "season", "quarter", "year", "decade", "period"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]

# The types whose acts are cooperation, by word or by deed (the upper half of PLOVER's quad classes).
COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})

Offset = Annotated[int, Field(ge=0)]


class Model(BaseModel):
    """Base of the contract's models: unknown fields are refused, values are checked."""

    model_config = ConfigDict(extra="forbid")


class Evidence(Model):
    """Point at the exact characters of an article that a fact was read from."""

    article: str
    part: Part = "text"
    start: Offset
    end: Offset
    text: str


class Block(Model):
    """Name the place of one paragraph (a non-empty line) in an article's layout."""

    part: Part = "text"
    kind: BlockKind
    start: Offset
    end: Offset

    @property
    def is_headline(self) -> bool:
        """Tell whether the paragraph is a title or a heading: short, and printed by rules of its own."""
        return self.kind in ("title", "heading")


class Article(Model):
    """Hold one input text as given, with what is known about where it comes from.

    `blocks` are the article's paragraphs in order; a title that stands inside `text` is a block
    with part "text", one that came in a field of its own has part "title".
    """

    id: str
    text: str
    language: str = "und"
    language_margin: float = 0.0
    reading: Literal["full", "grouped"] = "grouped"
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    credits: list[str] = []
    copy_of: str | None = None
    reuses: list[str] = []
    independence: Literal["copy", "partial", "unknown"] | None = None
    version: int = 1
    blocks: list[Block] = []


class Entity(Model):
    """Name one person, organisation, country, place or other thing, with every mention."""

    id: str
    type: EntityType
    named: bool = True
    name: str
    names: dict[str, list[str]]
    evidence: list[Evidence]


class Role(Model):
    """Tell that `holder` is (or was) `role` of `of`, in the words of the articles."""

    id: str
    holder: str
    role: str
    of: str | None = None
    qualifier: str | None = None
    labels: dict[str, str]
    agreement: Agreement = "only"
    evidence: list[Evidence]


class DateValue(Model):
    """Give a time as an inclusive ISO interval; null bounds where it could not be anchored."""

    start: str | None = None
    end: str | None = None
    precision: Precision
    text: str


class Duration(Model):
    """Give a length of time as an interval in minutes; a null bound is open."""

    min_minutes: float | None = None
    max_minutes: float | None = None
    text: str


class Told(Model):
    """Hold what one article tells about an attribute, and where."""

    article: str
    value: Any
    evidence: Evidence


class Attribute(Model):
    """Hold one slot or detail of an event with everybody who tells it."""

    name: str
    value: Any
    agreement: Agreement = "only"
    told: list[Told]


class Teller(Model):
    """Tell on whose word an article tells a fact: `source` is null where it tells it in its own voice."""

    article: str
    source: str | None = None
    via: list[str] = []


class Bounds(Model):
    """Bound a number that is told inexactly: "more than three" is at least 4, and `max` null for no bound."""

    min: int
    max: int | None = None


class Event(Model):
    """Hold one PLOVER event: who did what to whom, where, when, how often, how long."""

    id: str
    type: EventType
    mode: str | None = None
    contexts: list[str] = []
    actors: list[str] = []
    recipients: list[str] = []
    place: str | None = None
    venue: str | None = None
    date: DateValue | None = None
    count: int | None = None
    counted: Bounds | None = None
    ordinal: int | None = None
    duration: Duration | None = None
    planned_duration: Duration | None = None
    theme: str | None = None
    outcome: str | None = None
    modality: Modality = "happened"
    claimed_by: str | None = None
    main: bool = False
    agreement: Agreement = "only"
    evidence: list[Evidence]
    attributes: list[Attribute] = []
    missing: dict[str, str] = {}
    quotes: list[str] = []
    told_by: list[Teller] = []
    one_source: str | None = None

    @property
    def is_counted(self) -> bool:
        """Tell whether the row stands for several acts of which a number is told, exact or not."""
        return self.count is not None or self.counted is not None


class Figure(Model):
    """Hold a number that a speaker tells: how many are dead, hurt or missing."""

    value: float
    unit: str
    evidence: Evidence


class QuoteVersion(Model):
    """Hold a quote as one article prints it; `evidence` is its outer span, `spans` its pieces.

    `act` is what the verb of the cue does; `original` is true where this is the wording that other versions
    translate, false where it is known to be translated, and null where nothing tells.
    """

    article: str
    language: str
    kind: QuoteKind
    text: str
    cue: str | None = None
    cue_evidence: Evidence | None = None
    act: QuoteAct | None = None
    speaker_evidence: Evidence | None = None
    addressee_evidence: Evidence | None = None
    medium_evidence: Evidence | None = None
    occasion: Evidence | None = None
    original: bool | None = None
    evidence: Evidence
    spans: list[Evidence]
    figures: list[Figure] = []


class Quote(Model):
    """Hold what one speaker said, in every article that carries it.

    `thought` is true where every article tells it as what he thinks, hopes or fears, none as what he says.
    """

    id: str
    speaker: str | None = None
    speaker_text: str
    addressee: str | None = None
    medium: str | None = None
    thought: bool = False
    kind: QuoteKind
    agreement: Agreement = "only"
    event: str | None = None
    versions: list[QuoteVersion]


class Claim(Model):
    """Hold a fact in the article's own voice, of one of the five kinds."""

    id: str
    kind: ClaimKind
    subject: str | None = None
    value: float | str | None = None
    unit: str | None = None
    date: DateValue | None = None
    text: str
    agreement: Agreement = "only"
    evidence: list[Evidence]


class DifferenceValue(Model):
    """Hold one of the values that cannot hold together, and who tells it."""

    value: Any
    articles: list[str]
    evidence: list[Evidence]


class Difference(Model):
    """Tell where articles conflict: the id it is about, the attribute, and each value told."""

    about: str
    attribute: str
    values: list[DifferenceValue]


class AsOf(Model):
    """Tell from when an article writes of an event: before it, while parts are to come, or after it."""

    article: str
    event: str
    stage: Stage
    published: str | None = None
    to_come: list[str] = []
    evidence: list[Evidence] = []


class Record(Model):
    """Hold what one story's articles amount to."""

    id: str
    title: str
    summary: str
    languages: list[str]
    articles: list[Article]
    entities: list[Entity] = []
    roles: list[Role] = []
    events: list[Event] = []
    quotes: list[Quote] = []
    claims: list[Claim] = []
    differences: list[Difference] = []
    updates: list[Difference] = []
    doubts: list[Difference] = []
    as_of: list[AsOf] = []


class Output(Model):
    """Hold what `tidende read --json` prints."""

    schema_version: Literal[1] = 1
    stories: list[Record]


class Reading(Model):
    """Hold what one article alone tells; what `reading` hands to `stories`."""

    article: Article
    entities: list[Entity] = []
    roles: list[Role] = []
    events: list[Event] = []
    quotes: list[Quote] = []
    claims: list[Claim] = []


def evidence_at(article: Article, start: int, end: int, part: Part = "text") -> Evidence:
    """Cut the evidence for `[start:end]` out of an article's text or title."""
    source = article.text if part == "text" else (article.title or "")
    return Evidence(article=article.id, part=part, start=start, end=end, text=source[start:end])
