"""The documentation names every field, option, word list and dependency there is, and none that is not."""

import re
import tomllib
from pathlib import Path

import pytest
import typer.main

from tidende import cli, ledgers, records
from tidende.answers import asking, changes, dossiers, page

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

MODELS = {
    name: model
    for name, model in vars(records).items()
    if isinstance(model, type) and issubclass(model, records.Model) and model is not records.Model
}
INTERNAL = {"Reading"}
ANSWERS = {
    name: model
    for room in (asking, changes, dossiers, page, ledgers)
    for name, model in vars(room).items()
    if isinstance(model, type) and issubclass(model, records.Model) and model.__module__ == room.__name__
}


def sections(path):
    """Give the text under each heading of the second level."""
    parts = re.split(r"(?m)^## ", path.read_text(encoding="utf-8"))[1:]
    return {part.split("\n", 1)[0].strip(): part for part in parts}


def first_cells(text):
    """Give the code words in the first cell of each table row."""
    rows = re.findall(r"(?m)^\| (.*?) \|", text)
    return {word for row in rows for word in re.findall(r"`([^`]+)`", row)}


@pytest.mark.parametrize("name", sorted(set(MODELS) - INTERNAL))
def test_every_field_of_the_record_is_explained(name):
    assert first_cells(sections(DOCS / "reference" / "record.md")[name]) == set(MODELS[name].model_fields)


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_field_of_an_answer_is_explained(name):
    told = first_cells(sections(DOCS / "reference" / "answers.md")[name])
    assert told == set(ANSWERS[name].model_fields)


def test_every_option_is_explained():
    commands = typer.main.get_command(cli.app).commands
    told = sections(DOCS / "reference" / "cli.md")
    for name, command in commands.items():
        (text,) = [text for title, text in told.items() if title.startswith(f"`tidende {name}")]
        options = {option for p in command.params for option in p.opts if option.startswith("--")}
        named = {word.split()[0] for word in first_cells(text)} - {"--help"}
        assert named == options, name


def test_every_word_list_is_explained():
    named = first_cells((DOCS / "how-to" / "add-a-language.md").read_text(encoding="utf-8"))
    assert named == {path.name for path in (ROOT / "src" / "tidende" / "languages" / "en").glob("*.toml")}


def test_every_dependency_has_its_line():
    wanted = [
        *PROJECT["dependencies"],
        *(d for extra in PROJECT["optional-dependencies"].values() for d in extra),
    ]
    named = first_cells((DOCS / "dependencies.md").read_text(encoding="utf-8"))
    assert named == {re.split(r"[<>=~!\[; ]", dependency)[0] for dependency in wanted}


def test_every_page_is_reached():
    reached = set(re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    assert reached == {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}


def test_links_lead_somewhere():
    pages = [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
    for written in pages:
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", written.read_text(encoding="utf-8")):
            if "://" not in link:
                assert (written.parent / link).exists(), f"{written.name}: {link}"


def test_data_from_elsewhere_names_its_source():
    folders = {path.parent for path in (ROOT / "src" / "tidende").rglob("*.tsv")}
    assert folders
    for folder in folders:
        papers = (folder / "ATTRIBUTION.md", folder / "README.md")
        told = "".join(path.read_text(encoding="utf-8") for path in papers if path.exists())
        files = {path.name for path in folder.iterdir() if path.suffix in (".tsv", ".txt")}
        assert {name for name in files if f"`{name}`" not in told} == set()
