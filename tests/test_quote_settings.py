"""What is told beside the words: what the verb does, whether it is said or thought, to whom and when."""

from __future__ import annotations

import pytest

from test_quotes import quotes, told

OCCASIONS = [
    (
        "en",
        '"It was good," Vladimir Putin told reporters after talks with Kim Jong-un in Vladivostok.',
        "after talks with Kim Jong-un in Vladivostok",
    ),
    (
        "en",
        "Donald Trump told a rally in West Virginia on Saturday that they fell in love.",
        "a rally in West Virginia",
    ),
    (
        "en",
        "Donald Trump said at a campaign rally in West Virginia that they fell in love.",
        "at a campaign rally in West Virginia",
    ),
    (
        "en",
        "In a speech in Berlin on Monday, Angela Merkel said that the talks had failed.",
        "In a speech in Berlin",
    ),
    (
        "nb",
        "– Det var et godt møte, sa Vladimir Putin til journalister etter møtet med Kim.",
        "etter møtet med Kim",
    ),
    (
        "nn",
        "Erna Solberg sa på ein pressekonferanse tysdag at samtalene har brote saman.",
        "på ein pressekonferanse",
    ),
    (
        "da",
        "- Det var et godt møde, sagde Vladimir Putin til journalister efter topmødet med Kim.",
        "efter topmødet med Kim",
    ),
    (
        "sv",
        "Stefan Löfven sade i ett tal i Berlin att förhandlingarna har brutit samman.",
        "i ett tal i Berlin",
    ),
    (
        "de",
        "„Das war gut“, sagte Wladimir Putin nach dem Treffen mit Kim Jong Un vor Journalisten.",
        "nach dem Treffen mit Kim Jong Un",
    ),
]


@pytest.mark.parametrize(("language", "text", "words"), OCCASIONS)
def test_the_occasion_is_told_in_its_words(language: str, text: str, words: str) -> None:
    (quote,) = quotes(text, language)
    occasion = quote.versions[0].occasion
    assert occasion is not None
    assert occasion.text == text[occasion.start : occasion.end] == words


NO_OCCASION = [
    ("nb", "– Det var et godt møte, sa Vladimir Putin om toppmøtet."),
    ("en", '"It was a good meeting," Vladimir Putin said on Thursday.'),
    ("de", "Angela Merkel sagte, die Gespräche seien gescheitert."),
]


@pytest.mark.parametrize(("language", "text"), NO_OCCASION)
def test_what_is_spoken_of_is_no_occasion(language: str, text: str) -> None:
    assert quotes(text, language)[0].versions[0].occasion is None


def test_addressee_and_medium_point_at_their_words() -> None:
    text = "– Dette er alvorlig, sier Erna Solberg til NTB i et intervju."
    (quote,) = quotes(text, "nb")
    version = quote.versions[0]
    assert quote.addressee == "organisation:ntb"
    assert version.addressee_evidence is not None
    assert version.addressee_evidence.text == "NTB"
    assert quote.medium == "interview"
    assert version.medium_evidence is not None
    assert version.medium_evidence.text == "intervju"


ACTS = [
    ("en", "Donald Trump denied that the deal was off.", "deny"),
    ("nb", "Erna Solberg krever at avtalen holdes.", "demand"),
    ("nn", "Erna Solberg hevdar at avtalen er broten.", "claim"),
    ("da", "Mette Frederiksen skrev på Twitter, at aftalen er brudt.", "write"),
    ("sv", "Stefan Löfven lovade att avtalet ska hålla.", "pledge"),
    ("de", "Angela Merkel fragte, ob das Abkommen halte.", "ask"),
]


@pytest.mark.parametrize(("language", "text", "act"), ACTS)
def test_what_the_verb_does_is_told(language: str, text: str, act: str) -> None:
    (quote,) = quotes(text, language)
    assert quote.versions[0].act == act


THOUGHT = [
    ("en", "Donald Trump believes that the deal is off.", True),
    ("en", "Donald Trump says that the deal is off.", False),
    ("nb", "Erna Solberg tror at avtalen er brutt.", True),
    ("nb", "Erna Solberg sier at avtalen er brutt.", False),
    ("nn", "Erna Solberg trur at avtalen er broten.", True),
    ("nn", "Erna Solberg seier at avtalen er broten.", False),
    ("da", "Mette Frederiksen håber, at aftalen holder.", True),
    ("da", "Mette Frederiksen siger, at aftalen holder.", False),
    ("sv", "Stefan Löfven hoppas att avtalet håller.", True),
    ("sv", "Stefan Löfven säger att avtalet håller.", False),
    ("de", "Angela Merkel hofft, dass das Abkommen hält.", True),
    ("de", "Angela Merkel sagt, dass das Abkommen hält.", False),
    # Words in quotation marks or behind a dash were said, whatever the verb.
    ("nb", "– Avtalen er brutt, mener Erna Solberg.", False),
]


@pytest.mark.parametrize(("language", "text", "thought"), THOUGHT)
def test_what_is_only_thought_is_kept_apart_from_what_is_said(
    language: str, text: str, thought: bool
) -> None:
    (quote,) = quotes(text, language)
    assert quote.thought is thought


NOT_SAID = [
    ("en", "Donald Trump did not say that the deal was off."),
    ("en", "Nobody at the White House said that the deal was off."),
    ("en", "No official said that the deal was off."),
    ("en", "Angela Merkel stopped short of saying that Russia was to blame."),
    ("nb", "Erna Solberg har aldri sagt at avtalen er brutt."),
    ("nb", "Ingen i regjeringen sa at avtalen er brutt."),
    ("nn", "Erna Solberg sa ikkje at avtalen er broten."),
    ("nn", "Ingen i regjeringa sa at avtalen er broten."),
    ("da", "Mette Frederiksen sagde ikke, at aftalen er brudt."),
    ("da", "Ingen i regeringen sagde, at aftalen er brudt."),
    ("sv", "Stefan Löfven har aldrig sagt att avtalet är brutet."),
    ("sv", "Ingen i regeringen sade att avtalet är brutet."),
    ("de", "Angela Merkel hat nie gesagt, dass das Abkommen beendet ist."),
    ("de", "Niemand in der Regierung sagte, dass das Abkommen beendet ist."),
]


@pytest.mark.parametrize(("language", "text"), NOT_SAID)
def test_what_was_not_said_is_no_quote(language: str, text: str) -> None:
    assert told(text, language) == []


HYPOTHETICAL = [
    ("en", "Vladimir Putin would say that the deal is off."),
    ("en", "Vladimir Putin could have said that the deal was off."),
    ("en", "If Vladimir Putin says that the deal is off, Kim will go home."),
    ("en", "Vladimir Putin is expected to say that the deal is off."),
    ("en", "Did Donald Trump say that the deal is off?"),
    ("nb", "Putin kunne ha sagt at avtalen er brutt."),
    ("nb", "Sier Putin at avtalen er brutt, reiser Kim hjem."),
    ("nn", "Dersom Putin seier at avtalen er broten, reiser Kim heim."),
    ("nn", "Putin kunne ha sagt at avtalen er broten."),
    ("da", "Hvis Putin siger, at aftalen er brudt, rejser Kim hjem."),
    ("da", "Putin ventes at sige, at aftalen er brudt."),
    ("sv", "Om Putin säger att avtalet är brutet, reser Kim hem."),
    ("sv", "Sade Putin att avtalet är brutet?"),
    ("de", "Putin hätte gesagt, dass das Abkommen beendet ist."),
    ("de", "Wenn Putin sagt, dass das Abkommen beendet ist, reist Kim nach Hause."),
]


def test_what_another_claims_is_denied_not_said() -> None:
    text = "Mike Pompeo rejected the claim that he had lied to Congress."
    (quote,) = quotes(text, "en")
    assert quote.versions[0].act == "deny"
    german = (
        "Brett Kavanaugh sagte am Donnerstag vor dem Kongress aus und wies die von Christine Ford erhobene"
        " Anschuldigung zurück, er habe sie vor Jahrzehnten sexuell belästigt."
    )
    (quote,) = quotes(german, "de")
    version = quote.versions[0]
    assert (version.cue, version.act, version.occasion) == ("wies zurück", "deny", None)


@pytest.mark.parametrize(("language", "text"), HYPOTHETICAL)
def test_what_would_be_said_is_no_quote(language: str, text: str) -> None:
    assert told(text, language) == []


GOES_ON = [
    ("en", "When Putin said that the deal was off, Kim went home.", "the deal was off"),
    ("nb", "Da Putin sa at avtalen var brutt, reiste Kim hjem.", "avtalen var brutt"),
    ("nn", "Då Putin sa at avtalen var broten, reiste Kim heim.", "avtalen var broten"),
    ("da", "Da Putin sagde, at aftalen var brudt, rejste Kim hjem.", "aftalen var brudt"),
    ("sv", "När Putin sade att avtalet var brutet, reste Kim hem.", "avtalet var brutet"),
    (
        "de",
        "Als Putin sagte, dass das Abkommen beendet sei, reiste Kim nach Hause.",
        "das Abkommen beendet sei",
    ),
    (
        "en",
        "Mike Pompeo said that progress had been made, only for Kim to denounce him.",
        "progress had been made",
    ),
]


@pytest.mark.parametrize(("language", "text", "words"), GOES_ON)
def test_what_happened_then_is_not_part_of_what_was_said(language: str, text: str, words: str) -> None:
    assert [said for _, _, said in told(text, language)] == [words]


HEADLINES = [
    (
        "nb",
        "Solberg: – Dette er alvorlig\nErna Solberg talte i Stortinget tirsdag.",
        "Solberg",
        "Dette er alvorlig",
    ),
    (
        "nn",
        "Solberg: Vi må ta dette på alvor\nErna Solberg tala i Stortinget tysdag.",
        "Solberg",
        "Vi må ta dette på alvor",
    ),
    (
        "da",
        "Løkke: Vi skal have et nyt valg\nLars Løkke Rasmussen talte i Folketinget.",
        "Løkke",
        "Vi skal have et nyt valg",
    ),
    (
        "sv",
        "Löfven: ”Vi måste ta ansvar”\nStefan Löfven talade i riksdagen på tisdagen.",
        "Löfven",
        "Vi måste ta ansvar",
    ),
    (
        "en",
        "Trump: 'We fell in love'\nDonald Trump spoke in Virginia on Saturday.",
        "Trump",
        "We fell in love",
    ),
    (
        "de",
        "Merkel: „Wir schaffen das“\nAngela Merkel sprach am Dienstag im Bundestag.",
        "Merkel",
        "Wir schaffen das",
    ),
]


@pytest.mark.parametrize(("language", "text", "speaker", "words"), HEADLINES)
def test_a_headline_gives_words_behind_a_name(language: str, text: str, speaker: str, words: str) -> None:
    assert told(text, language, title=True)[0] == ("direct", speaker, words)


def test_a_headline_behind_a_dash_has_the_speaker_who_says_so_below() -> None:
    text = "– Vi ble forelsket\nDonald Trump talte lørdag.\n– Vi ble forelsket, og det var ekte, sa Trump."
    first, second = quotes(text, "nb", title=True)
    assert first.speaker == second.speaker is not None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ukraine: What we know so far\nThe war goes on."),
        ("en", "Police: Man found dead in park was 43\nThe man was found on Saturday."),
        ("nb", "Politiet: Mann funnet død\nMannen ble funnet lørdag."),
    ],
)
def test_a_headline_that_only_names_its_subject_quotes_nobody(language: str, text: str) -> None:
    assert told(text, language, title=True) == []


def test_who_has_answered_once_answers_again_in_an_interview() -> None:
    text = (
        "– Hva mener du?\n– Den er god for Norge, sier Erna Solberg.\n"
        "– Er du trygg?\n– Ja, jeg er helt trygg."
    )
    assert [(speaker, words) for _, speaker, words in told(text, "nb")] == [
        ("", "Hva mener du?"),
        ("Erna Solberg", "Den er god for Norge"),
        ("", "Er du trygg?"),
        ("Erna Solberg", "Ja, jeg er helt trygg."),
    ]


def test_a_short_question_is_one_too() -> None:
    text = (
        "Reporter: Why did you come?\nAngela Merkel: I wanted to see the place.\n"
        "Reporter: And now?\nMerkel: Now I am going home again."
    )
    assert [words for _, speaker, words in told(text, "en") if "Merkel" in speaker] == [
        "I wanted to see the place.",
        "Now I am going home again.",
    ]


DESCRIBED = [
    ("en", 'Rep. Maxine Waters denied that she lied.\nThe Democrat said: "That is false and absurd."'),
    (
        "de",
        "Die Abgeordnete Maxine Waters bestritt, dass sie log.\nDie Demokratin sagte, das sei falsch.",
    ),
    ("da", "Senator Maxine Waters benægtede, at hun løj.\nDemokraten sagde, at det er falsk."),
]


@pytest.mark.parametrize(("language", "text"), DESCRIBED)
def test_a_description_is_whoever_has_just_been_heard(language: str, text: str) -> None:
    first, second = quotes(text, language)
    assert second.speaker == first.speaker is not None


def test_a_minister_who_was_not_named_is_not_the_last_speaker() -> None:
    text = "«Det går bra», sa skuespilleren Meryl Streep.\nMinisteren sa at det ikke går bra."
    first, second = quotes(text, "nb")
    assert second.speaker != first.speaker


def test_a_headline_about_a_state_has_the_speaker_who_says_so_below() -> None:
    text = (
        'Finland optaget i Nato: "En stor dag"\nFinland blev medlem tirsdag.\n'
        "- Det er en stor dag for Finland, sagde præsident Sauli Niinistö."
    )
    first, second = quotes(text, "da", title=True)
    assert first.speaker == second.speaker is not None


def test_who_is_met_while_others_press_for_something_has_not_pressed() -> None:
    text = (
        "Antony Blinken met Abdel Fattah el-Sissi on Tuesday as mediators pressed Hamas to agree to a truce."
    )
    assert told(text, "en") == []
