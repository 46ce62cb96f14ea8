"""The house keeps its shape: sizes, names, and what never stands in it."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = [
    "activering",
    "kern",
    "toegang",
    "clienten",
    "trajecten",
    "caseload",
    "rapporten",
    "portaal",
    "wijkwerken",
]
PYTHON = [
    path
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DRAWERS = {"utils", "helpers", "mixins", "common", "misc"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_no_module_is_long():
    long = {
        str(p.relative_to(ROOT)): n for p in PYTHON if (n := len(p.read_text().splitlines())) > 400
    }
    assert long == {}


def test_no_function_is_long():
    long = [
        f"{path.relative_to(ROOT)}:{node.name} {node.end_lineno - node.lineno + 1}"
        for path in PYTHON
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > 60
    ]
    assert long == []


def test_no_template_is_long():
    long = {
        str(p.relative_to(ROOT)): n
        for p in TEMPLATES
        if (n := len(p.read_text("utf-8").splitlines())) > 120
    }
    assert long == {}


def test_no_drawers():
    assert [str(p) for p in PYTHON if p.stem in DRAWERS or p.parent.name in DRAWERS] == []


def test_every_app_says_what_it_is():
    for app in APPS:
        assert ast.get_docstring(ast.parse((ROOT / app / "__init__.py").read_text())), app


@pytest.mark.parametrize("folder", ["commands", "rules", "models", "tasks", "schedule", "queries"])
def test_every_public_function_and_class_says_what_it_does(folder):
    silent = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in PYTHON
        if folder in path.parts or path.stem == folder
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_views_write_nothing_themselves():
    writes = re.compile(r"\.(save|create|delete|bulk_create|bulk_update|update_or_create)\(")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PYTHON
        if "views" in path.parts or path.stem == "views"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if writes.search(line)
    ]
    assert found == []


def test_rules_and_law_hold_no_clock():
    clocks = re.compile(r"localdate\(|timezone\.now|date\.today|datetime\.now")
    found = [str(p) for p in PYTHON if "rules" in p.parts and clocks.search(p.read_text("utf-8"))]
    assert found == []


def test_nothing_in_a_page_runs_or_styles_itself():
    """The policy of the site refuses inline script and style, so none may be written."""
    inline = re.compile(
        r"\sstyle=|<style|\son(?!derschrift)[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:", re.I
    )
    found = [
        str(p.relative_to(ROOT))
        for p in TEMPLATES
        if "pdf" not in p.parts and "mail" not in p.parts and inline.search(p.read_text("utf-8"))
    ]
    assert found == []


def test_the_project_names_no_registry_and_no_machine():
    hosts = re.compile(
        "p" r"ypi\.org|python" r"hosted|npm" r"js\.|deb\." r"debian|/wo" r"rk/|/ro" r"ot/\."
    )
    found = []
    for path in tracked():
        if not path.is_file() or path.suffix in {".woff2", ".png", ".xlsx", ".pdf", ".ttf"}:
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        if hosts.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_the_glossary_knows_every_model():
    from django.apps import apps

    glossary = (ROOT / "docs/begrippen.md").read_text("utf-8")
    own = [model for model in apps.get_models() if model._meta.app_label in APPS]
    missing = [m._meta.object_name for m in own if f".{m._meta.object_name}`" not in glossary]
    # Bookkeeping of scheduled work is no word of the desk.
    assert set(missing) <= {"JobRun"}
