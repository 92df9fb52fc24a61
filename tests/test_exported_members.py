"""The public names of the package are pinned: adding or dropping one is a decision, not an accident."""

import subprocess
import sys

import tidende


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


def test_every_public_name_is_there_and_says_what_it_is():
    for name in tidende.__all__:
        assert getattr(tidende, name).__doc__, name


def test_another_name_is_an_attribute_error():
    assert not hasattr(tidende, "no_such_thing")


def test_importing_the_package_costs_nothing():
    code = "import sys, tidende; print(sorted({'pydantic', 'numpy', 'typer', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
