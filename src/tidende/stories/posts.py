"""Bring the posts that articles give to people together: told twice, told by one, or in conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from tidende.entities.lexicon import broader
from tidende.languages.lists import word_list, word_set
from tidende.records import Agreement, Difference, Evidence, Reading, Role
from tidende.stories.copies import Witnesses
from tidende.stories.editions import Editions
from tidende.stories.facts import difference

_Key = tuple[str, str, str | None, str | None]


def merged_roles(
    readings: Sequence[Reading], witnesses: Witnesses, editions: Editions
) -> tuple[list[Role], list[Difference], list[Difference]]:
    """Give a row for each holder, post and whose it is, posts that conflict, and those corrected since."""
    rows: dict[_Key, list[Role]] = {}
    parties = _parties(readings)
    for reading in readings:
        for role in reading.roles:
            rows.setdefault((role.holder, role.role, role.of, role.qualifier), []).append(role)
    _place_unplaced(rows)
    roles = [_one_role(key, found) for key, found in rows.items()]
    by_holder: dict[str, list[Role]] = defaultdict(list)
    for role in roles:
        by_holder[role.holder].append(role)
    articles = {reading.article.id: n for n, reading in enumerate(readings)}
    conflicts: dict[str, list[Role]] = {}
    updates: list[Difference] = []
    for holder, posts in by_holder.items():
        clashing = _clashing(posts, witnesses, editions, parties)
        old = [role for role in clashing if any(_corrects(other, role, editions) for other in clashing)]
        kept = [role for role in clashing if role not in old]
        if len(kept) > 1:
            conflicts[holder] = kept
        if old:
            updates.append(_difference(holder, [*old, *kept]))
    told = []
    for role in roles:
        behind = [other for other in by_holder[role.holder] if _tells_too(other, role, parties)]
        told.append(_with_broader(role, behind, articles, witnesses, _ids(conflicts.get(role.holder, ()))))
    return told, [_difference(holder, posts) for holder, posts in conflicts.items()], updates


def _ids(roles: Iterable[Role]) -> frozenset[str]:
    return frozenset(role.id for role in roles)


def _place_unplaced(rows: dict[_Key, list[Role]]) -> None:
    """Add a post told without its state ("president Trump") to the one row that tells whose it is.

    That is where a state or body has one such post; which of many a senator holds is told by who tells it.
    """
    single = word_set("common", "posts", "one_of_a_kind")
    for own, post in _own_names().items():
        for holder, _, _, qualifier in [key for key in rows if key[1] == own and key[2] is None]:
            told = [
                of for who, what, of, when in rows if (who, what, when) == (holder, post, qualifier) and of
            ]
            if len(told) == 1:
                placed = rows.setdefault((holder, own, told[0], qualifier), [])
                placed += rows.pop((holder, own, None, qualifier))
    for key in [key for key in rows if key[2] is None and key[1] in single]:
        fuller = [k for k in rows if k[2] is not None and (k[0], k[1], k[3]) == (key[0], key[1], key[3])]
        if len(fuller) == 1:
            rows[fuller[0]] = [*rows[fuller[0]], *rows.pop(key)]


def _own_names() -> Mapping[str, str]:
    """Give the posts that one state has a name of its own for, with what others call them."""
    names: Mapping[str, str] = word_list("common", "posts")["named_by_one_state"]
    return names


def _one_role(key: _Key, rows: Sequence[Role]) -> Role:
    holder, post, of, qualifier = key
    labels: dict[str, str] = {}
    evidence: dict[tuple[str, str, int, int], Evidence] = {}
    for row in rows:
        for language, label in row.labels.items():
            labels.setdefault(language, label)
        for piece in row.evidence:
            evidence.setdefault((piece.article, piece.part, piece.start, piece.end), piece)
    identifier = f"role:{holder}:{post.replace(' ', '-')}:{of or ''}"
    return Role(
        id=f"{identifier}:{qualifier}" if qualifier else identifier,
        holder=holder,
        role=post,
        of=of,
        qualifier=qualifier,
        labels=labels,
        evidence=list(evidence.values()),
    )


def _with_broader(
    role: Role,
    behind: Sequence[Role],
    articles: dict[str, int],
    witnesses: Witnesses,
    clashing: frozenset[str],
) -> Role:
    """Set a post's agreement: who tells one of the posts `behind` it tells it as well."""
    evidence = list(role.evidence)
    for other in behind:
        evidence += [e for e in other.evidence if e not in evidence]
    if witnesses.behind(role.evidence) > 1 or witnesses.behind(evidence) < 2:
        evidence = list(role.evidence)
    evidence.sort(key=lambda e: (articles[e.article], e.part == "text", e.start, e.end))
    agreement: Agreement = "agree" if witnesses.behind(evidence) > 1 else "only"
    return role.model_copy(
        update={"evidence": evidence, "agreement": "differ" if role.id in clashing else agreement}
    )


def _tells_too(other: Role, role: Role, parties: Collection[str]) -> bool:
    """Tell whether who tells one post of a person tells another of his: a president is a leader."""
    if other is role or other.qualifier != role.qualifier:
        return False
    if other.role == role.role:
        return role.of is None  # a Democratic senator is a senator
    if role.of and role.of == other.of and _own_names().get(role.role) == other.role:
        return True  # the foreign minister of the United States is their secretary of state
    if role.role not in broader(other.role) or _in_one_party(role, other, parties):
        return False
    return other.of == role.of or (
        other.of is None and other.role in word_set("common", "posts", "one_of_a_kind")
    )


def _parties(readings: Iterable[Reading]) -> frozenset[str]:
    """Give the ids of parties that somebody else leads than their secretary-general."""
    listed = word_set("common", "parties", "parties")
    led = tuple(word_set("common", "posts", "apart_in_one_party", "led_by_secretary"))
    found, others = set(), set()
    for reading in readings:
        for entity in reading.entities:
            forms = {form.lower() for names in (*entity.names.values(), [entity.name]) for form in names}
            if forms & listed:
                found.add(entity.id)
            if any(form.startswith(led) or form.endswith(led) for form in forms):
                others.add(entity.id)
    return frozenset(found - others)


def _in_one_party(a: Role, b: Role, parties: Collection[str]) -> bool:
    """Tell whether one is told to lead a party and the other to be its secretary-general."""
    return bool({a.of, b.of} & set(parties)) and _crossed(
        a, b, "apart_in_one_party", "leaders", "secretaries"
    )


def _crossed(a: Role, b: Role, table: str, left: str, right: str) -> bool:
    """Tell whether one post is in the one list of a table and the other in the other."""
    ones, others = (word_set("common", "posts", table, key) for key in (left, right))
    return (a.role in ones and b.role in others) or (a.role in others and b.role in ones)


def _corrects(late: Role, early: Role, editions: Editions) -> bool:
    """Tell whether every teller of a post has given the other one since."""
    return all(any(editions.later(a.article, b.article) for b in late.evidence) for a in early.evidence)


def _clashing(
    posts: Sequence[Role], witnesses: Witnesses, editions: Editions, parties: Collection[str]
) -> list[Role]:
    """Find posts told for one person, by different articles, that nobody holds at one time."""
    found: dict[str, Role] = {}
    for i, a in enumerate(posts):
        for b in posts[i + 1 :]:
            apart = _are_apart(a, b, parties)
            if apart and (_corrects(a, b, editions) or _corrects(b, a, editions)):
                found.update({a.id: a, b.id: b})
            tellers_a = {witnesses.of(e.article) for e in a.evidence}
            tellers_b = {witnesses.of(e.article) for e in b.evidence}
            if tellers_a & tellers_b:
                continue
            if apart and not _told_together(a, b, posts, witnesses):
                found.update({a.id: a, b.id: b})
    return [role for role in posts if role.id in found]


def _told_together(a: Role, b: Role, posts: Sequence[Role], witnesses: Witnesses) -> bool:
    """Tell whether one article gives both posts, under whatever name, so that both can hold."""

    def tellers(role: Role) -> set[str]:
        return {
            witnesses.of(piece.article)
            for post in posts
            if (post.role, post.qualifier) == (role.role, role.qualifier)
            for piece in post.evidence
        }

    return bool(tellers(a) & tellers(b))


def _are_apart(a: Role, b: Role, parties: Collection[str]) -> bool:
    """Tell whether nobody holds two posts at one time, those of one body among them."""
    if a.qualifier or b.qualifier:
        other = word_set("common", "posts", "another_post")
        listed = any(a.role in posts for posts in word_list("common", "posts")["one_at_a_time"].values())
        same = a.role == b.role and (a.of == b.of or None in (a.of, b.of)) and listed
        return same and a.qualifier != b.qualifier and {a.qualifier, b.qualifier} <= {None, *other}
    if exclusive(a.role, b.role):
        return True
    if a.of is None or a.of != b.of:
        return False
    return _crossed(a, b, "apart_in_one_body", "heads", "voices") or _in_one_party(a, b, parties)


def exclusive(a: str, b: str) -> bool:
    """Tell whether one person cannot well hold two posts at one time (`languages/common/posts.toml`)."""
    if a in broader(b) or b in broader(a):
        return False
    groups = word_list("common", "posts")["one_at_a_time"]
    return any(a in posts and b in posts for posts in groups.values())


def _difference(holder: str, posts: Sequence[Role]) -> Difference:
    told = (
        (
            {"role": post.role, "of": post.of} | ({"qualifier": post.qualifier} if post.qualifier else {}),
            post.evidence,
        )
        for post in posts
    )
    return difference(holder, "role", told)
