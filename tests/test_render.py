"""What an editor sees on the printed record."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidende.errors import UsageError
from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.records import (
    Article,
    Attribute,
    Claim,
    DateValue,
    Difference,
    DifferenceValue,
    Duration,
    Entity,
    Event,
    Evidence,
    Quote,
    QuoteVersion,
    Record,
    Role,
    Told,
    evidence_at,
)
from tidende.render import headline, render
from tidende.render.surplus import surplus
from tidende.render.view import first_sentence

NB = """Russlands president Vladimir Putin og Nord-Koreas leder Kim Jong-un var godt fornøyde \
etter sitt nærmere to timer lange møte i Vladivostok torsdag.
USA har beskyldt russerne for å hjelpe nordkoreanerne med å omgå noen av sanksjonene som er innført.

– Jeg tror dette blir et veldig nyttig møte, kvitterte Kim.
Det er første gang de to lederne møtes, men Putin har tre ganger tidligere møtt Kims far og forgjenger \
Kim Jong-il.
Putins rådgiver Jurij Usjakov sa tidligere i uken at hovedtema blir Nord-Koreas atomprogram.
– Fokuset vil være på en politisk og diplomatisk løsning på atomproblemet på Koreahalvøya. Russland er \
innstilt på å gjøre alt for å styrke en positiv utvikling, sa Usjakov.
Det siste året har han hatt to møter med Trump.
Analytikere mener den nordkoreanske lederen er ute etter å samle støtte.
Under møtet med Trump i Hanoi ba Nord-Korea om umiddelbar lettelse av sanksjonene mot landet.
"""
DA = """Den russiske præsident, Vladimir Putin, siger efter et to timer langt topmøde med Nordkoreas \
leder i Vladivostok, at han førte "indholdsrige drøftelser" med Kim Jong-un.
Den første del af topmødet var planlagt til at vare 50 minutter.
Jurij Usjakov, der er talsmand for Kreml, oplyste tidligere denne uge, at Nordkoreas atomprogram \
bliver hovedtemaet.
- Fokus vil være på en politisk og diplomatisk løsning på atomproblemet på Den Koreanske Halvø, sagde Usjakov.
Vladivostok ligger cirka 130 kilometer fra grænsen til Nordkorea.
Topmødet anses for at være en diplomatisk sejr for Kim Jong-un.
De to havde deres første møde sidste år i Singapore.
Et topmøde i Hanoi mellem Trump og Kim endte tidligere i år uden resultater.
"""
RUSSIA, NORTH_KOREA, USA = "Q159", "Q423", "Q30"
HEADINGS = [
    "What happened",
    "Where the sources differ",
    "Check before publishing",
    "Who said what",
    "Background",
    "Only in nb",
    "Only in da",
    "Who is who",
    "Voices",
    "Sources",
]


class Story:
    """Two articles, and evidence found in them by its words."""

    def __init__(self) -> None:
        self.nb = Article(
            id="nb.txt", text=NB, language="nb", reading="full", published="2019-04-25", credits=["Reuters"]
        )
        self.da = Article(
            id="da.txt",
            text=DA,
            language="da",
            reading="full",
            credits=["Ritzau", "Reuters"],
            title="Topmøde",
        )

    def at(self, language: str, words: str) -> Evidence:
        article = self.nb if language == "nb" else self.da
        start = article.text.index(words)
        return evidence_at(article, start, start + len(words))

    def entity(self, identifier: str, kind: str, name: str, nb: str = "", da: str = "") -> Entity:
        names = {language: [form] for language, form in (("nb", nb), ("da", da)) if form}
        evidence = [self.at(language, forms[0]) for language, forms in names.items()]
        return Entity(id=identifier, type=kind, name=name, names=names, evidence=evidence)

    def role(self, number: int, holder: str, role: str, of: str | None, *places: Evidence) -> Role:
        told = len({place.article for place in places})
        agreement = "agree" if told > 1 else "differ" if holder == "ushakov" else "only"
        return Role(
            id=f"r{number}",
            holder=holder,
            role=role,
            of=of,
            labels={},
            agreement=agreement,
            evidence=list(places),
        )

    def version(self, language: str, words: str, kind: str = "direct") -> QuoteVersion:
        evidence = self.at(language, words)
        return QuoteVersion(
            article=evidence.article,
            language=language,
            kind=kind,
            text=words,
            evidence=evidence,
            spans=[evidence],
        )

    def meeting(self) -> Event:
        nb, da = self.at("nb", "nærmere to timer"), self.at("da", "to timer")
        length = Duration(min_minutes=100, max_minutes=120, text="to timer")
        nearly = length.model_copy(update={"text": "nærmere to timer"})
        planned = Duration(min_minutes=50, max_minutes=50, text="50 minutter")
        half = self.at("da", "50 minutter")
        return Event(
            id="e1",
            type="CONSULT",
            actors=["putin", "kim"],
            place="Q959",
            date=DateValue(start="2019-04-25", end="2019-04-25", precision="day", text="torsdag"),
            duration=length,
            planned_duration=planned,
            main=True,
            agreement="agree",
            evidence=[self.at("nb", "møte i Vladivostok"), self.at("da", "topmøde")],
            missing={"outcome": "not told", "joint_statement": "not told"},
            attributes=[
                Attribute(
                    name="duration",
                    value=length,
                    agreement="agree",
                    told=[
                        Told(article="nb.txt", value=nearly, evidence=nb),
                        Told(article="da.txt", value=length, evidence=da),
                    ],
                ),
                Attribute(
                    name="planned_duration",
                    value=planned.model_dump(),
                    told=[Told(article="da.txt", value=planned.model_dump(), evidence=half)],
                ),
            ],
        )

    def event(self, identifier: str, kind: str, *evidence: Evidence, **slots: object) -> Event:
        return Event(id=identifier, type=kind, evidence=list(evidence), **slots)

    def record(self) -> Record:
        at = self.at
        focus_nb = NB[NB.index("Fokuset") : NB.index(", sa Usjakov")]
        focus_da = DA[DA.index("Fokus vil") : DA.index(", sagde Usjakov")]
        year = DateValue(start="2018-04-25", end="2019-04-25", precision="period", text="Det siste året")
        hanoi = DateValue(start="2019-01-01", end="2019-12-31", precision="year", text="tidligere i år")
        singapore = DateValue(start="2018-01-01", end="2018-12-31", precision="year", text="sidste år")
        return Record(
            id="s1",
            title="",
            summary="",
            languages=["nb", "da"],
            articles=[self.nb, self.da],
            entities=[
                self.entity("putin", "person", "Vladimir Putin", "Vladimir Putin", "Vladimir Putin"),
                self.entity("kim", "person", "Kim Jong-un", "Kim Jong-un", "Kim Jong-un"),
                self.entity("ushakov", "person", "Yuri Ushakov", "Jurij Usjakov", "Jurij Usjakov"),
                self.entity("trump", "person", "Donald Trump", "Trump", "Trump"),
                self.entity("kreml", "organisation", "Kremlin", da="Kreml"),
                self.entity(RUSSIA, "country", "Russia", "Russland"),
                self.entity(NORTH_KOREA, "country", "North Korea", "Nord-Korea", "Nordkorea"),
                self.entity(USA, "country", "United States", "USA"),
                self.entity("Q959", "place", "Vladivostok", "Vladivostok", "Vladivostok"),
                self.entity("Q1858", "place", "Hanoi", "Hanoi", "Hanoi"),
                self.entity("Q334", "place", "Singapore", da="Singapore"),
                Entity(
                    id="analysts",
                    type="other",
                    named=False,
                    name="analysts",
                    names={"nb": ["Analytikere"]},
                    evidence=[at("nb", "Analytikere")],
                ),
            ],
            roles=[
                self.role(1, "putin", "president", RUSSIA, at("nb", "president"), at("da", "præsident")),
                self.role(2, "kim", "leader", NORTH_KOREA, at("nb", "leder"), at("da", "leder")),
                self.role(3, "ushakov", "adviser", "putin", at("nb", "rådgiver")),
                self.role(4, "ushakov", "spokesman", "kreml", at("da", "talsmand for Kreml")),
            ],
            events=[
                self.meeting(),
                self.event(
                    "e2",
                    "ACCUSE",
                    at("nb", "USA har beskyldt russerne"),
                    actors=[USA],
                    recipients=[RUSSIA],
                ),
                self.event(
                    "e3",
                    "CONSULT",
                    at("nb", "to møter med Trump"),
                    actors=["kim", "trump"],
                    count=2,
                    date=year,
                ),
                self.event(
                    "e4",
                    "CONSULT",
                    at("nb", "møtet med Trump i Hanoi"),
                    at("da", "Et topmøde i Hanoi"),
                    actors=["trump", "kim"],
                    place="Q1858",
                    date=hanoi,
                ),
                self.event(
                    "e5",
                    "CONSULT",
                    at("da", "første møde"),
                    actors=["kim", "trump"],
                    place="Q334",
                    date=singapore,
                ),
            ],
            quotes=[
                Quote(
                    id="q1",
                    speaker="kim",
                    speaker_text="Kim",
                    kind="direct",
                    versions=[self.version("nb", "Jeg tror dette blir et veldig nyttig møte")],
                ),
                Quote(
                    id="q2",
                    speaker="ushakov",
                    speaker_text="Usjakov",
                    kind="direct",
                    agreement="agree",
                    versions=[self.version("nb", focus_nb), self.version("da", focus_da)],
                ),
                Quote(
                    id="q3",
                    speaker="analysts",
                    speaker_text="Analytikere",
                    kind="indirect",
                    versions=[
                        self.version(
                            "nb", "den nordkoreanske lederen er ute etter å samle støtte", "indirect"
                        )
                    ],
                ),
            ],
            claims=[
                Claim(
                    id="c1",
                    kind="measure",
                    subject="Q959",
                    value=130,
                    unit="kilometre",
                    text="Vladivostok ligger cirka 130 kilometer fra grænsen til Nordkorea.",
                    evidence=[at("da", "Vladivostok ligger cirka 130 kilometer")],
                ),
                Claim(
                    id="c2",
                    kind="assessment",
                    text="Topmødet anses for at være en diplomatisk sejr for Kim Jong-un.",
                    evidence=[at("da", "Topmødet anses for")],
                ),
            ],
            differences=[
                Difference(
                    about="ushakov",
                    attribute="role",
                    values=[
                        DifferenceValue(
                            value="adviser", articles=["nb.txt"], evidence=[at("nb", "rådgiver")]
                        ),
                        DifferenceValue(
                            value="spokesman", articles=["da.txt"], evidence=[at("da", "talsmand")]
                        ),
                    ],
                )
            ],
        )


@pytest.fixture(scope="module")
def record() -> Record:
    return Story().record()


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines()[1:] if line and not line.startswith(" ")]


def entries(text: str, *, known: list[str]) -> list[str]:
    """Join the wrapped lines: an entry is a line and the deeper lines that hang under it."""
    found: list[str] = []
    for line in text.splitlines():
        if not line or line in known:
            continue
        depth = len(line) - len(line.lstrip())
        if found and depth >= 6 and not found[-1].rstrip().endswith("]"):
            found[-1] += " " + line.strip()
        else:
            found.append(line)
    return found


def section(text: str, heading: str) -> str:
    lines = text.splitlines()
    start = lines.index(heading)
    end = next((i for i in range(start + 1, len(lines)) if not lines[i]), len(lines))
    return "\n".join(lines[start + 1 : end])


def unwrapped(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_sections_stand_in_their_fixed_order(record: Record):
    assert headings(render(record)) == HEADINGS


def test_every_content_line_ends_in_a_locator(record: Record):
    for entry in entries(render(record), known=HEADINGS):
        assert re.search(r"\[(nb|da)( ¶\d+| title)?(, (nb|da)( ¶\d+| title)?)*\]$", entry), entry


def test_the_page_keeps_to_eighty_lines_of_110_characters(record: Record):
    text = render(record)
    assert len(text.splitlines()) <= 80
    assert max(map(len, text.splitlines())) <= 110


def test_the_lead_says_who_met_whom_where_when_how_long_and_what_nobody_tells(record: Record):
    text = unwrapped(render(record))
    assert text.startswith("Vladimir Putin and Kim Jong-un met in Vladivostok [nb ¶1, da ¶1]")
    assert (
        "Vladimir Putin (president, Russia) and Kim Jong-un (leader, North Korea) met in Vladivostok "
        "on Thursday 25 April 2019 for about 2 hours; told by both articles (nb, da)." in text
    )
    assert "Not found in any source: outcome, joint statement." in text


def test_the_lead_tells_the_outcome_where_a_source_does(record: Record):
    ended = record.model_copy(deep=True)
    there = Story().at("da", "uden resultater")
    told = [Told(article="da.txt", value="without result", evidence=there)]
    ended.events[0].outcome = "without result"
    ended.events[0].missing = {"count": "not told", "date": "publication date unknown"}
    ended.events[0].attributes.append(Attribute(name="outcome", value="without result", told=told))
    assert "  Outcome: without result. [da ¶8]" in render(ended)
    assert "  Utfall: uten resultat. [da ¶8]" in render(ended, "nb")
    ended.events[0].date = None
    assert "Not found in any source: date (publication date unknown)." in render(ended)


def test_an_act_that_is_no_meeting_is_given_in_the_words_of_the_article(record: Record):
    accused = record.model_copy(deep=True)
    accused.events = [accused.events[1].model_copy(update={"main": True})]
    text = render(accused)
    assert text.startswith("The United States accused Russia [nb ¶2]")
    assert "\n  “USA har beskyldt russerne” [nb ¶2]\n" in text


def acts(record: Record, **changes: object) -> dict[str, str]:
    """Give the headline of an accusation with changes, in each language."""
    changed = record.model_copy(deep=True)
    changed.events = [changed.events[1].model_copy(update={"main": True, **changes})]
    return {language: headline(changed, language) for language in READ_IN_FULL}


def test_an_act_is_a_sentence_in_every_language(record: Record):
    assert acts(record) == {
        "da": "USA beskyldte Rusland",
        "nb": "USA anklaget Russland",
        "nn": "USA retta skuldingar mot Russland",
        "sv": "USA anklagade Ryssland",
        "en": "The United States accused Russia",
        "de": "Die USA beschuldigten Russland",
    }


def test_what_is_planned_is_not_told_as_done(record: Record):
    assert acts(record, type="SANCTION", modality="planned") == {
        "da": "USA skal indføre sanktioner mod Rusland",
        "nb": "USA skal innføre sanksjoner mot Russland",
        "nn": "USA skal innføre sanksjonar mot Russland",
        "sv": "USA ska införa sanktioner mot Ryssland",
        "en": "The United States plans to impose sanctions on Russia",
        "de": "Die USA wollen Sanktionen gegen Russland verhängen",
    }
    assert acts(record, modality="denied") == {
        "da": "Det afvises, at USA beskyldte Rusland",
        "nb": "Det avvises at USA anklaget Russland",
        "nn": "Det blir avvist at USA retta skuldingar mot Russland",
        "sv": "Det förnekas att USA anklagade Ryssland",
        "en": "It is denied that the United States accused Russia",
        "de": "Bestritten wird, dass die USA Russland beschuldigten",
    }


def test_host_and_guest_meet(record: Record):
    people = record.events[0].actors
    told = acts(record, type="CONSULT", mode="visit", actors=people, recipients=[])
    assert told["de"] == "Vladimir Putin und Kim Jong-un trafen sich"
    assert told["nn"] == "Vladimir Putin og Kim Jong-un møttest"


def test_what_several_agree_on_is_an_agreement_and_no_promise(record: Record):
    people = record.events[0].actors
    assert acts(record, type="AGREE", mode=None, actors=people, recipients=[]) == {
        "da": "Vladimir Putin og Kim Jong-un indgik en aftale",
        "nb": "Vladimir Putin og Kim Jong-un inngikk en avtale",
        "nn": "Vladimir Putin og Kim Jong-un kom til semje",
        "sv": "Vladimir Putin och Kim Jong-un ingick en överenskommelse",
        "en": "Vladimir Putin and Kim Jong-un reached an agreement",
        "de": "Vladimir Putin und Kim Jong-un erzielten eine Einigung",
    }
    assert acts(record, type="AGREE", mode=None, actors=people[:1], recipients=[])["en"] == (
        "Vladimir Putin made a commitment"
    )


def test_a_kind_of_act_without_a_sentence_of_its_own_is_named(record: Record):
    assert acts(record, type="COERCE", mode="curfew")["en"] == "Curfew: United States → Russia"
    assert (
        acts(record, type="PROTEST", mode="hunger", recipients=[])["de"] == "Hungerstreik: Vereinigte Staaten"
    )


def test_the_lead_is_a_sentence_in_every_language(record: Record):
    leads = {language: unwrapped(render(record, language)) for language in READ_IN_FULL}
    assert "møttes i Vladivostok torsdag 25. april 2019 i omtrent 2 timer; fortalt av begge" in leads["nb"]
    assert "møttest i Vladivostok torsdag 25. april 2019 i om lag 2 timar; fortalt" in leads["nn"]
    assert "mødtes i Vladivostok torsdag den 25. april 2019 i omkring 2 timer; fortalt" in leads["da"]
    assert "träffades i Vladivostok torsdagen den 25 april 2019 i omkring 2 timmar; berättat" in leads["sv"]
    assert "trafen sich am Donnerstag (25. April 2019) in Vladivostok (etwa 2 Stunden); ber" in leads["de"]


def test_each_attribute_is_said_with_the_words_of_each_article_and_who_tells_it(record: Record):
    text = unwrapped(section(render(record), "What happened"))
    words = "nb “nærmere to timer”, da “to timer”"
    assert f"Duration: about 2 hours (100–120 minutes); {words}; both tell it [nb ¶1, da ¶1]" in text
    assert "Planned duration: 50 minutes; da “50 minutter”; only da [da ¶2]" in text
    assert "Date: 25 April 2019" in text


def test_details_of_one_kind_that_the_same_article_tells_share_a_line(record: Record):
    detailed = record.model_copy(deep=True)
    for name in ("behind closed doors", "face to face"):
        told = [Told(article="da.txt", value=True, evidence=Story().at("da", "Den første del"))]
        detailed.events[0].attributes.append(Attribute(name=name, value=True, told=told))
    assert "  Behind closed doors, face to face; only da [da ¶2]" in render(detailed)
    assert "  Bak lukka dører, andlet til andlet; berre da [da ¶2]" in render(detailed, "nn")


def test_a_broad_post_is_left_out_beside_the_exact_one(record: Record):
    broad = record.model_copy(deep=True)
    broad.roles.append(broad.roles[0].model_copy(update={"id": "r9", "role": "leader"}))
    assert "  Vladimir Putin: president (Russia) [" in render(broad)
    assert "  Vladimir Putin: president (Russia); leader (Russia) [" in render(broad, everything=True)


def test_claims_in_the_same_words_share_a_line(record: Record):
    twice = record.model_copy(deep=True)
    twice.claims.append(twice.claims[0].model_copy(update={"id": "c9", "kind": "location"}))
    assert "  Figure, location, Vladivostok: “Vladivostok ligger" in render(twice)


def test_two_posts_for_one_man_are_set_beside_each_other_once(record: Record):
    text = render(record)
    values = "adviser (Vladimir Putin) – nb; spokesman (Kremlin) – da"
    line = f"Yuri Ushakov, different posts: {values} [nb ¶5, da ¶3]"
    assert section(text, "Where the sources differ").strip() == line


def test_a_shared_credit_leaves_the_independence_of_the_witnesses_open(record: Record):
    text = unwrapped(section(render(record), "Check before publishing"))
    assert "nb and da share the credit Reuters: independence of the witnesses unknown [nb, da]" in text
    assert "does each mean the whole or a part?" in text


def test_a_quote_told_twice_marks_what_the_longer_version_has_more(record: Record):
    text = unwrapped(section(render(record), "Who said what"))
    assert "both tell it; translated; the original is not among the sources" not in text.split("Yuri")[0]
    assert "Yuri Ushakov; both tell it; translated; the original is not among the sources" in text
    more = "‹only nb: Russland er innstilt på å gjøre alt for å styrke en positiv utvikling›"
    assert text.count("‹") == 1
    assert more in text


def test_a_quote_in_the_speakers_own_language_is_not_called_translated(record: Record):
    own = record.model_copy(deep=True)
    own.entities.append(Entity(id="Q20", type="country", name="Norway", names={}, evidence=[]))
    for role in own.roles:
        if role.holder == "ushakov":
            role.of = "Q20"
    assert "at least one version is a translation" in unwrapped(render(own))
    assert "the original is not among the sources" not in unwrapped(render(own))


def test_a_told_count_is_closed_with_the_meetings_that_are_known(record: Record):
    text = section(render(record), "Background")
    assert "Kim Jong-un – Donald Trump: 2 told, 2 known: Singapore 2018, Hanoi 2019" in text


def test_what_one_article_tells_alone_stands_under_its_name(record: Record):
    text = render(record)
    assert "Accusation: United States → Russia; “USA har beskyldt russerne” [nb ¶2]" in section(
        text, "Only in nb"
    )
    assert "Analysts, indirect:" in section(text, "Only in nb")
    assert "130 kilometer" in section(text, "Only in da")


def test_names_stand_in_the_readers_spelling_beside_the_printed_forms(record: Record):
    assert (
        "Yuri Ushakov: adviser (Vladimir Putin); spokesman (Kremlin); printed as Jurij Usjakov (nb, da)"
        in (section(render(record), "Who is who"))
    )
    assert "  Jurij Usjakov: " in section(render(record, "nb"), "Hvem er hvem")
    assert "Präsident (Russland)" in section(render(record, "de"), "Wer ist wer")


def test_voices_keep_named_unnamed_and_unsourced_apart(record: Record):
    text = unwrapped(section(render(record), "Voices"))
    assert "Named: Kim Jong-un (1), Yuri Ushakov (1)" in text
    assert re.search(r"Unnamed: analysts \(1\) \[nb ¶8\]", text)
    assert "Assessment without a source: “Topmødet anses for" in text
    assert "figure (1) [da ¶5]" in text


def test_sources_say_what_each_article_is(record: Record):
    text = section(render(record), "Sources")
    assert "nb = nb.txt; Norwegian Bokmål; published 25 April 2019; credit: Reuters [nb]" in text
    assert "da = da.txt; Danish; publication date unknown; credit: Ritzau, Reuters; “Topmøde” [da]" in text


def test_articles_that_share_a_language_are_numbered(record: Record):
    twice = record.model_copy(deep=True)
    twice.articles.append(Article(id="third.txt", text="Kort.", language="nb"))
    text = unwrapped(render(twice))
    assert "[nb1 ¶1, da ¶1]" in text
    assert "nb2 = third.txt; Norwegian Bokmål" in text
    assert "grouped only: this language is not read in full" in text
    assert "told by 2 of 3 articles (nb1, da)" in text


def test_a_story_without_a_political_event_is_never_an_empty_page(record: Record):
    bare = record.model_copy(update={"events": [], "differences": []})
    text = render(bare)
    assert text.startswith("Russlands president Vladimir Putin og Nord-Koreas leder")
    assert "No political event read. [nb, da]" in text
    assert "da: “Den russiske præsident, Vladimir Putin, siger" in text
    assert "What happened" not in headings(text)
    assert {"Who said what", "Who is who", "Sources"} <= set(headings(text))


def test_a_lone_article_prints_its_facts_without_counting_witnesses(record: Record):
    lone = record.model_copy(
        deep=True, update={"articles": record.articles[:1], "claims": [], "differences": []}
    )
    for event in lone.events:
        event.evidence = [piece for piece in event.evidence if piece.article == "nb.txt"]
    text = render(lone)
    assert "only nb" not in section(text, "Background")
    assert not any(heading.startswith("Only in") for heading in headings(text))
    assert "told by one article (nb)" in text
    assert "  Kim Jong-un: “Jeg tror dette" in text
    assert "  Duration: about 2 hours (100–120 minutes); “nærmere to timer”" in text


def test_a_title_of_its_own_is_named_in_the_locator(record: Record):
    titled = record.model_copy(deep=True)
    titled.claims[0].evidence = [evidence_at(titled.articles[1], 0, 7, "title")]
    assert "[da title]" in render(titled)
    assert "[da Titel]" in render(titled, "de")


def test_a_crowded_record_is_trimmed_from_the_least_important_and_says_so(record: Record):
    crowd = record.model_copy(deep=True)
    crowd.quotes = [
        quote.model_copy(update={"id": f"{quote.id}.{n}"}) for n in range(60) for quote in crowd.quotes
    ]
    crowd.claims = [
        claim.model_copy(update={"id": f"{claim.id}.{n}"}) for n in range(60) for claim in crowd.claims
    ]
    text = render(crowd)
    assert len(text.splitlines()) <= 80
    assert re.search(r"^  \.\.\. and \d+ more \(--all\)$", text, re.MULTILINE)
    assert headings(text) == HEADINGS
    full = render(crowd, everything=True)
    assert "--all" not in full
    assert full.count("Kim Jong-un – nb:") == 60


def test_with_many_articles_two_versions_of_a_quote_stand_for_all(record: Record):
    many = record.model_copy(deep=True)
    for number in range(3):
        many.articles.append(many.articles[1].model_copy(update={"id": f"copy{number}.txt"}))
        version = many.quotes[1].versions[1].model_copy(deep=True)
        version.article = version.evidence.article = f"copy{number}.txt"
        many.quotes[1].versions.append(version)
    text = unwrapped(section(render(many), "Who said what"))
    assert "all 5 tell it" in text
    assert text.count("Fokus vil være") == 1
    assert unwrapped(section(render(many, everything=True), "Who said what")).count("Fokus vil være") == 4
    assert "Told by one article alone" in headings(render(many))
    assert not any(heading.startswith("Only in") for heading in headings(render(many)))


def test_many_articles_still_fit_one_page(record: Record):
    many = record.model_copy(deep=True)
    many.articles += [Article(id=f"a{n}.txt", text="Noe.", language="nb") for n in range(200)]
    many.claims = [
        Claim(id=f"c{n}", kind="measure", text="Noe.", evidence=[evidence_at(article, 0, 3)])
        for n, article in enumerate(many.articles)
    ]
    text = render(many)
    assert len(text.splitlines()) <= 80
    assert max(map(len, text.splitlines())) <= 110
    assert "met in Vladivostok" in text


def test_no_english_is_left_in_another_language(record: Record):
    english = word_list("en", "render")
    for language in READ_IN_FULL:
        if language == "en":
            continue
        own, text = word_list(language, "render"), render(record, language)
        for table, labels in english.items():
            if table in ("marks", "places", "home", "units", "dates"):
                continue
            for key, label in labels.items():
                if not isinstance(label, str):
                    continue
                foreign = label != own[table].get(key) and "{" not in label and len(label) > 5
                assert not (foreign and re.search(rf"\b{re.escape(label)}\b", text)), (language, key)
        assert not re.search(r"\b(the|told|only|both|met|and|unknown)\b", text), language


def _paths(table: object, path: str = "") -> set[str]:
    if isinstance(table, dict):
        return {found for key, value in table.items() for found in _paths(value, f"{path}/{key}")}
    return {path}


def test_six_languages_have_the_same_labels_with_the_same_slots():
    english = word_list("en", "render")
    for language in READ_IN_FULL:
        own = {**word_list(language, "render"), "women": english["women"]}  # each knows which posts have two
        assert _paths(own) == _paths(english)
        for table, labels in english.items():
            for key, label in labels.items():
                if isinstance(label, str | list) and table not in ("dates", "clauses", "women"):
                    slots = set(re.findall(r"{\w+}", str(label)))
                    assert set(re.findall(r"{\w+}", str(own[table][key]))) == slots, (language, table, key)
        assert len(own["dates"]["months"]) == 12
        assert len(own["dates"]["weekdays"]) == 7


def test_every_event_type_of_the_contract_has_a_label():
    kinds = set(Event.model_json_schema()["properties"]["type"]["enum"])
    for language in READ_IN_FULL:
        assert set(word_list(language, "render")["events"]) == kinds


def test_an_unknown_output_language_is_one_clear_error(record: Record):
    with pytest.raises(UsageError, match="'fr'"):
        render(record, "fr")


def test_the_terminal_is_never_given_control_characters():
    nasty = "\x1b[2J\x1b]0;title\x07 \u202egnp.exe \x00 \ud800 " + "x" * 500
    article = Article(id="a\x1b[31m.txt", text=nasty, language="e\x07n", title="\x9b31m")
    text = render(Record(id="s", title="", summary="", languages=[], articles=[article]))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text)
    text.encode("utf-8")
    assert max(map(len, text.splitlines())) <= 110


def test_surplus_is_silent_where_one_side_may_have_joined_two_sentences():
    two = "Vi er klare til å møte Kina. Vi er klare til å snakke med Kina."
    one = "Vi er klar til at møde Kina, og vi er klar til at tale med Kina."
    assert surplus(two, [one]) == []
    assert surplus(one, [two]) == []


def test_an_absolute_date_is_worded_by_its_precision(record: Record):
    shown = {}
    for precision, start, end in (
        ("month", "2019-04-01", "2019-04-30"),
        ("year", "2011-01-01", "2011-12-31"),
        ("period", "2018-04-25", "2019-04-25"),
        ("period", None, "2019-04-25"),
        ("day", None, None),
        ("week", "2019-04-22", "2019-04-28"),
        ("season", "2019-03-01", "2019-05-31"),
    ):
        dated = record.model_copy(deep=True)
        dated.events[0].date = DateValue(start=start, end=end, precision=precision, text="torsdag")
        shown[precision, start] = unwrapped(render(dated))
    assert "met in Vladivostok in April 2019 for" in shown["month", "2019-04-01"]
    assert "met in Vladivostok in 2011 for" in shown["year", "2011-01-01"]
    assert "in the period 25 April 2018 – 25 April 2019" in shown["period", "2018-04-25"]
    assert "in the period 22–28 April 2019" in shown["week", "2019-04-22"]
    assert "in the period 1 March – 31 May 2019" in shown["season", "2019-03-01"]
    assert "(until 25 April 2019)" in shown["period", None]
    assert "met in Vladivostok (“torsdag”) for" in shown["day", None]
    assert "da: publication date unknown, so days of the week have no date" in shown["day", None]


_words = st.text(alphabet=st.characters(exclude_characters="\r\n"), max_size=12) | st.sampled_from(
    ["A. B", "a1", "a2", "x", "president", "not told", "1", "{0}", "{name}"]
)
_ids = st.sampled_from(["a1", "a2", "x", "y", "z", "{0}"])
_evidence = st.builds(
    Evidence,
    article=_ids,
    part=st.sampled_from(["text", "title"]),
    start=st.integers(0, 40),
    end=st.integers(0, 40),
    text=_words,
)
_evidences = st.lists(_evidence, max_size=3)
_dates = st.builds(
    DateValue,
    start=st.sampled_from([None, "2019-04-25", "2019-04-25T14:30", "0001-01-01", "nonsense"]),
    end=st.sampled_from([None, "2019-04-25", "2019-12-31", ""]),
    precision=st.sampled_from(["minute", "day", "month", "year", "period"]),
    text=_words,
)
_durations = st.builds(
    Duration,
    min_minutes=st.none() | st.floats(0, 1e7),
    max_minutes=st.none() | st.floats(),
    text=_words,
)
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _words | _dates | _durations,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_words, inner, max_size=2),
    max_leaves=4,
)
_records = st.builds(
    Record,
    id=_words,
    title=_words,
    summary=_words,
    languages=st.just([]),
    articles=st.lists(
        st.builds(
            Article,
            id=_ids,
            text=st.text(max_size=60),
            language=st.sampled_from(["nb", "da", "en", "und", "\x1b"]),
            title=st.none() | _words,
            published=st.none() | _words,
            credits=st.lists(_words, max_size=2),
            copy_of=st.none() | _ids,
        ),
        max_size=3,
    ),
    entities=st.lists(
        st.builds(
            Entity,
            id=_ids,
            type=st.sampled_from(["person", "country", "place", "other"]),
            named=st.booleans(),
            name=_words,
            names=st.dictionaries(st.sampled_from(["nb", "da", "en"]), st.lists(_words, max_size=2)),
            evidence=_evidences,
        ),
        max_size=4,
    ),
    roles=st.lists(
        st.builds(
            Role,
            id=_words,
            holder=_ids,
            role=_words,
            of=st.none() | _ids,
            labels=st.just({}),
            agreement=st.sampled_from(["agree", "only", "differ"]),
            evidence=_evidences,
        ),
        max_size=3,
    ),
    events=st.lists(
        st.builds(
            Event,
            id=_ids,
            type=st.sampled_from(["CONSULT", "ACCUSE"]),
            mode=st.none() | st.sampled_from(["phone", "?"]),
            actors=st.lists(_ids, max_size=3),
            recipients=st.lists(_ids, max_size=1),
            place=st.none() | _ids,
            date=st.none() | _dates,
            count=st.none() | st.integers(0, 3),
            duration=st.none() | _durations,
            theme=st.none() | _words,
            outcome=st.none() | _words,
            modality=st.sampled_from(["happened", "planned", "possible", "denied"]),
            claimed_by=st.none() | _ids,
            main=st.booleans(),
            evidence=_evidences,
            attributes=st.lists(
                st.builds(
                    Attribute,
                    name=_words,
                    value=_values,
                    agreement=st.sampled_from(["agree", "differ"]),
                    told=st.lists(
                        st.builds(Told, article=_ids, value=_values, evidence=_evidence), max_size=2
                    ),
                ),
                max_size=2,
            ),
            missing=st.dictionaries(_words, _words, max_size=2),
        ),
        max_size=3,
    ),
    quotes=st.lists(
        st.builds(
            Quote,
            id=_ids,
            speaker=st.none() | _ids,
            speaker_text=_words,
            addressee=st.none() | _ids,
            kind=st.just("direct"),
            versions=st.lists(
                st.builds(
                    QuoteVersion,
                    article=_ids,
                    language=st.sampled_from(["nb", "da", "fr"]),
                    kind=st.sampled_from(["direct", "indirect", "mixed"]),
                    text=st.text(max_size=60),
                    evidence=_evidence,
                    spans=st.just([]),
                ),
                max_size=3,
            ),
        ),
        max_size=3,
    ),
    claims=st.lists(
        st.builds(
            Claim,
            id=_ids,
            kind=st.sampled_from(["assessment", "measure"]),
            subject=st.none() | _ids,
            text=_words,
            evidence=_evidences,
        ),
        max_size=2,
    ),
    differences=st.lists(
        st.builds(
            Difference,
            about=_ids,
            attribute=_words,
            values=st.lists(
                st.builds(
                    DifferenceValue,
                    value=_values,
                    articles=st.lists(_ids, max_size=2),
                    evidence=_evidences,
                ),
                max_size=2,
            ),
        ),
        max_size=2,
    ),
)


@settings(max_examples=150)
@given(_records, st.sampled_from(READ_IN_FULL), st.booleans())
def test_any_record_is_printed_within_its_width(anything: Record, language: str, everything: bool):
    text = render(anything, language, everything=everything)
    lines = text.splitlines()
    assert lines
    assert max(map(len, lines)) <= 110
    assert everything or len(lines) <= 80
    assert not any(first == second == "" for first, second in pairwise(lines))
    text.encode("utf-8")


def test_the_first_sentence_is_not_cut_at_an_ordinal():
    text = (
        "Der Vizekanzler hat mit Wirkung zum 21. November seinen Rücktritt verkündet. Er bleibt im Bundestag."
    )
    assert first_sentence(text).endswith("Rücktritt verkündet.")
