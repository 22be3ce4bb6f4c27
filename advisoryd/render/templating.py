"""The templates of the text forms (Jinja2): ours, and the user's in their place.

Traps of Jinja2, each with a test: its autoescape knows HTML alone, so every ``{{ … }}`` passes through ``finalize``,
which escapes for the form at hand and hands on ready markup; filters that would declare a stranger's text to be markup
(``safe``, ``urlize``, ``xmlattr`` …) are taken away, so that no template can switch escaping off by accident; a
sandbox keeps templates from reaching Python, and undefined names are errors rather than gaps. A constant in braces is
escaped for HTML before ``finalize`` sees it, whatever the form, so that text of the template's own stands outside them.
"""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from advisoryd.model.message import Form
from advisoryd.render.content import Content
from advisoryd.render.escape import escape

BUILT_IN = Path(__file__).with_name("templates")
SUFFIX = ".jinja"
FORMS = (Form.PLAIN, Form.SHORT, Form.MARKDOWN, Form.SLACK, Form.HTML, Form.EMAIL)
"""The forms that have a template; JSON is made from values."""

_FILTERS = frozenset(
    "abs batch capitalize count d default dictsort first float groupby int join last length list lower map max min "
    "reject rejectattr replace reverse round select selectattr slice sort string sum title trim truncate unique upper "
    "wordcount wordwrap".split()
)


class TemplateBroken(Exception):
    """A template that cannot be read or drawn. The message is one sentence that names the file."""


def draw(content: Content, form: Form, directory: str) -> str:
    """``content`` in ``form`` by the template of ``directory`` (``""``: only ours). A template under the language's
    name (``ja/plain.jinja``) goes before one for all languages. Raises :class:`TemplateBroken`."""
    names = [f"{content.language}/{form}{SUFFIX}", f"{form}{SUFFIX}", f"builtin/{form}{SUFFIX}"]
    name = names[1]
    try:
        template = _environment(form, directory).select_template(names)
        name = template.name or name
        text = _tidy(template.render(content=content))
    except Exception as problem:
        raise TemplateBroken(_told(problem, name)) from problem
    if not text:
        raise TemplateBroken(f"{name}: draws nothing, and empty messages cannot be sent")
    return text


def compile_file(path: Path, form: Form, directory: str) -> None:
    """Raises :class:`TemplateBroken` when the template file is not valid."""
    name = path.relative_to(directory).as_posix()
    try:
        _environment(form, directory).get_template(name)
    except (TemplateError, UnicodeDecodeError) as problem:
        raise TemplateBroken(_told(problem, name)) from problem


@lru_cache(maxsize=32)
def _environment(form: Form, directory: str) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=_loader(directory),
        autoescape=True,
        finalize=partial(_inert, form),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters = {name: made for name, made in environment.filters.items() if name in _FILTERS}
    return environment


def _inert(form: Form, value: object) -> object:
    """``value`` escaped for ``form``, and marked as ready so that Jinja2 does not escape it a second time."""
    if hasattr(value, "__html__"):
        return value
    return Markup(escape(_text(value), form))  # noqa: S704 (the text has just been escaped)


def _loader(directory: str) -> BaseLoader:
    own: list[BaseLoader] = [FileSystemLoader(directory)] if directory else []
    return ChoiceLoader([*own, PrefixLoader({"builtin": FileSystemLoader(BUILT_IN)})])


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _told(problem: Exception, name: str) -> str:
    if isinstance(problem, TemplateNotFound):
        return f"{name}: there is no template {problem.name}"
    if isinstance(problem, TemplateSyntaxError):
        return f"{problem.name or name}, line {problem.lineno}: {problem}".partition("\n")[0]
    return f"{name}: {problem}"


def _tidy(text: str) -> str:
    """No blanks at line ends, no two empty lines in a row: templates may leave both where a part is missing."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.strip().split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines)
