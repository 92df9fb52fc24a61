"""Tell where the sources of a story differ, and what changed between the versions of an article."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.answers.archive import Archive
from tidende.answers.page import Page
from tidende.records import Article, Difference, Evidence, Model, Record
from tidende.render.changes import Change, FactKind, Revision, Version, revised
from tidende.render.revised import told_changes
from tidende.render.words import check_language

__all__ = ["Change", "FactKind", "Revision", "StoryDiff", "diff"]


class StoryDiff(Model):
    """Hold where a story's sources differ, and what changed between versions of its articles."""

    story: str
    differences: list[Difference]
    revisions: list[Revision]
    text: str


def diff(record: Record, earlier: Sequence[Record] = (), *, language: str = "en") -> StoryDiff:
    """Give where a story's sources differ, and how each article changed from version to version.

    `earlier` are records made of versions that newer ones have taken the place of; versions that stand side
    by side in one record are found too. Versions are of one article where URL, else id, is the same. Raise
    `UsageError` for a language that is not printed.
    """
    check_language(language)
    revisions: list[Revision] = []
    page = Page(
        Archive([record]), language, [p for d in record.differences for v in d.values for p in v.evidence]
    )
    sections = [(page.heading("differ"), [page.difference(one) for one in record.differences])]
    for old, new, changes in revised([record, *earlier]):
        span = {"old": old.article.version, "new": new.article.version}
        revisions.append(Revision(article=new.article.id, **span, changes=changes))
        before, after = _page(old, language), _page(new, language)
        items = list(told_changes((before.view, after.view), old, new, changes))
        heading = after.view.words.label("headings", "revised")
        sections.append((f"{heading} ({new.article.id} {span['old']} → {span['new']})", items))
    shown = any(items for _, items in sections)
    head = "" if shown or revisions else page.say("agree")
    return StoryDiff(
        story=record.id,
        differences=record.differences,
        revisions=revisions,
        text=page.printed(head, sections),
    )


def _page(version: Version, language: str) -> Page:
    """Print the facts of one version: its article alone is labelled."""
    return Page(Archive([version.record]), language, [_whole(version.article)])


def _whole(article: Article) -> Evidence:
    return Evidence(article=article.id, start=0, end=0, text="")
