"""One obligation: what the document says, its history beside what was handed in, its forms."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from starlette.exceptions import HTTPException

from duban.board import row_fields
from duban.board.office import acts
from duban.board.office.pages import OfficeRoute, go, not_found, office_page, path_of
from duban.board.office.papers import papers_of
from duban.board.session import Form, NotAllowed, Visit, posting, visiting
from duban.errors import StageConflict, UnknownObligation, UnknownYear
from duban.planner.due_dates import RULE_TEXTS
from duban.service.desk.acts import Paper, enter_once, reassign_once
from duban.service.desk.item import Detail, detail
from duban.service.entries import Entered, Saying
from duban.service.evidence.locker import list_evidence
from duban.service.reassign import Route
from duban.service.words import ENTRIES
from duban.store import documents
from models.account import NEEDS, Right
from models.entry import EntryKind, Via
from notifications.wording import clean

ROUTER = APIRouter(route_class=OfficeRoute)

REPLAYED = "这张表单已经提交过，没有重复登记；结果见下面的办理记录。"
_NO_CALENDAR = "这一年的放假安排尚未公布，系统不能计算期限；请管理员补充工作日历后再登记。"


@ROUTER.get("/office/items/{key:path}")
def item(
    key: str, visit: Annotated[Visit, Depends(visiting(Right.READ))], done: str = ""
) -> Response:
    """Everything about one obligation, and the forms that are possible now."""
    found = _found(visit, key)
    return _page(visit, found, done=_done(found, done))


@ROUTER.post("/office/items/{key:path}")
def act(key: str, form: Annotated[Form, Depends(posting(Right.READ))]) -> Response:
    """One decision of the office, or a unit's answer entered for it."""
    visit = form.visit
    found, kind = _found(visit, key), acts.kind_of(form)
    if kind is None:
        raise HTTPException(400)
    if not visit.may(NEEDS[kind]):
        raise NotAllowed(visit, form.typed)
    told, errors = acts.told(form, kind, found.asked)
    errors |= acts.missing(form, kind, visit.on, found.units, has_rows=bool(told))
    papers = [] if errors else papers_of(form, found.kept.id, errors)
    if errors:
        return _again(form, found, errors, 422)
    try:
        entered = _enter(form, found, acts.saying(form, kind, told), papers)
    except StageConflict as error:
        return _again(form, _found(visit, key), {"": _chinese(error)}, 409)
    except UnknownYear:
        return _again(form, found, {"": _NO_CALENDAR}, 409)
    finally:
        for paper in papers:
            documents.discard(paper.draft)
    path = path_of(entered.obligation if entered else key)
    return go(visit.request, f"/office/items/{path}", done=entered.entry if entered else "again")


def _enter(form: Form, found: Detail, saying: Saying, papers: list[Paper]) -> Entered | None:
    visit, key, kind = form.visit, found.kept.id, saying.kind
    if kind is EntryKind.REASSIGNED:
        name = kind.value
        route = Route(form[f"{name}-unit"], form[f"{name}-text"], Via.OFFICE_PAGE, acts.seen(form))
        return reassign_once(visit.workplace, form.number, key, route, visit.occasion)
    when = visit.occasion
    if form["act"] == acts.REGISTER:
        when = when._replace(by=_by(visit, found, form["register-who"]))
    return enter_once(visit.workplace, form.number, key, saying, when, papers)


def _by(visit: Visit, found: Detail, who: str) -> str:
    """Whose answer it is, and who has entered it: 甲局办公室李某（来电，王某代为登记）."""
    name = " ".join(who.split())[:100]
    unit = visit.workplace.answering(found.kept.plan_id, found.kept.unit, visit.on)
    return f"{unit}{name}（来电，{visit.account.name}代为登记）"


def _chinese(error: StageConflict) -> str:
    return error.chinese or "该事项现在不能这样办理，请核对办理记录。"


def _found(visit: Visit, key: str) -> Detail:
    try:
        return detail(visit.workplace, clean(key), visit.on)
    except UnknownObligation:
        raise not_found("这一事项") from None


def _again(form: Form, found: Detail, errors: Mapping[str, str], status: int) -> Response:
    """The page with what was typed; what has happened since is marked in the history."""
    kind = acts.kind_of(form)
    return _page(
        form.visit,
        found,
        status,
        errors=dict(errors),
        typed=form.typed,
        tried=form["act"],
        tried_kind=kind,
        since=acts.seen(form),
    )


def _page(visit: Visit, found: Detail, status: int = 200, **more: Any) -> Response:
    offered = [kind for kind in acts.offered(found) if visit.may(NEEDS[kind])]
    registrable = acts.registrable(found) if visit.may(Right.REGISTER) else []
    plan = visit.workplace.office.plans.get(found.kept.plan_id)
    is_other_needed = bool(plan and plan.policy.terms.close_out_by_another)
    given = {
        "found": found,
        "plan": plan,
        "rules": RULE_TEXTS,
        "ACTS": acts.ACTS,
        "offered": offered,
        "registrable": registrable,
        "kinds": [(kind.value, ENTRIES[kind]) for kind in registrable],
        "units": [(unit, unit) for unit in found.units],
        "evidence": list_evidence(visit.workplace, found.kept.id),
        "is_own_review": is_other_needed and found.kept.accepted_by == visit.account.name,
        "row_fields": row_fields,
        "longest": acts.LONGEST,
        "tried": "",
        "tried_kind": None,
        "since": None,
    }
    return office_page(visit, "item.html.j2", status, **(given | more))


def _done(found: Detail, done: str) -> str:
    """What is said of the entry that has just been made, or that nothing was."""
    if done == "again":
        return REPLAYED
    made = next((entry for entry in found.story.entries if str(entry.id) == done), None)
    return f"已登记：{ENTRIES[EntryKind(made.kind)]}（{made.by}）。" if made else ""
