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
OTHERS = [
    path.parents[1] for data in ("examples", "tests/data") for path in sorted(ROOT.glob(f"{data}/**/measures.yaml"))
]
OF_SHAPE = ("E10", "E110", "E124", "E125", "E137", "E160", "E201", "E216")
"""The codes of faults that a file has by itself, whatever else the plan holds."""

LOST = {"E101-merge-key", "E110-too-long", "E160-code-check-digit"}
"""What a validator never sees: what its reader of YAML has merged or rounded, a digit that is worked out."""


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


@pytest.mark.parametrize("workspace", [ROOT, *OTHERS], ids=lambda path: path.name)
def test_what_is_right_passes(schemas, workspace):
    folder = schemas(workspace)
    assert faulty(folder / PLAN_SCHEMA, [workspace / "plan" / "measures.yaml"]) == set()
    entries = sorted(workspace.glob("records/*/*/*.yaml"))
    assert len(entries) >= 5
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


EVALUATION = """\
schema: 1
id: 2024-07-03-m4t8zc
kind: evaluation
target: 1-1-1-1
date: 2024-07-03
fiscal_year: 2024
rating: A
by: 産業課
recorded: 2024-07-03T09:30:00+09:00
"""
WITHDRAWAL = EVALUATION.replace("kind: evaluation", "kind: withdrawal").replace(
    "rating: A", "withdraws: 2024-07-02-abcdef\nreason: 誤り"
)
TITLE = "  id: mihon-2022"
TARGETS = "targets: {2024: 60, 2031: 120}"


@pytest.mark.parametrize(
    ("text", "old", "new", "right"),
    [
        ("plan", TITLE, f'{TITLE}\n  code: "019992"', True),
        ("plan", TITLE, f"{TITLE}\n  code: 19992", False),
        ("plan", TITLE, f'{TITLE}\n  code: "01999"', False),
        ("plan", TITLE, f'{TITLE}\n  code: "489991"', False),
        ("plan", TARGETS, "targets: {every_year: 60}", True),
        ("plan", TARGETS, "targets: {soon: 60}", False),
        ("plan", TARGETS, "targets: {1924: 60}", False),
        ("plan", TARGETS, f"{TARGETS}\n        history: {{soon: 60}}", False),
        ("plan", '- id: "1"', "- id: １", False),
        ("plan", "id: 1-1-1\n", "id: １-１-1\n", False),
        ("plan", "relisted_from: 1-1-1-1", "relisted_from: 1-1①-1", False),
        ("plan", "id: company-visits", "id: a b", False),
        (EVALUATION, "rating: A", "rating: A", True),
        (EVALUATION, "m4t8zc", "M4T8ZC", False),
        (EVALUATION, "id: 2024-07-03-m4t8zc", "id: abc", False),
        (EVALUATION, "rating: A", "rating: A\nsupersedes: 2024-07-02-abcdef", False),
        (EVALUATION, "rating: A", "rating: A\nsupersedes: 2024-07-02-abcdef\nreason: 誤り", True),
        (EVALUATION, "rating: A", "rating: A\nsupersedes:\nreason:", True),
        (EVALUATION, "rating: A", "rating: A\nsupersedes: last\nreason: 誤り", False),
        (EVALUATION, "rating: A", "progress: 進んだ", False),
        (EVALUATION, "target: 1-1-1-1", 'target: "1"', True),
        (EVALUATION.replace("1-1-1-1", '"1"'), "rating: A", "progress: 進んだ", True),
        (EVALUATION.replace("1-1-1-1", "plan"), "rating: A", "issues: 人手", True),
        (EVALUATION.replace("1-1-1-1", "plan"), "rating: A", "progress:", False),
        (EVALUATION.replace("1-1-1-1", '"1"'), "rating: A", "progress: 進んだ\nindicator: company-visits", False),
        (WITHDRAWAL, "誤り", "誤り", True),
        (WITHDRAWAL, "誤り", "誤り\nsupersedes: 2024-07-02-abcdef", False),
    ],
)
def test_an_editor_says_what_validate_says_of_one_file(schemas, tmp_path, text, old, new, right):
    folder, base = schemas(GALLERY / "base"), (GALLERY / "base" / "plan" / "measures.yaml").read_text(encoding="utf-8")
    path = tmp_path / "changed.yaml"
    name, whole = (PLAN_SCHEMA, base) if text == "plan" else (ENTRY_SCHEMA, text)
    assert old in whole
    path.write_text(whole.replace(old, new), encoding="utf-8")
    assert (not faulty(folder / name, [path])) is right
