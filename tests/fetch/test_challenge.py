"""Pages that stand between us and the document are told from pages that merely resemble them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.fetch.body import Kind, kind
from advisoryd.fetch.challenge import MAX_PAGE, MAX_SCRIPT_PAGE, challenged, landed
from advisoryd.fetch.wire import Fault
from advisoryd.model.outcome import Trouble

PAGES = Path(__file__).with_name("pages")
CHALLENGES = sorted((PAGES / "challenges").iterdir())
ORDINARY = sorted((PAGES / "ordinary").iterdir())


def looked_at(body: bytes) -> Fault | None:
    return challenged({}, body, kind(body))


@pytest.mark.parametrize("page", CHALLENGES, ids=lambda page: page.stem)
def test_a_challenge_is_recognised(page: Path) -> None:
    fault = looked_at(page.read_bytes())
    assert fault is not None
    assert fault.trouble is Trouble.CHALLENGE
    assert fault.detail.endswith(" came instead of the document.")


@pytest.mark.parametrize("page", ORDINARY, ids=lambda page: page.stem)
def test_an_ordinary_page_is_not(page: Path) -> None:
    assert looked_at(page.read_bytes()) is None


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("cloudflare", "A challenge of Cloudflare"),
        ("aws-waf", "A challenge of AWS WAF"),
        ("akamai-denied", "An “Access Denied” page, as Akamai serves it,"),
        ("cookie-script", "A script or a refresh for browsers, without a word of text,"),
        ("sign-in-named", "A sign-in page"),
        ("consent", "A consent page"),
    ],
)
def test_the_operator_hears_what_it_is(page: str, words: str) -> None:
    fault = looked_at((PAGES / "challenges" / f"{page}.html").read_bytes())
    assert fault is not None
    assert fault.detail.startswith(words)


@pytest.mark.parametrize("field", [("cf-mitigated", "challenge"), ("x-amzn-waf-action", "Captcha")])
def test_the_head_may_say_it_alone(field: tuple[str, str]) -> None:
    assert challenged(dict([field]), b"", Kind.TEXT) is not None


def test_a_feed_that_speaks_of_challenges_is_a_feed() -> None:
    feed = b"<?xml version='1.0'?><rss><title>Just a moment...</title>_cf_chl_opt document.cookie location</rss>"
    assert looked_at(feed) is None
    assert looked_at(b'{"title": "<title>Access Denied</title>"}') is None
    assert challenged({"cf-mitigated": "no"}, b"", Kind.TEXT) is None


def test_large_pages_are_not_searched() -> None:
    page = b"<html><title>Just a moment...</title>"
    assert looked_at(page + b" " * (MAX_PAGE - len(page))) is not None
    assert looked_at(page + b" " * (MAX_PAGE - len(page) + 1)) is None


def test_a_page_of_script_is_a_challenge_up_to_its_size() -> None:
    page = b"<html><script>location.reload();//%s</script></html>"
    filler = MAX_SCRIPT_PAGE - len(page) + 2
    assert looked_at(page % (b"x" * filler)) is not None
    assert looked_at(page % (b"x" * (filler + 1))) is None


@pytest.mark.parametrize(
    ("asked", "final", "trouble"),
    [
        ("https://a.example/feed", "https://a.example/login", Trouble.CHALLENGE),
        ("https://a.example/feed", "https://a.example/user/SignIn.aspx?next=/feed", Trouble.CHALLENGE),
        ("https://news.example/rss", "https://consent.news.example/m?continue=x", Trouble.CHALLENGE),
        ("https://a.example/feed", "https://a.example/error.htm", Trouble.NOT_FOUND),
        ("https://a.example/feed", "https://a.example/404", Trouble.NOT_FOUND),
        ("https://a.example/feed", "https://a.example/new/feed", None),
        ("https://a.example/login/feed", "https://a.example/login/feed/", None),
        ("https://a.example/errors-at-the-border", "https://a.example/x/errors-at-the-border", None),
        ("https://a.example/error", "https://a.example/error", None),
    ],
)
def test_where_a_redirect_ends_tells_what_it_is(asked: str, final: str, trouble: Trouble | None) -> None:
    fault = landed(asked, final, Kind.HTML)
    assert (fault.trouble if fault else None) is trouble


def test_a_document_that_came_is_a_document_wherever_it_lies() -> None:
    assert landed("https://a.example/feed", "https://a.example/login/feed", Kind.XML) is None


@given(st.binary(max_size=300) | st.text(alphabet="<>/!-script title'\"=", max_size=300).map(str.encode))
def test_any_bytes_can_be_looked_at(body: bytes) -> None:
    looked_at(body)
    looked_at(b"<html>location " + body)


def test_hostile_markup_does_not_take_long() -> None:
    for filler in (b"<", b"<!--", b"<script", b"<title", b"<a ", b"</script ", b"<!"):
        looked_at((b"<html>location" + filler * MAX_SCRIPT_PAGE)[:MAX_SCRIPT_PAGE])
        looked_at((b"<html>" + filler * MAX_PAGE)[:MAX_PAGE])
