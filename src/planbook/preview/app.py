"""What browsers may ask the preview for. No address leads to a file: only what is listed here is served."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from planbook.html.templates import Templates
from planbook.html.web_page import render_beside_page, render_waiting_page
from planbook.preview.page_state import described
from planbook.preview.source_places import find_place

if TYPE_CHECKING:
    import contextlib
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from planbook.diagnostics.document import Span
    from planbook.preview.broadcast import Broadcast

    Locate = Callable[[Span], dict[str, str]]
    Lifespan = Callable[[Starlette], contextlib.AbstractAsyncContextManager[None]]

HEARTBEAT = 15.0
"""Seconds after which an idle connection is written to, to find out whether the browser is still there."""

MAX_TEXT = 500
"""Characters of a text of the page that are looked for in the plan file."""

_HEADERS = {
    "Cache-Control": "no-store",
    # /beside shows the page and the PDF in frames; nobody else's page does.
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_REASONS = {
    HTTPStatus.FORBIDDEN: "このプレビューは、planbook serve を動かしているコンピューターのブラウザーだけで見られます。",
    HTTPStatus.NOT_FOUND: "ここにあるのは /、/beside、/plan.html、/plan.pdf だけです。",
    HTTPStatus.METHOD_NOT_ALLOWED: "このプレビューは、読むことだけができます。",
    HTTPStatus.SERVICE_UNAVAILABLE: "まだできていません。できると表示します。",
}


class _Pages:
    """What each address answers, from the newest preview."""

    def __init__(self, broadcast: Broadcast, locate: Locate) -> None:
        self._broadcast = broadcast
        self._locate = locate
        self._waiting = render_waiting_page(Templates()).encode()
        self._beside = render_beside_page(Templates()).encode()

    async def home(self, _: Request) -> Response:
        page = self._broadcast.preview.page
        return _html(page.live if page else self._waiting)

    async def published(self, _: Request) -> Response:
        page = self._broadcast.preview.page
        return _html(page.published) if page else _not_yet()

    async def pdf(self, _: Request) -> Response:
        content = self._broadcast.preview.pdf
        return Response(content, media_type="application/pdf") if content else _not_yet()

    async def beside(self, _: Request) -> Response:
        return _html(self._beside)

    async def place(self, request: Request) -> Response:
        page, query = self._broadcast.preview.page, request.query_params
        if page is None:
            return _not_yet()
        anchor, text = query.get("anchor", ""), query.get("text", "")[:MAX_TEXT]
        span = await asyncio.to_thread(find_place, page.source, anchor, text, query.getlist("key"))
        return JSONResponse(self._locate(span))

    async def events(self, request: Request) -> Response:
        media_type = "text/event-stream"
        if request.method == "HEAD":  # over with its headers; the stream would never end
            return Response(media_type=media_type)
        return StreamingResponse(_events(self._broadcast), media_type=media_type)


def make_app(broadcast: Broadcast, port: int, locate: Locate, lifespan: Lifespan | None = None) -> Starlette:
    """Return the app that serves the newest preview to browsers on this machine, which know it by `port`.

    `locate` makes of a place in the plan file what the page shows of it.
    """
    pages = _Pages(broadcast, locate)
    routes = {
        "/": pages.home,
        "/beside": pages.beside,
        "/plan.html": pages.published,
        "/plan.pdf": pages.pdf,
        "/place": pages.place,
        "/events": pages.events,
    }
    app = Starlette(
        routes=[Route(path, endpoint, methods=["GET"]) for path, endpoint in routes.items()],
        middleware=[Middleware(_OnlyThisMachine, port=port)],
        exception_handlers={HTTPException: _refusal},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app


class _OnlyThisMachine:
    """Lets in only who asks for this machine by its own name, and no page of another site (DNS rebinding, CSRF)."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        suffixes = (f":{port}", "") if port == 80 else (f":{port}",)  # noqa: PLR2004 - browsers leave it out
        self._hosts = {f"{name}{suffix}" for name in ("127.0.0.1", "localhost") for suffix in suffixes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        app = self._app if self._is_own(Headers(scope=scope)) else _plain(HTTPStatus.FORBIDDEN)
        await app(scope, receive, send_guarded)

    def _is_own(self, headers: Headers) -> bool:
        (host, *more) = headers.getlist("host") or [""]
        return not more and host in self._hosts and all(o == f"http://{host}" for o in headers.getlist("origin"))


async def _events(broadcast: Broadcast) -> AsyncIterator[str]:
    """Server-sent events (WHATWG HTML, 9.2): each the whole state, so that none has to be kept for later."""
    yield "retry: 500\n\n"
    async for preview in broadcast.follow(HEARTBEAT):
        yield f"data: {json.dumps(described(preview), ensure_ascii=False)}\n\n" if preview else ":\n\n"


def _html(content: bytes) -> Response:
    return Response(content, media_type="text/html")


def _not_yet() -> Response:
    response = _plain(HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers.update({"Retry-After": "1", "Refresh": "1"})
    return response


def _plain(status: HTTPStatus) -> PlainTextResponse:
    return PlainTextResponse(f"{_REASONS.get(status, status.phrase)}\n", status)


async def _refusal(_: Request, error: Any) -> Response:
    response = _plain(HTTPStatus(error.status_code))
    response.headers.update(error.headers or {})
    return response
