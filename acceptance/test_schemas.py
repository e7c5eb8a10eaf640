# mypy: allow-untyped-calls, allow-untyped-defs, allow-incomplete-defs
"""The schemas for editors, in a validator that knows nothing of the program: check-jsonschema."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.schema import ENTRY_SCHEMA, PLAN_SCHEMA, write_schemas
from mizuho_pdca.language import translator

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "tests" / "gallery"
OF_SHAPE = ("E101", "E102", "E103", "E104", "E105", "E106", "E107", "E108", "E109", "E110", "E137")
"""The codes of faults that a file has by itself, whatever else the plan holds."""

LOST = {"E101-merge-key", "E110-too-long", "E102-rating-of-a-measure"}
"""What a validator never sees: what its reader of YAML has merged or rounded, a rating that only some levels need."""


@pytest.fixture(scope="module")
def schemas(tmp_path_factory):
    def made(workspace):
        folder = tmp_path_factory.mktemp("schemas")
        write_schemas(Desk(workspace), folder, translator("ja"))
        return folder

    return made


def faulty(schema, files):
    """Return those of the files that the validator refuses."""
    run = [sys.executable, "-m", "check_jsonschema", "-o", "json", "--schemafile", str(schema), *map(str, files)]
    told = json.loads(subprocess.run(run, capture_output=True, encoding="utf-8", check=False).stdout)
    wrong = [error["filename"] for part in ("errors", "parse_errors") for error in told.get(part, ())]
    assert (told["status"] == "ok") == (not wrong)
    return set(map(Path, wrong))


@pytest.mark.parametrize("name", [PLAN_SCHEMA, ENTRY_SCHEMA])
def test_they_are_schemas(schemas, name):
    run = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", str(schemas(ROOT) / name)]
    assert subprocess.run(run, check=False).returncode == 0


@pytest.mark.parametrize("workspace", [ROOT, ROOT / "tests" / "data" / "second-plan"], ids=["own", "second"])
def test_what_is_right_passes(schemas, workspace):
    folder = schemas(workspace)
    assert faulty(folder / PLAN_SCHEMA, [workspace / "plan" / "measures.yaml"]) == set()
    entries = sorted(workspace.glob("records/*/*/*.yaml"))
    assert entries
    assert faulty(folder / ENTRY_SCHEMA, entries) == set()


def test_a_file_whose_shape_is_wrong_is_refused(schemas):
    folder = schemas(GALLERY / "base")
    cases = [case for case in sorted(GALLERY.iterdir()) if case.name.startswith(OF_SHAPE) and case.name not in LOST]
    plans = [path for case in cases for path in case.glob("plan/*.yaml")]
    entries = [path for case in cases for path in case.glob("records/*/*/*.yaml")]
    assert len(plans) > 5
    assert len(entries) > 10
    assert faulty(folder / PLAN_SCHEMA, plans) == set(plans)
    assert faulty(folder / ENTRY_SCHEMA, entries) == set(entries)
