"""JSON Schemas of the plan and the entries, and what lets an editor find them in a workspace."""

from __future__ import annotations

from pathlib import Path

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.domain.plan.plan import Plan
from mizuho_pdca.domain.records.paths import PLAN_PATH, RECORDS
from mizuho_pdca.message import Translate
from mizuho_pdca.storage.files import create

EDITOR = ".vscode"
"""The folder of a workspace in which editors look."""

PLAN_SCHEMA, ENTRY_SCHEMA = "plan.schema.json", "entry.schema.json"
EDITOR_FILES = tuple(f"{EDITOR}/{name}" for name in ("settings.json", PLAN_SCHEMA, ENTRY_SCHEMA))
MODELINE = f"# yaml-language-server: $schema=../{EDITOR}/{PLAN_SCHEMA}\n"
"""The line of a plan that tells an editor its schema."""


def write_schemas(desk: Desk, folder: Path, t: Translate) -> list[Path]:
    """Write both schemas into a folder, in the place of older ones, and return where they lie."""
    made = schemas(desk.plan, t)
    for name, data in made.items():
        create(folder / name, data, replace=True)
    return [folder / name for name in made]


def schemas(plan: Plan, t: Translate) -> dict[str, bytes]:
    """Return the bytes of both schemas, by the name of the file."""
    from mizuho_pdca.render.json.schema import entry_schema, plan_schema
    from mizuho_pdca.render.json.text import dump

    return {PLAN_SCHEMA: dump(plan_schema(t)), ENTRY_SCHEMA: dump(entry_schema(plan, t))}


def editor_files(plan: Plan, t: Translate) -> dict[str, bytes]:
    """Return what a new workspace holds for editors, by path."""
    from mizuho_pdca.render.json.text import dump

    settings = {
        "yaml.schemas": {
            f"./{EDITOR}/{PLAN_SCHEMA}": PLAN_PATH,
            f"./{EDITOR}/{ENTRY_SCHEMA}": f"{RECORDS}/*/*/*.yaml",
        },
        "files.encoding": "utf8",
        "files.eol": "\n",
    }
    made = {"settings.json": dump(settings), **schemas(plan, t)}
    return {f"{EDITOR}/{name}": data for name, data in made.items()}
