"""The words of a printed record in the reader's language: labels, dates, lengths, names of roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from tidende.errors import LanguageError, UsageError
from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.records import DateValue, Duration

_MARKS = "„“”»«"
_MINUTES = {"day": 1440, "hour": 60, "minute": 1}


def check_language(language: str) -> None:
    """Raise `UsageError` for a language that records are not printed in."""
    if language not in READ_IN_FULL:
        known = ", ".join(READ_IN_FULL)
        raise UsageError(f"no output in language {language!r} (there is: {known})")


class Words:
    """Give every label, template and value in one language.

    Raise `UsageError` for a language that records are not printed in.
    """

    def __init__(self, language: str) -> None:
        check_language(language)
        self.language = language
        self._templates = word_list(language, "render")
        self._roles = _optional(language, "roles")
        self._themes = _optional(language, "themes")

    def table(self, name: str) -> Mapping[str, Any]:
        """Give one table of the print's word list."""
        table: Mapping[str, Any] = self._templates[name]
        return table

    def say(self, table: str, key: str, /, **values: object) -> str:
        """Fill one template."""
        return str(self._templates[table][key]).format(**values)

    def phrase(self, key: str, /, **values: object) -> str:
        """Fill a template of the table `phrases`."""
        return self.say("phrases", key, **values)

    def label(self, table: str, key: str) -> str:
        """Give a label, or the key itself in plain words where the list has none."""
        found = self._templates[table].get(key)
        return str(found) if found is not None else key.replace("_", " ")

    def has(self, table: str, key: str) -> bool:
        """Tell whether a table of the print's word list has a key."""
        return key in self._templates[table]

    def quoted(self, text: str) -> str:
        """Put text in quotation marks; where one of these stands within, all become the lesser ones."""
        marks = self._templates["marks"]
        outer, inner = (marks["open"], marks["close"]), marks["inner"]
        within, opened = [], False
        clash = any(character in outer for character in text)
        for character in text:  # »these«, „these“ and «these» open and close by turns, whatever mark it is
            opened ^= character in _MARKS
            within.append(inner[not opened] if clash and character in (*_MARKS, *outer) else character)
        return f"{marks['open']}{''.join(within)}{marks['close']}"

    def joined(self, names: Sequence[str]) -> str:
        """Join names as in a sentence: "A, B and C"."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self._templates['marks']['and']} {names[-1]}"

    def role(self, key: str, of: str | None = None, *, woman: bool = False) -> str:
        """Give the label of a role or kinship key, with its qualifier where it carries one ("former ...").

        `of` is whose post it is: some states, and states at all, have a word of their own. A woman's post
        is said as hers.
        """
        head, _, rest = key.partition(" ")
        qualifiers = self._templates["qualifiers"]
        if head in qualifiers and self._role_form(key) is None:
            forms, post = qualifiers[head], self.role(rest, of, woman=woman)
            return str(forms if isinstance(forms, str) else forms[woman]).format(post=post)
        posts = self._templates["posts"]
        own = posts.get(f"{key} {of}")
        if own is None and not woman and of in _optional(self.language, "countries").get("names", {}):
            own = posts.get(f"{key} state")
        hers = self._templates["women"].get(key) if woman else None
        return str(own or hers or self._role_form(key) or key.replace("_", " "))

    def _role_form(self, key: str) -> str | None:
        found = _first_form(self._roles.get("roles"), key)
        return found if found is not None else _first_form(self._roles.get("kin"), key)

    def is_group(self, label: str) -> bool:
        """Tell whether a label is one of several people or a body, not of one person by his post."""
        return label in self._templates["groups"] or label in self._roles.get("groups", {})

    def broader(self, role: str) -> Sequence[str]:
        """Give the posts that a post is told as less exactly: a president is a leader."""
        found: Sequence[str] = _optional("common", "roles").get("is_a", {}).get(role, ())
        return found

    def group(self, label: str) -> str:
        """Give the label of an unnamed group or person by its English label, which may be a post."""
        return _first_form(self._roles.get("groups"), label) or self.role(label)

    def proper(self, identifier: str, name: str) -> str | None:
        """Give the language's own name of a country, body or region, None where no list has it."""
        printed = _optional(self.language, "countries")
        country = printed.get("names", {}).get(identifier)
        if country is not None:
            return str(country)
        lists = _optional(self.language, "names")
        for table in ("metonym", "body", "region"):
            for row in lists.get(table, ()):
                if row.get("name") == name and row.get("forms"):
                    return str(row["forms"][0])
        body = printed.get("bodies", {}).get(identifier)
        return None if body is None else str(body)

    def theme(self, key: str) -> str:
        """Give the label of a theme or outcome key from the language's themes, else the key."""
        for table in self._themes.values():
            found = _first_form(table, key)
            if found is not None:
                return found
        return self.label("values", key)

    def time(self, value: DateValue, *, weekday: bool = False) -> str:
        """Render a time; one that could not be anchored is given in the words of the article."""
        start, end = _day(value.start), _day(value.end)
        if start is None and end is None:
            return self.quoted(value.text) if value.text.strip() else "–"
        if start is None:
            return self.phrase("until", date=self._date(end))
        if end is None:
            return self.phrase("since", date=self._date(start))
        if start == end:
            clock = (value.start or "")[11:16]
            if value.precision == "minute" and clock:
                return self.say("dates", "minute", date=self._date(start), time=clock)
            return self._date(start, weekday=weekday)
        if start.year == end.year and _opens_year(start) and _closes_year(end):
            return str(start.year)
        if _opens_year(start) and _closes_year(end):
            return f"{start.year}–{end.year}"
        if value.precision == "month" and (start.year, start.month) == (end.year, end.month):
            return self.say("dates", "month", month=self._month(start), year=start.year)
        return self._range(start, end)

    def _range(self, start: date, end: date) -> str:
        """Say month and year once where both days share them: "21–30 April 2019"."""
        if start.year != end.year:
            return f"{self._date(start)} – {self._date(end)}"
        if start.month != end.month:
            first = self.say("dates", "day_month", day=start.day, month=self._month(start))
            return f"{first} – {self._date(end)}"
        return f"{self.say('dates', 'day_only', day=start.day)}–{self._date(end)}"

    def year(self, value: DateValue) -> str:
        """Render the year or years of a time, "" where it has none."""
        years = sorted({day.year for day in (_day(value.start), _day(value.end)) if day})
        return "–".join(str(year) for year in years)

    def day(self, text: str) -> str:
        """Render an ISO date, "" if it is none."""
        return self._date(_day(text))

    def home(self, language: str) -> Sequence[str]:
        """Give the ids of the countries where a language is the one that officials speak."""
        if language not in READ_IN_FULL:
            return ()
        countries: Sequence[str] = word_list(language, "render")["home"]["countries"]
        return countries

    def _date(self, day: date | None, *, weekday: bool = False) -> str:
        if day is None:
            return ""
        key = "weekday_day" if weekday else "day"
        name = self._templates["dates"]["weekdays"][day.weekday()]
        return self.say("dates", key, weekday=name, day=day.day, month=self._month(day), year=day.year)

    def _month(self, day: date) -> str:
        return str(self._templates["dates"]["months"][day.month - 1])

    def duration(self, value: Duration, *, brief: bool = False) -> str:
        """Render a length of time; an open bound is said as "at least" or "at most".

        Bounds that lie close about a round length are said as "about 2 hours", with the bounds
        in brackets unless it is to be `brief`.
        """
        low, high = value.min_minutes, value.max_minutes
        if low is None and high is None:
            return self.quoted(value.text) if value.text.strip() else "–"
        bounds = [bound for bound in (low, high) if bound is not None]
        unit = _unit(bounds)
        numbers = [self._number(bound / _MINUTES[unit]) for bound in bounds]
        one, many = self._templates["units"][unit]
        shown = numbers[0] if len(set(numbers)) == 1 else "–".join(numbers)
        text = f"{shown} {one if shown == '1' else many}"
        if low is None:
            return self.phrase("at_most", value=text)
        if high is None:
            return self.phrase("at_least", value=text)
        middle = _round_length(low, high)
        if middle is None:
            return text
        about = self.phrase(
            "about", value=self.duration(Duration(min_minutes=middle, max_minutes=middle, text=""))
        )
        return about if brief else f"{about} ({text})"

    def _number(self, value: float) -> str:
        shown = f"{value:.1f}".removesuffix(".0")
        return shown.replace(".", str(self._templates["marks"]["decimal"]))

    def number(self, value: float) -> str:
        """Render a number with the language's decimal mark."""
        shown = f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
        return shown.replace(".", str(self._templates["marks"]["decimal"]))


def pronoun(language: str, word: str) -> str:
    """Give "he" or "she" for a word in lower case that stands for one person, "" for any other word."""
    return _pronouns(language).get(word, "")


def is_womans(language: str, post: str) -> bool:
    """Tell whether a post is printed by a word for women alone: "spokeswoman", "Ministerin"."""
    endings = _optional(language, "render").get("womans", {}).get("endings", ())
    return post.casefold().endswith(tuple(endings))


@cache
def _pronouns(language: str) -> Mapping[str, str]:
    table = _optional(language, "text").get("pronouns", {})
    return {form.casefold(): key for key in ("he", "she") for form in table.get(key, ())}


def _optional(language: str, name: str) -> Mapping[str, Any]:
    """Give a word list that the print can do without; keys then stand for themselves."""
    try:
        return word_list(language, name)
    except LanguageError:
        return {}


def _first_form(table: object, key: str) -> str | None:
    """Give the dictionary form of a key: the first of its forms, or its `label`."""
    if not isinstance(table, Mapping):
        return None
    found = table.get(key)
    if isinstance(found, Mapping):
        found = found.get("label") or found.get("forms")
    if isinstance(found, str):
        return found or None
    if isinstance(found, list) and found and isinstance(found[0], str):
        return str(found[0])
    return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _opens_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _closes_year(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _round_length(low: float, high: float) -> float | None:
    """Give the whole number of hours that bounds a quarter apart or less lie about, None without one."""
    if not 0 < low < high <= low * 1.34:
        return None
    whole = (bound for bound in (high, (low + high) / 2, low) if bound >= 60 and bound % 60 == 0)
    return next(whole, None)


def _unit(bounds: Sequence[float]) -> str:
    """Choose the unit that says all bounds in round numbers, minutes where none does."""
    for unit, minutes in _MINUTES.items():
        if all(bound >= minutes and bound % minutes == 0 for bound in bounds):
            return unit
    longest = max(bounds)
    return "day" if longest >= 4320 else "hour" if longest > 600 else "minute"
