"""Find every time, length and number of an article: templates first, the longest match wins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from tidende.dates import clauses, measures, values
from tidende.dates.grammar import Grammar, Match, Matcher, grammar
from tidende.dates.measures import Count
from tidende.dates.numerals import Amount, Phrase, approximate, follows, phrase
from tidende.dates.tense import Tenses
from tidende.dates.tokens import BROKEN, TIGHT, Piece, cut
from tidende.dates.types import Approximation, Length, Number, Time, Timeline
from tidende.dates.values import Anchor, Interval
from tidende.languages.lists import word_list
from tidende.parse.types import Name, Parsed, Sentence
from tidende.records import DateValue, Duration

_SILENT = "none"
_YEAR = re.compile(r"(?<![0-9.,:-])(?:1[0-9]|20)[0-9]{2}(?![0-9]|[.,:-][0-9])")
_SENTENCES_BESIDE = 2
_LONGEST_APPROXIMATOR = 3
_NEAR = ("about", "nearly")
_NO_NOUN = frozenset({"PRON", "DET", "AUX", "VERB", "ADP"})
_FIRST_BARE_YEAR = 1800
_FIRST_FUTURE_YEAR = 1950
_LAST_BARE_YEAR = 2050
_BARE = frozenset({"month_bare", "weekday", "year_bare"})
_SINGLE = frozenset({"unit", "unit_earlier", "unit_later", "units_past", "units_next"})
_RANK = ("none", "", "length", "age", "quantity", "frequency", "ordinal", "count", "plain")


@dataclass(frozen=True, slots=True)
class _Hit:
    """One accepted match; `value` is None for words that only look like a time or number."""

    first: int
    last: int
    value: Interval | Amount | Count | None
    match: Match
    approximation: Approximation = ""


@dataclass(frozen=True, slots=True)
class _Words:
    since: tuple[Phrase, ...]
    starts: tuple[Phrase, ...]
    to: tuple[Phrase, ...]
    between: tuple[Phrase, ...]
    joins: tuple[Phrase, ...]
    choices: tuple[Phrase, ...]
    named_for: tuple[Phrase, ...]
    not_before_weekday: frozenset[str]
    before_year: frozenset[str]
    after_year: frozenset[str]
    bare_year: bool
    capital_months: bool
    shy_months: frozenset[str]
    length_before: frozenset[str]
    length_after: frozenset[str]
    plurals: frozenset[str]


@cache
def _words(language: str) -> _Words:
    lists = word_list(language, "calendar")
    numbers = word_list(language, "numbers")

    def phrases(key: str) -> tuple[Phrase, ...]:
        return tuple(phrase(form) for form in lists[key])

    def lowered(forms: Sequence[str]) -> frozenset[str]:
        return frozenset(form.lower() for form in forms)

    return _Words(
        since=phrases("since"),
        starts=phrases("from"),
        to=phrases("to"),
        between=phrases("between"),
        joins=phrases("and"),
        choices=(*phrases("or"), *phrases("and")),
        named_for=phrases("named_for"),
        not_before_weekday=lowered(lists["not_before_weekday"]),
        before_year=lowered(lists["not_before_year"]),
        after_year=lowered(lists["after_year"]),
        bare_year=lists["bare_year"],
        capital_months=lists["months"]["january"][0][0].isupper(),
        shy_months=lowered(lists["shy_months"]),
        length_before=lowered(numbers["length_before"]),
        length_after=lowered(numbers["length_after"]),
        plurals=lowered(lists["plural_units"]),
    )


def tag(parsed: Parsed, *, published: date | None) -> Timeline:
    """Find the times, lengths and numbers of an article.

    A bare weekday is the nearest one not after `published`, unless its clause looks ahead; a date
    without a year takes the year that brings it nearest to `published`. Without `published`,
    relative times keep their words and say why they have no value. Raise `LanguageError` where
    the language has no calendar.
    """
    rules = grammar(parsed.language)
    words = _words(parsed.language)
    years = _Years(parsed, published)
    times: list[Time] = []
    lengths: list[Length] = []
    numbers: list[Number] = []
    earlier: list[Amount] = []
    for sentence in parsed.sentences:
        source = parsed.source(sentence.part)
        pieces = cut(source, sentence.start, sentence.end, parsed.language)
        names = [name for name in parsed.names if name.sentence == sentence.index]
        reader = _Reader(
            language=parsed.language,
            rules=rules,
            words=words,
            pieces=pieces,
            names=names,
            anchor=Anchor(published, told=years.told, year=years.beside(sentence.index)),
            sentence=sentence,
            earlier=earlier,
        )
        hits = reader.hits()
        earlier = [hit.value for hit in hits if isinstance(hit.value, Amount)]
        years.note(hits, sentence.index)
        for hit in hits:
            start, end = pieces[hit.first].start, pieces[hit.last - 1].end
            text = source[start:end]
            where = (sentence.part, start, end, sentence.index)
            governor = reader.tenses.governor(start, end)
            if isinstance(hit.value, Interval):
                times.append(
                    Time(
                        *where,
                        _date_value(hit.value, text),
                        hit.value.why,
                        anchor=hit.value.anchor,
                        approximation=hit.approximation,
                        governor=governor,
                    )
                )
            elif isinstance(hit.value, Amount):
                value = Duration(min_minutes=hit.value.minimum, max_minutes=hit.value.maximum, text=text)
                lengths.append(Length(*where, value, hit.approximation, governor))
            elif isinstance(hit.value, Count):
                count = hit.value
                numbers.append(
                    Number(
                        *where,
                        count.kind,
                        count.minimum,
                        count.maximum,
                        count.unit,
                        count.noun,
                        approximation=hit.approximation,
                        governor=governor,
                    )
                )
    return Timeline(tuple(times), tuple(lengths), tuple(numbers))


def _date_value(found: Interval, text: str) -> DateValue:
    return DateValue(
        start=found.start.isoformat() if found.start else None,
        end=found.end.isoformat() if found.end else None,
        precision=found.precision,
        text=text,
    )


class _Years:
    """Remember which years an article tells, for days and months that it gives without one.

    Where nobody knows when it was published, a day or month takes the year of a full date in the same
    sentence or the two before, if the article tells of that one year only.
    """

    def __init__(self, parsed: Parsed, published: date | None) -> None:
        self.told: dict[tuple[int, int], int] = {}
        self._last: tuple[int, int] | None = None
        text = f"{parsed.article.title or ''}\n{parsed.article.text}"
        self._only = published is None and len(set(_YEAR.findall(text))) == 1

    def beside(self, sentence: int) -> int | None:
        """Give the year that a day without one takes in a sentence, None for none."""
        if not self._only or self._last is None or sentence - self._last[1] > _SENTENCES_BESIDE:
            return None
        return self._last[0]

    def note(self, hits: Sequence[_Hit], sentence: int) -> None:
        """Remember the full dates of a sentence."""
        for hit in hits:
            slots = hit.match.slots
            month = slots.get("month") or slots.get("monthnumber")
            if not isinstance(hit.value, Interval) or "year" not in slots or not month:
                continue
            self._last = (slots["year"], sentence)
            if "day" in slots:
                self.told[month, slots["day"]] = slots["year"]


class _Reader:
    """Read one sentence."""

    def __init__(
        self,
        *,
        language: str,
        rules: Grammar,
        words: _Words,
        pieces: Sequence[Piece],
        names: Sequence[Name],
        anchor: Anchor,
        sentence: Sentence,
        earlier: Sequence[Amount] = (),
    ) -> None:
        self._cues = clauses.cues(language)
        self.tenses = Tenses(sentence, pieces, self._cues, language)
        self._rules = rules
        self._words = words
        self._pieces = pieces
        self._names = names
        self._published = anchor.published
        self._base = anchor
        self._earlier = list(earlier)

    def hits(self) -> list[_Hit]:
        """Give what the sentence tells, in order, without overlaps."""
        hits = [hit for match in Matcher(self._rules, self._pieces).matches() if (hit := self._accept(match))]
        taken = [False] * len(self._pieces)
        chosen: list[_Hit] = []
        for hit in sorted(hits, key=self._preference):
            if not any(taken[hit.first : hit.last]):
                taken[hit.first : hit.last] = [True] * (hit.last - hit.first)
                chosen.append(hit)
        chosen.sort(key=lambda hit: hit.first)
        return self._with_approximations(self._with_multiples(self._with_ranges(chosen)))

    def _preference(self, hit: _Hit) -> tuple[int, int, int, int]:
        """Put longer matches first; among equals, silence, then times, lengths and numbers."""
        size = self._pieces[hit.last - 1].end - self._pieces[hit.first].start
        rank = _RANK.index(hit.match.rule if hit.match.rule in _RANK else "")
        return (-size, rank, -len(hit.match.slots), hit.first)

    def _accept(self, match: Match) -> _Hit | None:
        rule, slots = match.rule, match.slots
        first, last = match.first, match.last
        value: Interval | Amount | Count | None = None
        if rule == _SILENT:
            return _Hit(first, last, None, match)
        if values.is_time(rule):
            if not self._is_plausible(match):
                return None
            if "day" in slots and self._before(first, self._words.named_for) is not None:
                return _Hit(first, last, None, match)  # "Straße des 17. Juni" is a street
            value = values.resolve(rule, slots, self._anchor(match))
        elif rule == "length_multiple":
            return _Hit(first, last, Amount(None, None), match)
        elif measures.is_length(rule):
            value = measures.length(slots, self._asks_for_length(first, last))
        elif measures.is_number(rule):
            if rule in ("count", "ordinal", "plain") and self._is_part_of_name(match):
                return None
            value = measures.number(rule, slots, self._pieces, first, last)
        return None if value is None else _Hit(first, last, value, match)

    def _asks_for_length(self, first: int, last: int) -> bool:
        """Tell whether words beside "an hour" make it a length: "for an hour", "an hour-long meeting"."""
        if first > 0 and self._pieces[first - 1].key in self._words.length_before:
            return True
        tied = last + 1 < len(self._pieces) and self._pieces[last].key == "-"
        after = last + tied
        return after < len(self._pieces) and self._pieces[after].key in self._words.length_after

    def _anchor(self, match: Match) -> Anchor:
        if self._published is None or match.rule not in values.DIRECTED:
            return self._base
        pieces = self._pieces
        start, end = pieces[match.first].start, pieces[match.last - 1].end
        read = self.tenses.direction(start, end, nouns=match.rule != "weekday")
        if read in ("", "present"):
            by_words = clauses.direction(pieces, match.first, match.last, self._cues)
            read = by_words if by_words == "future" or not read else read
        return replace(self._base, direction=read)

    def _is_plausible(self, match: Match) -> bool:
        """Refuse words that are more often something else: names, plain numbers, habits."""
        pieces, rule = self._pieces, match.rule
        before = pieces[match.first - 1] if match.first else None
        after = pieces[match.last] if match.last < len(pieces) else None
        if rule in _BARE and self._inside_name(match):
            return False
        if rule == "month" and match.last - match.first == 1 and "year" not in match.slots:
            return self._is_month(match)
        if rule == "season" and self._is_other_word(match):
            return False
        if rule == "weekday":
            return before is None or before.key not in self._words.not_before_weekday
        if rule == "month_bare":
            return self._is_month(match)
        if rule == "year_bare":
            if match.last - match.first > 1:
                return bool(_FIRST_FUTURE_YEAR <= match.slots["year"] <= _LAST_BARE_YEAR)
            return self._is_bare_year(match.slots, before, pieces[match.first], after)
        if rule in _SINGLE and "n" not in match.slots and "weekday" not in match.slots:
            return all(piece.key not in self._words.plurals for piece in pieces[match.first : match.last])
        if rule == "year" and after is not None:
            return not _is_measured(pieces, match.last)
        return True

    def _is_month(self, match: Match) -> bool:
        """Tell whether a bare month is one: some are names of people or verbs too ("May", "August")."""
        pieces = self._pieces[match.first : match.last]
        if self._is_other_word(match):
            return False
        if not any(piece.key in self._words.shy_months for piece in pieces):
            return True
        if len(pieces) > 1 or pieces[0].is_capital != self._words.capital_months:
            return False
        if not self._words.capital_months:
            return True
        start, end = pieces[0].start, pieces[0].end
        return bool(self.tenses.parts_of_speech(start, end)) and not self.tenses.name_tags(start, end)

    def _is_other_word(self, match: Match) -> bool:
        """Tell whether the last word of a match is no noun by the tree ("tillit til vår sikkerhet")."""
        last = self._pieces[match.last - 1]
        return any(tag in _NO_NOUN for tag in self.tenses.parts_of_speech(last.start, last.end))

    def _hangs_free(self, year: Piece) -> bool:
        """Tell whether the tree takes a number for a time, not for the count of a noun."""
        found = self.tenses.relations(year.start, year.end)
        return bool(found) and not {"nummod", "flat", "compound", "dep"} & set(found)

    def _is_bare_year(
        self, slots: Mapping[str, Any], before: Piece | None, year: Piece, after: Piece | None
    ) -> bool:
        if before is None:
            return False
        if not self._words.bare_year:
            plain = bool(_FIRST_FUTURE_YEAR <= slots["year"] <= _LAST_BARE_YEAR)
            return plain and self.tenses.names_one(year.start, year.end)
        if not _FIRST_BARE_YEAR <= slots["year"] <= _LAST_BARE_YEAR:
            return False
        if before.number is not None or not before.is_word or before.key in self._words.before_year:
            return False
        if after is None:
            return True
        if after.is_word:
            return after.key in self._words.after_year or self._hangs_free(year)
        return after.key in '.,;:!?)(…"”“„«»' or (after.key == "-" and after.gap != TIGHT)

    def _is_part_of_name(self, match: Match) -> bool:
        """Tell whether a number belongs to a name ("Four Corners", "Radio 4 Extra")."""
        pieces = self._pieces[match.first : match.last]
        start, end = pieces[0].start, pieces[0].end
        for name in self._names:
            if name.start <= start and end <= name.end and name.end - name.start > end - start:
                return match.first > 0 or pieces[0].number is not None
        return False

    def _inside_name(self, match: Match) -> bool:
        """Tell whether a name goes on after the words ("The Sunday Times")."""
        start, end = self._pieces[match.first].start, self._pieces[match.last - 1].end
        return any(name.start <= start and end < name.end for name in self._names)

    def _with_ranges(self, hits: list[_Hit]) -> list[_Hit]:
        """Join "from A to B" and "between A and B"; open "since A" up to publication."""
        joined: list[_Hit] = []
        index = 0
        while index < len(hits):
            hit = hits[index]
            if isinstance(hit.value, Interval):
                after = hits[index + 1] if index + 1 < len(hits) else None
                merged = self._range(hit, after) if after is not None else None
                if merged is not None:
                    joined.append(merged)
                    index += 2
                    continue
                hit = self._beside(hit, after)
                if isinstance(hit.value, Interval):
                    hit = self._since(hit, hit.value)
            joined.append(hit)
            index += 1
        return joined

    def _beside(self, hit: _Hit, after: _Hit | None) -> _Hit:
        """Give "May" the year of what is joined to it: "May or June 2006"."""
        if after is None or not isinstance(after.value, Interval):
            return hit
        joined = any(
            follows(self._pieces, hit.last, link) and hit.last + len(link) == after.first
            for link in self._words.choices
        )
        found = self._with_year_of(hit, after) if joined else None
        return replace(hit, value=found) if found is not None else hit

    def _range(self, hit: _Hit, after: _Hit) -> _Hit | None:
        if not isinstance(hit.value, Interval) or not isinstance(after.value, Interval):
            return None
        opener = self._before(hit.first, self._words.starts)
        links = self._words.to
        if opener is None:
            opener = self._before(hit.first, self._words.between)
            links = self._words.joins
        dash = self._pieces[hit.last].key == "-" and after.first == hit.last + 1
        if opener is None and not dash:
            return None
        if not dash and not any(
            follows(self._pieces, hit.last, link) and hit.last + len(link) == after.first for link in links
        ):
            return None
        first = self._with_year_of(hit, after)
        if first is None:
            return None
        start, end = first.start, after.value.end
        if (start is None) != (end is None) or (start and end and start > end):
            return None
        begins = hit.first if opener is None else opener
        return _Hit(begins, after.last, Interval(start, end, "period", first.why), hit.match)

    def _with_year_of(self, hit: _Hit, after: _Hit) -> Interval | None:
        """Give the first date the year that only the second one tells ("3 May to 5 May 2018")."""
        assert isinstance(hit.value, Interval)
        yearless = "month" in hit.match.slots and "year" not in hit.match.slots
        if yearless and "year" in after.match.slots:
            slots = {**hit.match.slots, "year": after.match.slots["year"]}
            return values.resolve(hit.match.rule, slots, self._anchor(hit.match))
        return hit.value

    def _since(self, hit: _Hit, value: Interval) -> _Hit:
        first = self._before(hit.first, self._words.since)
        if first is None or (value.start is None and not value.why):
            return hit
        if self._published is not None and value.start is not None and value.start > self._published:
            return hit
        why = value.why or ("" if self._published else values.UNKNOWN_PUBLICATION)
        opened = Interval(value.start, self._published if value.start else None, "period", why)
        return _Hit(first, hit.last, opened, hit.match)

    def _before(self, position: int, phrases: Sequence[Phrase]) -> int | None:
        """Find which of some phrases ends just before a position; give where it begins."""
        for words in phrases:
            first = position - len(words)
            if first >= 0 and self._pieces[position].gap != BROKEN and follows(self._pieces, first, words):
                return first
        return None

    def _with_approximations(self, hits: list[_Hit]) -> list[_Hit]:
        """Note "nearly", "about" and their like; before an exact length or quantity they widen it."""
        found: list[_Hit] = []
        for hit in hits:
            kind, first, inside = self._approximator(hit)
            if not kind or (found and found[-1].last > first):
                found.append(hit)
                continue
            value = hit.value if inside else _widened(hit.value, kind)
            found.append(_Hit(first, hit.last, value, hit.match, kind))
        return found

    def _approximator(self, hit: _Hit) -> tuple[Approximation, int, bool]:
        """Give what kind of approximator stands in or right before a hit, where the two begin, and which."""
        if isinstance(hit.value, Count) and hit.value.kind == "ordinal":
            return "", hit.first, False
        lists = self._rules.numbers.approximators
        for position in range(max(0, hit.first - _LONGEST_APPROXIMATOR), hit.last):
            for kind, end in lists.at(self._pieces, position):
                inside = position >= hit.first and end <= hit.last
                # "over the past year" and "under 2017" do not approximate.
                place = isinstance(hit.value, Interval) and kind not in _NEAR and end - position == 1
                if (inside or end == hit.first) and not place:
                    return kind, min(position, hit.first), inside
        return "", hit.first, False

    def _with_multiples(self, hits: list[_Hit]) -> list[_Hit]:
        """Resolve "twice as long" against the one length after it, else the one other, or leave it out."""
        lengths = [hit for hit in hits if isinstance(hit.value, Amount) and hit.match.rule == "length"]
        resolved: list[_Hit] = []
        for hit in hits:
            if hit.match.rule != "length_multiple":
                resolved.append(hit)
                continue
            after = [other for other in lengths if other.first >= hit.last]
            values = [other.value for other in after or lengths]
            others = [value for value in values if isinstance(value, Amount)] or self._earlier
            amount = measures.multiple(hit.match.slots, others[0]) if len(others) == 1 else None
            if amount is not None:
                resolved.append(_Hit(hit.first, hit.last, amount, hit.match))
        return resolved


def _widened(value: Interval | Amount | Count | None, kind: str) -> Interval | Amount | Count | None:
    """Give an exact length or number its approximation."""
    if not isinstance(value, Amount | Count) or value.maximum is None or value.minimum != value.maximum:
        return value
    amount = approximate(kind, value.maximum)
    return replace(value, minimum=amount.minimum, maximum=amount.maximum)


def _is_measured(pieces: Sequence[Piece], position: int) -> bool:
    """Tell whether a mark after digits makes them a share, a fraction or a score."""
    mark = pieces[position]
    if mark.key in "%‰°":
        return True
    following = pieces[position + 1] if position + 1 < len(pieces) else None
    tied = mark.gap == TIGHT and mark.key in "-:/.," and following is not None and following.gap == TIGHT
    return tied and following is not None and following.number is not None
