"""Read a question: what it asks for, about whom, what act, where and when.

Nothing is passed over: a word that is no name, no form of asking or acting and no small word stays in `rest`,
and an answer has to account for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from tidende.answers.names import NameFound, Names
from tidende.dates import tag
from tidende.entities.lexicon import lexicon
from tidende.languages.lists import READ_IN_FULL, word_list, word_set
from tidende.parse import parse
from tidende.parse.tokens import tokenise
from tidende.parse.types import Token
from tidende.records import Article, Block, DateValue

Kind = Literal[
    "who", "when", "where", "how_often", "how_long", "whether", "said", "identity", "role", "differ"
]
Side = Literal["actor", "recipient", "either"]

_SPEECH = ("say", "tell", "claim", "announce", "add", "write", "opine")
_OPENING = 3  # words in which a question says what it asks for
_SPEAKING = "say"
_DIFFERING = "differ"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody or something in a question: its words, what it may mean, and where it stands."""

    text: str
    ids: tuple[str, ...]
    side: Side = "either"
    first: int = -1


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for; `kind` is None where it is none of the kinds that the ledger answers.

    `frames` are the kinds of act by their names in `common/frames.toml`. `qualifier` says that a post is held
    no longer, or not yet. `rest` are the words that are not accounted for, `score` how many are.
    """

    language: str
    kind: Kind | None
    parties: tuple[Party, ...] = ()
    frames: frozenset[str] = frozenset()
    places: tuple[Party, ...] = ()
    topics: tuple[Party, ...] = ()
    addressee: Party | None = None
    role: str = ""
    qualifier: str | None = None
    period: DateValue | None = None
    order: Literal["first", "last", ""] = ""
    planned: bool = False
    rest: tuple[str, ...] = ()
    score: float = 0.0


@dataclass(slots=True)
class _Reading:
    """The tokens of a question, and what each has been taken for."""

    tokens: Sequence[Token]
    taken: dict[int, str] = field(default_factory=dict)

    def take(self, first: int, last: int, what: str) -> None:
        for index in range(first, last):
            self.taken.setdefault(index, what)

    def free(self, first: int, last: int) -> bool:
        return not any(index in self.taken for index in range(first, last))

    def find(self, phrases: Mapping[str, str], *, most: int = 10**6) -> Iterator[tuple[int, int, str]]:
        """Yield the phrases that stand in free words, the longest at each place: first, last, key."""
        position = 0
        while position < min(len(self.tokens), most):
            for last in range(min(len(self.tokens), position + 5), position, -1):
                form = " ".join(token.lower for token in self.tokens[position:last])
                if form in phrases and self.free(position, last):
                    yield position, last, phrases[form]
                    position = last - 1
                    break
            position += 1


def read_question(text: str, names: Names, language: str | None, today: date | None) -> Asked:
    """Read a question in the language given, else in the one that accounts for most of its words."""
    languages = (language,) if language in READ_IN_FULL else READ_IN_FULL
    found = [_read(text, names, code, today) for code in languages]
    return max(found, key=lambda asked: (asked.score, -languages.index(asked.language)))


def _read(text: str, names: Names, language: str, today: date | None) -> Asked:
    tokens = [
        token
        for token in tokenise(text, 0, len(text), language)
        if any(map(str.isalnum, token.text)) or token.text in ("'s", "’s")
    ]
    reading = _Reading(tokens)
    asks = next(reading.find(_asks(language), most=_OPENING), None)
    if asks is not None:
        reading.take(asks[0], asks[1], f"ask {asks[2]}")
    period = _period(text, language, today, reading)
    small = _fill(language).keys() | _asks(language).keys()
    spotted = [
        name
        for name in names.find(text, tokens, language)
        if reading.free(name.first, name.last) and not (name.first == 0 and name.text.lower() in small)
    ]
    for name in spotted:
        reading.take(name.first, name.last, "name")
    other = any(key == "other" for _, _, key in reading.find(_asks(language)))
    for first, last, _ in list(reading.find(_fill(language))):
        if last - first > 1:  # "take place" takes no time
            reading.take(first, last, "fill")
    acts = _acts_in(reading, language)
    if asks is not None and asks[2] == "how_often":  # "how many meetings" counts meetings
        frame = _acts(language).get(tokens[asks[1] - 1].lower)
        acts += [(asks[0], asks[1], frame)] if frame is not None else []
    listed = _words_in(reading, language)
    roles = _roles_in(reading, language)
    qualifier = _qualifier_in(reading, language) if roles else None
    groups = _groups_in(reading, language)
    for first, last, _ in list(reading.find(_fill(language))):
        reading.take(first, last, "fill")
    composer = _Composer(language, reading, tuple(spotted), asks, acts, listed, roles, groups)
    asked = composer.asked(names)
    loose = composer.loose_posts()
    passed = "act" if asked.kind == "said" else ""  # "what did he say about sanctions": a topic, no act
    rest = tuple(
        token.text
        for index, token in enumerate(tokens)
        if index not in reading.taken
        or (reading.taken[index].startswith(passed or "?") and reading.taken[index] != f"act {_SPEAKING}")
        or (index in loose and asked.kind not in ("identity", "role"))
    )
    kind = None if other or (asks is not None and asks[2] == "other") else asked.kind
    if kind in ("identity", "role") and any(word.islower() for word in rest):
        kind = None  # "who founded it": an act that no list knows
    known = sum(what != "name" for what in reading.taken.values())
    clear = sum(what.startswith(("ask", "act")) for what in reading.taken.values())
    total = max(1, len(tokens) - sum(what == "name" for what in reading.taken.values()))
    score = round((known + 0.5 * clear) / total, 4) + (0.25 if kind else 0.0)
    return replace(asked, kind=kind, qualifier=qualifier, period=period, rest=rest, score=score)


# --- what words are taken for -------------------------------------------------------------------


@cache
def _asks(language: str) -> Mapping[str, str]:
    return _by_phrase(word_list(language, "questions")["asks"])


@cache
def _fill(language: str) -> Mapping[str, str]:
    return dict.fromkeys(word_set(language, "questions", "words", "fill"), "fill")


@cache
def _acts(language: str) -> Mapping[str, str]:
    """Map the forms that tell an act to its frame; what tells speech to "say"."""
    found = _by_phrase(word_list(language, "questions")["acts"])
    events, speech = word_list(language, "events"), word_list(language, "speech")
    for table in ("verbs", "lemmas", "nouns"):
        for form, frame in _by_phrase(events[table]).items():
            found.setdefault(form, frame)
    for table in ("finite", "participle", "infinitive"):
        for key in _SPEECH:
            for form in speech[table].get(key, ()):
                found.setdefault(form.lower(), _SPEAKING)
    return found


@cache
def _parted(language: str) -> Sequence[tuple[str, str, str]]:
    """Give the forms of two words, which may stand apart in a question, each with its frame."""
    forms = ((form.split(" "), frame) for form, frame in _acts(language).items())
    return [(words[0], words[1], frame) for words, frame in forms if len(words) == 2]


@cache
def _listed(language: str) -> Mapping[str, str]:
    words = word_list(language, "questions")["words"]
    small = {key: words[key] for key in ("sources", "first", "last", "planned", "post", "lasting")}
    return _by_phrase(small)


@cache
def _posts(language: str) -> Mapping[str, str]:
    tables = {kind: table for kind, table in lexicon(language).tables if kind in ("role", "kin")}
    return {form: key for table in tables.values() for form, key in table.items()}


def _by_phrase(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Turn key -> phrases into phrase -> key, the dots of abbreviations and hyphens as tokens have them."""
    found: dict[str, str] = {}
    for key, forms in table.items():
        for form in forms:
            found.setdefault(form.lower(), key)
    return found


def _acts_in(reading: _Reading, language: str) -> list[tuple[int, int, str]]:
    found = list(reading.find(_acts(language)))
    for first, last, frame in found:
        reading.take(first, last, f"act {frame}")
    words = [token.lower for token in reading.tokens]
    for head, tail, frame in _parted(language):
        if head not in words:
            continue
        first = words.index(head)
        if tail in words[first + 2 :] and reading.taken.get(first, "act").startswith("act"):
            last = words.index(tail, first + 2)
            if reading.taken.get(last) is None:
                found = [one for one in found if one[0] != first]
                found.append((first, first + 1, frame))
                reading.taken[first] = reading.taken[last] = f"act {frame}"
    return found


def _words_in(reading: _Reading, language: str) -> set[str]:
    found = set()
    for first, last, key in list(reading.find(_listed(language))):
        reading.take(first, last, key)
        found.add(key)
    return found


def _roles_in(reading: _Reading, language: str) -> list[tuple[int, int, str]]:
    found = list(reading.find(_posts(language)))
    for first, last, _ in found:
        reading.take(first, last, "role")
    return found


def _qualifier_in(reading: _Reading, language: str) -> str | None:
    """Take a word that says that a post is held no longer, or not yet."""
    table = _by_phrase(word_list(language, "roles")["qualifiers"])
    for first, last, key in list(reading.find(table)):
        reading.take(first, last, "qualifier")
        return key
    return None


def _groups_in(reading: _Reading, language: str) -> list[tuple[str, str]]:
    """Take unnamed groups that stand right after the verb of speech: "what did the police say"."""
    table = next(table for kind, table in lexicon(language).tables if kind == "group")
    about = word_set(language, "questions", "words", "about")
    found = []
    for first, last, label in list(reading.find(table)):
        if not any(token.lower in about for token in reading.tokens[:first]):
            reading.take(first, last, "group")
            text = " ".join(token.text for token in reading.tokens[first:last])
            found.append((text, f"other:{label.replace(' ', '-')}"))
    return found


def _period(text: str, language: str, today: date | None, reading: _Reading) -> DateValue | None:
    """Give the time that a question names, and take its words."""
    article = Article(
        id="question",
        text=text,
        language=language,
        reading="full",
        blocks=[Block(kind="body", start=0, end=len(text))],
    )
    for time in tag(parse(article), published=today).times:
        if time.value.start or time.value.end:
            inside = [n for n, token in enumerate(reading.tokens) if time.start <= token.start < time.end]
            for index in inside:
                reading.take(index, index + 1, "time")
            return _bounded(time.value, reading, inside[0] if inside else 0, language)
    return None


def _bounded(value: DateValue, reading: _Reading, first: int, language: str) -> DateValue:
    """Open a time to the side that its first word, or the word before it, tells: "before 2018"."""
    if value.start is None or value.end is None:
        return value
    start, end = date.fromisoformat(value.start[:10]), date.fromisoformat(value.end[:10])
    for index in (first, first - 1):
        word = reading.tokens[index].lower if index >= 0 else ""
        earlier = word in word_set(language, "questions", "words", "earlier")
        if earlier or word in word_set(language, "questions", "words", "later"):
            reading.take(index, index + 1, "time")
            bounds = (None, start - _DAY) if earlier else (end + _DAY, None)
            shown = [bound.isoformat() if bound else None for bound in bounds]
            return value.model_copy(update={"start": shown[0], "end": shown[1]})
    return value


# --- what they amount to ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Composer:
    """Put the pieces of a question together."""

    language: str
    reading: _Reading
    names: tuple[NameFound, ...]
    asks: tuple[int, int, str] | None
    acts: list[tuple[int, int, str]]
    listed: set[str]
    roles: list[tuple[int, int, str]]
    groups: list[tuple[str, str]]

    def asked(self, names: Names) -> Asked:
        frames = frozenset(frame for _, _, frame in self.acts)
        key = self.asks[2] if self.asks else "whether"
        kind = self._kind(key, frames)
        parties, role = self._parties(names, kind)
        asked = Asked(self.language, kind, frames=frames - {_SPEAKING, _DIFFERING}, role=role)
        asked = replace(
            asked, order="first" if "first" in self.listed else "", planned="planned" in self.listed
        )
        if "last" in self.listed and kind != "how_long":
            asked = replace(asked, order="last")
        if kind == "said":
            return self._speech(asked, parties)
        if kind in ("identity", "role", "differ", None):
            return replace(asked, parties=tuple(parties))
        return self._sides(asked, parties, key, names)

    def _kind(self, key: str, frames: frozenset[str]) -> Kind | None:
        if _DIFFERING in frames:
            return "differ"
        acts = frames - {_SPEAKING}
        if _SPEAKING in frames and key in ("what", "who", "who_acts", "whether"):
            return "said"
        if key in ("who", "who_acts", "who_gets") and acts:
            return "who"
        if key in ("who", "who_acts") and not frames:
            return "role" if self.roles and not self._bare_names() else "identity"
        if key == "what":
            if not frames and "post" in self.listed:
                return "identity"
            return "who" if acts and _SPEAKING not in frames else None
        if key == "how_long" and not acts and not frames:
            return "how_long" if "lasting" in self.listed else None
        if key in ("when", "where", "how_often", "how_long", "whether"):
            found: dict[str, Kind] = {
                "when": "when",
                "where": "where",
                "how_often": "how_often",
                "how_long": "how_long",
                "whether": "whether",
            }
            return found[key] if acts else None
        return None

    def _bare_names(self) -> list[NameFound]:
        """Give the names that own no post of the question: in "Putin's adviser" Putin is not asked about."""
        return [name for name in self.names if self._post_of(name) is None]

    def _post_of(self, name: NameFound) -> tuple[int, int, str] | None:
        """Give the post that a name in the question owns: "Putin's adviser", "the president of Russia"."""
        of = frozenset(
            form
            for key in ("of", "in", "from", "for", "to")
            for form in word_set(self.language, "text", "prepositions", key)
        )
        for role in self.roles:
            beside = role[0] == name.last or (name.owner and role[1] == name.first)
            if (name.owner or name.adjective) and beside:
                return role
            between = [token.lower for token in self.reading.tokens[role[1] : name.first]]
            articles = word_set(self.language, "text", "determiners")
            inner = between[1:] if between and between[0] in of else between  # "der Trainer der Lakers"
            if between and all(word in articles for word in inner):
                return role
        return None

    def loose_posts(self) -> set[int]:
        """Give the words of posts that say of no name who it is: "when did the president meet Kim"."""
        owned = {self._post_of(name) for name in self.names}
        beside = {index for name in self.names for index in (name.first, name.last)}
        return {
            index
            for role in self.roles
            if role not in owned and role[1] not in beside and role[0] not in beside
            for index in range(role[0], role[1])
        }

    def _parties(self, names: Names, kind: Kind | None) -> tuple[list[Party], str]:
        """Give who is named, a post and its owner standing for the holder; and the post that is asked for."""
        found: list[Party] = []
        wanted = ""
        for name in self.names:
            if self.reading.taken.get(name.first) != "name":
                continue
            post = self._post_of(name)
            if post is not None and kind == "role":
                wanted = post[2]
            elif post is not None:
                holders = names.holders(post[2], name.ids)
                beside = next((other for other in self.names if other.first == post[1]), None)
                if beside is not None and (not holders or set(holders) & set(beside.ids)):
                    continue  # "Russlands president Vladimir Putin": the name alone says who
                text = f"{name.text} {post[2]}"
                found.append(Party(text, holders, first=min(name.first, post[0])))
                continue
            elif name.adjective:
                continue
            found.append(Party(name.text, name.ids, first=name.first))
        if kind == "role" and not wanted and self.roles:
            wanted = self.roles[0][2]
        return found, wanted

    def _before(self, party: Party) -> str:
        """Give the word before a party, articles and posts passed over."""
        index = party.first - 1
        passed = word_set(self.language, "text", "determiners") - self._set("by", "about", "to", "at")
        while index >= 0 and (
            self.reading.tokens[index].lower in passed or self.reading.taken.get(index) == "role"
        ):
            index -= 1
        return self.reading.tokens[index].lower if index >= 0 else ""

    def _addressed(self, party: Party) -> bool:
        """Tell whether "to" follows the speaker or the verb: "trust to somebody" addresses nobody."""
        index = party.first - 1
        while index > 0 and self.reading.tokens[index].lower not in self._set("to"):
            index -= 1
        return self.reading.taken.get(index - 1, "") in ("name", f"act {_SPEAKING}")

    def _passive(self, verb: int) -> bool:
        """Tell whether the act is told in the passive: "when was he arrested"."""
        helpers = word_set(self.language, "questions", "words", "passive")
        return any(token.lower in helpers for token in self.reading.tokens[: max(verb, 0)])

    def _set(self, *keys: str) -> frozenset[str]:
        return frozenset(form for key in keys for form in word_set(self.language, "questions", "words", key))

    def _speech(self, asked: Asked, parties: Sequence[Party]) -> Asked:
        """Tell who speaks, to whom, and about what."""
        speakers: list[Party] = []
        topics: list[Party] = []
        addressee: Party | None = None
        verb = min((first for first, _, frame in self.acts if frame == _SPEAKING), default=0)
        for party in parties:
            before = self._before(party)
            if before in self._set("about") and (speakers or party.first > verb):
                topics.append(party)
            elif before in self._set("to") and self._addressed(party):
                addressee = party
            elif not speakers and not topics:
                speakers.append(party)
            else:
                topics.append(party)
        if not speakers:
            speakers = [Party(text, (identifier,)) for text, identifier in self.groups]
        return replace(asked, parties=tuple(speakers), topics=tuple(topics), addressee=addressee)

    def _sides(self, asked: Asked, parties: Sequence[Party], key: str, names: Names) -> Asked:
        """Tell who acts, to whom it is done, and what is only the place."""
        places = [p for p in parties if self._before(p) in self._set("at") and names.is_place(p.ids)]
        people = [party for party in parties if party not in places]
        acts = [first for first, _, frame in self.acts if frame not in (_SPEAKING, _DIFFERING)]
        verb = acts[0] if acts else -1
        by = [party for party in people if self._before(party) in self._set("by")]
        sided: list[Party] = []
        for number, party in enumerate(people):
            side: Side = "either"
            if by:
                side = "actor" if party in by else "recipient"
            elif len(people) > 1:
                side = "actor" if number == 0 else "recipient"
            elif key == "who_acts" or self._passive(verb):
                side = "recipient"
            elif key == "who" and bool(word_list(self.language, "speech")["verb_final"]):
                side = "either"  # only the case of the question word would tell
            elif key in ("who_gets", "what") or (verb >= 0 and party.first < verb):
                side = "actor"
            elif key == "who":
                verb_second = bool(word_list(self.language, "questions")["verb_second"])
                finite = verb == (self.asks[1] if self.asks else 0)
                side = "either" if verb_second and finite else "recipient"
            sided.append(replace(party, side=side))
        return replace(asked, parties=tuple(sided), places=tuple(places))
