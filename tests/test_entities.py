"""`entities.find_cast`: who and what six languages name, each by one id."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading_of import reading_of
from tidende.entities import Cast, find_cast
from tidende.languages.lists import READ_IN_FULL
from tidende.parse import load_model, parse
from tidende.records import Article, Block

SUNDAY = date(2018, 9, 30)

SENATE, COURT = "organisation:united-states-senate", "organisation:supreme-court-of-the-united-states"
REPUBLICANS, DEMOCRATS = "organisation:republican-party", "organisation:democratic-party"


def read(language: str, *paragraphs: str, published: date | None = SUNDAY) -> Cast:
    text = "\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        if paragraph.strip():
            blocks.append(Block(kind="body", start=start, end=start + len(paragraph)))
        start += len(paragraph) + 1
    article = Article(id="a", text=text, language=language, blocks=blocks)
    return find_cast(parse(article, load_model()), published=published)


def forms(cast: Cast, language: str) -> dict[str, list[str]]:
    """Give what each named entity is called in print."""
    return {entity.id: entity.names[language] for entity in cast.entities if entity.named}


def of_type(cast: Cast, *types: str) -> set[str]:
    return {entity.id for entity in cast.entities if entity.type in types}


def meant(cast: Cast, kind: str, text: str = "") -> list[tuple[str, ...]]:
    """Give whom the mentions of a kind mean, in order; those of one printed form if it is given."""
    found = []
    for mention in cast.mentions:
        printed = {
            evidence.text
            for identifier in mention.entities
            for evidence in cast.entity(identifier).evidence
            if (evidence.start, evidence.end) == (mention.start, mention.end)
        }
        if mention.kind == kind and (not text or text in printed):
            found.append(mention.entities)
    return found


ONE_SENTENCE = {
    "da": "Ruslands præsident Vladimir Putin mødte Nordkoreas leder Kim Jong-un i Vladivostok, siger FN.",
    "nb": "Russlands president Vladimir Putin møtte Nord-Koreas leder Kim Jong-un i Vladivostok, sier FN.",
    "nn": "Russlands president Vladimir Putin møtte Nord-Koreas leiar Kim Jong-un i Vladivostok, sier FN.",
    "sv": "Rysslands president Vladimir Putin mötte Nordkoreas ledare Kim Jong-un i Vladivostok, säger FN.",
    "en": "Russian President Vladimir Putin met North Korea's leader Kim Jong Un in Vladivostok, says UN.",
    "de": "Russlands Präsident Wladimir Putin traf Nordkoreas Führer Kim Jong Un in Wladiwostok, so die UN.",
}


@pytest.mark.parametrize("language", READ_IN_FULL)
def test_one_sentence_names_the_same_things_in_every_language(language):
    cast = read(language, ONE_SENTENCE[language], published=date(2019, 4, 25))
    named = of_type(cast, "person", "country", "place", "organisation")
    assert named == {"Q159", "Q7747", "Q423", "Q56226", "place:vladivostok", "Q1065"}


@pytest.mark.parametrize(
    ("language", "text", "identifier"),
    [
        ("da", "Det var USA's præsident, der talte.", "Q30"),
        ("nb", "Møtet i Kreml var USAs ønske.", "Q30"),
        ("sv", "Det var USA:s ståndpunkt.", "Q30"),
        ("en", "It was the U.S. that left.", "Q30"),
        ("de", "Die Vereinigten Staaten zogen sich zurück.", "Q30"),
        ("nn", "Det var Storbritannia som sa nei.", "Q145"),
        ("da", "Branden hærgede i Californien.", "Q99"),
        ("de", "Der Brand wütete in Kalifornien.", "Q99"),
        ("nb", "Brannen herjet i California.", "Q99"),
    ],
)
def test_a_country_or_state_is_known_by_the_form_its_language_prints(language, text, identifier):
    assert identifier in of_type(read(language, text), "country", "place")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The U.N. General Assembly met. The Senate waited for the Supreme Court of the U.S. to rule."),
        ("da", "FN's generalforsamling mødtes. I USA ventede Senatet på højesteret."),
        ("nb", "FNs generalforsamling møttes. I USA ventet Senatet på høyesterett."),
        ("sv", "FN:s generalförsamling möttes. I USA väntade senaten på Högsta domstolen."),
        ("de", "Die UN-Generalversammlung tagte. In den USA wartete der Senat auf den Obersten Gerichtshof."),
    ],
)
def test_bodies_have_the_same_ids_in_every_language(language, text):
    bodies = of_type(read(language, text), "organisation")
    assert {SENATE, COURT} <= bodies
    if language not in ("de",):
        assert "Q47423" in bodies


def test_the_states_of_an_article_tell_whose_supreme_court_is_meant():
    assert COURT in of_type(read("da", "Trump talte i USA. Højesteret ventede."), "organisation")
    home = of_type(read("da", "Danmark venter. Højesteret afgør sagen i dag."), "organisation")
    assert home == {"organisation:supreme-court-of-denmark"}
    assert of_type(read("da", "Frankrig venter. Højesteret afgør sagen."), "organisation") == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Republicans blamed the Democrats in the U.S. on Monday."),
        ("da", "I USA gav republikanerne demokraterne skylden mandag."),
        ("nb", "I USA ga republikanerne demokratene skylden mandag."),
        ("nn", "I USA gav republikanarane demokratane skulda måndag."),
        ("sv", "I USA gav republikanerna demokraterna skulden i måndags."),
        ("de", "In den USA gaben die Republikaner den Demokraten die Schuld."),
    ],
)
def test_parties_are_organisations_under_one_id(language, text):
    assert {REPUBLICANS, DEMOCRATS} <= of_type(read(language, text), "organisation")


@pytest.mark.parametrize(
    ("language", "text", "identifier", "printed"),
    [
        (
            "nb",
            "Trump-administrasjonen og Lakers-treneren Luke Walton svarte.",
            "person:luke-valton",
            "Luke Walton",
        ),
        ("da", "Thrones-medstjernen Rose Leslie kom.", "person:rose-lesle", "Rose Leslie"),
        ("sv", "AI-användaren Anna Lindgren log.", "person:ana-lindgren", "Anna Lindgren"),
        ("de", "Der Lakers-Trainer Luke Walton schwieg.", "person:luke-valton", "Luke Walton"),
        ("nb", "Skyene drev over Tampa Bay-området.", "place:tampa-bai", "Tampa Bay"),
        ("da", "Det skete i Yunnanprovinsen i Kina.", "Q43194", "Yunnan"),
        ("de", "Der US-Präsident schwieg.", "Q30", "US"),
        ("nb", "Livredderen Larry Giles løp ut.", "person:lari-giles", "Larry Giles"),
        ("en", "Capt. Larry Giles ran out.", "person:lari-giles", "Larry Giles"),
    ],
)
def test_the_name_in_a_compound_or_behind_a_title_stands_alone(language, text, identifier, printed):
    assert printed in forms(read(language, text), language)[identifier]


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        ("de", "Christine Blasey Ford sprach. Fords Aussage war lang.", "Christine Blasey Ford"),
        ("sv", "Christine Blasey Ford talade. Fords vittnesmål var långt.", "Christine Blasey Ford"),
        ("nb", "Brett Kavanaugh nektet. Kavanaughs vitnemål var langt.", "Brett Kavanaugh"),
        ("da", "Sarah Palin talte. Sarah Palins søn tav.", "Sarah Palin"),
        ("en", "Dustin Lance Black wept. Black's husband did too.", "Dustin Lance Black"),
    ],
)
def test_a_genitive_belongs_to_the_person_and_swallows_nothing(language, text, person):
    cast = read(language, text)
    people = [entity for entity in cast.entities if entity.type == "person"]
    assert [entity.name for entity in people] == [person]
    assert len(people[0].evidence) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", '"Mr Evil President" is what he called him.'),
        ("en", "Hurricane Rosa weakened. Rosa was a hurricane."),
        ("en", "He won the Victoria Cross in World War One. One man saw it."),
        ("de", "Hurrikan Rosa zog nach Norden. Rosa war stark."),
        ("de", "Die Aussage war lang, und ihre Anschuldigungen waren Thema der Anhörung im Bezirk."),
        ("de", "Mitte Oktober sank die Temperatur in Richtung Osten."),
    ],
)
def test_things_and_common_nouns_are_no_persons(language, text):
    assert of_type(read(language, text), "person") == set()


def test_a_town_is_a_person_where_an_official_bears_its_name():
    told = read("en", "The U.S. acted. A spokesman for Mr. Bolton declined to comment.")
    assert "Q311269" in of_type(told, "person")
    assert of_type(told, "place") == set()
    assert of_type(read("en", "A fire broke out in Bolton on Sunday."), "person") == set()


def test_a_given_name_before_a_surname_makes_no_country():
    cast = read("en", "Chad Hammel told police that he had been diving. Hammel said it was cold.")
    assert of_type(cast, "country", "place") == set()
    assert forms(cast, "en") == {"person:cad-hamel": ["Chad Hammel", "Hammel"]}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kim met Moon Jae-in of South Korea. Kim Jong Un of North Korea smiled."),
        ("da", "Kim mødte Sydkoreas Moon Jae-in. Nordkoreas Kim Jong-un smilede."),
        ("de", "Kim traf Moon Jae-in aus Südkorea. Kim Jong Un aus Nordkorea lächelte."),
    ],
)
def test_a_surname_is_read_by_the_full_name_that_comes_later(language, text):
    assert of_type(read(language, text), "person") == {"Q56226", "Q21001"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Putin har tre gange tidligere mødt Kims far og forgænger, Kim Jong-il."),
        ("nb", "Putin har tre ganger tidligere møtt Kims far og forgjenger Kim Jong-il."),
        ("nn", "Putin har tre gonger tidlegare møtt faren og føregangaren til Kim, Kim Jong-il."),
        ("sv", "Putin har tre gånger tidigare träffat Kims far och företrädare Kim Jong-il."),
        ("en", "Putin has met Kim's father and predecessor Kim Jong-il three times before."),
        ("de", "Putin hat Kims Vater und Vorgänger Kim Jong-il bereits dreimal getroffen."),
    ],
)
def test_a_head_is_known_among_heads_and_nobody_is_his_own_father(language, text):
    cast = read(language, text, published=date(2019, 4, 25))
    assert meant(cast, "named", "Putin") == [("Q7747",)]
    assert meant(cast, "named", "Kim Jong-il") == [("Q10665",)]
    assert ("Q10665",) not in meant(cast, "named", "Kim")


def test_a_head_s_surname_with_no_head_beside_it_may_be_anybody_s():
    assert "Q7747" not in of_type(read("en", "Putin beat Hansen in the final."), "person")


def test_of_two_with_one_surname_the_head_of_state_is_meant():
    cast = read("en", "Kim Yo-jong met Kim Jong Un in North Korea. Kim smiled.")
    assert meant(cast, "named", "Kim") == [("Q56226",)]


@pytest.mark.parametrize("name", ["Donald Trump", "Donald J. Trump", "President Trump", "Mr. Trump"])
def test_initials_and_titles_change_no_id(name):
    cast = read("en", f"The U.S. waited. {name} spoke for an hour.")
    assert of_type(cast, "person") == {"Q22686"}


@pytest.mark.parametrize(
    ("language", "text", "identifier"),
    [
        ("en", "He told The Hill that he knew.", "Q7739683"),
        ("nn", "Han sa det til The Hill.", "Q7739683"),
        ("sv", "Han sade det till Boston Globe.", "Q824451"),
        ("en", "He played for the Los Angeles Lakers.", "organisation:los-angeles-lakers"),
        ("da", "Han spillede for Los Angeles Lakers.", "organisation:los-angeles-lakers"),
        ("en", "She was flown to Rady Children's Hospital.", "organisation:radi-cildren-hospital"),
    ],
)
def test_papers_clubs_and_hospitals_are_organisations(language, text, identifier):
    assert identifier in of_type(read(language, text), "organisation")


@pytest.mark.parametrize(
    ("language", "text", "whom"),
    [
        (
            "da",
            "Mette Frederiksen mødte Stefan Löfven. Hun takkede ham.",
            ["Mette Frederiksen", "Stefan Löfven"],
        ),
        ("nb", "Erna Solberg møtte Jens Stoltenberg. Hun roste ham.", ["Erna Solberg", "Jens Stoltenberg"]),
        ("en", "Mrs Brown met Mr Long. He thanked her.", ["Long", "Brown"]),
        ("de", "Todd Palin traf Sarah Palin. Sie dankte ihm.", ["Sarah Palin", "Todd Palin"]),
    ],
)
def test_pronouns_go_to_the_person_they_fit(language, text, whom):
    cast = read(language, text)
    assert [cast.entity(identifier).name for (identifier,) in meant(cast, "pronoun")] == whom


def test_a_man_by_name_is_never_she():
    cast = read("en", "Donald Trump met Todd Palin in the U.S. She was not there.")
    assert meant(cast, "pronoun") == []


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("en", "Police arrested two men.", "other:police"),
        ("de", "Die Polizei nahm zwei Männer fest.", "other:police"),
        ("nb", "Politiet pågrep to menn.", "other:police"),
        ("da", "Demonstranterne gik hjem.", "other:demonstrators"),
    ],
)
def test_unnamed_groups_are_kept_as_unnamed(language, text, label):
    cast = read(language, text)
    assert label in cast.by_id
    assert not cast.entity(label).named


_PIECES = st.sampled_from(
    [
        *(
            "Vladimir Putin",
            "Kims",
            "USA's",
            "Nord-Korea-",
            "hr.",
            "Mr",
            "der Präsident",
            "den russiske",
            "he",
            "she",
        ),
        *(
            "U.N.",
            "F.N.",
            "the",
            "Los Angeles-",
            "Tampa Bay-området",
            "«",
            "»",
            '"',
            "'",
            "’s",
            ".",
            ",",
            ":",
            "-",
        ),
        *(
            "president",
            "Congress",
            "Jordan",
            "Will",
            "The Hill",
            "Rosa",
            "İ",
            "ß",
            "2018",
            "25.",
            "\t",
            "de to",
            "\u00ad",
        ),
    ]
)


@given(
    language=st.sampled_from(READ_IN_FULL),
    paragraphs=st.lists(
        st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=12).map(" ".join)), max_size=3
    ),
)
@settings(max_examples=150)
def test_any_text_gives_mentions_that_lie_in_their_sentence(language, paragraphs):
    paragraphs = [" ".join(paragraph.split("\n")) for paragraph in paragraphs]
    text = "\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        if paragraph.strip():
            blocks.append(Block(kind="body", start=start, end=start + len(paragraph)))
        start += len(paragraph) + 1
    parsed = parse(Article(id="a", text=text, language=language, blocks=blocks), load_model())
    cast = find_cast(parsed, published=SUNDAY)
    for mention in cast.mentions:
        sentence = parsed.sentences[mention.sentence]
        assert sentence.start <= mention.start < mention.end <= sentence.end
        assert all(identifier in cast.by_id for identifier in mention.entities)
    for entity in cast.entities:
        assert entity.evidence
        for evidence in entity.evidence:
            assert text[evidence.start : evidence.end] == evidence.text
    assert cast == find_cast(parsed, published=SUNDAY)


def test_a_description_means_who_is_told_to_hold_that_very_post():
    text = (
        "Bundeskanzlerin Angela Merkel sprach mit Arbeitsminister Franz Müntefering. "
        "Müntefering dankte ihr. Die Kanzlerin schwieg."
    )
    meant = [m for m in read("de", text).mentions if text[m.start : m.end] == "Die Kanzlerin"]
    assert [m.entities for m in meant] == [("person:angela-merkel",)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "nb",
            "Sponheim møtte Kristin Halvorsen på Stortinget. Regjeringen skuffet SV, sier Halvorsen.",
            {"Kristin Halvorsen": "person", "SV": "organisation"},
        ),
        (
            "nn",
            "Stridsvogna vart skoten av Hizbollah, fortel David Grossman. Sonen Uri døydde i Sør-Libanon.",
            {"Hizbollah": "organisation", "David Grossman": "person", "Uri": "person"},
        ),
        (
            "da",
            "Direktøren for Danisco ville ikke udtale sig. Danisco ligger på Langebrogade.",
            {"Danisco": "organisation"},
        ),
        (
            "sv",
            "I går mötte Åhléns ledning facket. Larmet kom från Jordbro, säger Larsson vid polisen.",
            {"Jordbro": "place", "Larsson": "person"},
        ),
        (
            "en",
            "Shares of Chevron fell on Wednesday, and Ryanair said that it would fly to Beauvais.",
            {"Chevron": "organisation", "Ryanair": "organisation"},
        ),
        (
            "de",
            "Der Angeklagte Quinton Tellis schwieg vor Gericht. Die Preise von Chevron sanken, so Güllner.",
            {"Quinton Tellis": "person", "Chevron": "organisation", "Güllner": "person"},
        ),
    ],
)
def test_a_name_that_no_list_holds_has_the_type_that_its_sentences_tell(language, text, expected):
    cast = read(language, text)
    types = {form: entity.type for entity in cast.entities for form in entity.names[language]}
    assert {form: types.get(form) for form in expected} == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Abgeordneten berieten lange über den Haushalt. Am Ende stand eine knappe Mehrheit."),
        ("de", "Trotz des Regens kamen viele Besucher. Die Stimmung war gut, der Andrang groß."),
        ("nb", "Vaktsjefen skriver i sin rapport at han hørte et smell. Forsiktig lukket de døra."),
        ("da", "Erfarne folk ved bedre. Gulvet var vådt, og alle gik hjem."),
        ("sv", "Pengarna är slut. Hyran höjs, och byggnaden står tom."),
        ("en", "Nurses were tired. Glad to be home, they slept."),
    ],
)
def test_capitals_that_only_open_a_sentence_or_a_noun_name_nobody(language, text):
    assert [e.names for e in read(language, text).entities if e.named] == []


def test_two_persons_that_stand_together_are_two():
    cast = read(
        "de", "Donald Trump traf Kim Jong Un. Im Juni hatte Trump Kim gelobt. Kim schwieg, sagte Trump."
    )
    assert of_type(cast, "person") == {"Q22686", "Q56226"}


def test_without_a_model_nothing_but_lists_and_rules_tells_a_name():
    text = "Shares of Chevron fell, said German Chancellor Angela Merkel in Berlin."
    article = Article(id="a", text=text, language="en", blocks=[Block(kind="body", start=0, end=len(text))])
    cast = find_cast(parse(article, None), published=SUNDAY)
    assert [entity.name for entity in cast.entities if entity.type == "person"] == ["Angela Merkel"]
    assert [entity.type for entity in cast.entities if entity.name == "Chevron"] == ["other"]


@pytest.mark.parametrize(
    ("language", "text", "type_", "identifier"),
    [
        ("nn", "Leiinga i Trump-organisasjonen reiste.", "organisation", "organisation:trump-organisation"),
        ("en", "The team of the Trump Organization left.", "organisation", "organisation:trump-organisation"),
        ("en", "The storm reached Hillsborough County.", "place", "place:hilsborug"),
        ("nn", "Ri talte i FN si generalforsamling.", "organisation", "Q47423"),
        ("da", "Hun skrev det på Twitter.", "organisation", "organisation:twitter"),
        ("en", "A poll by the Suffolk University Political Research Center came out.", "organisation",
         "organisation:sufolk-universiti-politikal-researc-centre"),
    ],
)  # fmt: skip
def test_what_a_language_calls_a_thing_does_not_change_its_id(language, text, type_, identifier):
    assert identifier in of_type(read(language, text), type_)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Restene av orkanen Rosa ga regn. Rosa ble svakere."),
        ("en", "Hurricane Rosa is weakening. Rosa may bring rain."),
        ("da", "Han blev fundet på Grayson Mews i Birkenhead."),
    ],
)
def test_storms_and_streets_are_no_persons(language, text):
    assert not of_type(read(language, text), "person")


def test_an_owner_s_s_is_no_part_of_a_name_and_a_name_s_own_is():
    names = of_type(read("da", "Maxine Waters talte. Waters sagde, at Waters far var med."), "person")
    assert names == {"person:maksine-vaters"}


PARTY_PEOPLE = {
    "da": ("Kun få republikanere i USA stemte for.", "Den republikanske senator Jeff Flake fra USA tøvede."),
    "nb": ("Få republikanere i USA stemte for.", "Den republikanske senatoren Jeff Flake fra USA nølte."),
    "nn": ("Få republikanarar i USA stemte for.", "Den republikanske senatoren Jeff Flake frå USA nølte."),
    "sv": ("Få republikaner i USA röstade för.", "Den republikanske senatorn Jeff Flake från USA tvekade."),
    "en": ("Few Republicans in the US voted for it.", "Republican Senator Jeff Flake of the US hesitated."),
    "de": (
        "Wenige Republikaner in den USA stimmten zu.",
        "Der republikanische Senator Jeff Flake aus den USA zögerte.",
    ),
}


@pytest.mark.parametrize("language", PARTY_PEOPLE)
def test_members_of_a_party_name_it_in_news_of_its_state(language):
    for sentence in PARTY_PEOPLE[language]:
        assert REPUBLICANS in of_type(read(language, sentence), "organisation"), sentence


def test_republicans_of_no_such_state_are_a_group_like_any_other():
    cast = read("nb", "Franske republikanere stemte imot, sa president Emmanuel Macron i Frankrike.")
    assert REPUBLICANS not in {entity.id for entity in cast.entities}
    assert "other:republicans" in {entity.id for entity in cast.entities}


@pytest.mark.parametrize(
    ("language", "sentence", "body"),
    [
        ("da", "USA's præsident roste den højesteretsnominerede Brett Kavanaugh.", COURT),
        ("nb", "USAs president roste høyesterettskandidaten Brett Kavanaugh.", COURT),
        ("nn", "USAs president rosa den høgsterettsnominerte Brett Kavanaugh.", COURT),
        ("sv", "USA:s president talade om senatsvalet på lördagen.", SENATE),
        ("de", "Der Präsident der USA sprach über das Senatsverfahren.", SENATE),
    ],
)
def test_what_opens_a_compound_names_the_body(language, sentence, body):
    found = read(language, sentence).entities
    assert body in {entity.id for entity in found}
    assert any(
        evidence.text[:1].isalpha() for entity in found if entity.id == body for evidence in entity.evidence
    )


def test_a_senator_is_no_mention_of_the_senate():
    cast = read("nn", "Dei tre senatorane i USA reiste heim.")
    assert SENATE not in {entity.id for entity in cast.entities}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Han talte i FN, hvor generalforsamlingen lyttede."),
        ("nb", "Han talte i FN, der generalforsamlingen lyttet."),
        ("nn", "Han talte i FN, der generalforsamlinga lytta."),
        ("sv", "Han talade i FN, där generalförsamlingen lyssnade."),
        ("en", "He spoke at the UN, where the General Assembly listened."),
        ("de", "Er sprach bei der UN, wo die Generalversammlung zuhörte."),
    ],
)
def test_the_assembly_is_that_of_the_un_where_the_un_is_spoken_of(language, sentence):
    assert "Q47423" in of_type(read(language, sentence), "organisation")


def test_the_assembly_of_a_company_is_not_that_of_the_un():
    assert "Q47423" not in of_type(
        read("nb", "Equinor i Norge holdt generalforsamlingen i mai."), "organisation"
    )


def test_a_name_misspelt_once_is_the_name_the_article_prints_otherwise():
    cast = read(
        "en",
        "Maxine Waers denied it on Saturday.",
        "Maxine Waters said the claim was false.",
        "A statement by Waters followed, and Waters repeated it.",
    )
    assert of_type(cast, "person") == {"person:maksine-vaters"}


def test_two_people_of_like_names_stay_two():
    cast = read("da", "Lars Hansen og Lars Jansen talte. Hansen sagde ja, og Jansen sagde nej. Hansen gik.")
    assert len(of_type(cast, "person")) == 2


def test_the_head_of_state_is_known_by_a_name_that_is_cut_short():
    cast = read("nb", "Kim og Sør-Koreas leder Moon Jae møttes tre ganger.", published=date(2018, 9, 29))
    assert "Q21001" in of_type(cast, "person")


def test_the_number_of_a_channel_is_a_part_of_its_name():
    assert "organisation:bk-radio-4" in of_type(
        read("nb", "Programmet går på BBC Radio 4 søndager."), "organisation"
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Police in Los Angeles County drove to Los Angeles."),
        ("nb", "Politiet i Los Angeles County kjørte til Los Angeles."),
    ],
)
def test_a_county_is_not_the_city_of_its_name(language, sentence):
    assert of_type(read(language, sentence), "place") == {"place:los-angeles", "place:los-angeles-kunti"}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Antony Blinken traf in Kairo den Präsidenten Abdel Fattah al-Sisi.", "Abdel Fattah al-Sisi"),
        ("en", "Antony Blinken met Egyptian President Abdel Fattah el-Sissi.", "Abdel Fattah el-Sissi"),
        ("da", "Tyrkiets præsident, Recep Tayyip Erdogan, mødte dem.", "Recep Tayyip Erdogan"),
    ],
)
def test_a_name_is_whole_with_its_article_and_all_given_names(language: str, text: str, name: str) -> None:
    assert [name] in forms(read(language, text), language).values()


def test_a_first_name_that_is_a_word_for_a_group_is_a_name():
    cast = read("de", "Die Oppositionspolitikerin Marine Le Pen kritisierte Präsident Emmanuel Macron.")
    assert "person:marine-le-pen" in of_type(cast, "person")
    assert not [entity for entity in cast.entities if not entity.named]


def test_a_surname_that_is_also_a_city_is_the_person_named_before() -> None:
    text = "Det opplyste Lloyd Austin i natt. Etter angrepet slo USA tilbake, opplyser Austin."
    names = {entity.id for entity in reading_of("one", text, language="nb").entities}
    assert "place:austin" not in names


def test_the_president_beside_a_leader_is_who_is_president() -> None:
    text = (
        "Donald Trump og Kim Jong-un møttes i juni. Presidenten legger til at møtet kan finne sted. "
        "Mike Pompeo møtte leder Kim Jong-un."
    )
    reading = reading_of("one", text, language="nb", published="2018-10-10")
    (quote,) = [q for q in reading.quotes if q.speaker_text == "Presidenten"]
    assert quote.speaker == "Q22686"


SMALL_ARTICLES = {
    "da": (
        "Ifølge al-Arabiya angreb al-Shabaab en base i går.",
        "Præsident Abdel Fattah al-Sisi talte i Kairo. ",
    ),
    "nb": (
        "Ifølge al-Arabiya angrep al-Shabaab en base i går.",
        "President Abdel Fattah al-Sisi talte i Kairo. ",
    ),
    "nn": (
        "Ifølgje al-Arabiya gjekk al-Shabaab til åtak i går.",
        "President Abdel Fattah al-Sisi tala i Kairo. ",
    ),
    "sv": (
        "Enligt al-Arabiya anföll al-Shabaab en bas i går.",
        "President Abdel Fattah al-Sisi talade i Kairo. ",
    ),
    "en": (
        "According to al-Arabiya, al-Shabaab attacked a base.",
        "President Abdel Fattah al-Sisi spoke in Cairo. ",
    ),
    "de": (
        "Laut al-Arabiya griff al-Shabaab einen Stützpunkt an.",
        "Präsident Abdel Fattah al-Sisi sprach in Kairo. ",
    ),
}


@pytest.mark.parametrize("language", SMALL_ARTICLES)
def test_a_name_may_open_with_a_small_article_before_a_hyphen(language):
    bodies, president = SMALL_ARTICLES[language]
    cast = read(language, bodies)
    assert of_type(cast, "organisation") == {"organisation:al-arabia", "organisation:al-shabaab"}
    later = {"en": "Later al-Sisi went home.", "de": "Dann fuhr al-Sisi nach Hause."}
    cast = read(language, president + later.get(language, "Så reiste al-Sisi hjem."))
    (person,) = (entity for entity in cast.entities if entity.type == "person")
    assert [evidence.text for evidence in person.evidence] == ["Abdel Fattah al-Sisi", "al-Sisi"]


@pytest.mark.parametrize(
    ("language", "text", "identifier"),
    [
        ("da", "En al-Qaida-leder blev dræbt.", "organisation:al-qaeda"),
        ("nb", "Al-Qaidas ledere tier.", "organisation:al-qaeda"),
        ("nn", "Hizbollah skaut rakettar mot byen.", "organisation:hezbollah"),
        ("sv", "Hizbullah sköt raketer mot staden.", "organisation:hezbollah"),
        ("en", "The village was held by al-Shabab.", "organisation:al-shabaab"),
        ("de", "Ein Al-Kaida-Führer wurde getötet.", "organisation:al-qaeda"),
    ],
)
def test_a_movement_is_one_however_it_is_spelt(language, text, identifier):
    assert of_type(read(language, text), "organisation") == {identifier}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Han betalte 20 millioner amerikanske dollar."),
        ("nb", "Han betalte 20 millioner US-dollar og 3 milliarder svenske kroner."),
        ("nn", "Han betalte 20 millionar US-dollar."),
        ("sv", "Han betalade 20 miljoner US-dollar."),
        ("en", "It paid 20 million US dollars, and the US dollar fell."),
        ("de", "Er zahlte 20 Millionen US-Dollar."),
    ],
)
def test_money_names_no_country(language, text):
    assert of_type(read(language, text), "country") == set()


def test_a_german_party_is_named_with_its_noun():
    cast = read("de", "Er war Mitglied der Kommunistischen Partei.")
    assert [name for names in forms(cast, "de").values() for name in names] == ["Kommunistischen Partei"]


def test_a_picture_is_no_newspaper():
    assert of_type(read("de", "Ein ähnliches Bild zeigte sich am Montag."), "organisation") == set()
    assert of_type(read("de", "Laut Bild ist der Minister krank."), "organisation") == {"organisation:bild"}
