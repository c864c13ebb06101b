"""A received mail: its words, the checks made, what was understood, and what the office does."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from starlette.exceptions import HTTPException

from duban.board.office import acts
from duban.board.office.pages import OfficeRoute, RowNumber, go, not_found, office_page
from duban.board.row_fields import NIL_AND_MORE
from duban.board.session import Form, Visit, posting, visiting
from duban.errors import StageConflict, UnknownObligation, UnknownYear
from duban.feedback.rows import passages_in
from duban.service.desk.acts import Registration, SettledMail, register_mail, settle_mail
from duban.service.desk.item import Letter, letter
from duban.service.intake.acts import Papers, store_papers
from duban.service.words import ENTRIES
from duban.store.received import WAITING, ReceivedState
from models.account import Right
from models.answer import Passage
from models.entry import BY_UNIT, EntryKind

ROUTER = APIRouter(route_class=OfficeRoute)

_SETTLED = "这封来信刚才已由他人处理，没有重复登记；处理结果见本页。"
_NOTE = 1000
_MEGABYTE = 1024 * 1024
_DONE = {
    "registered": "已登记；这封来信仍在待办理之列，还有内容请继续登记。",
    "settled": "已登记，这封来信处理完毕。",
    "noted": "这封来信已记为处理完毕。",
    "again": "这张表单已经提交过，没有重复登记；结果见本页。",
}


@ROUTER.get("/office/mails/{number:int}")
def mail(
    number: RowNumber, visit: Annotated[Visit, Depends(visiting(Right.READ))], done: str = ""
) -> Response:
    """The mail, and the forms where it waits."""
    return _page(visit, _found(visit, number), done=_DONE.get(done, ""))


@ROUTER.post("/office/mails/{number:int}")
def deal(number: RowNumber, form: Annotated[Form, Depends(posting(Right.SETTLE))]) -> Response:
    """Enter what the mail says, or note that it needs nothing more."""
    found = _found(form.visit, number)
    match form["act"]:
        case acts.REGISTER:
            return _register(form, found)
        case "settle":
            return _settle(form, found)
    raise HTTPException(400)


def _register(form: Form, found: Letter) -> Response:
    visit, kind = form.visit, acts.kind_of(form)
    key = form["register-other"] or form["register-item"]
    rows = _rows(form, kind)
    errors = acts.missing(form, kind, visit.on, ()) if kind else {}
    if rows and form[f"{acts.REGISTER}-nil"]:
        errors[f"{acts.REGISTER}-nil"] = NIL_AND_MORE
    if kind is None:
        errors["register-kind"] = "请选择登记为哪一种答复"
    if not key:
        errors["register-item"] = "请选择事项"
    if errors or kind is None:
        return _page(visit, found, 422, errors=errors, typed=form.typed)
    is_all = form["then"] != "more"
    saying = acts.saying(form, kind, rows)._replace(seen=None)
    papers = _papers(form, found) if form["register-papers"] else Papers()
    what = Registration(found.mail.id, key, saying, is_all, papers)
    try:
        entered = register_mail(visit.workplace, form.number, what, visit.occasion, _by(visit, key))
    except (StageConflict, UnknownObligation, UnknownYear, SettledMail) as error:
        return _again(form, found.mail.id, error)
    done = ("settled" if is_all else "registered") if entered else "again"
    return go(visit.request, f"/office/mails/{found.mail.id}", done=done)


def _rows(form: Form, kind: EntryKind | None) -> tuple[Passage, ...]:
    """What is written about single rows, told apart as in a mail that was understood."""
    return passages_in(form["register-text"]) if kind in acts.ROW_BY_ROW else ()


def _papers(form: Form, found: Letter) -> Papers:
    """Those of the attachments that may be evidence, stored; the raw mail has the others."""
    limit = form.visit.site.settings.upload_megabytes * _MEGABYTE
    return store_papers(form.visit.workplace, found.attachments, limit)


def _settle(form: Form, found: Letter) -> Response:
    visit, note, errors = form.visit, form["settle-note"], {}
    if not note:
        errors["settle-note"] = "请写明怎样处理的"
    elif len(note) > _NOTE:
        errors["settle-note"] = f"说明太长，最多{_NOTE}字"
    if errors:
        return _page(visit, found, 422, errors=errors, typed=form.typed)
    try:
        is_first = settle_mail(visit.workplace, form.number, found.mail.id, note, visit.occasion)
    except SettledMail as error:
        return _again(form, found.mail.id, error)
    return go(
        visit.request, f"/office/mails/{found.mail.id}", done="noted" if is_first else "again"
    )


def _by(visit: Visit, key: str) -> str:
    """Whose answer it is, and who has entered it; who wrote the mail is one click away."""
    unit = visit.workplace.answering(key.partition("/")[0], key.rpartition("/")[2], visit.on)
    return f"{unit}（来信，{visit.account.name}代为登记）"


def _again(form: Form, number: int, error: Exception) -> Response:
    match error:
        case StageConflict():
            where, said = "register-kind", error.chinese
        case UnknownObligation():
            where, said = "register-other", "没有这个编号的事项；请从台账中复制编号"
        case SettledMail():
            where, said = "", _SETTLED
        case _:
            where, said = "", "这一年的放假安排尚未公布，系统不能计算期限"
    found = _found(form.visit, number)
    return _page(form.visit, found, 409, errors={where: said}, typed=form.typed)


def _found(visit: Visit, number: int) -> Letter:
    found = letter(visit.workplace, number, visit.on)
    if found is None:
        raise not_found("这封来信")
    return found


def _page(visit: Visit, found: Letter, status: int = 200, **more: Any) -> Response:
    typed: Mapping[str, str] = more.pop("typed", {})
    guess = _guess(found)
    return office_page(
        visit,
        "mail.html.j2",
        status,
        found=found,
        is_waiting=found.mail.state in WAITING and visit.may(Right.SETTLE),
        kinds=[(kind.value, ENTRIES[kind]) for kind in BY_UNIT],
        titles=_titles(found),
        item_choices=[(row.id, f"{row.unit}　{row.title}") for row in found.candidates],
        typed=typed or guess,
        is_typed=bool(typed),
        **more,
    )


def _titles(found: Letter) -> dict[str, str]:
    return {row.id: f"{row.unit}　{row.title}" for row in found.candidates}


def _guess(found: Letter) -> dict[str, str]:
    """What the form begins with: the first thing understood, or else the words of the mail.

    Of a mail that was acted upon in part, what was not understood is left.
    """
    is_partly = found.mail.state == ReceivedState.PARTLY
    said = () if is_partly else found.reading.get("statements", ())
    first: dict[str, Any] = next(iter(said), {})
    left = "\n".join(found.reading.get("unclear", ())) if is_partly else ""
    numbers = [n for n in first.get("items", ()) if 0 < n <= len(found.numbered)]
    only = found.candidates[0].id if len(found.candidates) == 1 else ""
    return {
        "register-kind": first.get("kind", ""),
        "register-item": found.numbered[numbers[0] - 1] if numbers else only,
        "register-text": (first.get("text") or left or found.mail.text)[: acts.LONGEST],
        "register-until": first.get("until") or "",
        "register-papers": "1",
    }
