"""What leaves the house in a wheel or a source archive: all that runs, nothing that is not ours to give."""

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

import outputs

ROOT = Path(__file__).parent.parent
ARTICLES = sorted((ROOT / "examples" / "vladivostok").glob("*.txt"))


def build(builder, folder):
    (path,) = builder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(path)


@pytest.fixture(scope="module")
def wheel_path(tmp_path_factory):
    return build(WheelBuilder, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def wheel(wheel_path):
    with zipfile.ZipFile(wheel_path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    with tarfile.open(build(SdistBuilder, tmp_path_factory.mktemp("sdist"))) as archive:
        files = [member for member in archive.getmembers() if member.isfile()]
        return {member.name.split("/", 1)[1]: archive.extractfile(member).read() for member in files}


def test_the_wheel_holds_every_module_and_all_data(wheel):
    package = ROOT / "src" / "tidende"
    expected = {
        f"tidende/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "tidende/languages/nn/roles.toml" in expected
    assert expected <= set(wheel)


def test_the_wheel_is_no_larger_than_promised(wheel_path):
    assert wheel_path.stat().st_size < 95e6


def test_the_wheel_holds_the_licences(wheel):
    assert any(name.endswith("licenses/LICENSE") for name in wheel)
    assert any(name.endswith("licenses/NOTICE") for name in wheel)


def test_every_licence_that_is_named_has_its_text_in_the_wheel(wheel):
    (metadata,) = (content for name, content in wheel.items() if name.endswith(".dist-info/METADATA"))
    named = set(message_from_bytes(metadata)["License-Expression"].split(" AND "))
    assert named >= {"Apache-2.0", "CC-BY-SA-4.0", "MIT"}
    openings = {
        "0BSD": b"Zero-Clause BSD",
        "Apache-2.0": b"Apache License",
        "CC-BY-4.0": b"Creative Commons Attribution 4.0 International",
        "CC-BY-SA-4.0": b"Creative Commons Attribution-ShareAlike 4.0 International",
        "MIT": b"MIT License",
        "Unicode-3.0": b"UNICODE LICENSE V3",
    }
    texts = [content.lstrip() for name, content in wheel.items() if "/licenses/" in name]
    for licence in named:
        assert any(text.startswith(openings[licence]) for text in texts), licence


def test_what_is_asked_for_is_what_the_project_names(wheel):
    (metadata,) = (content for name, content in wheel.items() if name.endswith(".dist-info/METADATA"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [need for need in message_from_bytes(metadata).get_all("Requires-Dist") if "extra ==" not in need]
    assert len(asked) == len(project["dependencies"])


@pytest.mark.skipif(
    os.environ.get("TIDENDE_REQUIRE") != "all" and not os.environ.get("TIDENDE_WHEEL"),
    reason="installing the wheel takes a minute and the network: TIDENDE_WHEEL=1",
)
def test_the_wheel_reads_where_nothing_else_is(wheel_path, tmp_path):
    home = tmp_path / "home"
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel_path)], check=True)
    home.mkdir()
    for article in ARTICLES:
        (home / article.name).write_bytes(article.read_bytes())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [python.with_name("tidende"), "read", "--json", "--published", outputs.PUBLISHED]
        + [article.name for article in ARTICLES],
        cwd=home,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    assert json.loads(done.stdout) == outputs.seeds_output()


def test_the_help_loads_nothing_heavy():
    code = (
        "import sys\nfrom tidende.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'numpy', 'onnxruntime', 'pydantic', 'lxml', 'py3langid', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.endswith("[]\n")


def test_the_wheel_holds_nothing_else(wheel):
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"tidende"}


@pytest.mark.parametrize("archive", ["wheel", "sdist"])
def test_the_two_articles_stay_at_home(archive, request):
    files = request.getfixturevalue(archive)
    assert len(ARTICLES) == 2
    assert not [name for name in files if name.startswith("examples/vladivostok/") and name.endswith(".txt")]
    for article in ARTICLES:
        paragraphs = [line for line in article.read_bytes().splitlines() if len(line) > 60]
        for name, content in files.items():
            quoted = sum(paragraph in content for paragraph in paragraphs)
            assert quoted < len(paragraphs) / 2, f"{name} holds most of {article.name}"


def test_the_source_archive_can_be_tested_and_built(sdist):
    for name in ("pyproject.toml", "Makefile", "LICENSE", "NOTICE", "tests/data/ntrex/SOURCE.md"):
        assert name in sdist


def test_the_source_archive_is_small_and_says_how_to_make_what_it_lacks(sdist):
    lacking = [name for name in sdist if name.endswith((".onnx", ".q4"))]
    assert lacking == []
    assert max(map(len, sdist.values())) < 5e6
    told = sdist["training/README.md"].decode()
    for name in ("parser.onnx", "words.q4", "encoder.onnx"):
        assert name in told


@pytest.mark.parametrize("archive", ["wheel", "sdist"])
def test_no_private_or_made_files_go_along(archive, request):
    for name in request.getfixturevalue(archive):
        assert not {"__pycache__", ".venv", ".git", ".mypy_cache"} & set(Path(name).parts), name
