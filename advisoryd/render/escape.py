"""The last step before the outside: text made inert for the form it goes into.

Mentions that wake a whole room are broken with a zero-width space, the customary remedy (Discord's own libraries do
the same), in every form, because plain text may well end in a chat that reads it as markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from advisoryd.model.message import Form
from advisoryd.render.clean import Address

_BREAK = "\u200b"
_MENTION = re.compile(r"@(?=\w)(?:(?<![\w.+-]@)|(?=(?i:everyone|here|channel|all|room)\b))")
_REFERENCE = re.compile(r"<(?=[!@#:&])")

_MARKDOWN = re.compile(
    r"[\\`*_\[\]<>~|]|&(?=#?\w+;)|(?<=\bhttp):(?=//)|(?<=\bhttps):(?=//)|(?<=\bwww)\.", re.IGNORECASE
)
_MARKDOWN_START = re.compile(r"^([#+=-]|\d{1,9}(?=[.)]))")
_SLACK_ALIKE = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_SLACK_EMPHASIS = re.compile(r"(?<![^\W_])_|_(?![^\W_])")


def plain(text: str) -> str:
    """For channels that show text as it is."""
    return _REFERENCE.sub(f"<{_BREAK}", _MENTION.sub(f"@{_BREAK}", text))


def markdown(text: str) -> str:
    """For CommonMark and its relatives (Discord, Mattermost, Matrix): nothing formats, links or mentions."""
    escaped = _MARKDOWN.sub(lambda found: "\\" + found[0], _MENTION.sub(f"@{_BREAK}", text))
    return _MARKDOWN_START.sub(_numbered, escaped)


def _numbered(found: re.Match[str]) -> str:
    start = found[1]
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def slack(text: str) -> str:
    """For Slack's mrkdwn, which has entities for three characters and no escape for the others: formatting characters
    become the look-alikes that Slack leaves alone."""
    alike = _SLACK_EMPHASIS.sub("ˍ", _MENTION.sub(f"@{_BREAK}", text).translate(_SLACK_ALIKE))
    return html.escape(alike, quote=False)


def markup(text: str) -> str:
    """For HTML, in text and in quoted attributes."""
    return html.escape(_MENTION.sub(f"@{_BREAK}", text))


_TEXT: dict[Form, Callable[[str], str]] = {
    Form.PLAIN: plain,
    Form.SHORT: plain,
    Form.MARKDOWN: markdown,
    Form.SLACK: slack,
    Form.HTML: markup,
    Form.EMAIL: markup,
}


def escape(value: str, form: Form) -> str:
    """``value`` for ``form``. An :class:`~advisoryd.render.clean.Address` is inert already, save for the ampersand."""
    if isinstance(value, Address):
        return value.replace("&", "&amp;") if form in (Form.HTML, Form.EMAIL, Form.SLACK) else str(value)
    return str(_TEXT[form](value))
