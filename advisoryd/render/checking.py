"""The user's templates, proven before they are needed: every sample event is drawn with each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from advisoryd.model.message import Form
from advisoryd.render.bundle import compose_bundle
from advisoryd.render.compose import compose
from advisoryd.render.content import Content
from advisoryd.render.samples import sample_bundles, samples
from advisoryd.render.templating import FORMS, SUFFIX, TemplateBroken, compile_file, draw
from advisoryd.render.voice import LOCALES, voice_for

_TAGS = tuple(locale.replace("_", "-") for locale in LOCALES)


def check_templates(directory: str) -> list[str]:
    """What is wrong with the templates in ``directory``, one sentence each, in a steady order."""
    root = Path(directory)
    if not root.is_dir():
        return [f"{directory}: there is no such directory for templates"]
    return [problem for path in sorted(root.rglob(f"*{SUFFIX}")) for problem in _check(path, root)]


def _check(path: Path, root: Path) -> Iterator[str]:
    """The problems of one file; a drawing problem is told once, for the first sample that shows it."""
    name = path.relative_to(root)
    language, form = (name.parent.as_posix(), path.stem)
    if form not in set(FORMS):
        yield f"{name}: there is no form of that name; the forms are {', '.join(FORMS)}"
    elif language != "." and language not in _TAGS:
        yield f"{name}: there is no language of that name; the languages are {', '.join(_TAGS)}"
    else:
        yield from _draw_samples(name, Form(form), "en" if language == "." else language, root)


def _draw_samples(name: Path, form: Form, language: str, root: Path) -> Iterator[str]:
    try:
        compile_file(root / name, form, str(root))
        for content in _contents(language):
            text = draw(content, form, str(root))
            if content.url and content.url not in text.replace("&amp;", "&"):
                yield f"{name}: leaves out the link, content.url, of “{content.title}”"
                return
    except TemplateBroken as broken:
        yield str(broken)


def _contents(language: str) -> Iterator[Content]:
    voice = voice_for(language, "UTC")
    for telling in samples().values():
        yield compose(telling, voice)
        yield compose(replace(telling, test=True), voice)
    for bundle in sample_bundles().values():
        yield compose_bundle(bundle, voice)
