"""Each shape of answer is read back as the words that were written into it."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from duban.demo import replies
from duban.demo.answer_words import answer_words
from duban.demo.deed import Deed
from duban.demo.original import Original
from duban.demo.replies import SHAPES, Shape
from duban.feedback.grammar import read
from duban.feedback.incoming import IncomingKind, parse
from models.answer import Passage
from models.entry import EntryKind
from tests.unit.notifications.samples import message, samples

ON = date(2024, 10, 18)
AT = datetime(2024, 10, 18, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
E = EntryKind
PASSAGES = (Passage("7", "培训120人；3家企业签约，正在推进。"), Passage("10", "发放补贴3万元。"))


@pytest.fixture
def one(tmp_path: Path) -> Original:
    """A mail with one item, as its reader has it."""
    return _original(tmp_path, "assignment-answerable")


@pytest.fixture
def several(tmp_path: Path) -> Original:
    """A mail with several numbered items."""
    return _original(tmp_path, "several-answerable")


def _original(folder: Path, name: str) -> Original:
    path = folder / f"{name}.eml"
    path.write_bytes(message(samples()[name]).data)
    return Original(path)


def _done(obligation: str, passages: tuple[Passage, ...] = PASSAGES) -> Deed:
    return Deed(ON, obligation, E.COMPLETED, "", passages=passages)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_what_is_written_is_what_is_understood(one: Original, shape: Shape) -> None:
    mail = shape(one, answer_words([_done(one.items[0])], one.items), AT)
    incoming = parse(mail)
    assert incoming.kind is IncomingKind.REPLY
    assert incoming.sender == one.reader
    assert one.reply_to in incoming.recipients
    assert one.message_id in incoming.references
    reading = read(incoming.text, ON, len(one.items))
    assert reading.unclear == ()
    completed, reported = reading.statements
    assert (completed.kind, reported.kind) == (E.COMPLETED, E.REPORTED)
    assert reported.passages == PASSAGES


@pytest.mark.parametrize("shape", [replies.with_scan, replies.with_picture])
def test_a_paper_comes_with_it(one: Original, shape: Shape) -> None:
    (paper,) = parse(shape(one, "已办结。", AT)).attachments
    assert paper.file_name.endswith((".pdf", ".png"))


SAID = [
    (Deed(ON, "a", E.ACKNOWLEDGED, "", "签收"), E.ACKNOWLEDGED, None),
    (Deed(ON, "a", E.DECLINED, "", "不属于我局职责"), E.DECLINED, None),
    (
        Deed(ON, "a", E.EXTENSION_REQUESTED, "", "因机构调整", until=date(2024, 11, 5)),
        E.EXTENSION_REQUESTED,
        date(2024, 11, 5),
    ),
    (_done("a", ()), E.COMPLETED, None),
]


@pytest.mark.parametrize(("deed", "kind", "until"), SAID)
def test_each_thing_has_words_of_its_own(deed: Deed, kind: EntryKind, until: date | None) -> None:
    (statement,) = read(answer_words([deed], ["a"]), ON, 1).statements
    assert (statement.kind, statement.until) == (kind, until)


def test_several_items_are_answered_by_their_numbers(several: Original) -> None:
    words = answer_words([_done(key) for key in reversed(several.items)], several.items)
    reading = read(parse(replies.outlook(several, words, AT)).text, ON, len(several.items))
    told = {(said.kind, said.items) for said in reading.statements}
    numbers = [(number,) for number in range(1, len(several.items) + 1)]
    assert told == {(kind, number) for kind in (E.COMPLETED, E.REPORTED) for number in numbers}


def test_an_absence_and_a_bounce_are_no_answers(one: Original) -> None:
    assert parse(replies.away(one, "", AT)).kind is IncomingKind.AUTOMATIC
    bounce = parse(replies.undelivered(one, "", AT))
    assert bounce.kind is IncomingKind.BOUNCE
    (told,) = bounce.bounced
    assert (told.recipient, told.message_id) == (one.reader, one.message_id)
    assert told.is_permanent


def test_a_forger_has_no_tag_and_a_stranger_is_not_its_reader(one: Original) -> None:
    forged = parse(replies.forged(one, "已办结", AT))
    assert forged.sender == one.reader
    assert one.reply_to not in forged.recipients
    assert forged.references == ()
    stranger = parse(replies.passed_on(one, "已办结", AT))
    assert stranger.sender != one.reader
    assert one.reply_to in stranger.recipients
