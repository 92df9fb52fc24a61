"""Draw the pictures of the page: a desk with the two articles, in Debian's Chromium.

Usage: python scripts/screenshots.py [--output docs/pictures]
"""

from __future__ import annotations

import argparse
import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from tidende.desk import Desk
from tidende.web import create_app

ROOT = Path(__file__).resolve().parent.parent
STORY = "/story/story:consult:Q56226+Q7747:2019-04-25"
SHOTS = {  # picture: path, width, height, colours, where to scroll, what to point at
    "story": (STORY, 1100, 1240, "light", "", ""),
    "quotes": (f"{STORY}?lang=nb", 1100, 900, "light", "figure.quote", ""),
    "time": (f"{STORY}?lang=en", 1100, 700, "light", "#s1-timeline", ".timeline li:nth-child(6) .what"),
    "articles": (f"{STORY}?lang=da", 1100, 600, "dark", ".articles", ""),
    "phone": (STORY, 390, 800, "light", "", ""),
    "actor": ("/actor/Q56226", 1100, 900, "light", "", ""),
}


def main() -> None:
    """Fill a desk, serve it to a browser, and write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "pictures")
    output: Path = parser.parse_args().output
    articles = sorted((ROOT / "examples" / "vladivostok").glob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        location = str(Path(folder) / "desk.db")
        with Desk(location, create=True) as desk:
            desk.add(*articles, published="2019-04-25")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(location), port=port, log_level="error"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        with sync_playwright() as player:
            browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for name, (path, width, height, scheme, down, at) in SHOTS.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
                )
                page.goto(f"http://127.0.0.1:{port}{path}")
                if down:
                    page.locator(down).first.evaluate("one => one.scrollIntoView()")
                if at:
                    page.locator(at).hover()
                page.screenshot(path=output / f"{name}.png")
                page.close()
            browser.close()
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
