"""The house: no import runs up or across, nothing heavy is loaded early, no module grows past its idea."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "tidende"
MODULES = sorted(PACKAGE.rglob("*.py"))
FLOORS = (
    {"records", "errors", "rings"},
    {"ingest", "languages", "store", "export", "ledgers", "coverage"},
    {"parse", "render"},
    {"entities", "dates"},
    {"quotes", "stories"},
    {"events", "answers"},
    {"reading"},
    {"filing"},
    {"desk"},
    {"web", "scale"},
    {"cli"},
)
HEAVY = {
    "jinja2",
    "numpy",
    "trafilatura",
    "py3langid",
    "charset_normalizer",
    "rich",
    "lxml",
    "onnxruntime",
    "tokenizers",
    "feedparser",
    "httpcore",
    "warcio",
    "pypdf",
    "docx",
    "pyarrow",
    "followthemoney",
    "dask",
    "fsspec",
    "psutil",
}

NETWORK = {
    "socket",
    "ssl",
    "httpcore",
    "httpx",
    "requests",
    "urllib3",
    "aiohttp",
    "ftplib",
    "urllib.request",
    "http.client",
}

every_module = pytest.mark.parametrize(
    "path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES]
)


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def floor(name):
    return next((i for i, rooms in enumerate(FLOORS) if name in rooms), None)


def rooms_imported(path):
    """Give the rooms that a module imports from, anywhere in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "tidende"
                else [node.module]
            )
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "tidende" and len(parts) > 1:
                yield parts[1]


def loaded_at_once(body):
    """Give the packages that are imported when a module is."""
    for node in body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]
        elif isinstance(node, ast.If | ast.Try | ast.With):
            yield from loaded_at_once(node.body)


def literals(path):
    """Give the string literals of a module that are not docstrings."""
    module = tree(path)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


@every_module
def test_every_room_has_a_floor(path):
    assert room(path) == "__init__" or floor(room(path)) is not None


@every_module
def test_imports_run_down(path):
    here = room(path)
    if here == "__init__":
        return
    for other in rooms_imported(path):
        if other in (here, "__version__"):
            continue
        assert floor(other) is not None, f"{path} imports {other}, which has no floor"
        assert floor(other) < floor(here), f"{here} imports {other}, which does not lie below it"


@every_module
def test_nothing_heavy_is_loaded_before_it_is_needed(path):
    assert not set(loaded_at_once(tree(path).body)) & HEAVY


def test_what_is_imported_is_what_is_asked_for():
    project = tomllib.loads((PACKAGE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [
        *project["dependencies"],
        *extras["formats"],
        *extras["exports"],
        *extras["web"],
        *extras["postgres"],
        *extras["scale"],
    ]
    asked = {re.split(r"[\[<>=]", name)[0].replace("-", "_") for name in wanted}
    imported = {
        name.split(".")[0]
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module])
    }
    # trafilatura needs the cleaner, but its own list of needs reaches it only through an extra of lxml
    # fastapi brings starlette and what that runs threads with, and looks for what reads forms itself
    named = {"docx": "python_docx", "starlette": "fastapi", "anyio": "fastapi"}
    imported = {named.get(name, name) for name in imported - set(sys.stdlib_module_names) - {"tidende"}}
    assert imported == asked - {"lxml_html_clean", "python_multipart"}


@every_module
def test_one_module_opens_addresses(path):
    found = {
        name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module])
    }
    asked = {
        name for name in found if name.split(".")[0] in NETWORK or name in ("urllib.request", "http.client")
    }
    allowed = {"fetch.py": {"httpcore", "ssl"}, "addresses.py": {"socket"}}
    assert asked <= (allowed.get(path.name, set()) if room(path) == "ingest" else set())


@every_module
def test_modules_stay_readable(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 600


@every_module
def test_no_words_of_a_language_in_code(path):
    # Three letters in a row, some in ASCII and some beyond, make a word of some language; fewer are
    # letters to be folded, or a range in a pattern. Comments inside a verbose pattern are comments.
    for line, text in literals(path):
        for word in re.findall(r"[^\W\d_]{3,}", re.sub(r"#.*", "", text)):
            mixed = not word.isascii() and any(letter.isascii() for letter in word)
            assert not mixed, f"{path.name}:{line}: {word!r} belongs in a word list"


@every_module
def test_public_things_say_what_they_do(path):
    module = tree(path)
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name}"


def keys(table, path=""):
    """Give the keys of a table and of the tables in it."""
    for key, value in table.items():
        yield f"{path}{key}"
        # the words of units and scales are keys themselves; territories have only the forms that CLDR lacks,
        # women only the posts that take another word
        if isinstance(value, dict) and path + key not in ("units", "scales", "territories", "women"):
            yield from keys(value, f"{path}{key}.")


def test_languages_have_the_same_files_with_the_same_keys():
    folders = {code: PACKAGE / "languages" / code for code in ("da", "nb", "nn", "sv", "en", "de")}
    names = {code: {path.name for path in folder.glob("*.toml")} for code, folder in folders.items()}
    assert {code: names["en"] ^ found for code, found in names.items()} == {code: set() for code in folders}
    for name in sorted(names["en"]):
        found = {
            code: set(keys(tomllib.loads((folder / name).read_text(encoding="utf-8"))))
            for code, folder in folders.items()
        }
        assert {code: found["en"] ^ theirs for code, theirs in found.items()} == {
            code: set() for code in folders
        }, name


def test_the_check_of_words_sees_one(tmp_path):
    path = tmp_path / "module.py"
    path.write_text(
        '"""Docstring: møte."""\nMARKS = "«»–„“"\nFOLD = {"ø": "o"}\nWORD = "møte"\n', encoding="utf-8"
    )
    with pytest.raises(AssertionError, match="møte"):
        test_no_words_of_a_language_in_code(path)
