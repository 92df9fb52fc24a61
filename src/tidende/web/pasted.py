"""Make articles of what a reader pastes: texts, or the addresses of texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tidende.errors import EmptyInput, InputError, UsageError
from tidende.ingest.draft import Draft, finish
from tidende.ingest.fetch import Fetcher
from tidende.ingest.formats import read_bytes
from tidende.ingest.kinds import kind_by_type
from tidende.records import Article

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def pasted(texts: Sequence[str], published: str | None, fetcher: Fetcher) -> list[Article]:
    """Give an article for each text; one that is an address alone is fetched, from public hosts only.

    Raise `UsageError` where there is no text, `InputError` where an address gives no article.
    """
    told = [text.replace("\r\n", "\n") for text in texts]
    if not all(text.strip() for text in told):
        raise UsageError("there is no text to read")
    return [
        _fetched(text.strip(), str(number), published, fetcher)
        if _ADDRESS.fullmatch(text.strip())
        else Article(id=str(number), text=text, published=published)
        for number, text in enumerate(told, 1)
    ]


def _fetched(url: str, identifier: str, published: str | None, fetcher: Fetcher) -> Article:
    found = fetcher.get(url)
    kind = kind_by_type(found.content_type, found.data)
    drafts = list(read_bytes(found.url, found.url, found.data, kind, url=found.url, fetched=found.fetched))
    for draft in drafts:
        if isinstance(draft, InputError):
            raise draft
    if len(drafts) != 1 or not isinstance(drafts[0], Draft):
        raise EmptyInput(url[:200], "no article found in the page")
    article = finish(drafts[0], published=published)
    return article.model_copy(update={"id": identifier})
