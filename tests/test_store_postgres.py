"""PostgreSQL: it keeps what a file keeps, and what is wrong is told in one line without the password."""

import subprocess
import sys

import psycopg
import pytest

import desks
import servers
from test_store import commands
from tidende import cli
from tidende.desk import Desk
from tidende.errors import StoreError
from tidende.reading import read_article, unread
from tidende.records import Article
from tidende.store import open_store
from tidende.store.postgres import schema
from tidende.store.postgres.address import read_address
from tidende.store.sql.text import packed, unpacked

SOME = 8


@pytest.mark.parametrize("kind", servers.KINDS)
def test_the_server_is_here(kind):
    if kind not in servers.here():
        pytest.skip(f"no PostgreSQL ({servers.KINDS[kind]})")
    version = int(servers.server(kind).tell("show server_version_num")[0][0])
    assert version >= 150000


@pytest.fixture(scope="module", params=servers.here())
def server(request):
    return servers.server(request.param)


@pytest.fixture(scope="module")
def one_server():
    if not servers.here():
        pytest.skip("no PostgreSQL")
    return servers.server(servers.here()[0])


@pytest.fixture
def place(one_server):
    """Name a desk with some articles."""
    place = one_server.fresh()
    desks.filled(place, range(3)).close()
    return place


def told(location, **more):
    """Give what is told when a desk is opened that cannot be."""
    with pytest.raises(StoreError) as caught:
        open_store(location, **more)
    return caught.value.problem


def schema_of(location):
    return location.rpartition("schema=")[2]


def test_the_two_stores_keep_and_find_the_same(server, tmp_path):
    order = [*range(SOME - 5, SOME), *range(SOME - 5)]
    with desks.filled(tmp_path / "desk.db", range(SOME)) as one, desks.filled(server.fresh(), order) as other:
        assert desks.story_of(one) == desks.story_of(other)
        assert list(one.records()) == list(other.records())
        assert other.check().problems == []
        ids = list(desks.story_of(one))
        for ask in (
            lambda store: store.readings(ids),
            lambda store: store.sources(ids),
            lambda store: store.signatures(ids),
            lambda store: store.vectors(),
            lambda store: store.linked(ids[:2]),
            lambda store: store.entities_called("Theresa May"),
            lambda store: [store.record(story) for story in sorted(set(desks.story_of(one).values()))],
            lambda store: store.cards(set(desks.story_of(one).values())),
        ):
            assert ask(one.store) == ask(other.store)
        near, also = (store.nearest(desks.vectors()[0], 5) for store in (one.store, other.store))
        assert [name for name, _ in near] == [name for name, _ in also]
        assert [cosine for _, cosine in near] == pytest.approx([cosine for _, cosine in also], abs=1e-5)
        headline = one.store.sources(ids[:1])[0].text.split("\n")[0]
        assert one.search(headline)[0].article == other.search(headline)[0].article


@pytest.fixture(scope="module")
def sayings(server):
    """Keep three short articles, read by rules alone."""
    texts = {
        "form": ("nb", "Kvotene er brukt opp i dag, 2019-04-25 klokka 12.30."),
        "stem": ("nb", "Hver kvote er brukt opp."),
        "german": ("de", "Die Quoten sind verbraucht, 100% davon_hier."),
    }
    with Desk(server.fresh(), create=True) as desk:
        articles = [Article(id=i, text=text, language=language) for i, (language, text) in texts.items()]
        desk.add_readings([read_article(one, None) for one in articles], [b""] * 3)
        yield desk.store


@pytest.mark.parametrize(
    ("words", "every", "wanted"),
    [
        (["kvotene"], True, ["form", "stem"]),  # the form asked for comes first
        (["kvote"], True, ["stem", "form"]),
        (["KVOTENE"], True, ["form", "stem"]),
        (["quote"], True, ["german"]),
        (["kvotene er"], True, ["form"]),  # a phrase stands as it is asked for
        (["er kvotene"], True, []),
        (["04"], True, ["form"]),
        (["2019-04-25"], True, ["form"]),
        (["12", "30"], True, ["form"]),
        (["kvotene", "verbraucht"], True, []),
        (["hver", "verbraucht"], False, ["german", "stem"]),
        (["kvo"], True, []),
        (["_"], True, []),
    ],
)
def test_words_are_found_in_any_form_and_the_form_asked_for_first(sayings, words, every, wanted):
    found = sayings.find_words(words, every=every, limit=10)
    assert (found if every else sorted(found)) == wanted


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ("vot", ["stem", "form"]),
        ("00%", ["german"]),
        ("n_h", ["german"]),
        ("vo_en", []),
        ("\\", []),
        ("%%%", []),
    ],
)
def test_signs_that_mean_something_to_like_are_only_signs(sayings, part, wanted):
    assert sayings.find_parts([part], 10) == wanted


def test_what_cannot_be_had_is_told_in_words(one_server):
    one_server.tell(
        "create role kari login password 'right'",
        "create database bytes encoding 'SQL_ASCII' template template0",
    )
    assert told(one_server.url(database="nowhere")) == "no such database (createdb makes one): nowhere"
    assert told(one_server.url(user="kari")).startswith("a password is needed")
    assert (
        told(one_server.url(user="kari", password="wrong")) == "wrong password, or no user of this name: kari"
    )
    assert told("postgresql:///x?host=/tmp/none") == "no server answers there"
    assert told("postgresql://127.0.0.1:1/x") == "no server answers there"
    assert told("postgresql://no-such-host.invalid/x") == "no server of this name"
    assert told(one_server.url(database="bytes")).startswith("the database holds SQL_ASCII, not UTF8")


@pytest.mark.parametrize(
    "secret", ["s3cret", "s3cret%2F", "s3cret/x", "s3cret@x", "s3cret?x", "s3cret#x", "12/s3cret", ":s3cret"]
)
def test_a_password_is_never_printed(secret, capsys, monkeypatch):
    for url in (
        f"postgresql://kari:{secret}@127.0.0.1:1/desk",
        f"postgresql://kari:{secret}@127.0.0.1:x/desk",
        f"postgresql://kari@127.0.0.1:1/desk?password={secret}",
        f"postgres://kari:{secret}@/desk?host=/tmp/none",
    ):
        monkeypatch.setenv("TIDENDE_DESK", url)
        for command in (["stories"], ["check", "--desk", url]):
            with pytest.raises(SystemExit):
                cli.main(command)
            out, err = capsys.readouterr()
            assert err.startswith("tidende: postgresql://")
            assert "s3cret" not in out + err


def test_a_location_opens_the_same_desk_again():
    url = "postgresql://kari:s3cret@db.example:5433/news?schema=today&sslmode=require&sslpassword=s3cret"
    address = read_address(url)
    assert address.location == "postgresql://kari@db.example:5433/news?sslmode=require&schema=today"
    assert "s3cret" in address.conninfo
    again = read_address(address.location)
    assert (again.location, again.schema, again.database) == (address.location, "today", "news")
    with pytest.raises(StoreError, match="no plain name"):
        read_address("postgresql:///news?schema=a;b")


def test_a_desk_that_is_not_there_is_told_by_every_command(one_server, capsys):
    place = one_server.fresh()
    for command in commands(place):
        with pytest.raises(SystemExit) as ended:
            cli.main([*command, "--desk", place])
        err = capsys.readouterr().err
        assert (ended.value.code, err) == (2, f"tidende: {place}: no such desk (tidende add makes one)\n")


def test_the_schema_of_another_program_is_left_alone(one_server):
    place = one_server.fresh()
    one_server.tell(
        f"create schema {schema_of(place)}", f"create table {schema_of(place)}.bookmarks (url text)"
    )
    for create in (False, True):
        assert told(place, create=create) == "a schema of another program, no desk"
    assert one_server.tell(f"select count(*) from {schema_of(place)}.bookmarks") == [(0,)]


def test_who_may_read_reads_and_who_may_not_is_told(one_server, place):
    name = schema_of(place)
    one_server.tell(
        f"create role reader_{name} login password 'x'",
        f"create role stranger_{name} login password 'x'",
        f"grant usage on schema {name} to reader_{name}",
        f"grant select on all tables in schema {name} to reader_{name}",
    )
    as_reader = one_server.url(user=f"reader_{name}", password="x", schema=name)
    as_stranger = one_server.url(user=f"stranger_{name}", password="x", schema=name)
    with Desk(place) as own, Desk(as_reader) as desk:
        assert desks.story_of(desk) == desks.story_of(own)
        assert len(list(desk.records())) == len(list(own.records()))
        assert desk.search(desks.readings()[0].article.text[:60], 3)
        with pytest.raises(StoreError, match="cannot be written"):
            desk.add_readings(desks.readings()[:5], desks.vectors()[:5])
    assert told(as_reader, create=True) == "cannot be written"
    assert told(as_stranger) == f"no right to use the schema {name}"
    elsewhere = one_server.url(user=f"stranger_{name}", password="x", schema=f"{name}_x")
    assert told(elsewhere, create=True).startswith("no right to do this: permission denied for database")
    one_server.tell(f"create schema {name}_x authorization stranger_{name}")
    with Desk(elsewhere, create=True) as desk:  # who makes desks need not make schemas
        desk.add_readings(desks.readings()[:1], desks.vectors()[:1])
        assert desk.store.damage() == []


def test_an_older_desk_is_brought_up_to_date_and_a_newer_one_not_touched(one_server, place, monkeypatch):
    def more(db):
        db.execute("alter table articles add column more integer not null default 7")

    def fails(db):
        db.execute("drop table notes")
        db.execute("select * from nothing")

    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", (*schema.STEPS, fails))
        assert told(place).startswith("damaged: relation")
    before = desks.story_of(Desk(place))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", (*schema.STEPS, more))
        with Desk(place) as desk:
            assert desks.story_of(desk) == before
            assert desk.store._rows("select distinct more from articles") == [(7,)]
    known = len(schema.STEPS)
    assert (
        told(place) == f"written by a newer Tidende (version {known + 1} of a desk; this one knows {known})"
    )


def test_a_desk_of_the_first_version_gets_what_finds_the_nearest(one_server, monkeypatch):
    place = one_server.fresh()
    with desks.filled(place, range(SOME)) as desk:
        before = desks.like(desk, desks.vectors()[3])
    name = schema_of(place)
    one_server.tell(
        f"drop table {name}.signs",
        f"drop table {name}.cards",
        f"drop index {name}.articles_id",
        f"drop index {name}.articles_reader",
        f"update {name}.desk set version = 1",
        "create role onlooker",
        f"grant select on {name}.vectors to onlooker",
    )
    with Desk(place) as desk:
        assert desks.like(desk, desks.vectors()[3]) == before
        assert desk.store.damage() == []
        assert len(list(desk.cards())) == len(set(desks.story_of(desk).values()))
    for table in ("signs", "cards"):
        may = one_server.tell(f"select has_table_privilege('onlooker', '{name}.{table}', 'select')")
        assert may == [(True,)]
    one_server.tell("drop owned by onlooker; drop role onlooker")


def test_check_finds_what_was_changed_and_lost(one_server, place):
    name = schema_of(place)
    ((key, body),) = one_server.tell(f"select article, reading from {name}.bodies order by article limit 1")
    changed = unpacked(body).replace('"text":"', '"text":"X', 1)
    with psycopg.connect(one_server.url(), autocommit=True) as db:
        db.execute(f"update {name}.bodies set reading = %s where article = %s", (packed(changed), key))
        db.execute(f"update {name}.articles set story = '' where key = {key + 1}")
        db.execute(f"delete from {name}.signatures where article = {key + 2}")
        db.execute(f"delete from {name}.searched where article = {key + 2}")
    with Desk(place) as desk:
        problems = "\n".join(desk.check().problems)
    for problem in ("does not say", "in no story", "nothing in signatures", "not in the index of searched"):
        assert problem in problems


def test_what_the_server_has_beside_itself_is_used_once_it_is_there(server):
    name = "extras"
    server.tell(f"create database {name}")
    place = server.url(name)
    with desks.filled(place, range(SOME)) as desk:
        used = desk.store._extras
        before = desk.store.find_parts(["inister"], 9), desk.store.nearest(desks.vectors()[0], 5)
    assert len(used) == 1
    server.tell(f"drop extension {next(iter(used))} cascade", database=name)
    for create in (False, True):
        with Desk(place, create=create) as desk:
            assert desk.store._extras == (used if create else set())
            assert desk.store.find_parts(["inister"], 9) == before[0]
            now = desk.store.nearest(desks.vectors()[0], 5)
            assert [one for one, _ in now] == [one for one, _ in before[1]]
            assert desk.store.damage() == []


def test_a_lost_connection_is_made_anew_and_half_a_filing_is_not_kept(one_server, place):
    end = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tidende'"
    with Desk(place) as desk:
        before = desks.story_of(desk)
        one_server.tell(end)
        assert desks.story_of(desk) == before
        one_server.tell(end)
        with desk.store.writing():
            desk.store.keep_note("one", "kept")

        def broken_off():
            with desk.store.writing():
                desk.store.keep_note("other", "lost")
                one_server.tell(end)
                desk.store.keep_note("third", "lost")

        with pytest.raises(StoreError, match="connection to the server is lost"):
            broken_off()
        assert [desk.note(name) for name in ("one", "other", "third")] == ["kept", None, None]


def test_the_revision_tells_of_what_others_keep(one_server, place):
    with Desk(place) as one, Desk(place) as other:
        before = one.revision()
        other.add_readings(desks.readings()[:3], desks.vectors()[:3])  # known already
        assert one.revision() == before
        other.add_readings(desks.readings()[3:4], desks.vectors()[3:4])
        assert one.revision() != before


def test_signs_and_lengths_that_a_server_does_not_take_are_kept(server):
    articles = [
        Article(
            id="a\0b",
            title="Nul\0title",
            text="Det regner i Bergen.\0\ufffe0 Nei.",
            outlet="\0",
            language="nb",
        ),
        Article(id="i" * 9_000, url="https://x.no/" + "y" * 90_000, text="Ord " * 40_000, language="nb"),
        Article(id="many", text=" ".join(f"ord{n}tall" for n in range(120_000)), language="nb"),
        Article(id="long", text="x" * 9_000 + " slutt", language="da"),
    ]
    with Desk(server.fresh(), create=True) as desk:
        desk.add_readings([unread(one) for one in articles], [b""] * 4)
        assert sorted(desks.story_of(desk)) == sorted(one.id for one in articles)
        for one in articles:
            (kept,) = desk.store.kept([one.id])
            assert (kept.title, kept.url, kept.outlet) == (one.title, one.url, one.outlet)
            assert desk.store.sources([one.id])[0].text == one.text
        assert desk.store.find_words(["slutt"], every=True, limit=5) == ["long"]
        assert desk.store.find_words(["ord7tall"], every=True, limit=5) == ["many"]
        assert desk.store.find_parts(["regner i"], 5) == ["a\0b"]
        assert desk.store.damage() == []


def test_a_desk_is_copied_to_a_server_and_back(server, tmp_path, capsys):
    first, second, third = str(tmp_path / "one.db"), server.fresh(), str(tmp_path / "two.db")
    with desks.filled(first, (0, 1, 5, 10)) as desk:
        desk.merge(*desks.story_of(desk).values(), who="Kari", when="2026-01-02T03:04:05+00:00")
        desk.keep_note("watch", "here")
        before, kept, made = desks.story_of(desk), desk.store.kept(), desk.corrections()
        found = desk.store.find_parts(["inister"], 9), desk.store.nearest(desks.vectors()[0], 4)
    for source, target in ((first, second), (second, third)):
        with pytest.raises(SystemExit) as ended:
            cli.main(["copy", "--desk", source, target])
        assert (ended.value.code or 0, *capsys.readouterr()) == (0, "4 articles copied\n", "")
        with Desk(target) as desk:
            assert (desks.story_of(desk), desk.store.kept(), desk.corrections()) == (before, kept, made)
            assert desk.note("watch") == "here"
            assert sorted(desk.store.find_parts(["inister"], 9)) == sorted(found[0])
            assert [one for one, _ in desk.store.nearest(desks.vectors()[0], 4)] == [n for n, _ in found[1]]
            assert desk.store.damage() == []
            with pytest.raises(StoreError, match="not empty"):
                desk.copy(first)
    with Desk(second) as desk:
        desk.add_readings(desks.readings()[4:5], desks.vectors()[4:5])
        assert len({one.number for one in desk.store.kept()}) == 5


def test_without_the_package_the_command_to_install_it_is_told(tmp_path):
    code = (
        "import sys; from tidende.desk import Desk; Desk(sys.argv[1], create=True).close();"
        "assert 'psycopg' not in sys.modules; sys.modules['psycopg'] = None;"
        "from tidende import cli; cli.main(['stories', '--desk', 'postgresql:///x'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "desk.db")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith(
        "tidende: a desk in PostgreSQL needs a package that is not installed: pip install 'tidende[postgres]'"
    )
