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
    "/nothing",
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: chromium)")


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    desk = webs.filled(tmp_path_factory.mktemp("browser") / "desk.db")
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
