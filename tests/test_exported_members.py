"""The public names of the package are pinned: adding or dropping one is a decision, not an accident."""

import importlib
import subprocess
import sys

import pytest

import tidende
from tidende import export


def test_the_public_names():
    assert tidende.__all__ == [
        "Article",
        "Claim",
        "Desk",
        "Entity",
        "Event",
        "Evidence",
        "InputError",
        "Ledger",
        "Quote",
        "Record",
        "Role",
        "TidendeError",
        "brief",
        "ledger",
        "read",
        "read_articles",
    ]


def test_the_public_names_of_export():
    assert export.__all__ == ["FORMATS", "export"]
    assert export.FORMATS == (
        "csv",
        "ftm",
        "ics",
        "jsonl",
        "jsonld",
        "ninjs",
        "parquet",
        "plover",
        "turtle",
    )


@pytest.mark.parametrize(
    ("home", "names"),
    [
        ("tidende.export.alerts", ["Rule", "find_alerts", "load_rules", "write_feed", "write_lines"]),
        ("tidende.ingest.fetch", ["Fetched", "Fetcher", "Limits", "Validators"]),
        ("tidende.ingest.plan", ["Feed", "Plan", "WatchState", "load_plan"]),
        ("tidende.scale", ["Limits", "add_corpus", "connected", "read_corpus", "stream"]),
        ("tidende.ingest.watch", ["Polled", "make_fetcher", "poll", "watch"]),
    ],
)
def test_the_names_that_the_guides_use(home, names):
    module = importlib.import_module(home)
    for name in names:
        assert getattr(module, name).__doc__, name


def test_every_public_name_is_there_and_says_what_it_is():
    for name in tidende.__all__:
        assert getattr(tidende, name).__doc__, name


def test_another_name_is_an_attribute_error():
    assert not hasattr(tidende, "no_such_thing")


def test_importing_the_package_costs_nothing():
    code = "import sys, tidende; print(sorted({'pydantic', 'numpy', 'typer', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
