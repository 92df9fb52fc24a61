"""Draw the picture of the README: what `make demo` prints, as an SVG of a terminal.

Usage: python scripts/picture.py [--output docs/pictures/record.svg]
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from rich.console import Console
from rich.text import Text

import tidende
from tidende.render import render

ROOT = Path(__file__).resolve().parent.parent
LINES = 46  # what fits a screen: the rest is in `make demo`
WIDTH = 112


def styled(line: str) -> Text:
    """Colour a line of the print: headings bold, locators dim."""
    text = Text(line)
    if line and not line.startswith(" "):
        text.stylize("bold")
    start = line.rfind("[")
    if line.endswith("]") and start >= 0:
        text.stylize("dim", start)
    return text


def main() -> None:
    """Read the two articles and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "pictures" / "record.svg")
    output: Path = parser.parse_args().output
    articles = sorted((ROOT / "examples" / "vladivostok").glob("*.txt"))
    (record,) = tidende.read(*articles, published="2019-04-25")
    console = Console(record=True, width=WIDTH, file=io.StringIO(), highlight=False)
    for line in render(record).splitlines()[:LINES]:
        console.print(styled(line))
    output.parent.mkdir(parents=True, exist_ok=True)
    # A fixed id keeps the file the same from run to run.
    output.write_text(console.export_svg(title="make demo", unique_id="tidende"), encoding="utf-8")
    print(output)


if __name__ == "__main__":
    main()
