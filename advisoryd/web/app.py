"""What the web server answers (Starlette).

A page is only shown by GET and HEAD: mail scanners and chat previews follow every link of a message, so nothing but the
button on the page, a POST, acknowledges.
"""

from __future__ import annotations

from datetime import datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from advisoryd import logs
from advisoryd.render.asking import Asked, asked
from advisoryd.service.acknowledge import acknowledge, matter
from advisoryd.service.house import House
from advisoryd.service.run import Ask
from advisoryd.store.errors import StoreError
from advisoryd.web.page import HEADERS, NOT_OURS, UNAVAILABLE, html

log = logs.get("web")


def application(ask: Ask) -> Starlette:
    """The application; ``ask`` has work done where the daemon's database is."""

    async def acknowledging(request: Request) -> HTMLResponse:
        words = [request.path_params[name] for name in ("event", "subscription", "signature")]
        try:
            found = await ask(lambda house, now: _answer(house, now, words, acts=request.method == "POST"))
        except (StoreError, OSError) as problem:
            log.error("web.unavailable", problem=str(problem))
            return HTMLResponse(html(UNAVAILABLE), 503, HEADERS)
        return HTMLResponse(html(found or NOT_OURS), 200 if found else 404, HEADERS)

    path = "/ack/{event}/{subscription}/{signature}"
    return Starlette(routes=[Route(path, acknowledging, methods=["GET", "POST"])])


def _answer(house: House, now: datetime, words: list[str], *, acts: bool) -> Asked | None:
    """What to show; with ``acts`` the acknowledgement is noted first."""
    event, subscription, signature = words
    web = house.config.web
    with house.store.begin() if acts else house.store.reading() as tx:
        found = matter(tx, web, event, subscription, signature) if web else None
        if found is None:
            return None
        if acts and acknowledge(tx, found.event.id, subscription, now, "link"):
            log.info("acknowledged", event_id=found.event.id, subscription=subscription, by="link")
    given_at = found.given.at if found.given else now if acts else None
    reader = next((one for one in house.config.subscriptions if one.name == subscription), None)
    locale, zone = (reader.locale, reader.zone) if reader else (house.config.locale, house.config.zone)
    return asked(found.event, given_at, locale, zone)
