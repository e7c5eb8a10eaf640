# mypy: allow-untyped-calls
"""The numbers of the CSV papers against the independent reckoning, on a few workspaces."""

import csv
import io
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.conftest import ROOT
from tests.oracle.comparing import compare_figures, read_workspace, run_pdca, write_workspace
from tests.oracle.generating import workspaces
from tests.oracle.reckoning import reckon

pytestmark = pytest.mark.slow

COUNTS = {
    "施策数": "submeasures",
    "掲載": "listed",
    "うち再掲": "relisted",
    "実数": "distinct",
    "未入力": "not_reported",
}
RATES = {
    "実施率": "implementation",
    "完了率": "completion",
    "上位2つの評価の割合": "rating_share",
    "提出率": "reporting",
}
FIGURES = {
    "目標値の年度": "target_year",
    "目安": "guide",
    "前年度": "previous",
    "当年度": "actual",
    "達成率 (%)": "rate",
    "対目安 (%)": "pace",
}

few = settings(
    phases=[Phase.generate], max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def table(folder, year, paper):
    argv = ["-C", str(folder), "--lang", "ja", "review", str(year), "-f", "csv", "--paper", paper]
    code, printed, complaint = run_pdca(argv)
    assert code == 0, complaint
    return list(csv.DictReader(io.StringIO(printed.removeprefix("\ufeff"), newline="")))


def numbered(cell):
    return Decimal(cell) if cell else None


def exact(value):
    """Return a reckoned figure as a number: a rate is one as well, yes and no are words in a table."""
    return Decimal(value) if isinstance(value, str) else value


def printed_sums(row):
    read = {key: numbered(row[heading]) for heading, key in COUNTS.items() if heading in row}
    shares = {f"{key} percent": numbered(row.get(f"{heading} (%)", "")) for heading, key in RATES.items()}
    of_status = [numbered(cell) for heading, cell in row.items() if heading.startswith("状況: ")]
    of_rating = [numbered(cell) for heading, cell in row.items() if heading.startswith("評価: ")]
    return read | shares | {f"status {at}": n for at, n in enumerate(of_status)} | dict(enumerate(of_rating))


def reckoned_sums(row):
    shares = {f"{key} percent": exact(row[key]["percent"]) for key in RATES.values()}
    counts = {f"status {at}": number for at, number in enumerate(row["status"].values())}
    return {key: row[key] for key in COUNTS.values()} | shares | counts | dict(enumerate(row["rating"].values()))


def check(folder, plan, entries, year):
    review = reckon(plan, entries, year)
    rows = [review["summary"]["total"], *review["summary"]["policies"], *review["summary"]["measures"]]
    printed = {str(at): printed_sums(row) for at, row in enumerate(table(folder, year, "summary"))}
    wanted = {str(at): reckoned_sums(row) for at, row in enumerate(rows)}
    if any("listed" not in row for row in printed.values()):  # a plan of indicators alone has no such columns
        assert all(row["relisted_from"] for row in review["initiatives"])
        wanted = {at: {key: row[key] for key in row if key in printed[at]} for at, row in wanted.items()}
    assert_same(printed, wanted)
    numeric = [row for row in review["indicators"] if row["method"] != "done"]
    indicators = {row["指標のID"]: row for row in table(folder, year, "indicators")}
    for row in numeric:
        cells = {key: numbered(indicators[row["id"]][heading]) for heading, key in FIGURES.items()}
        assert_same({row["id"]: cells}, {row["id"]: {key: exact(row[key]) for key in cells}})
        assert indicators[row["id"]]["値がない理由"] == (row["missing"] or "")


def assert_same(printed, reckoned):
    differences = compare_figures(printed, reckoned).differences
    assert not differences, "\n".join(map(str, differences))


@few
@given(workspace=workspaces())
def test_the_numbers_of_the_csv_are_the_reckoned_ones(workspace):
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "town"
        write_workspace(folder, workspace.plan, workspace.entries)
        for year in workspace.years:
            check(folder, workspace.plan, workspace.entries, year)


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_the_numbers_of_the_samples_csv_are_the_reckoned_ones(year):
    check(ROOT, *read_workspace(ROOT), year)
