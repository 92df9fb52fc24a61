"""Which article is in which story, and the records made of stories."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tidende.store.protocol import Kept, KeptRecord
from tidende.store.sql.articles import Articles
from tidende.store.sql.text import folded, packed, unpacked

_MADE = ("records", "cards")  # of a story, and can be made again


class Stories(Articles):
    """Keep the stories; a story is the articles that carry its id."""

    def link(self, identifier: str, others: Collection[str]) -> None:
        """Keep which articles may tell one story with an article, in place of what was kept of it."""
        key = self._one("select key from articles where id = ?", (identifier,))
        keys = self._rows_in("select key from articles where id in ({})", others)
        self._run("delete from links where article = ? or other = ?", (key, key))
        self._insert("links", [(key, other) for (other,) in keys if other != key])

    def linked(self, identifiers: Collection[str]) -> set[str]:
        """Give the articles that may tell one story with one of these."""
        found: set[str] = set()
        for here, there in (("article", "other"), ("other", "article")):
            query = (
                f"select distinct b.id from articles a join links l on l.{here} = a.key"
                f" join articles b on b.key = l.{there} where a.id in "
            )
            found.update(row[0] for row in self._rows_in(query + "({})", identifiers))
        return found

    def assign(self, stories: Mapping[str, Sequence[str]]) -> None:
        """Put articles into stories, and forget the records of stories that nobody is in any more."""
        wanted = {article: story for story, articles in stories.items() for article in articles}
        before: dict[str, str] = dict(
            self._rows_in("select id, story from articles where id in ({})", wanted)
        )
        moved = [(story, article) for article, story in wanted.items() if before.get(article) != story]
        self._run_many("update articles set story = ? where id = ?", moved)
        left = {before[article] for _, article in moved if article in before}
        left -= {row[0] for row in self._rows_in("select story from articles where story in ({})", left)}
        for table in _MADE:
            self._run_many(f"delete from {table} where story = ?", [(story,) for story in sorted(left)])

    def members(self, stories: Collection[str]) -> list[Kept]:
        """Give the articles of stories, in order."""
        return self._kept("where a.story in ({})", stories)

    def named(self, name: str) -> list[Kept]:
        """Give the articles that give a story this name, or once gave it, those that do now first."""
        query = (
            "select a.id, n.place is null from names n join articles a on a.key = n.article where n.name = ?"
        )
        former = {row[0]: bool(row[1]) for row in self._rows(query, (name,))}
        found = self.kept(former)
        return sorted(found, key=lambda one: former[one.id])

    def record(self, story: str) -> KeptRecord | None:
        """Give the record that was last made of a story."""
        rows = self._rows("select basis, title, summary, record from records where story = ?", (story,))
        if not rows:
            return None
        basis, title, summary, record = rows[0]
        return KeptRecord(basis, title, summary, unpacked(record))

    def keep_record(self, story: str, record: KeptRecord) -> None:
        """Keep the record made of a story, if the story is still there."""
        self._run("delete from records where story = ?", (story,))
        if self._is_there(story):
            self._run(
                "insert into records values (?, ?, ?, ?, ?)",
                (story, record.basis, record.title, record.summary, packed(record.record)),
            )

    def cards(self, stories: Collection[str]) -> dict[str, tuple[str, str]]:
        """Give the cards of stories that have one, each with the `basis` of the record it is of."""
        rows = self._rows_in("select story, basis, card from cards where story in ({})", stories)
        return {story: (basis, unpacked(card)) for story, basis, card in rows}

    def keep_card(self, story: str, basis: str, card: str) -> None:
        """Keep the card of the record made of a story, if the story is still there."""
        self._run("delete from cards where story = ?", (story,))
        if self._is_there(story):
            self._run("insert into cards values (?, ?, ?)", (story, basis, packed(card)))

    def _is_there(self, story: str) -> bool:
        return bool(self._rows("select 1 from articles where story = ? limit 1", (story,)))

    def forget_records(self) -> None:
        """Forget all records and cards; they can be made again."""
        for table in _MADE:
            self._run(f"delete from {table}")

    def stories_with(self, entities: Collection[str]) -> set[str]:
        """Give the stories in which one of these entities is told of."""
        query = (
            "select distinct a.story from mentions m join articles a on a.key = m.article where m.entity in "
        )
        return {row[0] for row in self._rows_in(query + "({})", entities)}

    def entities_called(self, form: str) -> list[str]:
        """Give the ids of entities that are printed so, or have this id, those in most articles first."""
        query = (
            "select entity, count(distinct article) as articles from"
            " (select entity, article from forms where form = ? union all"
            " select entity, article from mentions where entity = ?) as called"
            " group by entity order by articles desc, entity"
        )
        return [row[0] for row in self._rows(query, (folded(form), form.strip()))]

    def stories_printing(self, form: str) -> list[tuple[str, str]]:
        """Give the stories that print a form, each with the id that it stands for, in order."""
        query = (
            "select distinct f.entity, a.story from forms f join articles a on a.key = f.article"
            " where f.form = ? order by f.entity, a.story"
        )
        return [(row[0], row[1]) for row in self._rows(query, (folded(form),))]

    def printed(self) -> list[tuple[str, str]]:
        """Give every printed form of a name with the id that it stands for."""
        return [(row[0], row[1]) for row in self._rows("select distinct form, entity from forms")]
