"""Formats of newsrooms, feeds, archives and offices, each as programs of that kind write it."""

import gzip
import io
import json

import docx
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from test_ingest import error_of, load, only, write
from tidende.errors import EmptyInput, MalformedInput, UnsupportedInput
from tidende.ingest.outlets import find_outlet

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Bladet</title><link>https://bladet.example/</link><language>da-dk</language>
<item><title>Topmødet &amp; &lt;b&gt;gæsterne&lt;/b&gt;</title><link>https://bladet.example/1</link>
<guid isPermaLink="false">bladet-1</guid><pubDate>Tue, 03 Mar 2026 00:30:00 +0100</pubDate>
<description>Kort resumé.</description>
<content:encoded><![CDATA[<p>Ministeren ankom tirsdag.</p><blockquote>»Vi er klar,« sagde hun.</blockquote>
<script>alert(1)</script><h2>Hvad nu?</h2><p>Mødet begynder onsdag.</p>]]></content:encoded></item>
<item><title>Kun en overskrift</title><link>https://bladet.example/2</link><dc:date>2026-03-02</dc:date></item>
<item><guid>tom</guid></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv"><title>Tidningen</title><id>urn:t</id>
<entry><id>urn:t:1</id><title type="html">Ett &amp;amp; två</title><link rel="alternate" href="https://t.example/1"/>
<updated>2026-03-03T09:00:00Z</updated><published>2026-03-02T08:00:00+01:00</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Statsministern reste på måndagen.</p>
<p>Hon sade: <q>Det går bra</q>.</p></div></content></entry></feed>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Post",
    "items": [
        {
            "id": "https://p.example/1",
            "url": "https://p.example/1",
            "title": "Talks begin",
            "content_html": "<p>Talks began on Monday.</p><p>“We hope,” he said.</p>",
            "date_published": "2026-03-02T10:00:00Z",
        },
        {"id": 7, "content_text": "One line.\nAnother line.", "language": "en"},
        "not an item",
    ],
}

NINJS = {
    "1.3": {
        "uri": "http://agency.example/1",
        "type": "text",
        "versioncreated": "2026-03-02T12:00:00+01:00",
        "pubstatus": "usable",
        "language": "nn",
        "headline": "Ministeren gjekk av",
        "infosource": [{"name": "Byrået"}],
        "body_text": "Ministeren gjekk av måndag.",
        "body_xhtml": "<p>Ministeren gjekk av måndag.</p><p>– Eg angrar ikkje, sa ho.</p>",
    },
    "2.0": {
        "uri": "urn:agency:2",
        "versionCreated": "2026-03-02T12:00:00+01:00",
        "language": "nn",
        "headlines": [{"value": "Ministeren gjekk av"}],
        "infoSources": [{"name": "Byrået", "role": "provider"}],
        "bodies": [
            {"contentType": "text/plain", "value": "Ministeren gjekk av måndag.\n– Eg angrar ikkje, sa ho."}
        ],
    },
    "3.0": {
        "standard": {"name": "ninjs", "version": "3.0"},
        "uri": "urn:agency:3",
        "type": "text",
        "firstCreated": "2026-03-02T12:00:00+01:00",
        "versionCreated": "2026-03-09T12:00:00+01:00",
        "language": "nn",
        "headlines": [{"role": "main", "contentType": "text/plain", "value": "Ministeren gjekk av"}],
        "copyrightHolder": "Byrået",
        "bodies": [
            {
                "contentType": "text/html",
                "value": "<p>Ministeren gjekk av måndag.</p><p>– Eg angrar ikkje, sa ho.</p>",
            }
        ],
    },
}

NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
<header><sent>2026-03-02T12:00:01Z</sent></header><itemSet>
<newsItem guid="urn:newsml:byraa:1" version="2"
 standard="NewsML-G2" standardversion="2.30" conformance="power">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="BYRÅ"><name>Byrået</name></provider>
<versionCreated>2026-03-02T13:00:00+01:00</versionCreated><firstCreated>2026-03-02T12:00:00+01:00</firstCreated>
<pubStatus qcode="stat:usable"/><title>slug</title></itemMeta>
<contentMeta><headline>Ministeren gikk av</headline><language tag="nb"/></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml">
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head>
<title>x</title></head><body><body.head><hedline><hl1>Ministeren gikk av</hl1></hedline></body.head>
<body.content><p>Ministeren gikk av mandag.</p><hl2>Kritikk</hl2>
<bq><block><p>«Jeg angrer ikke.»</p></block></bq>
</body.content></body></nitf></inlineXML></contentSet></newsItem>
<newsItem guid="urn:newsml:byraa:2" version="1">
<itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>
<newsItem guid="urn:newsml:byraa:3" version="3"><itemMeta><itemClass qcode="ninat:text"/>
<pubStatus qcode="stat:canceled"/></itemMeta></newsItem>
</itemSet></newsMessage>"""

MAIL = """Return-Path: <brev@avisa.example>
From: =?utf-8?q?Avisa_Nyhetsbrev?= <brev@avisa.example>
To: leser@example.org
Subject: =?utf-8?b?TW9yZ2VubnloZXRlciDDpg==?=
Date: Mon, 02 Mar 2026 06:00:00 +0100
Message-ID: <1@avisa.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="x"

--x
Content-Type: text/plain; charset=utf-8

Åpne i nettleseren.

--x
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<html><head><style>p {{}}</style></head><body><table><tr><td><h1>God morgen</h1><p>Statsministeren reiser til
K=F8benhavn mandag.</p><blockquote>=ABVi skal snakke sammen,=BB sier han.</blockquote>
</td></tr></table></body></html>
--x--
"""

PAGE = """<!DOCTYPE html><html lang="nb"><head><meta charset="utf-8"><title>Ministeren gikk av | Avisa</title>
<meta property="og:site_name" content="Avisa">
<meta property="article:published_time" content="{published}"></head>
<body><nav><a href="/">Forside</a></nav><main><article><h1>Ministeren gikk av</h1>
<p>Finansministeren leverte mandag avskjedssøknaden sin til statsministeren etter uker med kritikk.</p>
<blockquote class="pullquote"><p>«Jeg har gjort feil, og jeg tar ansvar for dem.»</p></blockquote>
<p>Hun sa at hun hadde tenkt på det <q>i flere <i>lange</i> uker</q>, og at hun ikke angret.</p>
<figure><blockquote>«Dette er en god dag for Stortinget,» sier opposisjonslederen.</blockquote></figure>
<p>&ndash; Jeg ville gjort det samme, sier forgjengeren hennes.</p>
<p>Regjeringen møtes tirsdag for å peke ut en etterfølger.</p></article>{after}</main>
<footer><p>© Avisa</p></footer></body></html>"""

LIVE_ENTRIES = [
    ("Møtet er i gang", "<p>Lederne er kommet til byen, og det første møtet begynte klokken ni.</p>"),
    ("Talen", "<p>Presidenten taler nå.</p><blockquote><p>«Vi ber om det som er lovet.»</p></blockquote>"),
    ("Kort", "<p>Pause til klokken to.</p>"),
    ("Protester", "<p>Flere hundre protesterer foran parlamentet, ifølge politiet.</p>"),
]


def entries(tag, kind="entry"):
    return "".join(
        f'<{tag} class="{kind}"><time datetime="2026-03-02T{hour:02d}:00">{hour:02d}.00</time>'
        f"<h3>{head}</h3>{body}</{tag}>"
        for hour, (head, body) in enumerate(LIVE_ENTRIES, start=9)
    )


def warc(tmp_path, records, name="news.warc.gz", packed=True):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, status, kind, body, *encoding in records:
        headers = [("Content-Type", kind), *(("Content-Encoding", each) for each in encoding)]
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": "2026-03-02T12:00:00Z"},
            )
        )
    return write(tmp_path / name, out.getvalue())


# Feeds


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_rss(tmp_path, encoding):
    batch = load([write(tmp_path / "feed.rss", RSS.format(encoding=encoding).encode(encoding))])
    first, second = batch.articles
    assert first.text.split("\n") == [
        "Ministeren ankom tirsdag.",
        "»Vi er klar,« sagde hun.",
        "Hvad nu?",
        "Mødet begynder onsdag.",
    ]
    assert (first.id, first.url, first.outlet) == ("bladet-1", "https://bladet.example/1", "Bladet")
    assert first.title == "Topmødet & gæsterne"
    assert first.published == "2026-03-03T00:30:00+01:00"  # in UTC it would be the day before
    assert first.language == "da"
    assert [block.kind for block in first.blocks] == ["title", "lead", "body", "heading", "body"]
    assert (second.id, second.text, second.published) == (
        "https://bladet.example/2",
        "Kun en overskrift",
        "2026-03-02",
    )
    (error,) = batch.errors
    assert isinstance(error, EmptyInput)
    assert str(error) == f"{tmp_path / 'feed.rss'}#3: no text in it"


def test_a_broken_feed_gives_what_can_be_read_of_it(tmp_path):
    data = RSS.format(encoding="utf-8").replace(
        "</item>\n<item><title>Kun", "</item>\n<item><title>Kun & <b>"
    )
    batch = load([write(tmp_path / "feed.xml", data)])
    assert [article.id for article in batch.articles] == ["bladet-1", "https://bladet.example/2"]


def test_atom(tmp_path):
    article = only([write(tmp_path / "feed.atom", ATOM)])
    assert article.text == "Statsministern reste på måndagen.\nHon sade: “Det går bra”."
    assert (article.id, article.title, article.outlet) == ("urn:t:1", "Ett & två", "Tidningen")
    assert (article.published, article.language) == ("2026-03-02T08:00:00+01:00", "sv")


def test_json_feed(tmp_path):
    batch = load([write(tmp_path / "feed.json", json.dumps(JSON_FEED))])
    assert [(article.id, article.text) for article in batch.articles] == [
        ("https://p.example/1", "Talks began on Monday.\n“We hope,” he said."),
        ("7", "One line.\nAnother line."),
    ]
    assert batch.articles[0].outlet == "The Post"
    assert [str(error).rpartition("#")[2] for error in batch.errors] == ["3: not a JSON object"]


def test_an_item_in_two_feeds_is_one_article_and_a_changed_one_is_two(tmp_path):
    one = write(tmp_path / "1.atom", ATOM)
    two = write(tmp_path / "2.atom", ATOM)
    three = write(tmp_path / "3.atom", ATOM.replace("måndagen", "tisdagen"))
    batch = load([one, two, three])
    assert [article.id for article in batch.articles] == ["urn:t:1", "urn:t:1#2"]
    assert batch.errors == ()


# Newsrooms


@pytest.mark.parametrize("version", sorted(NINJS))
def test_ninjs(tmp_path, version):
    article = only([write(tmp_path / "item.json", json.dumps(NINJS[version]))])
    assert article.text == "Ministeren gjekk av måndag.\n– Eg angrar ikkje, sa ho."
    assert (article.title, article.outlet) == ("Ministeren gjekk av", "Byrået")
    assert (article.published, article.language) == ("2026-03-02T12:00:00+01:00", "nn")
    assert article.id == NINJS[version]["uri"]


def test_ninjs_that_is_no_text_or_withdrawn_is_told(tmp_path):
    items = [
        {"uri": "urn:p", "type": "picture", "headline": "Bilde"},
        {**NINJS["1.3"], "pubstatus": "canceled"},
        NINJS["3.0"],
    ]
    batch = load([write(tmp_path / "items.json", json.dumps(items))])
    assert [article.id for article in batch.articles] == ["urn:agency:3"]
    assert [type(error) for error in batch.errors] == [UnsupportedInput, UnsupportedInput]
    assert "withdrawn by its source (canceled)" in str(batch.errors[1])


def test_newsml(tmp_path):
    batch = load([write(tmp_path / "message.xml", NEWSML)])
    (article,) = batch.articles
    assert article.text == "Ministeren gikk av mandag.\nKritikk\n«Jeg angrer ikke.»"
    assert (article.id, article.title) == ("urn:newsml:byraa:1", "Ministeren gikk av")
    assert (article.outlet, article.language) == ("Byrået", "nb")
    assert article.published == "2026-03-02T12:00:00+01:00"
    assert [block.kind for block in article.blocks] == ["title", "lead", "heading", "body"]
    assert ["#2: a news item of class" in str(batch.errors[0]), "canceled" in str(batch.errors[1])] == [
        True,
        True,
    ]


def test_articles_in_a_json_file_have_the_fields_of_json_lines(tmp_path):
    path = write(tmp_path / "a.json", json.dumps([{"id": "a", "text": "Han kom."}, {"id": "b"}]))
    batch = load([path])
    assert [article.id for article in batch.articles] == ["a"]
    assert "no article" in str(batch.errors[0])


# Mails, documents


@pytest.mark.parametrize("name", ["brev.eml", "brev"])
def test_a_newsletter(tmp_path, name):
    article = only([write(tmp_path / name, MAIL)])
    assert article.text.split("\n") == [
        "God morgen",
        "Statsministeren reiser til København mandag.",
        "«Vi skal snakke sammen,» sier han.",
    ]
    assert (article.title, article.outlet) == ("Morgennyheter æ", "Avisa Nyhetsbrev")
    assert (article.id, article.published) == ("1@avisa.example", "2026-03-02T06:00:00+01:00")


def test_a_mail_in_plain_text_keeps_its_paragraphs_and_loses_its_signature(tmp_path):
    mail = (
        "From: Presse <p@dep.example>\nSubject: Pressemelding\nMessage-ID: <2@dep.example>\n\n"
        "Regjeringen legger fram en plan\nfor nordområdene i dag.\n\n– Dette er viktig, sier ministeren.\n\n"
        "-- \nPressevakten\n"
    )
    article = only([write(tmp_path / "a.eml", mail)])
    assert article.text == (
        "Regjeringen legger fram en plan for nordområdene i dag.\n– Dette er viktig, sier ministeren."
    )


def test_a_word_file(tmp_path):
    document = docx.Document()
    document.add_heading("Pressemelding", level=1)
    document.add_paragraph("Regjeringen legger fram en plan i dag.")
    document.add_paragraph("«Dette er viktig,» sier ministeren.")
    document.save(tmp_path / "a.docx")
    article = only([tmp_path / "a.docx"])
    assert article.text.split("\n") == [
        "Pressemelding",
        "Regjeringen legger fram en plan i dag.",
        "«Dette er viktig,» sier ministeren.",
    ]
    assert [block.kind for block in article.blocks] == ["title", "lead", "body"]


def pdf(*lines):
    """Write a PDF of one page, as small as one can be."""
    words = "".join(f"({line}) Tj T* " for line in lines).encode("cp1252")
    content = b"BT /F1 12 Tf 72 720 Td 14 TL " + words + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(out),
        )
    )


def test_a_pdf(tmp_path):
    article = only([write(tmp_path / "a.pdf", pdf("Regjeringen møttes i går.", "«Vi er enige,» sa hun."))])
    assert "Regjeringen møttes i går." in article.text
    assert "«Vi er enige,» sa hun." in article.text
    assert isinstance(error_of([write(tmp_path / "scan.pdf", pdf())]), EmptyInput)
    assert isinstance(error_of([write(tmp_path / "broken.pdf", b"%PDF-1.7\n1 0 obj\n")]), MalformedInput)


# Web archives


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive(tmp_path, packed):
    page = PAGE.format(published="2026-03-02T07:00:00Z", after="").encode()
    path = warc(
        tmp_path,
        [
            ("https://www.nrk.no/1", "200 OK", "text/html; charset=utf-8", page),
            ("https://www.nrk.no/x.png", "200 OK", "image/png", b"\x89PNG"),
            ("https://www.nrk.no/2", "404 Not Found", "text/html", page),
            ("https://www.nrk.no/3", "200 OK", "text/html", gzip.compress(page), "gzip"),
            ("https://www.nrk.no/4", "200 OK", "text/html", b"<html><body></body></html>"),
        ],
        name="a.warc.gz" if packed else "a.warc",
        packed=packed,
    )
    batch = load([path])
    assert [article.id for article in batch.articles] == ["https://www.nrk.no/1", "https://www.nrk.no/3"]
    assert {article.published for article in batch.articles} == {"2026-03-02"}
    assert [type(error) for error in batch.errors] == [EmptyInput]


def test_a_page_is_never_published_after_it_was_fetched(tmp_path):
    pages = [
        (
            f"https://a.example/{day}",
            "200 OK",
            "text/html",
            PAGE.format(published=f"{day}T07:00:00Z", after="").encode(),
        )
        for day in ("2026-03-01", "2026-04-01", "2031-03-02")
    ]
    batch = load([warc(tmp_path, pages)])
    assert [article.published for article in batch.articles] == ["2026-03-01", None, None]


def test_an_archive_that_breaks_off_keeps_what_stands_before(tmp_path):
    page = PAGE.format(published="2026-03-02T07:00:00Z", after="").encode()
    whole = warc(tmp_path, [(f"https://a.example/{n}", "200 OK", "text/html", page) for n in range(3)])
    data = whole.read_bytes()
    batch = load([write(tmp_path / "half.warc.gz", data[: len(data) // 2])])
    assert [article.id for article in batch.articles][:1] == ["https://a.example/0"]
    assert len(batch.articles) < 3


# Pages


def test_quotations_survive_extraction(tmp_path):
    article = only([write(tmp_path / "a.html", PAGE.format(published="2026-03-02", after=""))])
    assert article.text.split("\n") == [
        "Finansministeren leverte mandag avskjedssøknaden sin til statsministeren etter uker med kritikk.",
        "«Jeg har gjort feil, og jeg tar ansvar for dem.»",
        "Hun sa at hun hadde tenkt på det “i flere lange uker”, og at hun ikke angret.",
        "«Dette er en god dag for Stortinget,» sier opposisjonslederen.",
        "– Jeg ville gjort det samme, sier forgjengeren hennes.",
        "Regjeringen møtes tirsdag for å peke ut en etterfølger.",
    ]


@pytest.mark.parametrize("tag", ["article", "div", "li", "section"])
def test_a_live_report_keeps_its_entries_in_order(tmp_path, tag):
    page = (
        '<!DOCTYPE html><html lang="nb"><head><meta charset="utf-8"><title>Direkte: Toppmøtet</title>'
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "LiveBlogPosting",'
        '"headline": "Direkte: Toppmøtet", "datePublished": "2026-03-02T08:00:00+01:00",'
        '"liveBlogUpdate": [{"@type": "BlogPosting", "headline": "Talen"}]}</script></head><body>'
        "<nav><ul><li><a href='/'>Forside</a></li></ul></nav><main><h1>Direkte: Toppmøtet</h1>"
        "<p>Europas ledere møtes mandag. Følg dagen her.</p>"
        f"<div class='feed'>{entries(tag)}</div></main><footer><p>© Avisa</p></footer></body></html>"
    )
    article = only([write(tmp_path / "live.html", page)])
    assert article.title == "Direkte: Toppmøtet"
    assert article.text.split("\n") == [
        "Europas ledere møtes mandag. Følg dagen her.",
        "Møtet er i gang",
        "Lederne er kommet til byen, og det første møtet begynte klokken ni.",
        "Talen",
        "Presidenten taler nå.",
        "«Vi ber om det som er lovet.»",
        "Kort",
        "Pause til klokken to.",
        "Protester",
        "Flere hundre protesterer foran parlamentet, ifølge politiet.",
    ]


@pytest.mark.parametrize("kind", ["comment", "teaser"])
def test_dated_comments_and_teasers_below_an_article_are_not_the_article(tmp_path, kind):
    below = f'<section id="more"><h2>Mer</h2>{entries("div", kind)}</section>'
    article = only([write(tmp_path / "a.html", PAGE.format(published="2026-03-02", after=below))])
    assert article.title == "Ministeren gikk av"
    assert article.text.startswith("Finansministeren leverte mandag")


# Outlets


@pytest.mark.parametrize(
    ("url", "name", "languages"),
    [
        ("https://www.nrk.no/urix/x", "NRK", ("nb", "nn")),
        ("https://nyheder.tv2.dk/a", "TV 2", ("da",)),
        ("https://WWW.SVT.SE./nyheter", "SVT", ("sv",)),
        ("https://www.irishtimes.com/world", "The Irish Times", ("en",)),
        ("https://www.vasabladet.fi/", "Vasabladet", ("sv",)),
    ],
)
def test_outlets_are_known_by_their_domain(url, name, languages):
    outlet = find_outlet(url)
    assert (outlet.name, outlet.languages) == (name, languages)


@pytest.mark.parametrize(
    "url", [None, "", "https://example.org/nrk.no", "http://[::1", "notnrk.no", "https://no/"]
)
def test_another_address_is_no_outlet(url):
    assert find_outlet(url) is None
