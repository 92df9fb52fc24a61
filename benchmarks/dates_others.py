"""Labelled times of others, as far as their categories fit news: duckling, recognizers-text, MEANTIME."""

from __future__ import annotations

import csv
import json
import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from dates_set import LANGUAGES, Row

_GRAINS = ("day", "week", "month", "quarter", "year")
_RECOGNIZERS = {"sv": "Swedish", "en": "English", "de": "German"}
_DUCKLING_DAY = date(2013, 2, 12)
_VALUE = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|Q(\d)|W(\d\d)|(SP|SU|FA|WI)))?(?:T\w*)?")
_TIED = re.compile(r"[,.;:!?)%]$|'(?:s|ve|re|ll|d)$|n't$")
_PART = re.compile(r"\b(?:early|late|mid|beginning|start|end)\b", re.I)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9}


def end_of(start: date, grain: str) -> date:
    """Give the last day of a calendar unit that begins on a day."""
    if grain == "week":
        return start + timedelta(days=6)
    if grain == "day":
        return start
    months = {"month": 1, "quarter": 3, "season": 3, "year": 12}[grain]
    year, month = divmod(start.year * 12 + start.month - 2 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _row(name: str, language: str, published: date, text: str, times: list[dict[str, Any]]) -> Row:
    return Row(name, language, published, "test", text, tuple(times), ())


def _time(start: int, end: int, text: str, *values: tuple[date, date]) -> dict[str, Any]:
    spans = [[a.isoformat(), b.isoformat()] for a, b in values]
    return {"start": start, "end": end, "text": text, "values": spans}


def duckling(shared: Path) -> Iterator[Row]:
    """Yield what duckling tests: chat, where a bare weekday is the next one; the one before is right too."""
    path = shared / "data" / "time" / "duckling" / "duckling-time.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            if row["lang"] not in LANGUAGES or row["type"] not in ("instant", "interval") or row["note"]:
                continue
            if row["grain"] not in _GRAINS:
                continue
            try:
                start = datetime.fromisoformat(row["start"]).date()
            except ValueError:  # three rows of the source are no dates
                continue
            grain = row["grain"]
            end = end_of(start, grain)
            if row["type"] == "interval":
                end = datetime.fromisoformat(row["end"]).date() - timedelta(days=1)
            text = row["expression"]
            values = [(start, end)]
            if grain == "day" and start == end and not re.search(r"\d", text):
                values += [(start - timedelta(days=7), end - timedelta(days=7))]
            yield _row(
                f"duckling:{number}", row["lang"], _DUCKLING_DAY, text, [_time(0, len(text), text, *values)]
            )


def recognizers(shared: Path) -> Iterator[Row]:
    """Yield the sentences of recognizers-text that hold a day; its past and future value are right."""
    for language, name in _RECOGNIZERS.items():
        path = shared / "data" / "time" / "recognizers-text" / f"{name}.DateParser.json"
        for number, case in enumerate(json.loads(path.read_text(encoding="utf-8-sig"))):
            base = datetime.fromisoformat(case["Context"]["ReferenceDateTime"]).date()
            times = []
            for result in case["Results"]:
                told = [result["Value"].get(f"{side}Resolution") or {} for side in ("Future", "Past")]
                days = sorted({str(one["date"]) for one in told if "date" in one})
                spans = [(date.fromisoformat(day), date.fromisoformat(day)) for day in days]
                start, end = result["Start"], result["Start"] + result["Length"]
                times.append(_time(start, end, result["Text"], *spans))
            if times:
                yield _row(f"recognizers:{number}", language, base, case["Input"], times)


def meantime(shared: Path) -> Iterator[Row]:
    """Yield the English documents of MEANTIME with the dates that its annotators resolved."""
    folder = shared / "data" / "events" / "meantime-en" / "intra_cross-doc_annotation"
    for path in sorted(folder.glob("*/*.xml")):
        root = ElementTree.parse(path).getroot()
        text, places, sentence = "", {}, "0"
        for token in root.iter("token"):
            word = token.text or ""
            if text and token.get("sentence") != sentence:
                text += "\n"
            elif text and not _TIED.match(word) and not text.endswith(("(", "$", "`")):
                text += " "
            sentence = token.get("sentence") or "0"
            places[token.get("t_id")] = (len(text), len(text) + len(word))
            text += word
        published, times = None, []
        for timex in root.iter("TIMEX3"):
            spans = [places[anchor.get("t_id")] for anchor in timex.iter("token_anchor")]
            value = _VALUE.fullmatch(timex.get("value") or "")
            if timex.get("functionInDocument") == "CREATION_TIME" and value:
                published = _resolved(value)[0]
            if not spans:
                continue
            start, end = spans[0][0], spans[-1][1]
            gold = _time(start, end, text[start:end])
            if timex.get("type") == "DATE" and value:
                first, last = (day.isoformat() for day in _resolved(value))
                gold["values"] = [[first, last]]
                if text[:start].lower().rstrip().endswith("since") and published:
                    gold["values"].append([first, published.isoformat()])  # theirs is the point alone
                if _PART.search(gold["text"]):
                    gold["within"] = True  # theirs is the whole month or year
            else:
                gold["optional"] = True
            times.append(gold)
        if published:
            yield _row(f"meantime:{path.stem}", "en", published, text, times)


def _resolved(value: re.Match[str]) -> tuple[date, date]:
    year, month, day, quarter, week, season = value.groups()
    if day:
        return (date(int(year), int(month), int(day)),) * 2
    if week:
        start = date.fromisocalendar(int(year), int(week), 1)
        return start, end_of(start, "week")
    if season == "WI":
        return date(int(year) - 1, 12, 1), end_of(date(int(year) - 1, 12, 1), "season")
    first = int(month or 0) or (int(quarter) * 3 - 2 if quarter else _SEASONS.get(season, 1))
    grain = "month" if month else "quarter" if quarter else "season" if season else "year"
    start = date(int(year), first, 1)
    return start, end_of(start, grain)


SETS = {"duckling": duckling, "recognizers-text": recognizers, "MEANTIME": meantime}
