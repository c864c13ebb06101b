"""The intake on a real ledger: what each mail comes to, once, whatever else is in the box."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duban.errors import AlreadyRunning, UnknownYear, WorkLeftUndone
from duban.feedback.mailbox import DONE, OFFICE
from duban.service.intake.foresight import foresee_intake
from duban.service.lease import holding
from duban.store import documents, mail_records, outcomes
from duban.store.database import reading, writing
from duban.store.tables import OBLIGATION, OUTBOX, RUN
from tests import builders
from tests.unit.service.letters import (
    ASSIGNMENT,
    DAY,
    HEAD,
    LIAISON,
    OTHER,
    PDF,
    REPORT,
    ROOM,
    SERVER,
    Inbox,
    Letters,
    bounce,
    letter,
    quoting,
)

Open = Callable[..., Letters]

YEAR_LATER = date(2025, 10, 15)


@pytest.fixture
def write(tmp_path: Path) -> Iterator[Open]:
    """Opens an office; its fields are the matrix's."""
    with builders.ledger_at(f"sqlite:///{tmp_path / 'ledger.db'}", builders.office()) as empty:

        def opened(**fields: object) -> Letters:
            content = builders.office(builders.plan(builders.matrix(**fields)))
            return Letters(replace(empty, office=content, evidence=tmp_path / "evidence"))

        yield opened


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of the kind that the parameter names."""
    return builders.ledger_url(request, tmp_path)


@pytest.fixture
def letters(write: Open) -> Letters:
    return write()


def test_an_answer_is_entered_and_put_away(letters: Letters) -> None:
    key = letters.sent(ASSIGNMENT, REPORT)
    inbox = Inbox(letters.reply(key, "签收\n2 已办结，材料已报送"))
    told = letters.intake(inbox=inbox)
    assert told._asdict() == {
        "as_of": "2024-10-15", "received": 1, "acted": 1, "office": 0, "ignored": 0,
        "bounces": 0, "undone": [],
    }  # fmt: skip
    assert (letters.stage(ASSIGNMENT), letters.stage()) == ("acknowledged", "completed")
    assert inbox.folders == {"Duban/Done": ["1"]}
    (mail,) = letters.received()
    assert (mail.state, mail.kind, mail.sender, mail.because) == ("acted", "reply", LIAISON, "")
    entry = letters.entries()[-1]
    assert (entry.kind, entry.on, entry.via, entry.received_id) == (
        "completed", DAY, "mail", mail.id,
    )  # fmt: skip
    assert entry.by == f"甲局联络员（{LIAISON}）"


def test_the_raw_mail_is_kept_byte_for_byte(letters: Letters) -> None:
    raw = letters.reply(letters.sent(REPORT), "签收") + b"\xff\xfe\x00"
    letters.intake(raw)
    path = documents.path_of(letters.workplace.evidence, letters.received()[0].content)
    assert path.read_bytes() == raw


def test_the_same_message_read_twice_counts_once(letters: Letters) -> None:
    raw = letters.reply(letters.sent(REPORT), "进展：已完成初稿")
    first, inbox = letters.intake(raw, raw), Inbox(raw)
    second = letters.intake(inbox=inbox)
    assert (first.received, second.received) == (1, 0)
    assert (len(letters.entries()), len(letters.received())) == (1, 1)
    assert inbox.folders == {"Duban/Done": ["1"]}


def test_a_copy_that_came_by_another_way_is_kept_and_not_counted(letters: Letters) -> None:
    raw = letters.reply(letters.sent(REPORT), "进展：已完成初稿", Message_ID="<1@unit.example>")
    copy = b"Delivered-To: answers@office.example\r\n" + raw
    told = letters.intake(raw, copy)
    assert (told.acted, told.ignored, len(letters.entries())) == (1, 1, 1)
    assert letters.received()[1].because == "与第1号来信是同一封邮件，不重复登记"


def test_a_mail_that_only_quotes_our_message_id_is_found(letters: Letters) -> None:
    key = letters.sent(REPORT)
    told = letters.intake(letter("已办结", To="answers@office.example", **quoting(key)))
    assert (told.acted, letters.stage()) == (1, "completed")
    assert '"token": "absent", "reference": "valid"' in letters.received()[0].checks


def test_a_colleague_may_answer(letters: Letters) -> None:
    letters.intake(letters.reply(letters.sent(REPORT), "进展：在办", sender=HEAD.upper()))
    assert letters.entries()[0].by == f"甲局主要负责人（{HEAD}）"


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        (OTHER, {}),
        ("stranger@evil.example", {}),
        (LIAISON, {"Authentication_Results": f"{SERVER}; dmarc=fail"}),
        (LIAISON, {"To": "answers+abc-aaaaaaaaaaaaaaaaaaaa@office.example"}),
        (LIAISON, {"To": "answers@office.example"}),
        (f"{LIAISON}, {OTHER}", {}),
    ],
)
def test_a_forged_or_strange_sender_leaves_a_note_and_no_more(
    letters: Letters, sender: str, headers: dict[str, str]
) -> None:
    key, before = letters.sent(REPORT), builders.state(letters.workplace)
    papers = (("a.pdf", "application/pdf", PDF),)
    given = {"To": letters.reply_to(key)} | headers
    inbox = Inbox(letter("已办结", sender, papers, **given))
    told = letters.intake(inbox=inbox)
    assert (told.office, inbox.folders) == (1, {"Duban/Office": ["1"]})
    assert (letters.entries(), letters.evidence()) == ([], [])
    assert len(letters.files()) == 1, "the raw mail alone is stored"
    assert builders.state(letters.workplace) == before
    assert '"kind": "completed"' in letters.received()[0].reading


def test_the_words_of_another_server_are_not_believed(letters: Letters) -> None:
    said = {"Authentication_Results": "mx.evil.example; dmarc=fail"}
    told = letters.intake(letters.reply(letters.sent(REPORT), "已办结", **said))
    assert told.acted == 1


def test_what_the_stage_forbids_goes_to_the_office_and_the_rest_acts(letters: Letters) -> None:
    key = letters.sent(ASSIGNMENT, REPORT)
    inbox = Inbox(letters.reply(key, "1 已办结\n2 进展：在办"))
    told = letters.intake(inbox=inbox)
    assert (told.acted, told.office, letters.stage()) == (0, 1, "reported")
    (mail,) = letters.received()
    assert mail.state == "partly"
    assert "现在不能登记“办结”；可以办理：签收、退件" in mail.because
    assert inbox.folders == {"Duban/Office": ["1"]}


def test_what_is_acknowledged_already_is_no_trouble(letters: Letters) -> None:
    key = letters.sent(ASSIGNMENT, REPORT)
    told = letters.intake(letters.reply(key, "签收"), letters.reply(key, "全部签收"))
    assert (told.acted, len(letters.entries())) == (2, 1)


def test_an_answer_counts_for_the_day_on_which_it_arrived(letters: Letters) -> None:
    key = letters.sent(REPORT)
    raw = letters.reply(key, "申请延期至2024-11-01，原因：材料未齐")
    inbox = Inbox(raw, arrived=date(2024, 10, 18))
    letters.intake(inbox=inbox, on=date(2024, 10, 22))
    (entry,) = letters.entries()
    assert (entry.kind, entry.on) == ("extension-requested", date(2024, 10, 18))
    assert '"until": "2024-11-01"' in entry.detail


def test_a_rest_day_is_a_day_for_reading(letters: Letters) -> None:
    letters.intake(letters.reply(letters.sent(REPORT), "已办结"), on=date(2024, 10, 20))
    assert letters.entries()[0].on == date(2024, 10, 20)


def test_a_year_old_tag_acts_on_what_is_still_open(letters: Letters) -> None:
    raw = letters.reply(letters.sent(REPORT), "进展：在办")
    letters.intake(inbox=Inbox(raw, arrived=YEAR_LATER), on=YEAR_LATER)
    assert (letters.stage(), letters.entries()[0].on) == ("reported", YEAR_LATER)


@pytest.mark.parametrize("stage", ["closed-out", "withdrawn", "reassigned"])
@pytest.mark.parametrize("words", ["已办结", "进展：在办", "申请延期至2025-12-01，原因：材料未齐"])
def test_a_tag_of_what_is_off_the_books_only_leads_to_the_office(
    letters: Letters, stage: str, words: str
) -> None:
    papers = (("盖章.pdf", "application/pdf", PDF),)
    raw = letter(words, LIAISON, papers, To=letters.reply_to(letters.sent(REPORT)))
    with writing(letters.workplace.engine) as connection:
        connection.execute(OBLIGATION.update().where(OBLIGATION.c.id == REPORT), {"stage": stage})
    told = letters.intake(inbox=Inbox(raw, arrived=YEAR_LATER), on=YEAR_LATER)
    assert (told.acted, told.office, letters.stage()) == (0, 1, stage)
    assert (letters.entries(), letters.evidence()) == ([], [])
    (mail,) = letters.received()
    assert mail.state == "office"
    assert "该事项已不在办理之列，附件仅随原信保存" in mail.because
    assert len(letters.files()) == 1  # the raw mail, with all that was in it


def test_attachments_are_evidence_of_what_is_named(letters: Letters) -> None:
    key = letters.sent(ASSIGNMENT, REPORT)
    papers = (("盖章.pdf", "application/pdf", PDF), ("run.exe", "application/pdf", b"MZ\0\0"))
    raw = letter("2 已办结", LIAISON, papers, To=letters.reply_to(key))
    letters.intake(raw)
    (piece,) = letters.evidence()
    assert (piece.obligation_id, piece.file_name, piece.via) == (REPORT, "盖章.pdf", "mail")
    (mail,) = letters.received()
    assert (mail.state, letters.stage()) == ("partly", "completed")
    assert "附件“run.exe”不是可以接收的类型" in mail.because


def test_an_attachment_that_is_too_large_stays_in_the_raw_mail(letters: Letters) -> None:
    papers = (("a.pdf", "application/pdf", PDF * 1000),)
    raw = letter("已办结", LIAISON, papers, To=letters.reply_to(letters.sent(REPORT)))
    letters.intake(raw, limit=1000)
    assert (letters.evidence(), letters.stage()) == ([], "completed")
    assert "附件“a.pdf”超过" in letters.received()[0].because


def test_a_plan_of_minimal_evidence_keeps_no_attachment(write: Open) -> None:
    letters = write(minimal_evidence=True)
    papers = (("a.pdf", "application/pdf", PDF),)
    raw = letter("已办结", LIAISON, papers, To=letters.reply_to(letters.sent(REPORT)))
    told = letters.intake(raw)
    assert (told.acted, letters.evidence(), len(letters.files())) == (1, [], 1)
    assert letters.received()[0].because == "该方案不收佐证材料，附件仅随原信保存"


def test_automatic_answers_and_echoes_never_count(letters: Letters) -> None:
    key = letters.sent(REPORT)
    away = letters.reply(key, "已办结", Auto_Submitted="auto-replied")
    listed = letters.reply(key, "已办结", List_Id="<all.unit.example>", Precedence="list")
    told = letters.intake(away, listed)
    assert (told.ignored, letters.entries(), letters.stage()) == (2, [], "assigned")
    assert [mail.kind for mail in letters.received()] == ["automatic", "echo"]


def test_a_mail_that_makes_the_code_fail_stops_no_other(letters: Letters) -> None:
    key = letters.sent("plan-2024/nothing/甲局", to=OTHER)
    poison = letters.reply(key, "已办结", sender=OTHER)
    inbox = Inbox(poison, letters.reply(letters.sent(REPORT), "已办结"))
    told = letters.intake(inbox=inbox)
    assert (told.acted, told.office, letters.stage()) == (1, 1, "completed")
    assert inbox.folders == {"Duban/Office": ["1"], "Duban/Done": ["2"]}
    assert told.undone[0].startswith("mail 1 could not be dealt with: KeyError")
    assert letters.received()[0].kind == "unreadable"
    assert letters.intake(poison).received == 0


HOSTILE = [
    b"", b"\0" * 1000, b"\xff\xfe" * 500, b"From: a\0b@c\n\nx", b"Subject: =?utf-8?b?////?=\n\n",
    b"From: a@b.example\nSubject: \xed\xa0\x80\n\n\xed\xa0\x80\0",
]  # fmt: skip


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
def test_hostile_bytes_are_kept_for_the_office(url: str, tmp_path: Path) -> None:
    with builders.ledger_at(url, builders.office(builders.plan())) as place:
        letters = Letters(replace(place, evidence=tmp_path / "evidence"))
        own = letters.reply(letters.sent(REPORT), "已办结 \x01", Subject="x\ty")
        told = letters.intake(*HOSTILE, own.replace(b"\x01", b"\0"))
        assert (told.received, told.undone) == (len(HOSTILE) + 1, [])
        assert told.office + told.ignored + told.acted == len(HOSTILE) + 1


def test_a_mail_that_came_back_opens_a_defect_and_tells_the_office(letters: Letters) -> None:
    key = letters.sent(REPORT)
    told = letters.intake(bounce("5.1.1", key), bounce("5.1.1", key))
    assert (told.received, told.bounces, told.ignored) == (1, 1, 0)
    with reading(letters.workplace.engine) as connection:
        (defect,) = mail_records.defects(connection)
        mail = connection.execute(OUTBOX.select().where(OUTBOX.c.key == key)).one()
        tries = mail_records.deliveries(connection, mail.id)
    assert (defect.address, defect.because) == (LIAISON, "550 5.1.1 no such user here")
    assert (mail.state, mail.reply) == ("failed", "550 5.1.1 no such user here")
    assert [attempt.outcome for attempt in tries] == ["bounced"]
    steps = [row.step for row in builders.said(letters.workplace, builders.spoken)]
    assert any(step.endswith("-undelivered") for step in steps)
    assert letters.received()[0].outbox_id == mail.id


def test_the_tag_names_the_mail_where_the_report_does_not(letters: Letters) -> None:
    key = letters.sent(REPORT)
    told = letters.intake(bounce("5.1.1", None, to=letters.reply_to(key)))
    assert (told.bounces, told.office) == (1, 0)


def test_the_mail_that_came_back_does_not_close_its_own_defect(letters: Letters) -> None:
    letters.intake(bounce("5.1.1", letters.sent(REPORT)))
    with writing(letters.workplace.engine) as connection:
        outcomes.close_defects(connection, letters.moment(date(2024, 10, 16)).at)
        assert [row.address for row in mail_records.defects(connection)] == [LIAISON]


def test_a_mail_too_large_to_fetch_waits_in_its_folder(letters: Letters) -> None:
    inbox = Inbox(letters.reply(letters.sent(REPORT), "已办结"))
    inbox.mails["1"] = inbox.mails["1"]._replace(size=61_000_000, is_cut=True)
    told = letters.intake(inbox=inbox)
    assert (told.office, letters.stage(), inbox.folders) == (1, "assigned", {OFFICE: ["1"]})
    assert letters.received()[0].because.startswith("邮件太大（61兆），只读了信头")


def test_a_mail_that_could_not_be_put_away_is_only_moved_the_next_time(letters: Letters) -> None:
    inbox = Inbox(letters.reply(letters.sent(REPORT), "进展：在办"))
    inbox.is_broken = True
    first = letters.intake(inbox=inbox)
    assert (first.acted, first.undone) == (
        1, ["the mailbox could not be read to its end: the line broke"],
    )  # fmt: skip
    inbox.is_broken = False
    second = letters.intake(inbox=inbox)
    assert (second.received, second.undone, inbox.folders) == (0, [], {DONE: ["1"]})
    assert len(letters.entries()) == 1


@pytest.mark.parametrize(
    ("status", "key", "recipient", "counts"),
    [
        ("4.2.2", "own", LIAISON, (1, 0, 0)),
        ("5.1.1", None, LIAISON, (0, 1, 0)),
        ("5.1.1", None, "stranger@elsewhere.example", (0, 0, 1)),
        ("4.4.1", None, LIAISON, (1, 0, 0)),
    ],
)
def test_other_reports_change_nothing(
    letters: Letters,
    status: str,
    key: str | None,
    recipient: str,
    counts: tuple[int, int, int],
) -> None:
    own, before = letters.sent(REPORT), builders.state(letters.workplace)
    told = letters.intake(bounce(status, own if key else None, recipient))
    assert (told.bounces, told.office, told.ignored) == (
        counts[0] + counts[2], counts[1], 0,
    )  # fmt: skip
    assert builders.state(letters.workplace) == before


def test_an_offices_receipt_is_ignored_and_its_words_are_not_guessed(letters: Letters) -> None:
    office = "office@coordination.example"
    with writing(letters.workplace.engine) as connection:
        values = {"key": "0" * 16, "recipient": office, "state": "pending", "on": DAY}
        connection.execute(OUTBOX.insert().values(values | {"attempts": 0, "channel": "mail"}))
    key = letters.sent(to=office)
    told = letters.intake(
        letters.reply(key, "收到", sender=office), letters.reply(key, "同意延期", sender=office)
    )
    assert (told.ignored, told.office) == (1, 1)


def test_a_dry_run_says_what_would_happen_and_does_nothing(letters: Letters) -> None:
    key = letters.sent(ASSIGNMENT, REPORT)
    inbox = Inbox(
        letters.reply(key, "1 已办结\n2 进展：在办"), letters.reply(key, "签收", sender=OTHER)
    )
    before = builders.state(letters.workplace)
    first, second = foresee_intake(letters.workplace, ROOM, inbox, letters.moment())
    assert (first.state, second.state) == ("partly", "office")
    assert "现在不能登记“办结”" in first.because
    assert [step.obligation for step in first.considered.verdict.steps] == [REPORT, ASSIGNMENT]
    assert builders.state(letters.workplace) == before
    assert (letters.received(), letters.files(), len(inbox.mails)) == ([], [], 2)


def test_a_store_that_cannot_be_written_leaves_the_mail_in_the_inbox(letters: Letters) -> None:
    key = letters.sent(REPORT)
    letters.workplace.evidence.write_text("a file where the folder should be")
    inbox = Inbox(letters.reply(key, "已办结"))
    with pytest.raises(WorkLeftUndone, match="DUBAN_EVIDENCE"):
        letters.intake(inbox=inbox)
    assert (len(inbox.mails), letters.received(), letters.entries()) == (1, [], [])


def test_one_reader_at_a_time(letters: Letters) -> None:
    with (
        holding(letters.workplace.engine, "intake", alone=True),
        pytest.raises(AlreadyRunning, match="intake is already being done"),
    ):
        letters.intake()


def test_a_year_without_workdays_is_refused(letters: Letters) -> None:
    with pytest.raises(UnknownYear):
        letters.intake(on=date(2031, 1, 2))


def test_a_run_is_put_on_record(letters: Letters) -> None:
    letters.intake()
    with reading(letters.workplace.engine) as connection:
        (row,) = connection.execute(RUN.select()).all()
    assert (row.flow, row.as_of, row.finished_at is not None) == ("intake", DAY, True)
