# mypy: allow-untyped-calls
"""Plans with tags, schedules, owners and several departments, and a plan of indicators alone."""

import pytest

from mizuho_pdca.domain.plan.checks import check_plan
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.domain.review.standing import standing
from mizuho_pdca.papers.errata import Side, errata
from mizuho_pdca.papers.explain.explain import explain
from mizuho_pdca.papers.plan import plan_papers
from mizuho_pdca.papers.review import papers
from mizuho_pdca.papers.status import status_papers

KPI = "kind: {kind}, direction: increase, method: ratio, aggregate: latest, targets: {{2024: {target}}}, adopted: true"


def kpi(slug, target=100, kind="outcome"):
    return f"{{id: {slug}, name: {slug}, {KPI.format(kind=kind, target=target)}}}"


TAGGED = f"""
- id: "1"
  title: 基盤
  tags: [重点]
  department: {{2022: 産業課, 2024: [商工観光課, 企画課, 会計課]}}
  owner: {{section: 商工係, person: 見本花子, phone: "234"}}
  measures:
  - id: 1-1
    title: 経営
    schedule: {{2023: 調査, 2024: 設計}}
    indicators: [{kpi("firms")}]
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        tags: [SDG8, 重点]
        schedule: {{2024: 試行, 2025: 実施}}
        indicators: [{kpi("visits", 60, "output")}]
      - {{id: 1-1-1-2, title: 相談, department: 産業課}}
- id: "2"
  title: 発信
  measures:
  - id: 2-1
    title: 広報
    submeasures:
    - id: 2-1-1
      title: 紙面
      initiatives: [{{id: 2-1-1-1, relisted_from: 1-1-1-1}}, {{id: 2-1-1-2, title: 広報紙, owner: {{phone: "567"}}}}]
"""
ALONE = f"""
- id: "1"
  title: 仕事
  indicators: [{kpi("jobs")}, {kpi("shops", 10)}]
- id: "2"
  title: 人
  measures:
  - {{id: 2-1, title: 移住, schedule: {{2024: 窓口の試行}}, indicators: [{kpi("moves", 20)}, {kpi("births")}]}}
"""


LATER = "id: later, kind: opinion, target: plan, fiscal_year: 2030, date: 2031-05-01, meeting: 2031-05-01, text: 意見"
"""What says that the year is over."""


@pytest.fixture(scope="module")
def ledger_of(make_ledger):
    return lambda *texts: make_ledger(*texts, LATER)


@pytest.fixture(scope="module")
def report_of(make_plan, ledger_of):
    return lambda *texts, policies=TAGGED, **more: review(make_plan(policies), ledger_of(*texts), 2024, **more)


def table(drawn, name):
    (paper,) = [paper for paper in drawn.papers if paper.name == name]
    headings = [column.heading for column in paper.columns]
    return [dict(zip(headings, (cell.text for cell in row), strict=True)) for row in paper.rows]


def figure(slug, value, at="1-1-1-1"):
    return f"id: {slug}, kind: actual, target: '{at}', values: {{{slug}: {value}}}"


# -- the plan ---------------------------------------------------------------------------------


def test_tags_owner_and_schedule_come_from_above(make_plan):
    places = make_plan(TAGGED).at(2024).places
    assert [(place.id, place.tags, place.step(2024)) for place in places.values()] == [
        ("1", ("重点",), None), ("1-1", ("重点",), "設計"), ("1-1-1", ("重点",), "設計"),
        ("1-1-1-1", ("SDG8", "重点"), "試行"), ("1-1-1-2", ("重点",), "設計"),
        ("2", (), None), ("2-1", (), None), ("2-1-1", (), None), ("2-1-1-1", (), None), ("2-1-1-2", (), None),
    ]  # fmt: skip
    assert [places[one].step(2022) for one in ("1-1", "1-1-1-1")] == [None, None]
    assert (places["1-1-1"].owner.person, places["2-1-1-2"].owner.phone, places["2-1"].owner) == (
        "見本花子",
        "567",
        None,
    )


def test_a_tag_stands_once_and_a_step_lies_in_the_period(make_plan_file):
    policies = '[{id: "1", title: 基盤, tags: [重点, SDG8, 重点], schedule: {2021: 早い, 2022: よい, 2032: 遅い}}]'
    found = check_plan(make_plan_file(policies))
    assert [(fault.code, fault.at[-1]) for fault in found] == [("E123", 2), ("E155", 2021), ("E155", 2032)]


# -- papers -----------------------------------------------------------------------------------


def test_the_list_has_a_column_for_each_where_the_plan_has_it(report_of):
    first, second, again, other = table(papers(report_of(), str), "initiatives")
    assert [row["Department"] for row in (first, second, again, other)] == ["商工観光課", "産業課", "商工観光課", "－"]
    assert [row["Other departments"] for row in (first, second, again)] == ["企画課, 会計課", "－", "企画課, 会計課"]
    assert [row["Tags"] for row in (first, second, again, other)] == ["SDG8, 重点", "重点", "SDG8, 重点", "－"]
    assert [row["Planned for the year"] for row in (first, second, again, other)] == ["試行", "設計", "試行", "－"]
    assert [row["Planned for the year"] for row in table(papers(report_of(), str), "summary")] == [
        "－", "－", "設計", "－", "－",
    ]  # fmt: skip


def test_nobody_is_named_on_a_paper_of_the_council(report_of):
    drawn = papers(report_of(), str)
    cells = [cell.text for paper in drawn.for_council.papers for row in paper.rows for cell in row]
    assert not [text for text in cells if "見本花子" in text or "567" in text]
    (office,) = [paper for paper in drawn.papers if paper.internal]
    whom = [column.heading for column in office.columns].index("Whom to ask")
    assert {row[whom].text for row in office.rows} == {"商工係 見本花子 234", "567"}


def test_the_status_says_whom_to_ask_and_what_was_planned(report_of):
    first, second, other = sorted(
        table(status_papers(standing(report_of()), str), "status"), key=lambda row: row["No."]
    )
    assert [row["Whom to ask"] for row in (first, second, other)] == ["商工係 見本花子 234"] * 2 + ["567"]
    assert [row["Planned for the year"] for row in (first, second, other)] == ["試行", "設計", "－"]


def test_groups_count_by_kind_and_by_tag(report_of):
    report = report_of(figure("visits", 60), figure("firms", 80, "1-1"), "id: a, status: done")
    found = {(row["Group"], row["Name"]): row for row in table(papers(report, str), "groups")}
    four = "Indicators: met / near / not / open"
    assert [(name, row["Distinct"], row[four], row["Targets met"]) for (_, name), row in found.items()] == [
        ("outcome", "－", "0/1/0/0", "0.0% (0/1)"),
        ("output", "－", "1/0/0/0", "100.0% (1/1)"),
        ("重点", "2", "1/1/0/0", "50.0% (1/2)"),
        ("SDG8", "1", "1/0/0/0", "100.0% (1/1)"),
    ]
    assert found["tag", "SDG8"]["Implementation rate"] == "100.0% (1/1)"
    assert not [line for line in papers(report, str).legend if line.startswith("Targets met, by kind")]


def test_without_tags_the_legend_has_the_kinds(report_of):
    bare = TAGGED.replace("tags: [SDG8, 重点]", "tags: []").replace("tags: [重点]", "tags: []")
    drawn = papers(report_of(figure("visits", 30), policies=bare), str)
    assert "Targets met, by kind: outcome －, output 0.0% (0/1)." in drawn.legend
    assert "groups" not in {paper.name for paper in drawn.papers}
    assert "Tags" not in table(drawn, "initiatives")[0]


@pytest.mark.parametrize(
    ("scope", "listed"),
    [
        (Scope(tag="SDG8"), ["1-1①-1", "2-1①-1"]),
        (Scope(tag="重点"), ["1-1①-1", "1-1①-2", "2-1①-1"]),
        (Scope(tag="重点", department="産業課"), ["1-1①-2"]),
        (Scope(department="会計課"), ["1-1①-1", "2-1①-1"]),
    ],
)
def test_tags_and_any_department_narrow_the_papers(report_of, scope, listed):
    report = report_of(scope=scope)
    assert [row.place.number for row in report.initiatives] == listed
    drawn = papers(report, str)
    assert table(drawn, "summary")[1]["Policy / measure"].endswith("(part)")
    assert ("tag " in drawn.title) is (scope.tag is not None)


def test_the_plan_has_steps_and_tags(make_plan):
    plan = make_plan(TAGGED)
    rows = table(plan_papers(plan, [*plan.places.values()], None, str), "plan")
    assert rows[3]["Schedule"] == "2024: 試行\n2025: 実施"
    assert [row["Tags"] for row in rows[:4]] == ["重点", "－", "－", "SDG8, 重点"]
    year = plan.at(2025)
    assert table(plan_papers(year, [*year.places.values()], 2025, str), "plan")[3]["Schedule"] == "実施"


# -- explained and corrected ------------------------------------------------------------------


def steps(plan, report, ledger, place):
    return {step.key: step for step in explain(report, plan, ledger, place and report.plan.places[place]).steps}


def test_a_step_and_the_indicators_met_are_explained(make_plan, ledger_of):
    plan, ledger = make_plan(TAGGED), ledger_of(figure("visits", 60), figure("firms", 80, "1-1"))
    report = review(plan, ledger, 2024)
    assert steps(plan, report, ledger, "1-1")["schedule"].value == "設計"
    assert steps(plan, report, ledger, "1-1-1-1")["schedule"].value == "試行"
    assert "schedule" not in steps(plan, report, ledger, "2-1-1-2")
    for place, share in (("1-1", "50.0"), ("1-1-1", "100.0"), (None, "50.0")):
        assert steps(plan, report, ledger, place)["met_share"].value == share
    assert "met_share" not in steps(plan, report, ledger, "2-1")


@pytest.mark.parametrize(("slug", "at", "moved"), [
    ("visits", "1-1-1-1", {"kind output", "tag 重点", "tag SDG8"}),
    ("firms", "1-1", {"kind outcome", "tag 重点"}),
])  # fmt: skip
def test_a_group_is_blamed_on_what_moved_it(make_plan, ledger_of, slug, at, moved):
    plan = make_plan(TAGGED)
    sides = [ledger_of(), ledger_of(figure(slug, 100, at), "id: e, kind: evaluation, target: 2-1-1-2, rating: A")]
    old, new = (Side(review(plan, ledger, 2024), plan, ledger) for ledger in sides)
    found = [one for one in errata(old, new, str).corrections if one.paper == "groups"]
    assert {one.anchor for one in found if one.column == "Targets met"} == moved
    assert {cause.entry.id for one in found for cause in one.causes} == {slug}


# -- indicators alone -------------------------------------------------------------------------


def test_a_plan_of_indicators_alone_counts_them(report_of):
    texts = (figure("jobs", 100, "1"), figure("shops", 9, "1"), figure("moves", 3, "2-1"))
    drawn = papers(report_of(*texts, policies=ALONE), str)
    assert [paper.name for paper in drawn.papers] == ["summary", "indicators", "opinions", "office"]
    total, first, *_, last = table(drawn, "summary")
    assert list(total)[2:] == [
        "Planned for the year", "Number of indicators", "Indicators: met", "Indicators: nearly met",
        "Indicators: not met", "Indicators: not judged", "Targets met",
    ]  # fmt: skip
    assert list(total.values())[3:] == ["4", "1", "1", "1", "1", "33.3% (1/3)"]
    assert (first["Targets met"], last["Planned for the year"], last["Targets met"]) == (
        "50.0% (1/2)", "窓口の試行", "0.0% (0/1)",
    )  # fmt: skip
    assert not [line for line in drawn.legend if line.startswith("Distinct")]


def test_what_is_asked_for_of_indicators_alone_is_figures(report_of, make_plan, ledger_of):
    now = standing(report_of(figure("jobs", 100, "1"), policies=ALONE))
    drawn = status_papers(now, str)
    assert drawn.subtitles[0] == "Indicators with a figure: 25.0% (1/4), without: 3"
    assert [paper.name for paper in drawn.papers] == ["office"]
    assert not now.is_collected
    plan, ledger = make_plan(ALONE), ledger_of(figure("jobs", 100, "1"))
    assert set(steps(plan, review(plan, ledger, 2024), ledger, None)) == {"met_share"}
    assert "Number of indicators: 4" in plan_papers(plan, [*plan.places.values()], None, str).subtitles
