"""Read times with dateparser, in an environment of its own: JSON lines in, JSON lines out.

Each line in is {"language", "text", "published", "whole"}; each line out is a list of [start, end, ISO day].
With `whole` the text is one expression, and nothing around it is looked for.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

import dateparser
from dateparser.search import search_dates


def read(row: dict[str, Any]) -> list[list[Any]]:
    """Read one text as well as dateparser can: in its language, news looking back, from its day."""
    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past", "RETURN_AS_TIMEZONE_AWARE": False}
    if row["published"]:
        settings["RELATIVE_BASE"] = datetime.fromisoformat(row["published"])
    text = row["text"]
    if row["whole"]:
        day = dateparser.parse(text, languages=[row["language"]], settings=settings)
        return [[0, len(text), day.date().isoformat()]] if day else []
    found, at = [], 0
    for words, day in search_dates(text, languages=[row["language"]], settings=settings) or []:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            found.append([start, at, day.date().isoformat()])
    return found


def main() -> None:
    """Read standard input."""
    for line in sys.stdin:
        row = json.loads(line)
        try:
            answer = read(row)
        except Exception:  # what it cannot read counts as not read
            answer = []
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
