"""Files handed out: evidence and raw mails, always to be saved, never shown by the browser."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException

from duban.board.downloads import download
from duban.board.office.pages import OfficeRoute, RowNumber, not_found
from duban.board.session import Visit, visiting
from duban.store.database import Record, reading
from duban.store.documents import path_of
from duban.store.evidence import one
from duban.store.received import get
from models.account import Right

ROUTER = APIRouter(route_class=OfficeRoute)

Reader = Annotated[Visit, Depends(visiting(Right.READ))]

_SHOWN = 256 * 1024
_MISSING = "登记在册的文件在存储中找不到了，请告诉管理员（运行 duban doctor 可查明缺了哪些）。"


@ROUTER.get("/office/evidence/{number:int}")
def evidence_file(number: RowNumber, visit: Reader) -> Response:
    """A piece of evidence under its own name."""
    with reading(visit.workplace.engine) as connection:
        row = one(connection, number)
    if row is None:
        raise not_found("这份材料")
    try:
        return download(visit.workplace, row)
    except HTTPException:
        raise HTTPException(404, _MISSING) from None


@ROUTER.get("/office/mails/{number:int}/raw")
def raw_mail(number: RowNumber, visit: Reader) -> Response:
    """A mail as it came in, as a file for a mail program."""
    path = _raw(visit, number)
    return FileResponse(path, media_type="message/rfc822", filename=f"mail-{number}.eml")


@ROUTER.get("/office/mails/{number:int}/source")
def mail_source(number: RowNumber, visit: Reader) -> Response:
    """A mail as it came in, as plain text to look at."""
    with _raw(visit, number).open("rb") as content:
        beginning = content.read(_SHOWN)
    text = beginning.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return Response(text.encode(), media_type="text/plain; charset=utf-8")


def _raw(visit: Visit, number: int) -> Path:
    with reading(visit.workplace.engine) as connection:
        row: Record | None = get(connection, number)
    if row is None:
        raise not_found("这封来信")
    path = path_of(visit.workplace.evidence, row.content)
    if not path.is_file():
        raise HTTPException(404, _MISSING)
    return path
