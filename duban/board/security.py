"""What keeps the pages safe whichever page it is: headers, the size of a request, its origin."""

import asyncio
import logging
import time
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}
"""On every answer, refusals and files included."""

SMALL = 1024 * 1024
"""Bytes of a request that carries no file."""

_SILENCE = 30.0
_LONGEST = 1800.0

_LOG = logging.getLogger("duban.board")


class Guard:
    """Adds the headers, cuts off what is too large or too slow, logs without the path of a link."""

    def __init__(self, app: ASGIApp, upload_bytes: int) -> None:
        self._app = app
        self._upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, body = time.monotonic(), Counted(scope, receive, self._limit(scope))

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if body.is_left:  # or the server would read on to its end, however far that is
                    headers["Connection"] = "close"
                _log(scope, message["status"], time.monotonic() - begun)
            await send(message)

        await self._app(scope, body, with_headers)

    def _limit(self, scope: Scope) -> int:
        kind = Headers(scope=scope).get("content-type", "").lower()
        return self._upload_bytes if kind.startswith("multipart/form-data") else SMALL


class Counted:
    """A request's body, counted as it comes off the wire, whatever its length is said to be.

    A browser reads an answer only when it has sent all, so of what is too large as much again is
    read and thrown away; beyond that the line is cut.

    Raises:
        HTTPException: 413 where it is too large, 408 where it comes too slowly.
    """

    def __init__(
        self, scope: Scope, receive: Receive, limit: int, silence: float = _SILENCE
    ) -> None:
        headers = Headers(scope=scope)
        said = headers.get("content-length", "0")
        self._receive = receive
        self._silence = silence
        self._limit = limit
        self._said = int(said) if said.isdecimal() else 2 * limit + 1
        self._until = time.monotonic() + _LONGEST
        self._seen = 0
        self.is_left = self._said > 0 or "transfer-encoding" in headers

    async def __call__(self) -> Message:
        """The next piece of the body."""
        if not self.is_left:  # what comes now is the end of the connection
            return await self._receive()
        if self._said > 2 * self._limit:
            raise HTTPException(413)
        message = await self._next()
        if self._said > self._limit or self._seen > self._limit:
            await self._throw_away()
            raise HTTPException(413)
        return message

    async def _throw_away(self) -> None:
        while self.is_left and self._seen <= 2 * self._limit:
            await self._next()

    async def _next(self) -> Message:
        try:
            async with asyncio.timeout(min(self._silence, self._until - time.monotonic())):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408) from None
        self._seen += len(message.get("body", b""))
        self.is_left = message.get("more_body", False)
        return message


def _log(scope: Scope, status: int, seconds: float) -> None:
    """One line for each request; a path may hold a link, so only its beginning is written."""
    beginning = scope["path"].split("/")[1] if scope["path"].startswith("/") else ""
    known = beginning if beginning in {"u", "office", "static"} else ""
    _LOG.info("%s /%s… %d %.0f ms", scope["method"], known, status, seconds * 1000)


def require_same_origin(request: Request, base_url: str | None) -> None:
    """Refuse a form that another site has sent.

    A browser that was told to send no referrer says ``Origin: null`` of our own forms, so that
    alone is no sign of another site.

    Raises:
        HTTPException: 403.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise HTTPException(403)
    origin = request.headers.get("origin", "null")
    if origin == "null":
        return
    hosts = {request.headers.get("host"), urlsplit(base_url or "").netloc}
    if urlsplit(origin).netloc not in hosts - {None, ""}:
        raise HTTPException(403)
