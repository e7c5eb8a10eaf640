# mypy: allow-untyped-calls
"""What stands around the papers: title, subtitles, legend and edition."""

from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mizuho_pdca.domain.review.as_of import AsOf, Edition
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.domain.review.scope import Scope
from mizuho_pdca.domain.schema.faults import Fault, Problem
from mizuho_pdca.language import translator
from mizuho_pdca.papers.notes import edition, legend, subtitles, title

JA = translator("ja")
COMMIT = "0123456789ab" + "c" * 28

PLAN = """
- id: "1"
  title: 基盤
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      department: 産業課
      initiatives:
      - {{id: 1-1-1-1, title: 企業訪問, indicators: [{indicators}]}}
      - {{id: 1-1-1-2, title: 創業支援}}
      - {{id: 1-1-1-3, relisted_from: 1-1-1-1}}
- id: "2"
  title: 活用
  measures: []
"""
VISITS = (
    "{id: visits, name: 訪問件数, kind: output, direction: increase, method: ratio, aggregate: sum,"
    " targets: {2024: 60}, adopted: true}"
)

RATINGS = "Ratings: A 目標達成, B おおむね順調, C やや遅れ, D 遅れ. No rank: 完了, 未着手, 中止, 評価困難."
BOUNDS = "Ranks that a rate of achievement suggests: A from 100%, B from 80%, C from 30%, D below."
SUGGESTED = "[ ] is a rank that the figures suggest; nobody has given it, and the summary leaves it out."
RATES = (
    "Implementation rate = 実施中, 実施済（当年度分）, 完了 / all but 休止, 中止・廃止."
    " Completion rate = 実施済（当年度分）, 完了 / the same. Not reported stays in the denominator."
)
DISTINCT = "Distinct = listed - relisted. A relisting is counted with its original only."
NO_RATE = "A rate is － where no status is known or nothing is counted."
NO_STATUS = "No status: reported without one; it stays in the denominator."
SIGNS = "－ none, △ negative. Rates are rounded half up; parts may not add up to 100."
GUIDE = "Guide: the straight line between two given values, no target. Pace: the actual against it."
DRAFT = "(draft): a reference indicator that has not been adopted; its targets are drafts as well."
SHARE = "Share of A・B = A・B / all that hold a rank."
S_RANK, A_RANK = "{code: S, name: 一, at_least: 100}", "{code: A, name: 二, at_least: 80}"
ALWAYS = [RATINGS, RATES, SHARE, DISTINCT, NO_RATE, SIGNS]
"""The lines that every legend has."""


@pytest.fixture(scope="session")
def report_of(make_plan, make_ledger):
    """Make a report on FY2024 of a small plan, given its entries, its indicators, and keys of the plan's header."""

    def make(*entries, indicators="", plan="", **options):
        made = make_plan(PLAN.format(indicators=indicators), plan=plan)
        return review(made, make_ledger(*entries), 2024, **options)

    return make


# -- the title --------------------------------------------------------------------------------

LEVELS = "levels: [{name: 目標}, {name: 分野}, {name: 施策}, {name: 事業}]"


@pytest.mark.parametrize(
    ("scope", "part"),
    [
        (Scope(), None),
        (Scope(policy="1"), "policy 1"),
        (Scope(measure="1-1"), "measure 1-1"),
        (Scope(department="産業課"), "department 産業課"),
        (Scope(policy="1", measure="1-1", department="産業課"), "policy 1, measure 1-1, department 産業課"),
    ],
)
def test_the_title_and_a_line_name_the_part_that_the_papers_are_limited_to(report_of, scope, part):
    report = report_of(scope=scope)
    assert title(report, str) == "試験計画: review of FY2024" + (f" (part: {part})" if part else "")
    assert list(subtitles(report, str)) == ["Council: 協議会", *([f"Part of the plan only: {part}"] if part else [])]


def test_the_part_is_called_by_the_plans_own_words(report_of):
    report = report_of(scope=Scope(policy="1", measure="1-1"), plan=LEVELS)
    assert title(report, str) == "試験計画: review of FY2024 (part: 目標 1, 分野 1-1)"
    assert title(report, JA) == "試験計画 令和6年度（2024年度）実績 検証資料（一部: 目標 1、分野 1-1）"


# -- below the title --------------------------------------------------------------------------

ERROR, WARNING = (Problem(Fault(code), "records/2024/1/x.yaml") for code in ("E008", "W402"))


def opinion(name, meeting, year=2024):
    return (
        f"id: {name}, kind: opinion, target: 1-1-1-1, fiscal_year: {year}, meeting: {meeting}, text: 周知を。,"
        " date: 2025-05-01"
    )


@pytest.mark.parametrize(
    ("plan", "entries", "line"),
    [
        ("", [], None),
        ("", [opinion("a", "2024-10-01", 2023)], None),
        ("council: {name: 協議会, meetings: {2023: 2024-08-28}}", [], None),
        ("council: {name: 協議会, meetings: {2024: 2025-08-28}}", [], "Meeting: 2025-08-28"),
        ("", [opinion("a", "2025-08-28"), opinion("b", "2025-08-28")], "Meeting: 2025-08-28"),
        ("", [opinion("a", "2025-08-28"), opinion("b", "2025-03-01")], "Meeting: 2025-03-01, 2025-08-28"),
    ],
)
def test_the_meeting_is_named_where_it_is_known_and_left_out_else(report_of, plan, entries, line):
    found = list(subtitles(report_of(*entries, plan=plan), str))
    assert found == ["Council: 協議会", *([line] if line else [])]


@pytest.mark.parametrize(
    ("recorded", "line"),
    [
        ("2024-04-01T09:00:00", "The year is not over in the records, which end on 2024-04-01"),
        ("2025-03-31T23:59:59", "The year is not over in the records, which end on 2025-03-31"),
        ("2025-04-01T00:00:00", None),
        ("2026-01-01T00:00:00", None),
    ],
)
def test_a_line_says_that_the_year_is_not_over_in_the_records(report_of, recorded, line):
    report = report_of(f"id: a, recorded: {recorded}+09:00")
    assert report.is_running == (line is not None)
    assert list(subtitles(report, str)) == ["Council: 協議会", *([line] if line else [])]


def test_the_last_entry_of_all_data_says_how_far_the_records_go(report_of):
    early, late = "id: a, recorded: 2024-06-12T09:00:00+09:00", "id: b, date: 2023-06-01"
    assert list(subtitles(report_of(early, f"{late}, recorded: 2024-11-05T09:00:00+09:00"), JA)) == [
        "協議会: 協議会",
        "年度の途中です（記録は令和6年11月5日まで）",
    ]
    assert not report_of(early, f"{late}, recorded: 2025-04-05T09:00:00+09:00").is_running


def test_without_an_entry_nothing_is_said_of_how_far_the_records_go(report_of):
    report = report_of()
    assert not report.is_running
    assert list(subtitles(report, str)) == ["Council: 協議会"]


@pytest.mark.parametrize(
    ("problems", "lines"),
    [
        ([], []),
        ([WARNING], []),
        ([ERROR, WARNING], ["1 problems in the data: faulty entries are left out (pdca validate)"]),
    ],
)
def test_a_line_says_that_faulty_entries_are_left_out(report_of, problems, lines):
    assert list(subtitles(report_of(problems=problems), str)) == ["Council: 協議会", *lines]


def test_what_must_be_known_beforehand_comes_in_order(report_of):
    report = report_of(
        "id: a, recorded: 2024-06-12T09:00:00+09:00",
        plan="council: {name: 協議会, meetings: {2024: 2025-08-28}}",
        scope=Scope(policy="1"),
        problems=[ERROR],
    )
    assert list(subtitles(report, str)) == [
        "Council: 協議会",
        "Meeting: 2025-08-28",
        "The year is not over in the records, which end on 2024-06-12",
        "Part of the plan only: policy 1",
        "1 problems in the data: faulty entries are left out (pdca validate)",
    ]


# -- the legend -------------------------------------------------------------------------------


TARGETS_MET = "Targets met = met / (met + nearly + not met). Nearly met: not met, at a rate of 80% or more."


def added(report, t=str):
    """Return the lines of a legend that only some have."""
    lines = list(legend(report, t))
    assert [line for line in lines if line in ALWAYS] == ALWAYS
    assert (TARGETS_MET in lines) is bool(report.kinds)
    return [line for line in lines if line not in (*ALWAYS, TARGETS_MET)]


def test_a_legend_explains_what_the_papers_show_and_no_more(report_of):
    assert list(legend(report_of(), str)) == ALWAYS


def test_a_legend_has_its_lines_in_order(report_of):
    indicators = VISITS.replace("targets: {2024: 60}", "targets: {2023: 40, 2025: 60}").replace("true", "false")
    report = report_of(
        "id: a, status: 休止, values: {visits: 3}",
        "id: b, target: 1-1-1-2, kind: evaluation, rating: B",
        indicators=f"{indicators}, {VISITS.replace('visits', 'sold')}",
    )
    suggested = replace(report.initiatives[0], suggestion="D")
    report = replace(report, initiatives=(suggested, *report.initiatives[1:]))
    assert list(legend(report, str)) == [
        RATINGS,
        BOUNDS,
        SUGGESTED,
        RATES,
        NO_STATUS,
        SHARE,
        DISTINCT,
        "Distinct = ratings + 1 reported and not evaluated + 0 not reported.",
        "The denominators of the rates leave out: 休止 1.",
        TARGETS_MET,
        NO_RATE,
        SIGNS,
        GUIDE,
        DRAFT,
    ]


REVISED = f"[{{from: 2024, scale: {{ranks: [{S_RANK}, {A_RANK}, {{code: B, name: 三}}]}}}}]"
"""A scale of three ranks from FY2024 on."""


@pytest.mark.parametrize("rated", ["target: 1-1-1-2", "target: 1-1", "target: 1-1-1-1, indicator: visits"])
def test_what_last_years_ratings_meant_is_told_where_the_scale_was_revised_since(make_plan, make_ledger, rated):
    plan = make_plan(PLAN.format(indicators=VISITS), scheme="rate: [initiative, measure]", revisions=REVISED)
    now = "S 一, A 二, B 三. No rank: －."
    told = f"id: a, {rated}, kind: evaluation, fiscal_year: 2023, rating: B, date: 2024-06-01"
    lines = list(legend(review(plan, make_ledger(told), 2024), str))
    assert lines[:2] == [RATINGS.replace("Ratings", "Ratings of FY2023"), f"Ratings of FY2024: {now}"]
    assert next(legend(review(plan, make_ledger(), 2024), str)) == f"Ratings: {now}"
    assert next(legend(review(plan, make_ledger(told), 2023), str)) == RATINGS


SINCE = (
    "Beside the ratings of FY2024 those of FY2023 are counted of what is in force in FY2024: "
    "what has ended since is left out, and what one alone went on with counts by that one's rating."
)


@pytest.mark.parametrize(
    ("more", "scheme", "is_told"),
    [
        ("", "", False),
        ("until: 2023", "", True),
        ("from: 2024", "", True),
        ("until: 2024", "", False),
        ("from: 2023", "", False),
        ("until: 2023", "scale: {}", False),
    ],
)
def test_of_what_last_years_ratings_are_counted_is_told_where_the_plan_changed(
    make_plan, make_ledger, more, scheme, is_told
):
    plan = make_plan(
        PLAN.format(indicators="").replace(
            "title: 創業支援", f"title: 創業支援, {more}" if more else "title: 創業支援"
        ),
        scheme=scheme,
    )
    assert (SINCE in legend(review(plan, make_ledger(), 2024), str)) is is_told


def test_the_first_year_of_a_plan_has_no_ratings_before_it(make_plan, make_ledger):
    plan = make_plan(PLAN.format(indicators="").replace("title: 創業支援", "title: 創業支援, from: 2022"))
    assert not any(line.startswith("Beside") for line in legend(review(plan, make_ledger(), 2022), str))


def test_what_another_evaluators_ratings_meant_last_year_is_told_as_well(make_plan, make_ledger):
    old, new = "{ranks: [{code: 甲, name: よい}, {code: 乙, name: もう少し}]}", "{ranks: [{code: 甲, name: 妥当}]}"
    mine = "{code: self, name: 自己評価}, {code: council, name: 外部評価, scale: "
    revisions = f"[{{from: 2024, evaluators: [{mine}{new}}}]}}]"
    plan = make_plan(PLAN.format(indicators=VISITS), scheme=f"evaluators: [{mine}{old}}}]", revisions=revisions)
    ledger = make_ledger(
        "id: a, target: 1-1-1-2, kind: evaluation, fiscal_year: 2023, evaluator: council, rating: 甲, date: 2024-06-01"
    )
    lines = [line for line in legend(review(plan, ledger, 2024), str) if line.startswith("Ratings")]
    assert lines[:3] == [
        RATINGS,
        "Ratings by 外部評価 of FY2023: 甲 よい, 乙 もう少し. No rank: －.",
        "Ratings by 外部評価 of FY2024: 甲 妥当. No rank: －.",
    ]
    assert "Ratings by 外部評価: 甲 妥当. No rank: －." in legend(review(plan, make_ledger(), 2024), str)


@pytest.mark.parametrize(
    ("entries", "is_shown"),
    [
        ([], False),
        (["id: a, values: {visits: 30}"], True),
        (["id: a, values: {visits: 30}", "id: b, kind: evaluation, rating: C"], False),
        (["id: b, kind: evaluation, rating: C"], False),
    ],
)
def test_the_brackets_are_explained_only_where_a_suggestion_shows(report_of, entries, is_shown):
    lines = added(report_of(*entries, indicators=VISITS))
    assert (SUGGESTED in lines) == is_shown


@pytest.mark.parametrize(
    ("entries", "line"),
    [
        ([], None),
        (["id: a, kind: evaluation, rating: B"], None),
        (["id: a, kind: evaluation, rating: B", "id: b, kind: evaluation, rating: A, target: 1-1-1-2"], None),
        (["id: a"], "Distinct = ratings + 1 reported and not evaluated + 1 not reported."),
        (["id: a", "id: b, target: 1-1-1-2"], "Distinct = ratings + 2 reported and not evaluated + 0 not reported."),
        (
            ["id: a", "id: b, kind: evaluation, rating: Z, target: 1-1-1-2"],
            "Distinct = ratings + 1 reported and not evaluated + 0 not reported.",
        ),
    ],
)
def test_a_line_says_why_the_ratings_do_not_add_up_to_the_distinct(report_of, entries, line):
    report = report_of(*entries)
    assert [one for one in added(report) if one != NO_STATUS] == ([line] if line else [])
    tally = report.total.tally
    unrated = 0 if line is None else int(line.split()[4])
    assert tally.distinct == sum(tally.rating.values()) + unrated + tally.not_reported


def test_what_has_no_status_and_what_ended_before_the_year_is_explained(report_of):
    assert added(report_of("id: b, kind: evaluation, rating: B")) == [NO_STATUS]
    ended = "What was 完了・中止・廃止 in an earlier year goes on as such until another status is recorded."
    assert added(report_of("id: a, date: 2023-06-12, recorded: 2025-05-01T09:00:00+09:00, status: 完了")) == [ended]
    lines = added(
        report_of(
            "id: a, date: 2023-06-12, status: 完了",
            "id: b, target: 1-1-1-2, status: done, recorded: 2025-05-01T09:00:00+09:00",
        )
    )
    balance = "Distinct = ratings + 1 reported and not evaluated + 0 not reported + 1 ended before the year."
    assert lines == [ended, balance]


def test_the_lines_of_a_part_count_that_part_alone(report_of):
    assert added(report_of("id: a, status: 休止", scope=Scope(policy="2"))) == []


@pytest.mark.parametrize(
    ("entries", "line"),
    [
        (["id: a, status: 実施中"], None),
        (["id: a, status: 休止"], "The denominators of the rates leave out: 休止 1."),
        (["id: a, status: 中止・廃止"], "The denominators of the rates leave out: 中止・廃止 1."),
        (
            ["id: a, status: 中止・廃止", "id: b, status: 休止, target: 1-1-1-2"],
            "The denominators of the rates leave out: 休止 1, 中止・廃止 1.",
        ),
        (
            ["id: a, status: 休止", "id: b, status: 休止, target: 1-1-1-2"],
            "The denominators of the rates leave out: 休止 2.",
        ),
    ],
)
def test_a_line_says_what_the_denominators_of_the_rates_leave_out(report_of, entries, line):
    lines = [text for text in added(report_of(*entries)) if text.startswith("The denominators")]
    assert lines == ([line] if line else [])


@pytest.mark.parametrize(
    ("targets", "is_shown"),
    [
        ("targets: {2024: 60}", False),
        ("targets: {2023: 40, 2024: 60}", False),
        ("targets: {2023: 40, 2025: 60}", True),
        ("baseline: {year: 2021, value: 3}, targets: {2031: 60}", True),
    ],
)
def test_guide_and_pace_are_explained_only_where_there_is_a_guide(report_of, targets, is_shown):
    lines = added(report_of(indicators=VISITS.replace("targets: {2024: 60}", targets)))
    assert lines == [BOUNDS, *([GUIDE] if is_shown else [])]


@pytest.mark.parametrize(("adopted", "lines"), [("true", [BOUNDS]), ("false", [BOUNDS, DRAFT])])
def test_drafts_are_explained_only_where_there_is_one(report_of, adopted, lines):
    assert added(report_of(indicators=VISITS.replace("true", adopted))) == lines


def test_bounds_are_those_of_the_ranks_that_have_one(report_of):
    report = report_of(indicators=VISITS)
    assert BOUNDS in legend(report, str)
    assert "評価の目安（達成率）: A 100%以上、B 80%以上、C 30%以上、D それ未満。" in legend(report, JA)
    assert BOUNDS not in legend(report_of(), str)
    plan = copy(report.plan)
    ranks = tuple(one.model_copy(update={"at_least": None}) for one in plan.scheme.scale.ranks)
    plan.scheme = plan.scheme.model_copy(update={"scale": plan.scheme.scale.model_copy(update={"ranks": ranks})})
    assert BOUNDS not in legend(replace(report, plan=plan), str)


# -- the edition ------------------------------------------------------------------------------

LATE = "id: a, recorded: 2025-09-16T10:00:00+09:00"


@pytest.mark.parametrize(
    ("entries", "as_of", "english", "japanese"),
    [
        ([], AsOf(), None, None),
        ([LATE], AsOf(), "Data until 2025-09-16", "令和7年9月16日までの記録"),
        (
            [LATE, "id: b"],
            AsOf(COMMIT, dirty=False),
            "Data until 2025-09-16 (0123456789ab)",
            "令和7年9月16日までの記録（版 0123456789ab）",
        ),
        (
            [LATE],
            AsOf(COMMIT, dirty=True),
            "Data until 2025-09-16 (0123456789ab, with changes since)",
            "令和7年9月16日までの記録（版 0123456789ab、その後に変更あり）",
        ),
        ([], AsOf(COMMIT, dirty=False), "no entry (0123456789ab)", "記録なし（版 0123456789ab）"),
        (
            [],
            AsOf(COMMIT, dirty=True),
            "no entry (0123456789ab, with changes since)",
            "記録なし（版 0123456789ab、その後に変更あり）",
        ),
    ],
)
def test_the_edition_says_until_when_the_data_goes_and_at_which_commit(report_of, entries, as_of, english, japanese):
    report = report_of(*entries, as_of=as_of)
    assert edition(report, str) == english
    assert edition(report, JA) == japanese


@pytest.mark.parametrize(
    ("confirmed", "english", "japanese"),
    [
        (Edition(1, date(2025, 9, 1), holds=True), "edition 1, closed on 2025-09-01", "第1版（令和7年9月1日確定）"),
        (Edition(2, date(2025, 10, 3), holds=True), "edition 2, closed on 2025-10-03", "第2版（令和7年10月3日確定）"),
        (
            Edition(1, date(2025, 9, 1), holds=False),
            "draft of edition 2 (edition 1 was closed on 2025-09-01)",
            "第2版の案（第1版は令和7年9月1日確定）",
        ),
    ],
)
def test_the_edition_of_a_closed_year_has_its_number_and_day(report_of, confirmed, english, japanese):
    assert edition(report_of(as_of=AsOf(edition=confirmed)), str) == english
    report = report_of(LATE, as_of=AsOf(COMMIT, dirty=False, edition=confirmed))
    assert edition(report, JA) == f"{japanese}\u3000令和7年9月16日までの記録（版 0123456789ab）"


@pytest.mark.parametrize(
    ("scheme", "shares"),
    [
        (f"scale: {{ranks: [{S_RANK}, {A_RANK}, {{code: B, name: 三}}]}}", ["S・A"]),
        (f"scale: {{ranks: [{S_RANK}, {{code: A, name: 二}}]}}", []),  # all that hold a rank
        ("scale: {}", []),
    ],
)
def test_the_share_of_the_best_ranks_is_explained_where_there_are_others(make_plan, make_ledger, scheme, shares):
    report = review(make_plan(PLAN.format(indicators=""), scheme=scheme), make_ledger(), 2024)
    found = [line for line in legend(report, str) if line.startswith("Share of")]
    assert found == [f"Share of {best} = {best} / all that hold a rank." for best in shares]


def test_the_edition_is_never_the_clocks(report_of):
    report = replace(report_of("id: a"), made=datetime(2024, 2, 29, 12, tzinfo=UTC))
    assert edition(report, str) == f"Data until {date(2024, 2, 29)}"


def test_words_that_are_no_ranks_are_told_by_themselves(make_plan, make_ledger):
    own = "scale: {states: [{code: a, name: 有効}, {code: b, name: 改善}]}"
    scheme = f"{own}, evaluators: [{{code: self, name: 担当課}}, {{code: council, name: 会議, {own}}}]"
    plan = make_plan('[{id: "1", title: 基盤}]', scheme=scheme)
    lines = [*legend(review(plan, make_ledger(), 2024), JA)]
    assert lines[:2] == ["評価: 有効、改善。", "評価（会議）: 有効、改善。"]
