"""What the import contract cannot say about the house."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parents[2]
PLAN = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
ORDER = [room.strip() for layer in reversed(PLAN) for room in layer.split("|")]
DOORS_OF_A_ROOM = {"actions", "queries", "rules", "states", "models", "permissions"}
GROUND = {"core", "ui"}
# Pure readers of the rule book: values in, values out, as free to enter as rules.
PURE_READERS = {
    ("paperwork", "kinds"),
    ("regime", "rulebook"),
    ("regime", "documents"),
    ("regime", "checks"),
    ("regime", "calendars"),
    ("regime", "forms"),
    ("rubric", "rulebook"),
}
# What needs the request: handing out a file, letting a person in.
DOORS_FOR_VIEWS = {("files", "delivery"), ("paperwork", "delivery"), ("accounts", "sessions")}


def room_files() -> list[Path]:
    return [path for path in (ROOT / "ocop").rglob("*.py") if "migrations" not in path.parts]


def test_settings_list_the_rooms_in_the_order_of_the_plan() -> None:
    assert [room.removeprefix("ocop.") for room in settings.ROOMS] == ORDER


def test_architecture_page_lists_the_rooms_in_the_order_of_the_plan() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.M) == ORDER


@pytest.mark.parametrize("room", ORDER)
def test_every_room_says_what_it_is_for(room: str) -> None:
    readme = ROOT / "ocop" / room / "README.md"
    assert readme.exists(), f"{room} has no README.md"
    assert len(readme.read_text(encoding="utf-8").split()) > 40


def test_rooms_enter_each_other_only_by_their_doors() -> None:
    breaches = []
    for path in room_files():
        here = path.relative_to(ROOT / "ocop").parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("ocop.")):
                continue
            parts = node.module.split(".")
            room, doors = parts[1], [parts[2]] if len(parts) > 2 else [name.name for name in node.names]
            for door in doors:
                if room == here or room in GROUND or door in DOORS_OF_A_ROOM or (room, door) in PURE_READERS:
                    continue
                if (room, door) in DOORS_FOR_VIEWS and ("views" in path.as_posix() or path.name == "delivery.py"):
                    continue
                breaches.append(f"{path.relative_to(ROOT)}: ocop.{room}.{door}")
    assert breaches == []


def test_foreign_keys_point_down_the_plan() -> None:
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in ORDER:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if getattr(field, "concrete", False) and target is not None and target._meta.app_label in ORDER:
                assert ORDER.index(target._meta.app_label) <= ORDER.index(room), f"{model.__name__}.{field.name}"


def test_templates_extend_and_include_only_their_room_or_ui() -> None:
    for path in (ROOT / "ocop").rglob("*.html"):
        room = path.relative_to(ROOT / "ocop").parts[0]
        for name in re.findall(r"{%\s*(?:extends|include)\s+\"([^\"]+)\"", path.read_text(encoding="utf-8")):
            assert name.split("/")[0] in {room, "ui"}, f"{path}: {name}"


def all_patterns() -> list[tuple[str, URLPattern]]:
    found = []

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, pattern.namespace or space)
            else:
                found.append((f"{space}:{pattern.name}" if space else str(pattern.name), pattern))

    walk(get_resolver().url_patterns, "")
    return found


def test_url_names_in_templates_exist() -> None:
    known = {name for name, _ in all_patterns()}
    for path in (ROOT / "ocop").rglob("*.html"):
        for name in re.findall(r"{%\s*url\s+['\"]([^'\"]+)['\"]", path.read_text(encoding="utf-8")):
            assert name in known, f"{path}: {name}"


def test_every_view_says_who_may_open_it() -> None:
    bare = [name for name, pattern in all_patterns() if not getattr(pattern.callback, "door", None)]
    assert bare == []


def test_no_back_stairs() -> None:
    for path in room_files():
        source = path.read_text(encoding="utf-8")
        if path.name == "appendonly.py":
            continue
        for stairs in ("get_model(", "import_string(", "post_save", "pre_save", "@receiver"):
            assert stairs not in source, f"{path}: {stairs}"


def test_environment_is_read_in_one_place() -> None:
    for path in [*room_files(), *(ROOT / "config").rglob("*.py")]:
        if path.relative_to(ROOT).as_posix() in {"config/env.py", "config/cli.py", "config/wsgi.py"}:
            continue
        assert "os.environ" not in path.read_text(encoding="utf-8"), path


def test_nothing_of_the_law_stands_in_code() -> None:
    """No regime is named in code outside the demo: thresholds, steps and forms are data."""
    for path in room_files():
        if "demo" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in {"qd26-2026", "qd148-2023", "qd1048-2019"}, path


def test_no_registry_address_in_locks() -> None:
    for path in ROOT.glob("requirements*.lock"):
        assert "://" not in path.read_text(), path
