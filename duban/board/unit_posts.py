"""What becomes of the forms on a unit's page."""

from datetime import date
from urllib.parse import quote

from fastapi.responses import RedirectResponse, Response

from duban.board.site import site_of
from duban.board.unit_forms import NUMBER, filled
from duban.board.unit_views import Visit, existing, show_item_page, show_sheet_page, whole
from duban.board.uploads import Fit, Posted, take
from duban.errors import StageConflict, UnknownYear
from duban.service.unit_page.answers import Answer, Handed, Outcome, acknowledge, answer
from duban.service.unit_page.page import sheet
from duban.store import documents

_MEGABYTE = 1024 * 1024
_STALE = "这张表单已经失效，没有登记任何内容；填写的文字都还在，请再提交一次。"
_NO_YEAR = (
    "今年的工作日安排尚未录入，页面暂时不能登记，没有保存任何内容。请直接回复邮件，督办专班会收到。"
)


def acknowledged(visit: Visit, form: Posted) -> Response:
    """What comes of 签收."""
    number = form.words.get("number", "")
    if not NUMBER.fullmatch(number):
        return show_sheet_page(visit, {"": _STALE}, 422)
    shown = sheet(visit.workplace, visit.visitor)
    wanted = form.words.get("assignment", "")
    keys = [item.row.id for item in shown.to_acknowledge if wanted in ("", item.row.id)]
    if wanted and not keys:
        keys = [wanted]
    if not keys:
        return show_sheet_page(visit, {"": "没有待签收的分工，可能已由同事签收。"}, 409)
    seen = [(key, whole(form.words.get(f"seen {key}", ""))) for key in keys]
    try:
        outcome = acknowledge(visit.workplace, visit.visitor, number, seen, visit.now)
    except StageConflict as conflict:
        return show_sheet_page(visit, {"": conflict.chinese}, 409)
    except UnknownYear:
        return show_sheet_page(visit, {"": _NO_YEAR}, 409)
    return _over(visit.home, outcome)


def answered(visit: Visit, key: str, form: Posted) -> Response:
    """What comes of a form on an item's page; with an error everything typed is shown again."""
    found = existing(visit, key)
    words = filled(found, form.words, bool(form.files), visit.visitor.on)
    errors = dict(words.errors)
    number = form.words.get("number", "")
    if not NUMBER.fullmatch(number):
        errors[""] = _STALE
    is_open = not found.item.plan.matrix.minimal_evidence
    if form.files and not is_open:
        errors[""] = "本方案不收佐证材料，请只填写文字和数字。"
    fits = [] if errors else _take(visit, form, errors)
    try:
        if not errors:
            files = tuple(_handed(fit, form.words, words.event_on) for fit in fits)
            told = Answer(number, found.item.row.id, words.saying, files)
            outcome = answer(visit.workplace, visit.visitor, told, visit.now)
            return _over(f"{visit.home}/items/{quote(key)}", outcome)
    except StageConflict as conflict:
        errors[""] = conflict.chinese
        return show_item_page(visit, existing(visit, key), form.words, errors, 409)
    except UnknownYear:
        return show_item_page(visit, found, form.words, {"": _NO_YEAR}, 409)
    finally:
        for fit in fits:
            documents.discard(fit.draft)
    return show_item_page(visit, found, form.words, errors, 422)


def _take(visit: Visit, form: Posted, errors: dict[str, str]) -> list[Fit]:
    limit = site_of(visit.request).settings.upload_megabytes * _MEGABYTE
    taken = take(visit.workplace, form.files, limit)
    for upload, result in zip(form.files, taken, strict=True):
        if isinstance(result, str):
            field = upload.field if upload.field in ("scan", "original") else "files"
            errors[field] = errors.get(field, "") + result
    return [fit for fit in taken if isinstance(fit, Fit)]


def _handed(fit: Fit, words: dict[str, str], event_on: date | None) -> Handed:
    part = fit.field if fit.field in ("scan", "original") else ""
    note = words.get("note", "")
    return Handed(fit.draft, fit.file_name, fit.media_type, event_on, note, part)


def _over(place: str, outcome: Outcome) -> Response:
    """On to the page that shows what came of it, so that reloading posts nothing again."""
    if outcome.is_repeated:
        return RedirectResponse(f"{place}?again=1", 303)
    done = ".".join(str(entered.entry) for entered in outcome.entered)
    return RedirectResponse(f"{place}?done={done or 'files'}", 303)
