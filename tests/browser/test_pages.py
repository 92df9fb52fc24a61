"""The pages in Chromium: by mouse, by keyboard, narrow, wide, light and dark, checked by axe-core."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

import webs
from tidende.desk import Desk
from tidende.web import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SUMMIT = "/story/story:consult:Q56226+Q7747:2019-04-25"
PATHS = (
    "/",
    SUMMIT,
    "/actor/Q7747",
    "/pair?one=Q22686&other=Q56226",
    "/search?q=How often has Kim met Xi?",
    "/read",
    "/compare",
    "/corrections",
    "/corrections/merge?story=story:consult:Q56226%2BQ7747:2019-04-25",
    "/nothing",
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: chromium)")


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    desk = webs.filled(tmp_path_factory.mktemp("browser") / "desk.db")
    with Desk(desk) as kept:  # two short ones that tests may take apart
        text = "Emmanuel Macron mødte torsdag Mette Frederiksen i Paris. De talte om fisk."
        for number, more in enumerate(("Mødet varede en time.", "Macron var glad.")):
            article = webs.Article(
                id=f"fish.{number}", title="Macron i Paris", text=f"{text} {more}", published="2017-03-02"
            )
            kept.add_articles([article])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(str(desk)), port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser, address) -> Iterator[Page]:
    """A page that may ask this machine only, and complains of nothing."""
    context = browser.new_context(base_url=address, locale="en-GB")
    page = context.new_page()
    trouble: list[str] = []
    page.on("request", lambda one: one.url.startswith(address) or trouble.append(one.url))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "console",
        lambda one: trouble.append(one.text) if one.type == "error" and "404" not in one.text else None,
    )
    yield page
    context.close()
    assert trouble == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_can_be_used_by_everybody(page, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert [
        (one["id"], [node["html"] for node in one["nodes"]]) for one in found.response["violations"]
    ] == []


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [360, 800, 1600])
def test_nothing_runs_off_the_side(page, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_story_is_reached_by_mouse(page):
    page.goto("/")
    page.get_by_role("link", name="Vladimir Putin and Kim Jong-un met in Vladivostok").first.click()
    assert (
        page.get_by_role("heading", level=1).inner_text()
        == "Vladimir Putin and Kim Jong-un met in Vladivostok"
    )
    page.get_by_role("link", name="da ¶12").first.click()
    assert page.locator("p:target").inner_text().startswith("¶12")


def test_a_story_is_reached_by_keyboard(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Vladimir Putin and Kim" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/story/**")
    assert "Vladivostok" in page.title()


def test_what_is_marked_is_what_was_read(page):
    page.goto(SUMMIT)
    quote = "Jeg er trygg på at ditt besøk til Russland vil hjelpe oss å forstå bedre"
    page.locator("figure.quote", has_text=quote).hover()
    lit = "".join(page.locator("article.source .lit").all_inner_texts())
    assert quote in lit
    assert "Jeg har stor tiltro til, at dit besøg i Rusland" in lit
    assert "Fokuset vil være" not in lit
    page.locator("h1").hover()
    assert page.locator(".lit").count() == 0


def test_the_language_is_changed_by_choosing_another(page):
    page.goto("/")
    page.get_by_label("Language of the page").select_option("nn")
    page.wait_for_url("**lang=nn**")
    assert page.locator("html").get_attribute("lang") == "nn"
    page.goto("/corrections")
    assert page.get_by_role("heading", level=1).inner_text() == "Rettingar"


def test_what_means_harm_does_none(page):
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto("/search?q=Orban Berlin")
    page.get_by_role("link", name="Orbán besøger Berlin").first.click()
    assert page.locator("article.source").count() >= 1
    assert dialogs == []


def test_a_text_is_pasted_and_read(page):
    page.goto("/read")
    page.get_by_label("Text").fill(
        "Emmanuel Macron met Mette Frederiksen in Paris on Thursday. They talked about the war in Ukraine."
    )
    page.get_by_role("button", name="Read").click()
    assert page.locator("main.story h1").inner_text() == "Emmanuel Macron and Mette Frederiksen met in Paris"


def test_pages_are_read_without_a_script(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/?actor=Q7747")
    page.get_by_role("link", name="Vladimir Putin and Kim Jong-un met").click()
    assert page.locator("table.coverage tr").count() > 5
    context.close()


# --- what can be done from a story


def test_the_sentence_of_an_event_is_shown_where_it_is_pointed_at(page):
    page.goto(SUMMIT)
    row = page.locator("ol.timeline > li.main")
    assert not row.locator(".told").is_visible()
    row.locator(".what").hover()
    assert (
        "Russlands president Vladimir Putin og Nord-Koreas leder Kim Jong-un"
        in row.locator(".told").inner_text()
    )
    assert page.locator("svg.scale a.lit circle.main").count() == 1
    page.keyboard.press("Escape")
    assert not row.locator(".told").is_visible()
    page.locator("h1").hover()
    row.locator(".loc a").first.focus()
    assert row.locator(".told").is_visible()
    page.keyboard.press("Enter")
    assert page.locator("p:target").inner_text().startswith("¶")


def test_a_tie_leads_to_its_sentences_and_a_name_to_its_page(page):
    page.goto(SUMMIT)
    tie = page.locator("ol.ties > li", has_text="Vladimir Putin – Kim Jong-un").or_(
        page.locator("ol.ties > li", has_text="Kim Jong-un – Vladimir Putin")
    )
    tie.locator(".loc a").first.focus()
    assert tie.locator(".told").first.is_visible()
    assert page.locator("svg.relations a.lit").count() >= 1
    edge = page.locator(f"svg.relations a[href='#{tie.get_attribute('id')}']")
    edge.dispatch_event("click")
    assert page.locator("ol.ties > li:target").inner_text() == tie.inner_text()
    page.locator("svg.relations a", has_text="Xi Jinping").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/actor/**")
    assert page.get_by_role("heading", level=1).inner_text() == "Xi Jinping"


def test_dots_and_names_do_not_lie_upon_each_other(page):
    page.goto(SUMMIT)
    for shapes in ("svg.scale circle", "svg.relations text"):
        boxes = [one.bounding_box() for one in page.locator(shapes).all()]
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
                down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
                assert across <= 1 or down <= 1, (shapes, one, other)


def test_a_story_is_downloaded_by_mouse_and_by_keyboard(page):
    page.goto(SUMMIT)
    with page.expect_download() as held:
        page.get_by_role("link", name="Table (CSV)").click()
    assert held.value.suggested_filename == "tidende-vladimir-putin-and-kim-jong-un-met-in-vladivostok.csv"
    page.get_by_role("link", name="Turtle (RDF)").focus()
    with page.expect_download() as held:
        page.keyboard.press("Enter")
    assert held.value.suggested_filename.endswith(".ttl")


def test_a_file_of_what_means_harm_has_a_harmless_name(page):
    page.goto("/search?q=Orban Berlin")
    page.get_by_role("link", name="Orbán besøger Berlin").first.click()
    with page.expect_download() as held:
        page.get_by_role("link", name="JSON lines").click()
    assert held.value.suggested_filename == "tidende-viktor-orban-visited-berlin.jsonl"


def test_two_names_are_kept_apart_and_that_is_undone_by_keyboard(page):
    page.goto("/search?q=Mette Frederiksen")
    page.locator("p.chips a", has_text="Mette Frederiksen").click()
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Emmanuel Macron")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.get_by_label("not the same").is_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Anna")
    page.keyboard.press("Enter")
    row = page.locator("ol.rows > li").first
    row.wait_for()
    assert "Anna" in row.inner_text()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert [one["id"] for one in found.response["violations"]] == []
    row.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/corrections")
    assert "undone by Anna" in page.locator("ol.rows > li").first.inner_text()


def test_an_article_is_taken_out_and_put_back_without_a_script(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search?q=Frederiksen Macron Paris")
    page.get_by_role("link", name="Macron i Paris").first.click()
    article = page.locator("ul.texts > li").last
    article.locator("summary").click()
    article.get_by_label("Your name").fill("Bo")
    article.get_by_role("button", name="Take it out").click()
    assert "not in this story" in page.locator("ol.rows > li").first.inner_text()
    page.goto("/corrections")
    page.get_by_role("button", name="Undo").first.click()
    assert "undone by Bo" in page.locator("ol.rows > li").first.inner_text()
    context.close()
