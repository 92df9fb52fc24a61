"""The page and the API, asked as a browser and as a program ask them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from lxml import html
from starlette.testclient import TestClient

import webs
from tidende.desk import Desk
from tidende.export import FORMATS, export
from tidende.ingest.fetch import Fetcher
from tidende.render.timeline import scale
from tidende.web import create_app
from tidende.web.downloads import file_name
from tidende.web.guard import Guard, is_loopback
from webserver import LOCAL, serving

LANGUAGES = ("da", "nb", "nn", "sv", "en", "de")
SUMMIT = "story:consult:Q56226+Q7747:2019-04-25"


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    return webs.filled(tmp_path_factory.mktemp("web") / "desk.db")


@pytest.fixture(scope="module")
def client(kept) -> TestClient:
    return TestClient(create_app(str(kept)))


@pytest.fixture
def own(kept, tmp_path) -> Path:
    """A desk that a test may change."""
    with Desk(kept) as desk:
        desk.close()
    return Path(shutil.copy(kept, tmp_path / "own.db"))


def tree(answer) -> html.HtmlElement:
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def titles(answer) -> list[str]:
    return [link.text_content() for link in tree(answer).xpath("//ol[@class='stories']//h2/a")]


# --- stories


def test_the_front_page_lists_stories_the_latest_first(client):
    page = tree(client.get("/"))
    assert page.xpath("//ol[@class='stories']/li")
    days = [row["last"] or "" for row in client.get("/api/v1/stories?limit=100").json()["stories"]]
    assert days == sorted(days, reverse=True)
    assert "Vladimir Putin and Kim Jong-un met in Vladivostok" in titles(client.get("/"))


def test_stories_are_told_in_the_readers_language(client):
    shown = {language: titles(client.get(f"/?actor=Q7747&lang={language}"))[0] for language in LANGUAGES}
    assert shown["nb"] == "Vladimir Putin og Kim Jong-un møttes i Vladivostok"
    assert shown["de"] == "Vladimir Putin und Kim Jong-un trafen sich in Vladivostok"
    assert len(set(shown.values())) > 3
    client.cookies.clear()
    assert "Nyheter" in client.get("/", headers={"accept-language": "sv-SE,sv;q=0.9"}).text


def test_stories_are_chosen_by_who_what_when_and_language(client):
    summit = "Vladimir Putin and Kim Jong-un met in Vladivostok"
    assert summit in titles(client.get("/?actor=Q7747&kind=CONSULT"))
    assert titles(client.get("/?actor=Q7747&kind=SANCTION")) == []
    assert summit in titles(client.get("/?country=Q423&told_in=nb&until=2019-12-31&since=2019-01-01"))
    assert summit not in titles(client.get("/?since=2019-05-01"))


def test_what_is_new_since_the_last_visit_is_told(own):
    client = TestClient(create_app(str(own)))
    assert "new since" not in client.get("/").text
    assert "new since" not in client.get("/").text
    with Desk(own) as desk:
        desk.add_articles(
            [webs.Article(id="new", text="Emmanuel Macron mødte torsdag Mette Frederiksen i Paris.")]
        )
    page = tree(client.get("/"))
    (fresh,) = page.xpath("//span[@class='fresh']")
    assert "Macron" in fresh.getparent().text_content()
    assert "new since" not in client.get("/").text


def test_a_story_page_shows_the_articles_as_printed(client):
    page = tree(client.get(f"/story/{SUMMIT}"))
    for number, path in enumerate(webs.SEEDS):
        article = page.xpath("//article[@class='source']")[number]
        for line in filter(str.strip, path.read_text(encoding="utf-8").split("\n")):
            printed = [p.text_content().partition("¶")[2].lstrip("0123456789") for p in article.iter("p")]
            assert line.strip() in [one.strip() for one in printed]


def test_a_former_id_and_an_article_lead_to_the_story(client):
    article = client.get(f"/api/v1/stories/{SUMMIT}").json()["articles"][0]["id"]
    assert tree(client.get(f"/story/{article}")).xpath("string(//h1)").startswith("Vladimir Putin")
    assert client.get("/story/nothing").status_code == 404


def test_an_actor_has_what_he_said_and_did(client):
    page = tree(client.get("/actor/Q7747"))
    assert page.xpath("string(//h1)") == "Vladimir Putin"
    assert "Jeg er trygg på at ditt besøk" in page.text_content()
    assert any("other=Q56226" in link.get("href") for link in page.iter("a"))
    assert client.get("/actor/Q0").status_code == 404


@pytest.mark.parametrize(
    "path", ["/actor/Q7747", "/pair?one=Q22686&other=Q56226&lang=en", "/search?q=Where did Putin meet Kim?"]
)
def test_what_is_told_of_actors_leads_to_its_paragraphs(client, path):
    page = tree(client.get(path))
    links = page.xpath("//ul[@class='facts']//span[@class='loc']/a")
    assert len(links) > 1
    assert "--all" not in page.text_content()
    shown: dict[str, html.HtmlElement] = {}
    for link in links:
        address, _, anchor = link.get("href").partition("#")
        if address not in shown:
            shown[address] = tree(client.get(address))
        (place,) = shown[address].xpath("//*[@id=$anchor]", anchor=anchor)
        assert place.tag == ("p" if "¶" in link.text else "article"), anchor
    client.cookies.clear()


def test_two_actors_have_what_they_did_together(client):
    page = tree(client.get("/pair?one=Q22686&other=Q56226&lang=nb"))
    assert "Singapore 2018, Hanoi 2019" in page.text_content()
    assert page.xpath("//svg[@class='bars']//rect")
    assert client.get("/pair?one=Q22686&other=Q0").status_code == 404
    client.cookies.clear()


def test_a_reader_is_told_why_two_articles_are_one_story(client):
    one, other = (row["id"] for row in client.get(f"/api/v1/stories/{SUMMIT}").json()["articles"])
    page = tree(client.get(f"/why?one={one}&other={other}"))
    assert "One story." in page.text_content()
    told = client.get(f"/api/v1/why?one={one}&other={other}").json()
    assert told["one_story"]
    assert told["reasons"]
    assert client.get(f"/why?one={one}&other=nothing").status_code == 404


def test_a_question_is_answered(client):
    page = tree(client.get("/search", params={"q": "How often has Kim met Xi?"}))
    assert "Xi Jinping: 4 told" in page.xpath("string(//section[@class='answer'])")
    assert not tree(client.get("/search?q=Putin")).xpath("//section[@class='answer']")
    told = client.get("/api/v1/ask", params={"q": "Hvor ofte har Kim mødt Xi?"}).json()
    assert (told["status"], told["language"]) == ("answered", "da")
    unknown = client.get("/api/v1/ask", params={"q": "How often has Macron met Xi?"}).json()
    assert unknown["status"] == "not_told"


@pytest.mark.parametrize("question", ["How often has Kim met Xi?", "Hvor møtte Putin Kim?", "who is putin"])
def test_a_large_desk_answers_from_the_stories_that_a_question_names(client, kept, monkeypatch, question):
    monkeypatch.setattr("tidende.web.library._WHOLE", 0)
    monkeypatch.setattr("tidende.web.library._MOST", 2)
    large = TestClient(create_app(str(kept))).get("/api/v1/ask", params={"q": question}).json()
    assert large["status"] == "answered"
    whole = client.get("/api/v1/ask", params={"q": question}).json()
    assert [fact["value"] for fact in large["facts"]] == [fact["value"] for fact in whole["facts"]]


def test_search_finds_words_names_and_meaning(client):
    page = tree(client.get("/search", params={"q": "Putin atomvåpen"}))
    assert page.xpath("//ol[@class='stories']/li")
    assert "Vladimir Putin" in client.get("/search?q=Putin").text
    assert client.get("/search?q=").status_code == 200
    assert client.get("/search", params={"q": '") OR * NEAR( "'}).status_code == 200


# --- reading at once


def test_a_text_is_read_at_once_and_not_kept(client):
    before = client.get("/api/v1/stories").json()["total"]
    text = "Statsminister Mette Frederiksen mødtes torsdag med Emmanuel Macron i Paris."
    page = tree(client.post("/read", data={"text": text, "published": "2023-03-02"}))
    assert (
        page.xpath("string(//main[@class='story']//h1)")
        == "Mette Frederiksen and Emmanuel Macron met in Paris"
    )
    assert client.get("/api/v1/stories").json()["total"] == before
    assert client.post("/read", data={"text": "  "}).status_code == 400
    assert client.post("/read", data={"text": "x", "published": "soon"}).status_code == 400


def test_two_texts_are_compared(client):
    first, second = (path.read_text(encoding="utf-8") for path in webs.SEEDS)
    page = tree(client.post("/compare", data={"first": first, "second": second, "published": "2019-04-25"}))
    assert "Yuri Ushakov, different posts" in page.text_content()


def test_an_address_is_read_but_none_of_this_house(client, kept):
    with serving() as server:
        body = (
            "Statsminister Mette Frederiksen mødtes torsdag med Emmanuel Macron i Paris. De talte om krigen."
        )
        title = "Frederiksen mødte Macron"
        server.pages["/a"] = f"<html lang=da><h1>{title}</h1><article><p>{body}</p></article></html>".encode()
        refused = client.post("/read", data={"text": server.url("/a")})
        assert refused.status_code == 400
        assert not server.requests
        own = TestClient(create_app(str(kept), fetcher=Fetcher(private_hosts={LOCAL})))
        page = tree(own.post("/read", data={"text": f" {server.url('/a')}\n", "published": "2023-03-02"}))
        assert body in page.xpath("string(//article[@class='source'])")
        assert own.post("/read", data={"text": server.url("/nothing")}).status_code == 400


# --- timeline


def test_thirty_events_on_the_timeline_stand_apart():
    days = ["2011-05-01", *["2018-06-12"] * 9, *["2019-04-24", "2019-04-25"] * 10, "not a day"]
    drawn = scale(days)
    places = [(dot.x, dot.y) for dot in drawn.dots]
    assert len(places) == len(set(places)) == 30
    assert all(0 < x < drawn.width and 0 < y < drawn.line for x, y in places)
    assert [name for _, name in drawn.ticks] == [
        "2012",
        "2013",
        "2014",
        "2015",
        "2016",
        "2017",
        "2018",
        "2019",
    ]
    assert scale(["2019-04-25"] * 3).dots == ()


# --- corrections


def test_stories_are_joined_taken_apart_and_that_is_undone(few):
    client = few
    rows = client.get("/api/v1/stories?limit=100").json()["stories"]
    one, other = [row["id"] for row in rows][:2]
    joined = client.post(
        "/corrections/merge", data={"story": one, "other": other, "who": "Anna"}, follow_redirects=False
    )
    assert joined.status_code == 303
    assert client.get("/api/v1/stories").json()["total"] == len(rows) - 1
    assert "Anna" in client.get("/corrections").text
    client.post("/corrections/undo", data={"number": 1, "who": "Bo"})
    assert client.get("/api/v1/stories").json()["total"] == len(rows)
    assert "undone by Bo" in client.get("/corrections").text
    missing = client.post("/corrections/merge", data={"story": one, "other": "nothing", "who": "Anna"})
    assert missing.status_code == 404


@pytest.fixture
def few(tmp_path) -> TestClient:
    """Three short articles, each a story: what is corrected is soon put together anew."""
    rows = {
        "putin": ("Vladimir Putin mødte Kim Jong-un i Vladivostok torsdag.", "2019-04-25"),
        "kim": ("Kim Jong-il mødte Dmitrij Medvedev i Ulan-Ude onsdag.", "2011-08-24"),
        "macron": ("Emmanuel Macron mødte Mette Frederiksen i Paris torsdag.", "2023-03-02"),
    }
    with Desk(tmp_path / "few.db", create=True) as desk:
        desk.add_articles(webs.Article(id=one, text=text, published=day) for one, (text, day) in rows.items())
    return TestClient(create_app(str(tmp_path / "few.db")))


def stories(client: TestClient) -> int:
    return int(client.get("/api/v1/stories").json()["total"])


def test_a_story_that_may_be_the_same_is_offered_and_may_be_named_by_its_address(few):
    summit, other = (few.get(f"/api/v1/stories/{one}").json()["id"] for one in ("putin", "macron"))
    page = tree(few.get("/corrections/merge", params={"story": other, "q": "Putin Vladivostok"}))
    assert page.xpath("//input[@type='radio']/@value")[0] == summit
    assert other not in page.xpath("//input[@type='radio']/@value")
    address = f"http://testserver/story/{quote(summit, safe='')}?lang=da"
    few.post("/corrections/merge", data={"story": other, "other": address, "who": "Anna"})
    assert stories(few) == 2


def test_an_article_is_taken_out_where_it_stands_and_that_is_undone_there(few):
    few.post("/corrections/merge", data={"story": "putin", "other": "macron", "who": "Åse"})
    page = tree(few.get("/story/putin"))
    second = page.xpath("//ul[@class='texts']//form[@action='/corrections/split']")[1]
    page = tree(few.post("/corrections/split", data=dict(second.form_values())))
    assert stories(few) == 3
    row = page.xpath("//ol[@class='rows']/li")[0]
    assert "not in this story" in row.text_content()
    assert row.xpath(".//input[@name='who']/@value") == ["Åse"]  # who corrected before is remembered
    few.post("/corrections/undo", data=dict(row.xpath(".//form")[0].form_values()))
    assert stories(few) == 2


def test_two_names_are_told_to_be_one_or_two_from_the_page_of_either(few):
    page = tree(few.get("/actor/Q56226"))
    offered = page.xpath("//datalist/option/text()")
    assert offered == ["Vladimir Putin"]
    data = {"one": "Q56226", "other": "Kim Jong-il", "who": "Bo"}
    apart = tree(few.post("/corrections/people", data={**data, "verdict": "not-same"}))
    row = apart.xpath("//ol[@class='rows']/li")[0]
    assert "Kim Jong-un not the same Kim Jong-il" in " ".join(row.text_content().split())
    other = row.xpath(".//a/@href")[1].removeprefix("/actor/")
    few.post("/corrections/undo", data={"number": 1, "who": "Bo"})
    one = few.post("/corrections/people", data={**data, "verdict": "same"}, follow_redirects=False)
    stands = unquote(one.headers["location"])
    former = ({"Q56226", other} - {stands.removeprefix("/actor/")}).pop()
    both = few.get(f"/actor/{former}")
    assert both.url.path == stands
    assert "Vladivostok" in both.text
    assert "Ulan-Ude" in both.text
    listed = tree(few.get("/corrections")).xpath("//ol[@class='rows']/li")
    assert ["undone by Bo" in one.text_content() for one in listed] == [False, True]
    assert few.post("/corrections/people", data={**data, "other": "nobody"}).status_code == 404


def test_who_is_corrected_is_so_on_the_next_page_whichever_that_is(few):
    def told_of(actor: str) -> set[str]:
        rows = few.get("/api/v1/stories", params={"actor": actor}).json()["stories"]
        return {article["id"] for row in rows for article in row["articles"]}

    (one,), (other,) = (
        [row["id"] for row in few.get("/api/v1/entities", params={"name": name}).json()["entities"]]
        for name in ("Emmanuel Macron", "Kim Jong-il")
    )
    assert (told_of(one), told_of(other)) == ({"macron"}, {"kim"})
    data = {"one": one, "other": other, "who": "Bo", "verdict": "same"}
    answer = few.post("/corrections/people", data=data, follow_redirects=False)
    stands = unquote(answer.headers["location"]).removeprefix("/actor/")
    assert told_of(stands) == {"macron", "kim"}
    for article in ("macron", "kim"):
        assert stands in {row["id"] for row in few.get(f"/api/v1/stories/{article}").json()["entities"]}
    few.post("/corrections/undo", data={"number": 1, "who": "Bo"})
    assert (told_of(one), told_of(other)) == ({"macron"}, {"kim"})


def test_what_another_keeps_is_on_the_next_page(few, tmp_path):
    before = titles(few.get("/"))
    again = webs.Article(
        id="again",
        text="Vladimir Putin mødte Kim Jong-un i Vladivostok torsdag, skriver avisen. De talte i to timer.",
        published="2019-04-25",
    )
    other = webs.Article(
        id="stubb", text="Alexander Stubb mødte Jonas Gahr Støre i Oslo.", published="2024-06-04"
    )
    with Desk(tmp_path / "few.db") as desk:
        desk.add_articles([again])
        assert "to timer" in few.get("/story/putin").text
        desk.add_articles([other])
    assert len(titles(few.get("/"))) == len(before) + 1
    assert "Stubb" in few.get("/search?q=Who did Stubb meet?").text
    assert "again" in few.get("/api/v1/search", params={"q": "to timer"}).text


# --- files


@pytest.mark.parametrize("form", FORMATS)
def test_a_story_is_given_as_the_file_that_export_writes(client, tmp_path, kept, form):
    answer = client.get(f"/api/v1/stories/{SUMMIT}/export/{form}")
    with Desk(kept) as desk:
        export([desk.show(SUMMIT)], form, tmp_path / "file")
    assert answer.content == (tmp_path / "file").read_bytes()
    name = answer.headers["content-disposition"]
    assert name.startswith('attachment; filename="tidende-vladimir-putin-and-kim-jong-un-met-in-vladivostok.')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "html" not in answer.headers["content-type"]


def test_what_an_actor_does_and_what_a_search_finds_are_given_as_files(client):
    page = tree(client.get("/actor/Q7747"))
    (link,) = page.xpath(
        "//nav[@class='download']/a[contains(@href, 'jsonl') and not(contains(@href, 'ld'))]/@href"
    )
    stories = [json.loads(line)["id"] for line in client.get(link).text.splitlines()]
    assert SUMMIT in stories
    linked = {one.partition("#")[0] for one in page.xpath("//a[starts-with(@href, '/story/')]/@href")}
    assert len(stories) == len(linked)
    page = tree(client.get("/search", params={"q": "Putin & Kim"}))
    (link,) = page.xpath("//nav[@class='download']/a[contains(@href, 'export/csv')]/@href")
    assert "Kim Jong-un" in client.get(link).text
    rows = client.get("/api/v1/stories/export/jsonl?actor=Q7747&kind=CONSULT&limit=1").text.splitlines()
    assert [json.loads(row)["id"] for row in rows] == [SUMMIT]
    assert client.get("/api/v1/stories/nothing/export/csv").status_code == 404
    assert client.get(f"/api/v1/stories/{SUMMIT}/export/exe").status_code == 422


@pytest.mark.parametrize(
    "title",
    [
        'a"; filename="x.exe',
        "../../etc/passwd",
        "<img src=x onerror=alert(1)>",
        "a\r\nset-cookie: x=1",
        "Ёж",
        "\u202egnp.exe",
    ],
)
def test_no_title_makes_a_file_name_of_its_own(title):
    assert re.fullmatch(r"tidende-[a-z0-9-]+\.csv", file_name(title, "csv"))


def test_a_file_of_a_story_that_means_harm_does_none(client):
    found = client.get("/api/v1/search?q=Orban Berlin").json()["results"]
    story = next(row["story"] for row in found if row["article"] == webs.HARM.id)
    page = tree(client.get(f"/story/{story}"))
    for link in page.xpath("//nav[@class='download']/a/@href"):
        answer = client.get(link)
        assert answer.status_code == 200
        assert re.fullmatch(r'attachment; filename="[a-z0-9.-]+"', answer.headers["content-disposition"])


# --- the API


def test_lists_come_in_parts(client):
    first = client.get("/api/v1/stories?limit=2").json()
    assert (len(first["stories"]), first["next"]) == (2, 2)
    rest = client.get(f"/api/v1/stories?limit=100&offset={first['next']}").json()
    assert rest["next"] is None
    assert len(rest["stories"]) == first["total"] - 2
    quotes = client.get("/api/v1/quotes?speaker=Q7747&limit=1").json()
    assert quotes["quotes"][0]["quote"]["speaker"] == "Q7747"
    assert quotes["next"] == 1


def test_events_are_chosen_by_type_and_actor(client):
    events = client.get("/api/v1/events?type=ACCUSE&actor=Q30").json()["events"]
    assert events
    assert {row["event"]["type"] for row in events} == {"ACCUSE"}
    assert all("Q30" in row["event"]["actors"] + row["event"]["recipients"] for row in events)


def test_every_fact_of_the_api_points_at_its_characters(client):
    record = client.get(f"/api/v1/stories/{SUMMIT}").json()
    texts = {article["id"]: article["text"] for article in record["articles"]}
    pieces = [piece for event in record["events"] for piece in event["evidence"]]
    assert pieces
    for piece in pieces:
        assert texts[piece["article"]][piece["start"] : piece["end"]] == piece["text"]


def test_a_name_leads_to_its_entity(client):
    (found,) = client.get("/api/v1/entities?name=Kim Jong-un").json()["entities"]
    assert (found["id"], found["type"]) == ("Q56226", "person")
    assert SUMMIT in found["stories"]
    assert client.get("/api/v1/entities/Q56226").json() == found


def test_texts_are_read_together(client):
    articles = [{"id": path.name, "text": path.read_text(encoding="utf-8")} for path in webs.SEEDS]
    answer = client.post("/api/v1/read", json={"articles": articles, "lang": "da"}).json()
    (record,) = answer["stories"]
    assert record["title"].startswith("Vladimir Putin og Kim Jong-un mødtes")
    assert [article["id"] for article in record["articles"]] == [path.name for path in webs.SEEDS]
    twice = client.post(
        "/api/v1/read", json={"articles": [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}]}
    )
    assert twice.status_code == 400
    assert "already given" in twice.json()["title"]


def test_what_has_not_changed_is_not_sent_again(client):
    for path in ("/", f"/story/{SUMMIT}", "/api/v1/stories"):
        first = client.get(path)
        again = client.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/stories/nothing", 404),
        ("/api/v1/entities/nothing", 404),
        ("/api/v1/stories?limit=0", 422),
        ("/api/v1/stories?lang=fr", 422),
        ("/api/v1/events?type=WAR", 422),
        ("/api/v1/nothing", 404),
    ],
)
def test_problems_are_told_to_programs(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["title"]


# --- who may do what


def test_text_of_articles_is_never_markup(client):
    found = client.get("/api/v1/search?q=Orban Berlin").json()["results"]
    story = next(row["story"] for row in found if row["article"] == webs.HARM.id)
    for path in ("/", f"/story/{story}", "/search?q=Merkel Berlin", "/actor/Q57641", "/api/v1/stories"):
        answer = client.get(path)
        if "html" not in answer.headers["content-type"]:
            assert answer.headers["x-content-type-options"] == "nosniff"
            continue
        page = html.fromstring(answer.text)
        assert {script.get("src") for script in page.iter("script")} <= {
            "/static/htmx.min.js",
            "/static/web.js",
        }
        assert not list(page.iter("img", "i", "b"))
        assert not [one for one in page.iter() for key in one.attrib if key.startswith("on")]
        assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert (
        "<script>alert('quote')</script>"
        in html.fromstring(client.get(f"/story/{story}").text).text_content()
    )


def test_nothing_inline_is_allowed(client):
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = tree(client.get(f"/story/{SUMMIT}"))
    assert not [script for script in page.iter("script") if script.text and script.text.strip()]
    assert not page.xpath("//*[@style]")
    assert not list(page.iter("style"))


def test_another_site_cannot_write(client):
    data = {"story": SUMMIT, "other": "x", "who": "Eve"}
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ):
        assert client.post("/corrections/merge", data=data, headers=headers).status_code == 403
    assert "Eve" not in client.get("/corrections").text


def test_this_machine_is_asked_by_its_own_names_only(kept):
    client = TestClient(create_app(str(kept), guard=Guard(hosts=frozenset({"localhost"}))))
    assert client.get("/", headers={"host": "rebound.example:8080"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:8080"}).status_code == 200


def test_writing_asks_for_the_token(own):
    client = TestClient(create_app(str(own), guard=Guard("secret")))
    data = {"number": 7, "who": "Anna"}
    assert client.get("/").status_code == 200
    assert client.post("/corrections/undo", data=data).status_code == 401
    assert (
        client.post("/corrections/undo", data=data, headers={"authorization": "Bearer guess"}).status_code
        == 401
    )
    allowed = client.post("/corrections/undo", data=data, headers={"authorization": "Bearer secret"})
    assert allowed.status_code == 404
    assert client.post("/token", data={"token": "guess"}).status_code == 401
    assert client.post("/token", data={"token": "secret"}).status_code == 200
    assert client.post("/corrections/undo", data=data).status_code == 404


def test_a_closed_desk_asks_for_the_token_for_reading(kept):
    client = TestClient(create_app(str(kept), guard=Guard("secret", closed=True)))
    assert client.get("/api/v1/stories").status_code == 401
    assert "Putin" not in client.get("/").text
    assert client.get("/static/web.css").status_code == 200
    assert client.get("/api/v1/stories", headers={"authorization": "Bearer secret"}).status_code == 200


def test_a_request_too_long_is_refused(client):
    assert client.post("/read", content=b"x", headers={"content-length": "9000000"}).status_code == 413


@pytest.mark.parametrize(
    ("host", "own"),
    [
        *((host, True) for host in ("127.0.0.1", "::1", "localhost", "127.8.8.8")),
        *((host, False) for host in ("0.0.0.0", "::", "192.168.1.4", "example.org")),
    ],
)
def test_what_is_this_machine_alone(host, own):
    assert is_loopback(host) is own
