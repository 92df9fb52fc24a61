"""Briefs: stories as Markdown and as one HTML page."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from lxml import html

import tidende
from reading_of import readings_of
from tidende.errors import UsageError
from tidende.records import Article, Record
from tidende.render import render
from tidende.render.coverage import covered
from tidende.render.marked import paragraphs
from tidende.render.view import View
from tidende.render.words import Words
from tidende.stories import reconcile

SEEDS = sorted((Path(__file__).parent.parent / "examples" / "vladivostok").glob("*.txt"))
LANGUAGES = ("da", "nb", "nn", "sv", "en", "de")
TOLD = (
    "Statsminister Mette Frederiksen mødtes torsdag med Emmanuel Macron i Paris. De talte om Ukraine i to "
    "timer, siger hun efter mødet.",
    "Danmarks statsminister Mette Frederiksen møttes torsdag med Emmanuel Macron i Paris. De to snakket "
    "sammen om Ukraina i to timer.\n"
    "– Vi vil hjelpe dem så lenge det trengs, sa Frederiksen etter møtet.",
)


@pytest.fixture(scope="module")
def seeds() -> list[Record]:
    return tidende.read(*SEEDS, published="2019-04-25")


@pytest.fixture(scope="module")
def paris() -> list[Record]:
    days = ("2023-03-02", "2023-03-04")
    articles = [
        Article(id=f"paris{n}", text=text, published=day)
        for n, (text, day) in enumerate(zip(TOLD, days, strict=True))
    ]
    return tidende.read_articles(articles)


def page(records: list[Record], language: str = "en") -> html.HtmlElement:
    return html.fromstring(tidende.brief(records, language, form="html"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_locator_of_the_page_leads_somewhere(seeds, language):
    tree = page(seeds, language)
    anchors = {element.get("id") for element in tree.iter() if element.get("id")}
    wanted = {element.get("href").removeprefix("#") for element in tree.iter("a")}
    assert len(wanted) > 20
    assert wanted <= anchors
    assert tree.get("lang") == language


def test_the_page_needs_nothing_from_outside(seeds):
    text = tidende.brief(seeds, form="html")
    assert not re.search(r"(?i)<(script|link|img|iframe|object)\b|@import|url\(", text)
    assert not [e for e in page(seeds).iter() if e.get("src") or (e.get("href") or "#")[0] != "#"]


def test_the_page_holds_the_articles_as_printed(seeds):
    (record,) = seeds
    view = View(record, Words("en"), everything=True)
    for article in record.articles:
        shown = paragraphs(record, article, view.places)
        for block, paragraph in zip(article.blocks, shown, strict=True):
            printed = "".join(piece.text for piece in paragraph.pieces)
            assert printed == article.text[block.start : block.end]
        marked = [piece for paragraph in shown for piece in paragraph.pieces if "name" in piece.kinds]
        assert any(piece.text == "Vladivostok" for piece in marked)
    tree = page(seeds)
    assert tree.xpath("//article//span[contains(@class, 'quote')]")


def test_the_surplus_of_a_version_is_marked(seeds):
    marks = [mark.text for mark in page(seeds).xpath("//mark[@class='more']")]
    assert marks == ["Russland er innstilt på å gjøre alt for å styrke en positiv utvikling"]


def test_an_editor_is_told_from_when_each_article_writes(seeds):
    text = " ".join(render(seeds[0]).split())
    assert (
        "As of: nb writes after it; da writes while more is to come (in a wider circle, a second part)"
        in text
    )


def test_like_words_in_two_mouths_are_shown_and_not_merged(seeds):
    for text in (render(seeds[0]), tidende.brief(seeds)):
        shown = " ".join(text.split())
        assert "nb gives Kim Jong-un “Vi har akkurat hatt en meningsfull utveksling av syn" in shown
        assert "da gives Vladimir Putin “han han førte" in shown


def test_the_table_tells_who_tells_what(seeds):
    (record,) = seeds
    rows = covered(View(record, Words("en"), everything=True))
    stands = {row.text: tuple(cell.stand for cell in row.cells) for row in rows}
    assert stands["Meeting: Vladimir Putin, Kim Jong-un"] == ("tells", "tells")
    assert stands["Planned duration: 50 minutes"] == ("silent", "tells")
    assert stands["Yuri Ushakov: adviser (Vladimir Putin)"] == ("tells", "otherwise")
    for row in rows:
        for cell in row.cells:
            assert (cell.stand == "silent") == (not cell.evidence)
            assert {piece.article for piece in cell.evidence} <= {cell.article}


def test_the_table_names_nobody_by_a_pronoun():
    told = {
        "sv": "Valet hålls om fem veckor.\n”Det är ett av våra livs viktigaste val”, sade han.",
        "de": "Die Wahl findet in fünf Wochen statt.\n„Deswegen kämpfe ich für gute Kandidaten“, sagte er.",
    }
    rows = [{"id": lang, "text": told[lang], "language": lang, "published": "2018-09-30"} for lang in told]
    record = reconcile(readings_of(rows))
    lines = [line.text for line in covered(View(record, Words("en"), everything=False))]
    assert [line.split(":")[0] for line in lines] == ["Speaker unknown (“han”)", "Speaker unknown (“er”)"]


def test_one_article_has_no_table_of_who_tells_what(paris):
    alone = tidende.read_articles([Article(id="one", text=TOLD[0], published="2023-03-02")])
    assert not page(alone).xpath("//table")
    assert page(paris).xpath("//table")


def test_the_timeline_is_in_order_and_marks_what_the_story_is_about(seeds):
    rows = page(seeds).xpath("//ol[@class='timeline']/li")
    assert rows[0].xpath("string(span[@class='when'])") == "2011"
    (main,) = (row for row in rows if row.get("class") == "main")
    assert main.xpath("string(span[@class='when'])") == "25 April 2019"
    assert "Vladimir Putin, Kim Jong-un" in main.text_content()


def test_relations_name_those_who_deal_with_each_other(seeds):
    (drawing,) = page(seeds, "nb").xpath("//svg[@class='relations']")
    names = [node.text for node in drawing.iter("text")]
    assert {"Kim Jong-un", "Vladimir Putin", "Nord-Korea", "USA"} <= set(names)
    accused = [path for path in drawing.iter("path") if path.get("class") == "conflictual"]
    ties = [path.getparent() for path in accused]
    assert any("Anklage: USA → Russland" in tie.text_content() for tie in ties)
    (row,) = page(seeds, "nb").xpath("//ol[@class='ties']/li[contains(., 'Anklage: USA → Russland')]")
    assert f"#{row.get('id')}" in [tie.get("href") for tie in ties]
    assert "beskyldt russerne" in row.xpath("string(.//span[@class='told'])")


def test_what_is_new_since_a_day(paris):
    text = tidende.brief(paris, since=date(2023, 3, 3))
    (section,) = re.findall(r"## New since 3 March 2023\n\n(.*?)\n\n##", text, re.S)
    assert "Vi vil hjelpe dem så lenge det trengs" in section
    assert "Meeting" not in section
    assert "Nothing new since 5 March 2023" in tidende.brief(paris, since=date(2023, 3, 5))


def test_markdown_says_the_same_in_each_language(seeds):
    for language in LANGUAGES:
        text = tidende.brief(seeds, language)
        assert len(re.findall(r"(?m)^# ", text)) == 1
        assert len(re.findall(r"(?m)^## ", text)) == 11
        assert text.count("nb ¶12") >= 2


def test_hostile_text_stays_text():
    title = "<script>alert(1)</script> *Merkel* [x](http://x.invalid)"
    text = f"{title}\n\nAngela Merkel told reporters in Berlin on Monday that “<b onclick=x>we</b> will see”."
    records = tidende.read_articles([Article(id='"><img src=x>', text=text)])
    tree = page(records)
    assert not list(tree.iter("script", "b", "img"))
    assert "<script>alert(1)</script>" in tree.text_content()
    assert r"\[x\](http" in tidende.brief(records)


def test_several_stories_are_one_page(seeds, paris):
    tree = page([*seeds, *paris])
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert len(list(tree.iter("main"))) == 2


def test_an_unknown_form_or_language_is_told():
    with pytest.raises(UsageError, match="no brief in the form 'pdf'"):
        tidende.brief([], form="pdf")
    with pytest.raises(UsageError, match="'fr'"):
        tidende.brief([], "fr")


# --- the command


def run(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "tidende.cli", "brief", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_files_are_written_up(tmp_path):
    file = tmp_path / "paris.txt"
    file.write_text(TOLD[0], encoding="utf-8")
    status, text, _ = run("--published", "2023-03-02", "--lang", "nb", str(file))
    assert status == 0
    assert text.startswith("# Mette Frederiksen og Emmanuel Macron møttes i Paris\n")
    page = tmp_path / "brief.html"
    assert run("--html", "--output", str(page), str(file)) == (0, "", "")
    assert html.fromstring(page.read_text(encoding="utf-8")).xpath("//article")


def test_stories_of_a_desk_are_written_up(tmp_path):
    place = tmp_path / "desk.db"
    with tidende.Desk(place, create=True) as desk:
        desk.add_articles([Article(id="one", text=TOLD[0], published="2023-03-02")])
        (story,) = desk.stories()
    for chosen in ([story.id], ["one"], [], ["--since", "2023-03-01"]):
        status, text, _ = run("--desk", str(place), *chosen)
        assert (status, text.count("met in Paris")) == (0, 2), chosen
    status, text, error = run("--desk", str(place), "--since", "2023-03-03")
    assert (status, error) == (2, "tidende: no story to write up\n")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--since", "soon", "x.txt"], "not a date: 'soon'"),
        (["--desk", "{}/none.db", "x"], "no such desk"),
        (["--output", "{}/no/brief.md", "{}/a.txt"], "no such file or directory"),
        (["--lang", "fr", "{}/a.txt"], "'fr'"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(tmp_path, arguments, problem):
    (tmp_path / "a.txt").write_text(TOLD[0], encoding="utf-8")
    status, _, error = run(*(one.format(tmp_path) for one in arguments))
    assert status == 2
    assert problem in error
    assert error.count("\n") == 1


VERSIONS = (
    "Danmarks statsminister Mette Frederiksen mødtes torsdag med Emmanuel Macron i Paris.\n"
    "Mindst 12 personer blev dræbt under et angreb i Kharkiv, siger politiet.",
    "Danmarks statsminister Mette Frederiksen mødtes fredag med Emmanuel Macron i Paris.\n"
    "Mindst 15 personer blev dræbt under et angreb i Kharkiv, siger politiet.\n"
    '"Vi hjælper Ukraine, så længe det er nødvendigt", sagde Frederiksen efter mødet.',
)


@pytest.fixture(scope="module")
def revised() -> Record:
    articles = [
        Article(id=f"v{n}", url="https://example.org/1", text=text, published=f"2023-03-04T{8 + n:02}:00:00")
        for n, text in enumerate(VERSIONS)
    ]
    (record,) = tidende.read_articles(articles)
    return record


def test_what_changed_between_versions_is_told_in_record_and_brief(revised):
    record = " ".join(render(revised, "da").split())
    (section,) = re.findall(
        r"## Ændret mellem udgaverne\n\n(.*?)\n\n##", tidende.brief([revised], "da"), re.S
    )
    for text in (record, section.replace("\\", "")):
        assert (
            "da1 → da2: Møde: Mette Frederiksen, Emmanuel Macron; dato: 2. marts 2023 → 3. marts 2023" in text
        )
        assert "Mindst 12 personer" in text
        assert "→ »Mindst 15 personer" in text
        assert "Nyt i den senere udgave: Mette Frederiksen: »Vi hjælper Ukraine" in text
    assert "Changed between versions" in page([revised]).text_content()
    assert "brought up to date" not in render(revised)


def test_versions_of_one_page_are_one_witness(revised):
    text = " ".join(render(revised).split())
    assert "told by one article (da1, da2)" in text
    assert "both tell it" not in text


def test_a_story_without_versions_says_nothing_of_them(paris):
    assert "Changed between versions" not in render(paris[0])
