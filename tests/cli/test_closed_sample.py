# mypy: allow-untyped-calls
"""The sample's closed years, renewed: upkeep of the plan leaves them alone, and what they rest on is named."""

import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=timezone(timedelta(hours=9)))
PLAN = "plan/measures.yaml"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """Return a folder with the sample as the repository has it: two years closed by seals of the first form."""
    folder = tmp_path_factory.mktemp("sample") / "town"
    for name in ("plan", "records"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture
def town(sample, tmp_path, git, pdca):
    """Return ``pdca`` and the folder of a copy of the sample under git, whose closed years were sealed anew."""
    folder = tmp_path / "sample"
    shutil.copytree(sample, folder)

    def run(*arguments):
        return pdca("-C", str(folder), *arguments, now=NOW)

    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "sample")
    for year in ("2022", "2023"):
        assert run("close", year).code == 0
    assert run("commit").code == 0
    return run, folder / PLAN


def test_the_sample_as_it_lies_in_the_repository_has_notes_only(sample, pdca):
    result = pdca("-C", str(sample), "validate", now=NOW)
    assert result.code == 0
    assert result.out.count("[N501] for information: ") == 2
    assert "No problems: the plan and " in result.out


def change(plan, *pairs):
    text = plan.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    plan.write_text(text, encoding="utf-8", newline="\n")


UPKEEP = [
    ("title: 企業訪問活動の実施\n", "title: 企業訪問活動の実施\n        department: [産業課, 企画課]\n"),
    ("- id: 1-2\n", "- id: 1-2\n    department: {2022: 産業課, 2026: 商工観光課}\n"),
    ("    adopted: false\n", "    adopted: true\n"),
    ("      adopted: false\n", "      adopted: 2025\n"),
    ("targets: {2024: 26.3, 2031: 26.3}", "targets: {2024: 26.3, 2027: 27, 2031: 28}"),
    ("targets: {2024: 42, 2031: 50}", "targets: {2024: 42, 2028: 46, 2031: 50}"),
    ("summary: 町内の工業を担う会社の足腰を強くし", "summary: 町内の工業を担う会社を強くし"),
]


def test_upkeep_of_the_plan_leaves_closed_years_clean(town):
    run, plan = town
    change(plan, *UPKEEP)
    result = run("validate")
    assert (result.code, result.out) == (0, "No problems: the plan and 426 entries are fine.\n")
    done = run("commit")
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "years", "line"),
    [
        pytest.param("targets: {2024: 42, 2031: 50}", "targets: {2024: 45, 2031: 50}", (2022, 2023),
                     "1-1 収益が「黒字傾向」の事業所の割合: target of FY2024 42% → 45%", id="a target"),
        pytest.param("targets: {2024: 42, 2031: 50}", "targets: {2023: 41, 2024: 42, 2031: 50}", (2022, 2023),
                     "事業所の割合: target that the year is measured by 42% (FY2024) → 41% (FY2023)", id="between"),
        pytest.param("name: 企業訪問件数\n          unit: 件", "name: 企業訪問件数\n          unit: 社", (2022, 2023),
                     "1-1②-1 企業訪問件数: unit 件 → 社", id="a unit"),
        pytest.param("value: 26.3, source", "value: 25, source", (2022, 2023),
                     "「瑞穂町」とした事業所の割合: baseline 26.3% (FY2021) → 25% (FY2021)", id="a baseline"),
        pytest.param("tolerance: 5 ", "tolerance: 3 ", (2022, 2023),
                     "1 国内の仕入先の地域を「瑞穂町」とした事業所の割合: tolerance 5 → 3", id="a tolerance"),
        pytest.param("{id: 1-6-1-1, relisted_from: 1-3-1-1}", "{id: 1-6-1-1, relisted_from: 1-3-2-2}", (2022, 2023),
                     "Relisted from 1-3①-1 → 1-3②-2", id="a relisting"),
        pytest.param("at_least: 80,", "at_least: 75,", (2022, 2023), "Rating B: lower bound (%) 80 → 75", id="a bound"),
        pytest.param("name: 実施済（当年度分）", "name: 実施済", (2022, 2023),
                     "Status done: name 実施済（当年度分） → 実施済", id="a status"),
        pytest.param("取り組みへの支援}", "取り組みへの支援, from: 2023}", (2022,),
                     "への支援: in the plan in force → not in force", id="in force"),
    ],
)  # fmt: skip
def test_what_a_closed_year_rests_on_is_named_with_both_values(town, old, new, years, line):
    run, plan = town
    change(plan, *UPKEEP[2:4], (old, new))
    result = run("validate")
    assert result.code == 1
    for year in (2022, 2023):
        said = f"[E504] the plan for the closed year FY{year} was changed after it was sealed on 2026-11-26: "
        assert [text.endswith(line) for text in result.out.split("\n") if said in text] == [True] * (year in years)
    assert f"{len(years)} errors, 0 notes" in result.out
    refused = run("commit")
    assert refused.code == 1
    assert line in refused.err
