"""What leaves the house in a wheel or a source archive: all that runs, nothing that is not ours to give."""

import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent
ARTICLES = sorted((ROOT / "examples" / "vladivostok").glob("*.txt"))


def build(builder, folder):
    (path,) = builder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(path)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    with zipfile.ZipFile(build(WheelBuilder, tmp_path_factory.mktemp("wheel"))) as archive:
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


def test_the_wheel_is_no_larger_than_promised(tmp_path):
    assert build(WheelBuilder, tmp_path).stat().st_size < 95e6


def test_the_wheel_holds_the_licences(wheel):
    assert any(name.endswith("licenses/LICENSE") for name in wheel)
    assert any(name.endswith("licenses/NOTICE") for name in wheel)


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


@pytest.mark.parametrize("archive", ["wheel", "sdist"])
def test_no_private_or_made_files_go_along(archive, request):
    for name in request.getfixturevalue(archive):
        assert not {"__pycache__", ".venv", ".git", ".mypy_cache"} & set(Path(name).parts), name
