# mypy: allow-untyped-calls
"""Every number of the review's JSON against the independent reckoning: the short run of ``scripts/oracle.py``."""

from decimal import Decimal
from fractions import Fraction

import pytest
import ryaml
from hypothesis import HealthCheck, Phase, given, settings

from tests.conftest import ROOT
from tests.oracle.building import actuals, one_indicator
from tests.oracle.comparing import compare, compare_figures, compare_workspace, read_workspace, write_workspace
from tests.oracle.generating import workspaces
from tests.oracle.reducing import describe, smallest

pytestmark = pytest.mark.slow

KINDS = {"activity", "actual", "evaluation", "improvement", "opinion", "response", "withdrawal"}

short = settings(
    phases=[Phase.generate],
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@short
@given(workspace=workspaces())
def test_every_number_of_the_review_is_the_reckoned_one(workspace):
    differences = compare_workspace(workspace).differences
    assert not differences, describe(workspace, differences[0].kind)


@pytest.mark.parametrize(
    "name", [".", "tests/data/revised-plan", "tests/data/second-plan", "tests/data/published-plan"]
)
def test_the_workspaces_of_this_repository_have_the_reckoned_numbers(name):
    plan, entries = read_workspace(ROOT / name)
    for year in sorted(int(folder.name) for folder in (ROOT / name / "records").iterdir()):
        differences = compare(ROOT / name, plan, entries, year).differences
        assert not differences, "\n".join(map(str, differences))


# -- the comparison itself --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "reckoned"),
    [
        (Decimal("0.0433333333333"), Fraction(13, 300)),
        (5, Fraction(5)),
        (None, None),
        ("99.97", "99.97"),
        (True, True),
        ([{"id": "a", "n": 1}], [{"id": "a", "n": 1}]),
    ],
)
def test_what_is_the_same(program, reckoned):
    assert compare_figures({"policies": program}, {"policies": reckoned}).differences == ()


@pytest.mark.parametrize(
    ("program", "reckoned"),
    [
        (Decimal("0.043"), Fraction(13, 300)),
        (Decimal("0.04333333333"), Fraction(13, 300)),
        (0, None),
        (None, Fraction(0)),
        (True, Fraction(1)),
        (False, None),
        ("5", Fraction(5)),
        ([{"id": "a", "n": 1}], [{"id": "a", "n": 2}]),
        ([{"id": "a"}, {"id": "b"}], [{"id": "b"}, {"id": "a"}]),
        ([], [{"id": "a"}]),
        ([{"id": "a"}], []),
    ],
)
def test_what_differs(program, reckoned):
    assert compare_figures({"policies": program}, {"policies": reckoned}).differences != ()


def test_a_figure_that_the_json_lacks_differs():
    assert [str(one) for one in compare_figures({}, {"carried": 1}).differences] == [
        "carried: program absent from the JSON, reckoned 1"
    ]


def test_an_entry_that_the_program_leaves_out_is_a_difference(tmp_path):
    plan, entries = one_indicator("targets: {2024: 60}"), actuals([(2024, 30)])
    entries[0]["values"] = {"nobody-knows": 1}
    write_workspace(tmp_path, plan, entries)
    assert [one.kind for one in compare(tmp_path, plan, entries, 2024).differences] == ["exit code 1 E207"]


# -- what is generated ------------------------------------------------------------------------


def test_workspaces_have_entries_of_every_kind_and_plans_of_every_shape():
    seen: set[str] = set()

    @short
    @given(workspace=workspaces())
    def look(workspace):
        plan = workspace.plan
        text = ryaml.dumps(plan)
        seen.update(entry["kind"] for entry in workspace.entries)
        seen.update(key for entry in workspace.entries for key in entry)
        seen.update(word for word in SHAPES if word in text)

    look()
    assert KINDS | SHAPES | {"supersedes", "withdraws", "missing", "status", "half", "evaluator", "indicator"} <= seen


SHAPES = {
    "levels:",
    "relisted_from:",
    "superseded_by:",
    "scheme_revisions:",
    "revised_targets:",
    "tolerance:",
    "words:",
    "baseline:",
    "until:",
    "starts:",
    "rate:",
    "evaluators:",
    *(f"aggregate: {name}" for name in ("sum", "cumulative", "latest", "max", "mean")),
    *(f"method: {name}" for name in ("ratio", "progress", "maintain", "done", "inverse")),
    *(f"direction: {name}" for name in ("increase", "decrease", "maintain", "none")),
    *(f"kind: {name}" for name in ("output", "outcome", "input", "context")),
    *("every_year:", "at_least:", "at_most:", "to:", "total:", "history:", "every:", "surveyed:"),
}


def test_what_is_left_of_a_workspace_is_what_the_difference_needs():
    found = []

    @settings(short, max_examples=20)
    @given(workspace=workspaces())
    def look(workspace):
        if any(entry["kind"] == "withdrawal" for entry in workspace.entries):
            found.append(workspace)

    look()
    least = smallest(found[0], lambda one: any(entry["kind"] == "withdrawal" for entry in one.entries))
    assert [entry["id"] for entry in least.entries] == [least.entries[1]["withdraws"], least.entries[1]["id"]]
    assert least.plan == {}
