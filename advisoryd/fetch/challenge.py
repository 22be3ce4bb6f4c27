"""Pages that stand between us and the document: challenges, sign-in and consent pages.

They come with status 200 as readily as with 403 or 503. They are recognised so that the operator hears what is the
matter; they are never solved, and no other client is impersonated.

A site behind such a service carries the service's scripts on its ordinary pages too, so only marks that the
interstitial alone has are listed: fields of the answer, whole titles, and variables of the challenge script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from advisoryd.fetch.body import Kind, title
from advisoryd.fetch.wire import Fault
from advisoryd.model.outcome import Trouble

MAX_PAGE = 64 * 1024
"""Larger pages are not searched: challenge pages are between 300 bytes and some 30 KB."""

SEARCHED = 16 * 1024
"""How much of a page is searched for the marks of challenge scripts, which stand in or near its head."""

MAX_SCRIPT_PAGE = 8 * 1024
"""A page without words counts as a script challenge up to this size; those of Chinese hosts have about 1 KB."""

MAX_WORDS = 40
"""How many bytes of text such a page may have all the same."""

_FIELDS = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "challenge", "AWS WAF"),
    ("x-amzn-waf-action", "captcha", "AWS WAF"),
)

_SCRIPTS = (
    (b"_cf_chl_opt", "Cloudflare"),
    (b"cf-browser-verification", "Cloudflare"),
    (b"window.gokuprops", "AWS WAF"),
    (b"/_sec/cp_challenge/", "Akamai"),
    (b"sec-if-cpt-container", "Akamai"),
    (b"bm-verify=", "Akamai"),
    (b"incapsula incident id", "Imperva"),
    (b"geo.captcha-delivery.com", "DataDome"),
    (b'id="px-captcha"', "PerimeterX"),
    (b"sucuri_cloudproxy_js", "Sucuri"),
    (b"acw_sc__v2", "Alibaba Cloud"),
    (b"__jsl_clearance", "Knownsec"),
    (b"the requested url was rejected. please consult with your administrator", "F5"),
)

_TITLES = (
    (re.compile(r"just a moment"), "a Cloudflare challenge"),
    (re.compile(r"attention required! \| cloudflare"), "a Cloudflare challenge"),
    (re.compile(r"access denied$"), "an “Access Denied” page, as Akamai serves it,"),
    (re.compile(r"ddos-guard$"), "a DDoS-Guard challenge"),
    (re.compile(r"(human|security|browser) (verification|check)$"), "a challenge page"),
    (re.compile(r"(are you (a )?(human|robot)|verify(ing)? (that )?you are (a )?human)"), "a challenge page"),
    (re.compile(r"before you continue"), "a consent page"),
    (
        re.compile(
            r"(sign[ -]?in|log[ -]?in|anmelden|anmeldung|connexion|se connecter|iniciar sesi[oó]n|accedi|登录|登入"
            r"|ログイン|サインイン|로그인|вход|تسجيل الدخول)\s*($|to\b|[|:·–-])"
        ),
        "a sign-in page",
    ),
)

_LANDINGS = (
    (frozenset({"login", "log-in", "signin", "sign-in", "sso"}), Trouble.CHALLENGE, "a sign-in page"),
    (frozenset({"consent"}), Trouble.CHALLENGE, "a consent page"),
    (frozenset({"error", "404", "notfound", "not-found", "page-not-found"}), Trouble.NOT_FOUND, "an error page"),
)

_UNSEEN = re.compile(rb"<(script|style|noscript|head)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
_DRIVES_AWAY = re.compile(rb"document\.cookie|location|http-equiv=[\"']?refresh")


def challenged(fields: Mapping[str, str], body: bytes, found: Kind) -> Fault | None:
    """The challenge that an answer is, by the fields of its head and its body, a ``found``."""
    for name, value, service in _FIELDS:
        if fields.get(name, "").lower() == value:
            return _stands_between(f"a challenge of {service}")
    if found is not Kind.HTML or len(body) > MAX_PAGE:
        return None
    what = _by_script(body[:SEARCHED].lower()) or _by_title(title(body).lower()) or _by_emptiness(body)
    return _stands_between(what) if what else None


def landed(asked: str, final: str, found: Kind) -> Fault | None:
    """The sign-in, consent or error page, a ``found``, that redirects from ``asked`` to ``final`` ended on."""
    if asked == final or found is not Kind.HTML:
        return None
    strange = _words(final) - _words(asked)
    for words, trouble, what in _LANDINGS:
        if words & strange:
            return Fault(trouble, f"The request was redirected to {what} instead of the document.")
    return None


def _words(url: str) -> frozenset[str]:
    parts = urlsplit(url.lower())
    steps = [step.partition(".")[0] for step in parts.path.split("/")]
    return frozenset(steps) | {parts.netloc.partition(".")[0]}


def _by_script(text: bytes) -> str:
    return next((f"a challenge of {service}" for mark, service in _SCRIPTS if mark in text), "")


def _by_title(words: str) -> str:
    return next((what for pattern, what in _TITLES if pattern.match(words)), "")


def _by_emptiness(body: bytes) -> str:
    if len(body) > MAX_SCRIPT_PAGE or not _DRIVES_AWAY.search(body):
        return ""
    words = b" ".join(_UNSEEN.sub(b" ", body.lower()).split())
    return "a script or a refresh for browsers, without a word of text," if len(words) <= MAX_WORDS else ""


def _stands_between(what: str) -> Fault:
    return Fault(Trouble.CHALLENGE, f"{what[0].upper()}{what[1:]} came instead of the document.")
