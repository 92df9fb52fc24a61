"""Open the view of an article in which its words stand as they are usually printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tidende.parse import capitals, repairs, scans, spelling
from tidende.parse.view import Edit, Names, View
from tidende.records import Article, Block, Part

PARTS: tuple[Part, ...] = ("title", "text")


def joined(article: Article) -> View:
    """Open the view of an article whose lines are whole and whose words hold nothing unseen.

    This asks no language but for hyphens at line ends; the article's may still be unknown.
    """
    language = article.language if article.language != "und" else "en"
    return _edited(
        View.of(article), lambda text, block: repairs.mended(text, block.start, block.end, language)
    )


def clear(view: View, language: str, names: Names) -> View:
    """Open the view of an article of a known language: sentences apart, capitals lowered, letters back."""
    view = _edited(view, lambda text, block: repairs.spaced(text, block.start, block.end, language))
    scan = scans.Scan(view.text.text, language, names)
    if scan.is_scanned:
        view = _edited(view, lambda text, block: scan.edits(text, block.start, block.end))
    ways = spelling.tables(view.text.text, language)
    if ways:
        speller = spelling.Speller(language, names, ways)
        view = _edited(view, lambda text, block: speller.edits(text, block.start, block.end))
    return _lowered(view, language, names)


def _lowered(view: View, language: str, names: Names) -> View:
    found = {}
    for number, block in enumerate(view.blocks()):
        if block.kind != "credit":
            text = view.sheet(block.part).text
            stretches = capitals.stretches(text, block.start, block.end, language, headline=block.is_headline)
            found[number] = list(stretches)
    if not any(found.values()):
        return view
    blocks = view.blocks()
    apart = [one for number, own in found.items() for one in own if blocks[number].part == "text"]
    openings = [block.start for block in blocks if block.part == "text"]
    lowerer = capitals.Lowerer(language, names, capitals.printed_forms(view.text.text, apart, openings))
    numbers = {(block.part, block.start): number for number, block in enumerate(blocks)}

    def edits(text: str, block: Block) -> Iterable[Edit]:
        for stretch in found.get(numbers[block.part, block.start], ()):
            yield from lowerer.edits(text, stretch, block.start)

    return _edited(view, edits)


def _edited(view: View, edits: Callable[[str, Block], Iterable[Edit]]) -> View:
    """Edit every block of both parts."""
    made: dict[Part, list[Edit]] = {"title": [], "text": []}
    for block in view.blocks():
        made[block.part] += edits(view.sheet(block.part).text, block)
    return View(view.article, view.text.edited(made["text"]), view.title.edited(made["title"]))
