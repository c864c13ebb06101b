"""Files that the office enters for a unit: taken like those of a unit's own page."""

import re
from datetime import date

from duban.board.session import Form
from duban.board.uploads import Fit, take
from duban.service.desk.acts import Paper
from duban.service.intake.acts import is_minimal
from duban.store import documents

_FIELD = "register-files"
_EVENT = "register-event"
_MEGABYTE = 1024 * 1024


def papers_of(form: Form, key: str, errors: dict[str, str]) -> list[Paper]:
    """The files of a form, written down; none of them, and ``errors`` says why, if one is unfit."""
    event_on = _event_on(form[_EVENT], form.visit.on, errors)
    limit = form.visit.site.settings.upload_megabytes * _MEGABYTE
    uploads = [upload for upload in form.posted.files if upload.field == _FIELD]
    taken = take(form.visit.workplace, uploads, limit)
    if uploads and is_minimal(form.visit.workplace, key):
        errors[""] = "本方案不要求佐证材料（防止过度留痕），请只登记文字。"
    unfit = [found for found in taken if isinstance(found, str)]
    if unfit:
        errors[_FIELD] = "".join(unfit)
    fits = [found for found in taken if isinstance(found, Fit)]
    if errors:
        for fit in fits:
            documents.discard(fit.draft)
        return []
    return [Paper(fit.draft, fit.file_name, fit.media_type, event_on) for fit in fits]


def _event_on(text: str, today: date, errors: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        day = None
    if day is None or day > today:
        errors[_EVENT] = f"请写成 {today} 的样子，不能晚于今天"
    return day
