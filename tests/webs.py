"""A desk for tests of the page: the two articles about Vladivostok, sixty of NTREX, one that means harm."""

from __future__ import annotations

from pathlib import Path

import desks
from tidende.desk import Desk
from tidende.records import Article

SEEDS = sorted((Path(__file__).parent.parent / "examples" / "vladivostok").glob("*.txt"))
HARM = Article(
    id="harm\"><script>alert('id')</script>",
    title="<img src=x onerror=alert('title')> Orbán besøger Berlin",
    text=(
        "Viktor Orbán siger \"<script>alert('quote')</script> vi vil ikke\" til avisen. Han mødte onsdag "
        "Angela Merkel i Berlin, hvor de talte om <b onclick=alert(1)>Ukraine</b>."
    ),
    outlet="<i>Avisen</i>",
    url="javascript:alert('url')",
    published="2019-05-02",
)


def filled(path: Path) -> Path:
    """Fill a desk at a path."""
    with Desk(path, create=True) as desk:
        desk.add(*SEEDS, published="2019-04-25")
        desk.add_readings(desks.readings(), desks.vectors())
        desk.add_articles([HARM])
        desk.stories()  # records are made when they are first asked for
    return path
