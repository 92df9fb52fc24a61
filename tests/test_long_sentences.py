"""Acts in sentences of news that part them from their parties, their day and their other words."""

import pytest

from reading_of import reading_of


def told(language: str, text: str, published: str) -> list[tuple[str, list[str], list[str], str, str | None]]:
    """Give the events of an article: type, names of actors and recipients, modality, first day."""
    reading = reading_of("one", text, language=language, published=published)
    names = {entity.id: entity.name for entity in reading.entities}
    return [
        (
            event.type,
            [names[i] for i in event.actors],
            [names[i] for i in event.recipients],
            event.modality,
            event.date.start if event.date else None,
        )
        for event in reading.events
    ]


@pytest.mark.parametrize(
    ("language", "published", "text", "expected"),
    [
        pytest.param(
            "de",
            "2011-02-27",
            "Der UN-Sicherheitsrat hat in seiner Sitzung am gestrigen Samstag einstimmig Sanktionen "
            "gegen Libyen wegen erheblicher und systematischer Verletzung von Menschenrechten beim "
            "Vorgehen gegen Demonstranten bei den Massenprotesten der vergangenen Wochen beschlossen.",
            ("SANCTION", ["United Nations Security Council"], ["Libya"], "happened", "2011-02-26"),
            id="a verb twenty words behind its object",
        ),
        pytest.param(
            "de",
            "2008-03-27",
            "Am gestrigen Mittwochvormittag begann der zweitägige Staatsbesuch des französischen "
            "Staatspräsidenten Nicolas Sarkozy im Vereinigten Königreich Großbritannien und "
            "Nordirland mit einem Empfang bei Königin Elisabeth II.",
            ("CONSULT", ["Nicolas Sarkozy"], ["United Kingdom"], "happened", "2008-03-26"),
            id="a visit that begins",
        ),
        pytest.param(
            "de",
            "2008-06-06",
            "Berichten verschiedener US-Medien zufolge fand am gestrigen Donnerstag ein Treffen "
            "zwischen dem inzwischen als Kandidat der Demokratischen Partei für das Amt des "
            "US-Präsidenten feststehenden Barack Obama und seiner knapp unterlegenen Rivalin Hillary "
            "Clinton statt.",
            ("CONSULT", ["Barack Obama", "Hillary Clinton"], [], "happened", "2008-06-05"),
            id="between two with long attributes",
        ),
        pytest.param(
            "de",
            "2005-07-21",
            "Nach der gescheiterten Vertrauensfrage am 1. Juli 2005 von Bundeskanzler Schröder hat "
            "nun Bundespräsident Horst Köhler nach Artikel 68 des Grundgesetzes den 15. deutschen "
            "Bundestag aufgelöst.",
            ("COERCE", ["Horst Koehler"], ["Bundestag"], "happened", None),
            id="the subject behind the auxiliary",
        ),
        pytest.param(
            "de",
            "2021-01-22",
            "Die Spannungen an der Grenze nehmen weiter zu, nachdem es im Dezember zu mehrwöchigen "
            "Zusammenstößen zwischen sudanesischen und äthiopischen Truppen gekommen war.",
            ("ASSAULT", ["Sudan", "Ethiopia"], [], "happened", "2020-12-01"),
            id="troops of two states",
        ),
        pytest.param(
            "de",
            "2008-09-10",
            "Der gestern veröffentlichte Abschlussbericht des Büros für Demokratische Institutionen "
            "und Menschenrechte der Organisation für Sicherheit und Zusammenarbeit in Europa (OSZE) "
            "kritisiert den Verlauf der Parlamentswahl in Georgien.",
            (
                "ACCUSE",
                ["Organization for Security and Co-operation in Europe"],
                [],
                "happened",
                "2008-09-09",
            ),
            id="a report that criticises",
        ),
        pytest.param(
            "en",
            "2018-07-11",
            "The Polish government on Monday turned down an offer that the European Commission had "
            "made the week before, and said it would go on replacing the judges of the supreme court.",
            ("REJECT", ["Poland"], ["European Commission"], "happened", "2018-07-09"),
            id="what another had made",
        ),
        pytest.param(
            "sv",
            "2019-04-14",
            "Turkiets president Recep Tayyip Erdogan avvisade i fredags EU:s krav på ändringar i "
            "landets terrorlagar, två veckor efter valet i mars.",
            ("REJECT", ["Recep Tayyip Erdoğan"], ["European Union"], "happened", "2019-04-12"),
            id="a day between the verb and its object",
        ),
        pytest.param(
            "de",
            "2006-05-31",
            "Die USA hatten im Jahre 1980 die diplomatischen Beziehungen zum Iran nach einer "
            "Besetzung und Geiselnahme in der US-Botschaft 1979 in Teheran abgebrochen.",
            ("SANCTION", ["United States"], ["Iran"], "happened", "1980-01-01"),
            id="a year that tells a noun apart",
        ),
        pytest.param(
            "de",
            "2013-04-10",
            "Immer stärkere Drohungen hat Nordkorea in den letzten Wochen gegen den benachbarten "
            "Süden und die USA ausgesprochen.",
            ("THREATEN", ["North Korea"], ["United States"], "happened", None),
            id="ever stronger is no habit",
        ),
        pytest.param(
            "de",
            "2018-10-31",
            "Die 64-jährige deutsche Bundeskanzlerin Angela Merkel hat auf einer Pressekonferenz in "
            "Berlin angekündigt, kurzfristig zurückzutreten als Chefin der CDU.",
            ("RETREAT", ["Angela Merkel"], [], "planned", None),
            id="the mark of an infinitive within the word",
        ),
        pytest.param(
            "de",
            "2020-01-05",
            "Am Donnerstag hatten die Streitkräfte der Vereinigten Staaten bei einem Luftangriff "
            "Qasem Soleimani getötet, den Führer der Quds-Einheit.",
            ("ASSAULT", ["United States"], ["Qasem Soleimani"], "happened", "2020-01-02"),
            id="whose name stands before the verb",
        ),
        pytest.param(
            "de",
            "2005-12-30",
            "Im Januar hatten die sudanesische Regierung und die Rebellenorganisation SPLM/A einen "
            "Friedensvertrag unterzeichnet, der einen langen Bürgerkrieg im Südsudan beenden soll.",
            ("SUPPORT", ["Sudan", "SPLM/A"], [], "happened", "2005-01-01"),
            id="whom a word before the name calls a movement",
        ),
        pytest.param(
            "en",
            "2010-12-14",
            "German defence minister Karl-Theodor zu Guttenberg visited German troops in Afghanistan "
            "on Monday.",
            ("CONSULT", ["Karl-Theodor zu Guttenberg"], ["Afghanistan"], "happened", "2010-12-13"),
            id="where those are who are visited",
        ),
        pytest.param(
            "nb",
            "2018-09-30",
            "Senator Dianne Feinstein fikk tilsendt brevet i juli, men Feinstein nektet for at "
            "lekkasjen kom fra hennes kontor.",
            ("REJECT", ["Dianne Feinstein"], [], "happened", None),
            id="a clause behind a preposition",
        ),
    ],
)
def test_an_act_is_read_with_its_parties_and_its_day(language, published, text, expected):
    assert expected in told(language, text, published)


@pytest.mark.parametrize(
    ("language", "published", "text", "expected"),
    [
        (
            "de",
            "2004-12-04",
            "Das iranische Außenministerium hat Pressemeldungen der New York Times von Donnerstag, "
            "dem 2. Dezember 2004, zurückgewiesen.",
            "REJECT",
        ),
        (
            "de",
            "2009-06-16",
            "Mehrere hunderttausend Menschen haben in Teheran gegen das Ergebnis der Präsidentenwahl "
            "vom 12. Juni 2009 demonstriert, obwohl die Regierung zuvor Versammlungen untersagt "
            "hatte.",
            "PROTEST",
        ),
        (
            "de",
            "2009-06-16",
            "Noch am Vormittag des 15. Juni hatte Mir Hossein Mussawi die Demonstration auf dem "
            "Platz der Freiheit abgesagt, zu der die Opposition aufgerufen hatte.",
            "REQUEST",
        ),
        (
            "nn",
            "2018-09-30",
            "Senator Dianne Feinstein mottok brevet i juli, og det blei leke tidlegare i september - "
            "men Feinstein nekta for at lekkasja kom frå hennar kontor.",
            "REJECT",
        ),
        (
            "de",
            "2006-05-04",
            "Der Schweizer Politiker Joseph Deiss hat am Donnerstag angekündigt, von seinem Amt "
            "zurückzutreten.",
            "RETREAT",
        ),
    ],
)
def test_a_day_that_is_told_of_something_else_dates_no_act(language, published, text, expected):
    days = [day for kind, *_, day in told(language, text, published) if kind == expected]
    assert days == [None]


@pytest.mark.parametrize(
    ("language", "text", "kind", "stranger"),
    [
        (
            "de",
            "Der thailändische König Bhumibol Adulyadej hat den am 29. März dieses Jahres wegen "
            "Majestätsbeleidigung verurteilten Schweizer Oliver Rudolf Jufer begnadigt.",
            "ACCUSE",
            "Bhumibol Adulyadej",
        ),
        (
            "de",
            "Bundesjustizministerin Brigitte Zypries (SPD) begrüßte das Urteil ebenso wie "
            "Bundesinnenminister Wolfgang Schäuble (CDU).",
            "SUPPORT",
            "Wolfgang Schäuble",
        ),
        (
            "nn",
            "Mike Pompeo vil starte om att diplomatiet, meir enn tre månader etter Singapore-møtet "
            "med den nordkoreanske leiaren, Kim Jong Un.",
            "CONSULT",
            "Singapore",
        ),
    ],
)
def test_who_only_stands_near_is_no_party(language, text, kind, stranger):
    parties = [
        name
        for type_, actors, reached, *_ in told(language, text, "2008-03-01")
        if type_ == kind
        for name in (*actors, *reached)
    ]
    assert stranger not in parties
