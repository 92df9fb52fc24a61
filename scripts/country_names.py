"""Write `languages/*/countries.toml`, names of countries and bodies for print, from the gazetteer's tables.

A record is printed in languages that none of its articles may be written in; the country of a
president then needs a name that no article prints, and so does the European Union. Run from the repository:
`python scripts/country_names.py`.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "src" / "tidende"
DATA = PACKAGE / "entities" / "data"
TABLE = DATA / "territories.tsv"
BODIES = (DATA / "organisations.tsv", DATA / "organisations-supraverden.tsv")
KNOWN_IN = 3  # languages besides English that have a name of a body, for it to be worth a line in each
LANGUAGES = ("da", "nb", "nn", "sv", "en", "de")
HEADER = """# Names of countries for print, by Wikidata id. Made by scripts/country_names.py from
# entities/data/territories.tsv (names: Unicode CLDR, Unicode License v3) and
# organisations*.tsv (entities/data/ATTRIBUTION.md); edit there, not here.
[names]
"""


def main() -> None:
    """Write the six files."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["kind"] in ("country", "territory") and row["id"]
        ]
    rows.sort(key=lambda row: int(row["id"].removeprefix("Q")))
    bodies = sorted(_bodies().values(), key=lambda row: int(row["id"].removeprefix("Q")))
    for language in LANGUAGES:
        lines = [f"{row['id']} = {_quoted(row[language] or row['name'])}\n" for row in rows]
        lines += ["\n[bodies]\n"]
        lines += [f"{row['id']} = {_quoted(row[language] or row['name'])}\n" for row in bodies]
        path = PACKAGE / "languages" / language / "countries.toml"
        path.write_text(HEADER + "".join(lines), encoding="utf-8")


def _bodies() -> dict[str, dict[str, str]]:
    """Give the rows of bodies that several languages have a name of, by id; the first table goes before."""
    found: dict[str, dict[str, str]] = {}
    for path in BODIES:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                known = sum(bool(row[language]) for language in LANGUAGES if language != "en")
                if row["id"] and known >= KNOWN_IN:
                    found.setdefault(row["id"], row)
    return found


def _quoted(forms: str) -> str:
    return json.dumps(forms.split("|", maxsplit=1)[0], ensure_ascii=False)


if __name__ == "__main__":
    main()
