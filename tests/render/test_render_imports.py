"""The steady state never pays for what only a message needs."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("jinja2", "babel", "markupsafe", "pycountry", "nh3", "advisoryd.places.names")


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )


def test_importing_the_package_loads_no_heavy_library() -> None:
    assert not loaded_after("import advisoryd.render") & set(HEAVY)


def test_each_foreign_library_is_imported_by_one_module() -> None:
    from pathlib import Path

    from advisoryd import render

    importers = {
        library: [
            path.name
            for path in sorted(Path(render.__file__).parent.glob("*.py"))
            if f"from {library}" in path.read_text()
        ]
        for library in ("babel", "jinja2", "markupsafe")
    }
    assert importers == {"babel": ["voice.py"], "jinja2": ["templating.py"], "markupsafe": ["templating.py"]}
