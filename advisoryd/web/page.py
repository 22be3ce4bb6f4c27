"""The pages: plain HTML that works without scripts, by keyboard, and on a phone in the dark."""

from __future__ import annotations

from html import escape

from advisoryd.render.asking import Asked

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""The address itself is the key, so it goes into no cache, no index and no other site's log."""

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --line: #57606a; --button: #0550ae }}
body {{ margin: 0; font: 1.0625rem/1.5 system-ui, "Noto Sans", "Hiragino Sans", "Malgun Gothic", sans-serif }}
main {{ max-width: 36rem; margin: 3rem auto; padding: 0 1rem; overflow-wrap: anywhere }}
h1 {{ font-size: 1.375rem; line-height: 1.35; border-left: .375rem solid var(--line); padding-left: .75rem }}
button {{ font: inherit; font-weight: 600; padding: .75rem 1.5rem; border: 0; border-radius: .375rem;
  color: #fff; background: var(--button); cursor: pointer }}
button:focus-visible {{ outline: .1875rem solid currentColor; outline-offset: .1875rem }}
@media (prefers-color-scheme: dark) {{ body {{ background: #0d1117; color: #e6edf3 }} :root {{ --button: #1f6feb }} }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p role="status">{note}</p>
{form}</main>
</body>
</html>
"""

NOT_OURS = Asked(
    "en", "This link is not valid", "It may have been cut off on its way. Open it from the message itself, in full."
)
UNAVAILABLE = Asked("en", "Not possible just now", "Nothing was acknowledged. Please try again in a minute.")


def html(asked: Asked) -> str:
    """The page. Sent without an address of its own, the form goes to where the page came from."""
    button = f'<form method="post"><button>{escape(asked.button)}</button></form>\n' if asked.button else ""
    return _PAGE.format(
        language=escape(asked.language), title=escape(asked.headline), note=escape(asked.note), form=button
    )
