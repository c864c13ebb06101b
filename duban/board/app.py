"""The application: pages of units and of the office, and what becomes of errors."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from duban import clock
from duban.board.office.routes import router as office_router
from duban.board.security import Guard
from duban.board.site import Site, page
from duban.board.unit import ROUTER as UNIT
from duban.board.unit import Denied, denied
from duban.errors import DubanError, StageConflict, UnknownObligation
from duban.service.workplace import Workplace
from duban.settings import Settings

_MEGABYTE = 1024 * 1024

_TROUBLES = {
    400: ("没有看懂", "浏览器送来的内容不完整。请返回上一页，再提交一次。"),
    403: (
        "不能办理",
        "这次提交不是从本系统的页面发出的。请从邮件中的链接重新打开页面，再提交一次。",
    ),
    404: ("没有这个页面", "请核对网址，或从邮件中的链接重新打开。"),
    405: ("不能这样打开", "请从邮件中的链接重新打开页面。"),
    409: ("不能办理", "现在不能办理这一项。请从邮件中的链接重新打开。"),
    408: ("传输中断", "上传太慢或已中断，没有保存任何内容。请检查网络后返回上一页，再提交一次。"),
    413: (
        "文件太大",
        "一次提交的内容合计不能超过{megabytes} MB，没有保存任何内容。"
        "请返回上一页，压缩文件或分几次提交。",
    ),
    422: ("没有看懂", "浏览器送来的内容不完整。请返回上一页，再提交一次。"),
    500: ("系统出错", "这不是您的操作造成的，没有保存任何内容。请稍后再试，或直接回复邮件办理。"),
}


def create_app(
    workplace: Workplace,
    settings: Settings,
    *,
    now: Callable[[], datetime] = clock.now,
    look: Callable[[], Workplace] | None = None,
) -> FastAPI:
    """The pages of a workplace; ``look`` gives it anew where the office's files may change."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = Site(look or (lambda: workplace), settings, now)
    app.add_middleware(Guard, upload_bytes=settings.upload_megabytes * _MEGABYTE)
    app.add_exception_handler(HTTPException, _http_trouble)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(Denied, denied)
    app.add_exception_handler(DubanError, _refused)
    app.add_exception_handler(Exception, _bug)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    app.include_router(UNIT)
    app.include_router(office_router())
    return app


async def _http_trouble(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if not error.detail or error.detail == HTTPStatus(error.status_code).phrase:
        return trouble(request, error.status_code)
    return trouble(request, error.status_code, error.detail)


async def _unreadable(request: Request, _error: Exception) -> Response:
    return trouble(request, 422)


async def _refused(request: Request, error: Exception) -> Response:
    if isinstance(error, UnknownObligation):
        return trouble(request, 404, "没有这一事项，或者它不由您答复。请从邮件中的链接重新打开。")
    words = error.chinese if isinstance(error, StageConflict) else ""
    return trouble(
        request, 409, words or "现在不能办理这一项。请直接回复邮件，或拨打督办联系电话。"
    )


async def _bug(request: Request, _error: Exception) -> Response:
    return trouble(request, 500)


def trouble(request: Request, status: int, words: str = "") -> Response:
    """A page that says what went wrong and what to do now."""
    usual_status = 500 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400
    title, usual = _TROUBLES.get(status, _TROUBLES[usual_status])
    site: Site = request.app.state.site
    said = words or usual.format(megabytes=site.settings.upload_megabytes)
    return page(request, "trouble.html.j2", status, title=title, words=said)
