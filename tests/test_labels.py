"""No label is kept that nothing prints."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from tidende.coverage import Stand
from tidende.languages.lists import word_list

PACKAGE = Path(__file__).parent.parent / "src" / "tidende"
STANDS = set(get_args(Stand))


def source(*folders: str) -> str:
    paths = [
        path
        for folder in folders
        for path in (PACKAGE / folder).rglob("*")
        if path.suffix in (".py", ".html")
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths))


def is_quoted(key: str, text: str) -> bool:
    return re.search(rf"""["']{re.escape(key)}["']""", text) is not None


def test_the_page_says_every_word_of_its_list():
    text = source("web") + source("filing", "store")  # they tell by what a thing was found
    for key in word_list("en", "web")["page"]:
        assert is_quoted(key, text) or is_quoted(re.sub("_(one|many)$", "", key), text), key


@pytest.mark.parametrize("table", ["brief", "headings"])
def test_every_label_of_a_table_is_asked_for_by_name(table: str):
    text = source("render", "answers", "web")
    asked = set(re.findall(rf"""\(\s*["']{table}["'],\s*["'](\w+)["']""", text))
    passed = set(re.findall(r"""_section\(view, ["'](\w+)["']""", text))
    assert set(word_list("en", "render")[table]) - (STANDS if table == "brief" else passed) == asked - passed


@pytest.mark.parametrize("table", ["marks", "lead", "clauses", "phrases", "why", "dates"])
def test_every_phrase_is_named_where_it_is_printed(table: str):
    text = source("render", "answers", "web")
    made = {f"as_of_{stage}" for stage in ("before", "during", "after")}
    made |= {f"suffered_{modality}" for modality in ("planned", "possible", "denied")}
    for key in word_list("en", "render")[table]:
        assert is_quoted(key, text) or key in made, key


def test_every_value_is_one_that_is_read():
    lists = word_list("en", "events")
    read = {"true", "false", *(key for table in ("format", "outcome", "part") for key in lists[table])}
    assert set(word_list("en", "render")["values"]) == read
