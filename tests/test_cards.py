"""Cards: stories are chosen and listed without their records, and as their records tell."""

import json
import sqlite3

import pytest

import desks
from tidende.cli import main
from tidende.desk import Desk
from tidende.filing.cards import Card
from tidende.records import Article
from tidende.store.sql.text import packed

PARIS = Article(
    id="paris",
    text="Emmanuel Macron møtte Mette Frederiksen i Paris torsdag.",
    language="nb",
    published="2023-03-02",
)
BERLIN = Article(
    id="berlin",
    text="Emmanuel Macron møtte Olaf Scholz i Berlin fredag.",
    language="nb",
    published="2023-06-02",
)


def asked(place, question, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["ask", "--json", "--desk", str(place), question])
    out, err = capsys.readouterr()
    assert (ended.value.code or 0, err) == (0, "")
    return json.loads(out)


def whom(answer):
    return {one for fact in answer["facts"] for one in fact["articles"]}


def as_records_tell(desk):
    told = [Card.model_validate_json(record.model_dump_json()) for record in desk.records()]
    return sorted(told, key=lambda one: one.id)


def test_a_card_tells_what_its_record_tells_also_where_people_are_corrected(spot):
    with desks.filled(spot(), range(20)) as desk:
        assert [card for _, card in desk.cards()] == as_records_tell(desk)
        known = next(card for _, card in desk.cards() if len([one for one in card.entities if one.named]) > 1)
        one, other = [entity.id for entity in known.entities if entity.named][:2]
        stands = desk.same_person(one, other, who="red", when="2024-01-01T00:00:00Z")
        again = next(card for summary, card in desk.cards({known.id}) if summary.id == known.id)
        assert {one, other} & {entity.id for entity in again.entities} == {stands}
        assert [card for _, card in desk.cards()] == as_records_tell(desk)


def test_what_comes_after_a_question_answers_it_the_next_time(spot, capsys):
    place = spot()
    with Desk(place, create=True) as desk:
        desk.add_articles([PARIS])
    assert whom(asked(place, "Who met Macron?", capsys)) == {"paris"}
    with Desk(place) as desk:
        desk.add_articles([BERLIN])
    assert whom(asked(place, "Who met Macron?", capsys)) == {"paris", "berlin"}


@pytest.mark.parametrize("card", [None, "{}"])
def test_a_desk_without_cards_or_with_those_of_another_version_answers_as_before(tmp_path, capsys, card):
    path = tmp_path / "desk.db"
    with Desk(path, create=True) as desk:
        desk.add_articles([PARIS, BERLIN])
        listed = desk.stories()
    before = asked(path, "Who met Macron?", capsys)
    db = sqlite3.connect(path)
    if card is None:
        db.execute("drop table cards")
        db.execute("alter table signs drop column turned")
        db.execute("pragma user_version = 5")
    else:
        db.execute("update cards set card = ?", (packed(card),))
    db.commit()
    db.close()
    assert asked(path, "Who met Macron?", capsys) == before
    with Desk(path) as desk:
        assert desk.stories() == listed
        assert len(desk.store.cards({one.id for one in listed})) == 2
