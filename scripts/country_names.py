"""Write `languages/*/countries.toml`, the names of countries for print, from the gazetteer's table.

A record is printed in languages that none of its articles may be written in; the country of a
president then needs a name that no article prints. Run from the repository: `python
scripts/country_names.py`.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "src" / "tidende"
TABLE = PACKAGE / "entities" / "data" / "territories.tsv"
LANGUAGES = ("da", "nb", "nn", "sv", "en", "de")
HEADER = """# Names of countries for print, by Wikidata id. Made by scripts/country_names.py from
# entities/data/territories.tsv (names: Unicode CLDR, Unicode License v3); edit there, not here.
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
    for language in LANGUAGES:
        lines = [f"{row['id']} = {_quoted(row[language] or row['name'])}\n" for row in rows]
        path = PACKAGE / "languages" / language / "countries.toml"
        path.write_text(HEADER + "".join(lines), encoding="utf-8")


def _quoted(forms: str) -> str:
    return json.dumps(forms.split("|", maxsplit=1)[0], ensure_ascii=False)


if __name__ == "__main__":
    main()
