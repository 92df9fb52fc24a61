"""Worn print: capitals, lost letters, scans, wires, other languages. What is read points at "
"what is printed."""

import json

import pytest

import ntrex_rules
import outputs
import scoring
from reading_of import reading_of
from tidende.entities.listed import listed_names
from tidende.ingest import lay_out
from tidende.languages.identify import identify, other_language
from tidende.parse.clear import clear, joined
from tidende.records import Article

PUBLISHED = "2019-04-25"
VLADIVOSTOK = {
    "da": "PUTIN OG KIM MØDTES I VLADIVOSTOK\n"
    "Ruslands præsident, Vladimir Putin, og Nordkoreas leder, Kim Jong-un, mødtes torsdag i Vladivostok.\n"
    "Samtalerne varede to timer, siger Putin efter mødet.",
    "nb": "PUTIN OG KIM MØTTES I VLADIVOSTOK\n"
    "Russlands president Vladimir Putin og Nord-Koreas leder Kim Jong-un møttes torsdag i Vladivostok.\n"
    "Samtalene varte i to timer, sier Putin etter møtet.",
    "sv": "PUTIN OCH KIM MÖTTES I VLADIVOSTOK\n"
    "Rysslands president Vladimir Putin och Nordkoreas ledare Kim Jong-un träffades i torsdags i "
    "Vladivostok.\n"
    "Samtalen varade i två timmar, säger Putin efter mötet.",
    "de": "PUTIN UND KIM TRAFEN SICH IN WLADIWOSTOK\n"
    "Russlands Präsident Wladimir Putin und Nordkoreas Machthaber Kim Jong-un haben sich am "
    "Donnerstag in Wladiwostok "
    "getroffen.\nDie Gespräche dauerten zwei Stunden, sagte Putin nach dem Treffen.",
}
STORE = (
    "Koebenhavn vil ikke staa alene, siger statsminister Mette Frederiksen efter moedet med Jonas "
    "Gahr Stoere.\n"
    "Regeringen har ogsaa talt med Norge om aftalen, der foerst skal forhandles naeste aar. Vi maa "
    "vaere aerlige over "
    "for borgerne, siger hun, og tilfoejer, at sagen bliver loest.\n"
    "Moedet fandt sted i Groenland."
)


def read(text, **fields):
    return reading_of("a", text, published=PUBLISHED, **fields)


def viewed(text, language=None):
    title, blocks = lay_out(text, None)
    view = joined(Article(id="a", text=text, title=title, blocks=blocks))
    language = language or identify(view.read().text).language
    return clear(view, language, listed_names())


def evidence_is_printed(reading):
    record = {"articles": [reading.article.model_dump()], "facts": reading.model_dump(exclude={"article"})}
    assert scoring.false_evidence(record) == []


def names(reading):
    return {entity.name for entity in reading.entities if entity.named}


def clean_texts():
    for language in ntrex_rules.LANGUAGES:
        for document in outputs.ntrex_data().documents():
            yield language, outputs.ntrex_data().article(language, document)["text"]


# --- capitals


@pytest.mark.parametrize("language", VLADIVOSTOK)
def test_a_headline_in_capitals_names_the_people_of_the_article(language):
    reading = read(VLADIVOSTOK[language])
    assert reading.article.language == language
    evidence_is_printed(reading)
    (putin,) = (entity for entity in reading.entities if entity.id == "Q7747")
    assert putin.evidence[0].text == "PUTIN"
    assert putin.evidence[0].start == 0
    assert "PUTIN" in putin.names[language]


@pytest.mark.parametrize("language", VLADIVOSTOK)
def test_an_article_in_capitals_tells_what_it_tells_in_small_letters(language):
    plain = read(VLADIVOSTOK[language])
    capital = read(VLADIVOSTOK[language].upper())
    evidence_is_printed(capital)
    assert all(e.text.upper() == e.text for entity in capital.entities for e in entity.evidence)
    assert {e.id for e in capital.entities if e.named} == {e.id for e in plain.entities if e.named}
    assert [(e.type, sorted(e.actors)) for e in capital.events] == [
        (e.type, sorted(e.actors)) for e in plain.events
    ]
    assert [(q.speaker, q.id) for q in capital.quotes] == [(q.speaker, q.id) for q in plain.quotes]


def test_a_quote_in_capitals_is_given_as_printed():
    (quote,) = read(VLADIVOSTOK["da"].upper()).quotes
    assert quote.versions[0].text == "SAMTALERNE VAREDE TO TIMER"
    assert quote.speaker_text == "PUTIN"


def test_words_are_lowered_as_the_article_and_the_language_print_them():
    text = (
        "TRUMP ADVARER EU-LANDENE: NATO ER IKKE GRATIS\n"
        "Donald Trump sagde onsdag i Bruxelles, at EU-landene må betale mere til Nato."
    )
    assert viewed(text, "da").text.text.splitlines()[0] == "Trump advarer EU-landene: Nato er ikke gratis"


def test_german_nouns_keep_their_capital():
    text = "BUNDESREGIERUNG WILL MEHR GELD FÜR STRASSEN AUSGEBEN\nDas Geld soll im Haushalt gefunden werden."
    assert viewed(text, "de").text.text.splitlines()[0] == (
        "Bundesregierung will mehr Geld für Straßen ausgeben"
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The BBC and CNN reported it. The U.S. and NATO said so.\nNBC NEWS aired it on Monday evening.",
            "en",
        ),
        ("USA og EU er enige med NATO, FN og WHO.\nDet siger DR, TV 2 og BBC.", "da"),
        ("IBM, SAP, BMW og VW steg på børsen.\nDet sier NRK.", "nb"),
    ],
)
def test_acronyms_are_left(text, language):
    assert not viewed(text, language).changed


# --- letters


def test_letters_that_a_wire_lacks_are_read():
    reading = read(STORE)
    assert reading.article.language == "da"
    evidence_is_printed(reading)
    forms = {form for entity in reading.entities for form in entity.names.get("da", ())}
    assert {"Koebenhavn", "Jonas Gahr Stoere", "Groenland", "Norge"} <= forms
    assert {"Copenhagen", "Greenland", "Norway"} <= names(reading)
    told = read(STORE.replace("Stoere", "Støre").replace("oe", "ø").replace("aa", "å").replace("ae", "æ"))
    assert {e.id for e in reading.entities} == {e.id for e in told.entities}
    assert [quote.speaker for quote in reading.quotes] == [quote.speaker for quote in told.quotes]
    assert reading.quotes[0].versions[0].text == "Koebenhavn vil ikke staa alene"


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("nb", "Moetet i Aalesund ble avlyst, sier raadmannen. Foerst naa faar de vaere med.", "Møtet"),
        ("sv", "Regeringen saeger att moetet foerst maaste aega rum. De faar inte vaenta laengre.", "mötet"),
        (
            "de",
            "Die Gespraeche muessen weitergehen, erklaerte das Praesidium. Sie koennten spaeter fuer alle "
            "gelten.",
            "Gespräche",
        ),
    ],
)
def test_words_get_their_letters_back(language, text, meant):
    assert meant in viewed(text, language).text.text


@pytest.mark.parametrize(
    "text",
    [
        "Michael og Israel er poeter i Boeing, siger Joe. Det er også sådan, at ræven går på jagt efter "
        "mødet.",
        "Sammen med Noel og Raphael sang de om Gaza. Der var mange, og de blev alle til maden var spist.",
    ],
)
def test_a_text_with_its_own_letters_is_left(text):
    assert not viewed(text, "da").changed


# --- print


WORN = {
    "soft hyphens": (
        "Stats\u00admi\u00adni\u00adster Erna Sol\u00adberg møtte Putin i Oslo.",
        "Erna Solberg",
        "Erna Sol\u00adberg",
    ),
    "no width": (
        "Statsminister Erna\u200b Solberg\u200b møtte Putin i Oslo.",
        "Erna Solberg",
        "Erna\u200b Solberg",
    ),
    "two spaces": ("Statsminister Erna  Solberg møtte Putin i Oslo.", "Erna Solberg", "Erna  Solberg"),
    "hard space": (
        "Statsminister Erna\u00a0Solberg møtte Putin i Oslo.",
        "Erna Solberg",
        "Erna\u00a0Solberg",
    ),
    "ligatures": (
        "Utenriksminister Jozef Rafn\ufb01eld møtte Putin i Oslo.",
        "Jozef Rafnfield",
        "Jozef Rafn\ufb01eld",
    ),
    "marks apart": (
        "Statsminister Jonas Gahr Ste\u0301n møtte Putin i Oslo.",
        "Jonas Gahr Stén",
        "Jonas Gahr Ste\u0301n",
    ),
}


@pytest.mark.parametrize("kind", WORN)
def test_a_name_in_worn_print_is_one_name(kind):
    text, name, printed = WORN[kind]
    reading = read(text, language="nb")
    evidence_is_printed(reading)
    shown = {e.text: entity for entity in reading.entities for e in entity.evidence}
    assert printed in shown
    assert shown[printed].id == read(text.replace(printed, name), language="nb").entities[0].id


def test_sentences_without_a_space_between_them_are_two():
    view = viewed("Presidenten møtte Kim i går ettermiddag.Han sa at møtet var nyttig.", "nb")
    assert "ettermiddag. Han" in view.text.text
    assert view.text.printed(view.text.text.index("Han"), len(view.text.text))[0] == len(
        "Presidenten møtte Kim i går ettermiddag."
    )


def test_addresses_are_not_cut():
    assert not viewed(
        "Les mer på Aftenposten.Det eller www.regjeringen.no og NRK.no i dag.", "nb"
    ).text.text.count("www. ")


@pytest.mark.parametrize(("printed", "meant"), [("2O19", "2019"), ("20l8", "2018"), ("l998", "1998")])
def test_years_of_a_scanner_are_years(printed, meant):
    assert meant in viewed(f"De møttes første gang i {printed}, og siden i Hanoi.", "nb").text.text


def test_short_lines_are_one_paragraph():
    text = (
        "Putin møtte Kim i Vladivostok\n\n"
        "Russlands president Vladimir Putin og Nord-Koreas leder Kim\n"
        "Jong-un møttes torsdag i Vladivostok. Samtalene mellom de to presi-\n"
        "dentene varte i to timer, og de skal møtes igjen til høsten i Mos-\n"
        "kva, opplyser Kreml. Ingen felles erklæring ble lagt frem etter\n"
        "møtet på universitetet.\n"
    )
    reading = read(text)
    evidence_is_printed(reading)
    assert len(reading.article.blocks) == 2
    assert {"Vladimir Putin", "Kim Jong-un", "Moscow"} <= names(reading)
    (moscow,) = (entity for entity in reading.entities if entity.name == "Moscow")
    assert moscow.evidence[0].text == "Mos-\nkva"


def test_a_list_of_short_lines_stays_a_list():
    text = "Deltakere\nErna Solberg\nMette Frederiksen\nStefan Löfven\nSauli Niinistö\nKatrín Jakobsdóttir\n"
    assert len(lay_out(text, None)[1]) == 6


def test_scanned_words_are_read_by_the_words_around_them():
    text = (
        "Donald Trump sagde onsdag, at s1kkerheden i de to lande er vigtig.\n"
        "Pr5sidenten vil ikke sige, hv0r Trump skal m0de med ham. Trurnp rejser til Hanoi i naeste uge."
    )
    view = viewed(text, "da")
    assert "sikkerheden" in view.text.text
    assert "Trurnp" not in view.text.text


def test_clean_print_is_read_as_it_stands():
    for language, text in clean_texts():
        view = viewed(text, language)
        assert view.text.text.split() == text.split(), language


# --- languages


PARAGRAPHS = (
    "KØBENHAVN Statsminister Mette Frederiksen mødtes torsdag med Emmanuel Macron i Paris. De talte "
    "om Ukraine, siger "
    "hun efter mødet, og om hvad de to lande kan gøre sammen.",
    "Emmanuel Macron told reporters in Paris that France would not send soldiers to Ukraine, and "
    "that he had spoken to "
    "the Danish government about it on Wednesday.",
    "Mette Frederiksen siger, at hun er enig, men at det haster.",
)


def test_a_paragraph_in_english_is_read_by_english_lists():
    reading = read("\n".join(PARAGRAPHS))
    evidence_is_printed(reading)
    assert reading.article.language == "da"
    told = [(quote.versions[0].language, quote.speaker_text) for quote in reading.quotes]
    assert ("en", "Emmanuel Macron") in told
    assert ("da", "Mette Frederiksen") in told
    (macron,) = (entity for entity in reading.entities if entity.name == "Emmanuel Macron")
    assert macron.names == {"da": ["Emmanuel Macron"], "en": ["Emmanuel Macron"]}
    assert len({entity.id for entity in reading.entities}) == len(reading.entities)


def test_a_sentence_in_english_is_read_by_english_lists():
    text = "\n".join((PARAGRAPHS[0], f"{PARAGRAPHS[2]} {PARAGRAPHS[1]} Det var ventet."))
    reading = read(text)
    evidence_is_printed(reading)
    told = [(quote.versions[0].language, quote.speaker_text) for quote in reading.quotes]
    assert ("en", "Emmanuel Macron") in told
    assert ("da", "Mette Frederiksen") in told


def test_long_quotations_do_not_make_an_english_article():
    text = (
        "USA's præsident Donald Trump bekræftede onsdag, at han skal møde Kim Jong-un i Hanoi i næste uge. "
        '"I will be meeting with Chairman Kim in Vietnam on February 27 and 28, and I think it will be '
        'a very great success for the whole world," sagde Trump til journalister i Det Hvide Hus.\n'
        'Talskvinden Sarah Sanders skrev på Twitter: "The President looks forward to it. We will continue to '
        'make progress and to keep the sanctions on them until we see what they do with it." Hun ville ikke '
        "uddybe, hvad det betyder."
    )
    reading = read(text)
    assert reading.article.language == "da"
    assert [quote.speaker_text for quote in reading.quotes if quote.kind == "direct"] == [
        "Trump",
        "Sarah Sanders",
    ]


def test_a_quotation_stays_with_those_who_quote_it():
    text = "\n".join(
        (
            PARAGRAPHS[0],
            '"We will not send soldiers to that war, and we have said so to all of them," siger Macron.',
        )
    )
    assert {quote.versions[0].language for quote in read(text).quotes} == {"da"}


def test_no_paragraph_of_an_article_is_taken_for_another_language():
    for language, text in clean_texts():
        for paragraph in text.split("\n"):
            assert other_language(paragraph, language) == "", paragraph


@pytest.mark.parametrize(
    "change", [str.upper, lambda text: text.translate({ord("å"): "aa", ord("ø"): "oe", ord("æ"): "ae"})]
)
@pytest.mark.parametrize("language", ["da", "nb", "nn"])
def test_the_language_is_known_in_worn_print(language, change):
    for document in outputs.ntrex_data().documents():
        text = outputs.ntrex_data().article(language, document)["text"]
        assert identify(change(text)).language == language


def test_a_record_of_worn_articles_is_whole():
    rows = [
        {"id": f"{n}", "text": text.upper(), "published": PUBLISHED}
        for n, text in enumerate(VLADIVOSTOK.values())
    ]
    output = json.loads(outputs.read_bytes(rows))
    assert [scoring.false_evidence(story) for story in output["stories"]] == [[] for _ in output["stories"]]
