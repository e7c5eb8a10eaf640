# mypy: allow-untyped-calls
from datetime import date

import pytest
import ryaml

from mizuho_pdca.domain.records.checks import EntryCheck
from mizuho_pdca.domain.records.kinds import KINDS
from mizuho_pdca.domain.records.paths import path_of
from mizuho_pdca.message import Message

TODAY = date(2025, 7, 1)
INDICATOR = "kind: output, direction: increase, adopted: true"
SUM = f"{INDICATOR}, name: 件数, method: ratio, aggregate: sum"

PLAN = f"""
- id: "1"
  title: 方針
  until: 2030
  indicators: [{{id: firms, {SUM}}}]
  measures:
  - id: 1-1
    title: 基本施策
    submeasures:
    - id: 1-1-1
      title: 施策
      initiatives:
      - {{id: 1-1-1-1, title: 訪問, indicators: [{{id: company-visits, {SUM}}}, {{id: ended, {SUM}, until: 2023}}]}}
      - {{id: 1-1-1-2, title: 相談, from: 2023, until: 2024, indicators: [{{id: late, {SUM}}}]}}
      - {{id: 1-1-1-3, relisted_from: 1-1-1-1}}
      - id: 1-1-1-4
        title: 拠点
        indicators:
        - {{id: desk, {INDICATOR}, name: 拠点, method: done, aggregate: latest, words: {{yes: 設置, no: なし}}}}
        - {{id: cost, name: 事業費, unit: 円, kind: input}}
"""

ID = "id: 2024-06-12-k7x3q9"


def shown(faults):
    assert all(fault.message.text(str) and fault.remedy.text(str) for fault in faults)
    return [(fault.code, fault.at, fault.guess) for fault in faults]


def faults_of(make_plan, entry, path=None):
    return EntryCheck(make_plan(PLAN), TODAY).faults(entry, path or path_of(entry))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (ID, "records/2024/1-1-1-1/2024-06-12-k7x3q9.yaml"),
        (f"{ID}, date: 2024-03-31", "records/2023/1-1-1-1/2024-06-12-k7x3q9.yaml"),
        (f"{ID}, kind: actual, fiscal_year: 2023, target: '1'", "records/2023/1/2024-06-12-k7x3q9.yaml"),
    ],
)
def test_where_an_entry_belongs(make_entry, text, path):
    assert path_of(make_entry(text)) == path


@pytest.mark.parametrize(
    "text",
    [
        f"{ID}, status: in_progress, values: {{company-visits: 3, firms: 2}}",
        f"{ID}, status: 実施済（当年度分）, target: 1-1",
        f"{ID}, target: 1-1-1-4, values: {{desk: 設置}}",
        f"{ID}, target: 1-1-1-2, date: 2025-03-31",
        f"{ID}, target: 1-1-1-2, date: 2023-04-01",
        f"{ID}, date: 2025-07-01",
        f"{ID}, kind: actual, target: '1', values: {{firms: 2.5}}, missing: {{company-visits: 未調査}}",
        f"{ID}, kind: evaluation, rating: A",
        f"{ID}, kind: evaluation, rating: 評価困難",
        f"{ID}, kind: improvement, direction: 拡充, next: 増やす",
        f"{ID}, kind: opinion, meeting: 2024-10-01, text: 意見, target: plan",
        f"{ID}, kind: opinion, meeting: 2024-10-01, text: 意見, target: 1-1",
        f"{ID}, kind: withdrawal, withdraws: 2024-06-11-aaaaaa, target: plan",
        f"{ID}, kind: response, responds: 2024-06-11-aaaaaa, text: 対応, state: 対応済, target: plan",
        f"{ID}, kind: response, responds: 2024-06-11-aaaaaa, text: 対応, state: in_hand",
        f"{ID}, kind: response, responds: 2024-06-11-aaaaaa, text: 対応, state: 対応しない, reason: 予算",
        f"{ID}, kind: withdrawal, withdraws: 2024-06-11-aaaaaa",
        f"{ID}, supersedes: 2024-06-11-aaaaaa, reason: 誤記",
    ],
)
def test_an_entry_without_faults(make_plan, make_entry, text):
    assert faults_of(make_plan, make_entry(text)) == []


@pytest.mark.parametrize(
    ("text", "code", "at", "guess"),
    [
        ("id: 訪問記録", "E201", ("id",), None),
        ("id: ２０２４-06-12-k7x3q9", "E201", ("id",), None),
        (f"{ID}, status: 実施", "E204", ("status",), "実施中"),
        (f"{ID}, status: complete", "E204", ("status",), "完了"),
        (f"{ID}, status: ？", "E204", ("status",), None),
        (f"{ID}, kind: evaluation, rating: E", "E205", ("rating",), None),
        (f"{ID}, kind: evaluation, rating: A評価", "E205", ("rating",), "A"),
        (f"{ID}, kind: improvement, direction: 改善する, next: 見直す", "E206", ("direction",), "改善"),
        (f"{ID}, kind: improvement, direction: 現状維持, next: 続ける", "E206", ("direction",), None),
        (f"{ID}, values: {{company-visit: 3}}", "E207", ("values", "company-visit"), "company-visits"),
        (f"{ID}, values: {{売上: 3}}", "E207", ("values", "売上"), None),
        (f"{ID}, kind: actual, missing: {{firm: 未調査}}", "E207", ("missing", "firm"), "firms"),
        (f"{ID}, values: {{company-visits: 3件}}", "E208", ("values", "company-visits"), None),
        (f"{ID}, values: {{desk: 1}}", "E208", ("values", "desk"), None),
        (f"{ID}, kind: actual, values: {{firms: true}}", "E208", ("values", "firms"), None),
        (f"{ID}, date: 2025-07-02", "E210", ("date",), None),
        (f"{ID}, target: 9-9", "E211", ("target",), None),
        (f"{ID}, target: 1-1①-1", "E211", ("target",), "1-1-1-1"),
        (f"{ID}, target: 訪問", "E211", ("target",), None),
        (f"{ID}, target: 1-1-1-2, date: 2023-03-31", "E212", ("date",), None),
        (f"{ID}, target: 1-1-1-2, date: 2025-04-01", "E212", ("date",), None),
        (f"{ID}, kind: actual, target: 1-1-1-2, fiscal_year: 2025", "E212", ("fiscal_year",), None),
        (f"{ID}, date: 2022-03-31", "E212", ("date",), None),
        (f"{ID}, kind: actual, fiscal_year: 2031", "E212", ("fiscal_year",), None),
        (f"{ID}, kind: actual, missing: {{firms: 未調}}", "E213", ("missing", "firms"), "未調査"),
        (f"{ID}, kind: actual, missing: {{firms: 忘れた}}", "E213", ("missing", "firms"), None),
        (f"{ID}, target: 1-1-1-3", "E214", ("target",), None),
        (f"{ID}, kind: improvement, direction: 拡充, next: 増やす, target: 1-1", "E215", ("target",), None),
        (f"{ID}, target: plan", "E211", ("target",), None),
        (f"{ID}, kind: opinion, meeting: 2024-10-01, text: 意見, target: 9-9", "E211", ("target",), None),
        (f"{ID}, kind: response, responds: b, text: 対応, state: 対応済, target: 9-9", "E211", ("target",), None),
        (f"{ID}, kind: response, responds: b, text: 対応, state: 済", "E219", ("state",), "対応済"),
        (f"{ID}, kind: response, responds: b, text: 対応, state: 検討", "E219", ("state",), "検討中"),
        (f"{ID}, kind: response, responds: b, text: 対応, state: declined", "E218", ("state",), None),
        (f"{ID}, kind: response, responds: b, text: 対応, state: 対応しない", "E218", ("state",), None),
        (f"{ID}, kind: opinion, meeting: 2024-10-01, text: 意見, target: 1-1-1-3", "E214", ("target",), None),
        (
            f"{ID}, kind: opinion, meeting: 2024-10-01, text: 意見, target: plan, fiscal_year: 2021",
            "E212",
            ("fiscal_year",),
            None,
        ),
        (f"{ID}, kind: improvement, direction: 拡充, next: 増やす, target: 1-1-1-3", "E214", ("target",), None),
        (f"{ID}, kind: improvement, direction: 拡充, next: 増やす, target: plan", "E211", ("target",), None),
        (f"{ID}, supersedes: 2024-06-11-aaaaaa", "E216", ("supersedes",), None),
        (f"{ID}, values: {{ended: 3}}, date: 2024-04-01", "E221", ("values", "ended"), None),
        (f"{ID}, kind: actual, values: {{ended: 3}}, fiscal_year: 2024", "E221", ("values", "ended"), None),
        (f"{ID}, kind: actual, missing: {{ended: 未調査}}, fiscal_year: 2024", "E221", ("missing", "ended"), None),
        (f"{ID}, kind: actual, values: {{late: 3}}, fiscal_year: 2022", "E221", ("values", "late"), None),
        (f"{ID}, kind: actual, values: {{firms: 3}}, missing: {{firms: 未調査}}", "E222", ("missing", "firms"), None),
        (f"{ID}, kind: actual, target: 1-1-1-4, values: {{cost: 3.5}}", "E228", ("values", "cost"), None),
        (f"{ID}, target: 1-1-1-4, values: {{cost: -3}}", "E228", ("values", "cost"), None),
        (
            f"{ID}, kind: withdrawal, withdraws: 2024-06-11-aaaaaa, supersedes: 2024-06-11-bbbbbb",
            "E223",
            ("supersedes",),
            None,
        ),
    ],
)
def test_a_fault_of_an_entry(make_plan, make_entry, text, code, at, guess):
    (fault,) = faults_of(make_plan, make_entry(text))
    assert shown([fault]) == [(code, at, guess)]


TWO = "evaluators: [{code: self, name: 自己評価}, {code: council, name: 外部評価}]"
RATED = f"{ID}, kind: evaluation"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (f"{RATED}, rating: A, evaluator: 外部評価, meeting: 2025-05-01", []),
        (f"{RATED}, rating: A, target: 1-1-1", []),
        (f"{RATED}, rating: A, target: plan", []),
        (f"{RATED}, rating: A, indicator: company-visits", []),
        (f"{RATED}, progress: 総括, target: '1'", []),
        (f"{RATED}, issues: 課題, target: plan", []),
        (f"{RATED}, target: plan", [("E102", (), None)]),
        (f"{RATED}, progress: 総括, target: 1-1", [("E102", (), None)]),
        (f"{RATED}, progress: 総括, indicator: firms, target: '1'", [("E102", (), None)]),
        (f"{RATED}, rating: A, evaluator: counsil", [("E226", ("evaluator",), "council")]),
        (f"{RATED}, rating: A, meeting: 2025-07-02", [("E210", ("meeting",), None)]),
        (f"{RATED}, rating: A, indicator: company-visit", [("E207", ("indicator",), "company-visits")]),
        (f"{RATED}, rating: A, indicator: firms", [("E227", ("indicator",), None)]),
        (f"{RATED}, rating: A, indicator: ended", [("E221", ("indicator",), None)]),
        (
            f"{RATED}, rating: A, indicator: late, target: 1-1-1-2, fiscal_year: 2022",
            [("E212", ("fiscal_year",), None)],
        ),
    ],
)
def test_what_is_rated_and_by_whom(make_plan, make_entry, text, faults):
    entry = make_entry(text)
    found = EntryCheck(make_plan(PLAN, scheme=TWO), TODAY).faults(entry, path_of(entry))
    assert shown(found) == faults


STATUSES = ["未着手", "準備中", "実施中", "実施済（当年度分）", "完了", "休止", "中止・廃止"]
WITHDRAWAL, IMPROVEMENT = f"{ID}, kind: withdrawal, withdraws: b", f"{ID}, kind: improvement, next: x"
RESPONSE = f"{ID}, kind: response, responds: b, text: 対応"


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("id: 訪問記録", "E201", {"id": "訪問記録"}),
        (f"{ID}, date: 2025-07-02", "E210", {"date": "2025-07-02"}),
        (f"{ID}, until: 2025-07-02", "E210", {"date": "2025-07-02"}),
        (f"{ID}, until: 2024-06-11", "E225", {"date": "2024-06-12", "until": "2024-06-11"}),
        (f"{ID}, supersedes: b", "E216", {}),
        (f"{WITHDRAWAL}, supersedes: c", "E223", {"other": "c"}),
        (f"{ID}, target: 9-9", "E211", {"target": "9-9"}),
        (f"{ID}, target: plan", "E211", {"target": "plan"}),
        (f"{WITHDRAWAL}, target: 9-9", "E211", {"target": "9-9"}),
        (f"{ID}, target: 1-1-1-3", "E214", {"target": "1-1-1-3", "original": "1-1-1-1"}),
        (
            f"{ID}, target: 1-1-1-2, date: 2025-04-01",
            "E212",
            {"target": "1-1-1-2", "year": 2025, "since": 2023, "until": 2024},
        ),
        (
            f"{IMPROVEMENT}, direction: 拡充, target: 1-1",
            "E215",
            {"target": "1-1", "kind": KINDS["improvement"].name},
        ),
        (f"{RATED}, progress: 順調", "E102", {"key": "rating"}),
        (f"{ID}, status: 実施", "E204", {"value": "実施", "choices": STATUSES}),
        (f"{RATED}, rating: E", "E205", {"value": "E", "choices": list("ABCDFXYZ")}),
        (
            f"{IMPROVEMENT}, direction: 維持",
            "E206",
            {"value": "維持", "choices": ["拡充", "継続", "改善", "縮小", "廃止"]},
        ),
        (f"{RESPONSE}, state: 済", "E219", {"value": "済", "choices": ["対応済", "対応中", "検討中", "対応しない"]}),
        (f"{RESPONSE}, state: declined", "E218", {"value": "対応しない"}),
        (f"{RATED}, rating: A, evaluator: x", "E226", {"value": "x", "choices": ["self", "council"]}),
        (f"{ID}, values: {{visit: 3}}", "E207", {"value": "visit"}),
        (f"{RATED}, rating: A, indicator: visit", "E207", {"value": "visit"}),
        (f"{ID}, values: {{firms: 3件}}", "E208", {"indicator": "firms", "value": "3件", "expected": "a number"}),
        (f"{ID}, values: {{desk: 1}}", "E208", {"indicator": "desk", "value": "1", "expected": "設置 or なし"}),
        (f"{ID}, values: {{cost: 0.5}}", "E228", {"indicator": "cost", "value": "0.5", "unit": "円"}),
        (f"{ID}, values: {{ended: 3}}", "E221", {"indicator": "ended", "year": 2024, "since": 2022, "until": 2023}),
        (
            f"{RATED}, rating: A, indicator: ended",
            "E221",
            {"indicator": "ended", "year": 2024, "since": 2022, "until": 2023},
        ),
        (
            f"{ID}, kind: actual, values: {{firms: 3}}, missing: {{firms: 未調査}}",
            "E222",
            {"indicator": "firms"},
        ),
        (
            f"{ID}, kind: actual, missing: {{firms: 忘れた}}",
            "E213",
            {"value": "忘れた", "choices": ["未調査", "集計中", "対象外"]},
        ),
        (f"{RATED}, rating: A, indicator: late", "E227", {"indicator": "late", "at": "1-1-1-2", "target": "1-1-1-1"}),
        (f"{RATED}, rating: A, indicator: cost, target: 1-1-1-4", "E229", {"indicator": "cost"}),
    ],
)
def test_a_fault_tells_what_was_said_and_what_may_be(make_plan, make_entry, text, code, values):
    entry = make_entry(text)
    (fault,) = EntryCheck(make_plan(PLAN, scheme=TWO), TODAY).faults(entry, path_of(entry))
    told = {
        key: value.text(str) if key == "expected" and isinstance(value, Message) else value
        for key, value in fault.values.items()
    }
    assert (fault.code, told) == (code, values)
    marks_keys = {"E102", "E207", "E216", "E221", "E222", "E223"}
    assert fault.on_key is (code in marks_keys and fault.at != ("indicator",))


@pytest.mark.parametrize(
    "text",
    [
        f"{ID}, until: 2024-06-12",
        f"{ID}, until: 2025-07-01",
        f"{ID}, values: {{ended: 3}}, date: 2023-06-12",
        f"{ID}, values: {{ended: 3}}, date: 2022-06-12",
        f"{ID}, kind: actual, target: 1-1-1-2, values: {{late: 3}}, fiscal_year: 2023",
        f"{RATED}, rating: A, indicator: ended, fiscal_year: 2023",
        f"{RATED}, rating: A, indicator: ended, fiscal_year: 2022",
        f"{RATED}, rating: A, indicator: late, target: 1-1-1-2",
        f"{ID}, kind: actual, values: {{firms: 3}}, missing: {{ended: 未調査}}, fiscal_year: 2023",
        f"{ID}, kind: actual, missing: {{cost: 集計中, desk: 対象外}}",
    ],
)
def test_the_first_and_the_last_day_and_year_are_in_time(make_plan, make_entry, text):
    assert faults_of(make_plan, make_entry(text)) == []


@pytest.mark.parametrize("text", ["values: {late: 3}", "kind: actual, missing: {late: 未調査}"])
def test_of_a_target_out_of_force_nothing_is_said_of_its_indicators(make_plan, make_entry, text):
    entry = make_entry(
        f"{ID}, target: 1-1-1-2, date: 2025-06-12, {text}".replace("actual,", "actual, fiscal_year: 2025,")
    )
    assert [fault.code for fault in faults_of(make_plan, entry)] == ["E212"]


def test_an_evaluator_of_a_plan_that_lists_none_is_refused(make_plan, make_entry):
    (fault,) = faults_of(make_plan, make_entry(f"{RATED}, rating: A, evaluator: council"))
    assert (fault.code, fault.at, fault.values["key"]) == ("E224", ("evaluator",), "evaluators")


def test_of_many_faults_the_first_are_told_with_their_number(make_plan, make_entry):
    values = ", ".join(f"firm{number}: 1" for number in range(150))
    missing = ", ".join(f"firm{number}: 未" for number in range(150))
    found = faults_of(make_plan, make_entry(f"{ID}, kind: actual, values: {{{values}}}, missing: {{{missing}}}"))
    assert (len(found), found[0].code, found[0].values["count"]) == (101, "E012", 600)


@pytest.mark.parametrize(("typed", "shown_as"), [("true", "yes"), ("false", "no")])
def test_an_answer_in_place_of_a_figure_is_shown_as_one_writes_it(make_plan, make_entry, typed, shown_as):
    (fault,) = faults_of(make_plan, make_entry(f"{ID}, kind: actual, values: {{firms: {typed}}}"))
    assert (fault.code, fault.values["value"]) == ("E208", shown_as)


@pytest.mark.parametrize(
    ("text", "path", "code", "at"),
    [
        (ID, "records/2024/1-1-1-2/2024-06-12-k7x3q9.yaml", "E202", ("target",)),
        (ID, "records/2024/1-1-1-1 - コピー/2024-06-12-k7x3q9.yaml", "E220", ("id",)),
        (ID, "records/2024/1-1-1-1 2/2024-06-12-k7x3q9.yaml", "E220", ("id",)),
        (ID, "records/2024/1-1-1-1-PC2/2024-06-12-k7x3q9.yaml", "E220", ("id",)),
        (ID, "records/2024/1-1-1-11/2024-06-12-k7x3q9.yaml", "E202", ("target",)),
        (ID, "records/2023/1-1-1-1/2024-06-12-k7x3q9.yaml", "E203", ("date",)),
        (f"{ID}, kind: actual", "records/2023/1-1-1-1/2024-06-12-k7x3q9.yaml", "E203", ("fiscal_year",)),
        (
            f"{ID}, kind: response, responds: b, text: 対応, state: 対応済",
            "records/2023/1-1-1-1/2024-06-12-k7x3q9.yaml",
            "E203",
            ("date",),
        ),
        (ID, "records/2024/1-1-1-1/コピー.yaml", "E209", ("id",)),
    ],
)
def test_an_entry_in_the_wrong_place(make_plan, make_entry, text, path, code, at):
    assert shown(faults_of(make_plan, make_entry(text), path)) == [(code, at, None)]


def test_the_remedy_for_a_wrong_folder_is_the_right_one(make_plan, make_entry):
    (fault,) = faults_of(make_plan, make_entry(ID), "records/2024/1-1-1-2/2024-06-12-k7x3q9.yaml")
    assert fault.remedy.text(str) == "Move the file to records/2024/1-1-1-1/2024-06-12-k7x3q9.yaml"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("target: 1-1-1-2, kind: actual, fiscal_year: 2022", (2023, 2024)),
        ("target: 1-1, kind: actual, fiscal_year: 2031", (2022, 2030)),
    ],
)
def test_what_is_not_in_force_names_the_years_in_which_it_is(make_plan, make_entry, text, years):
    (fault,) = faults_of(make_plan, make_entry(f"{ID}, {text}"))
    assert (fault.values["since"], fault.values["until"]) == years


def test_a_relisting_names_its_original(make_plan, make_entry):
    (fault,) = faults_of(make_plan, make_entry(f"{ID}, target: 1-1-1-3"))
    assert fault.remedy.text(str) == "Record it for the original: target: 1-1-1-1"


def test_words_are_held_against_the_scheme_of_the_entrys_year(make_plan, make_entry):
    plan = make_plan(PLAN, revisions="[{from: 2024, missing: [{name: 不明}]}]")
    check = EntryCheck(plan, TODAY)
    texts = [f"{ID}, kind: actual, fiscal_year: {year}, missing: {{firms: 不明}}" for year in (2023, 2024, 2023)]
    found = [shown(check.faults(entry, path_of(entry))) for entry in map(make_entry, texts)]
    assert found == [[("E213", ("missing", "firms"), None)], [], [("E213", ("missing", "firms"), None)]]


def test_the_state_of_a_response_is_a_word_of_the_year_in_which_it_is_made(make_plan, make_entry):
    own = "[{code: answered, name: 反映}, {code: declined, name: 見送り}]"
    check = EntryCheck(make_plan(PLAN, revisions=f"[{{from: 2024, responses: {own}}}]"), TODAY)
    answer = f"{ID}, kind: response, responds: 2024-06-11-aaaaaa, text: 対応"
    texts = [
        f"{answer}, date: {day}, state: {word}"
        for day in ("2024-03-31", "2024-04-01")
        for word in ("対応済", "反映", "answered", "見送り")
    ]
    found = [shown(check.faults(entry, path_of(entry))) for entry in map(make_entry, texts)]
    unknown, unreasoned = [("E219", ("state",), None)], [("E218", ("state",), None)]
    assert found == [[], unknown, [], unknown, unknown, [], [], unreasoned]


def test_a_meeting_in_the_future_is_a_fault(make_plan, make_entry):
    entry = make_entry(f"{ID}, kind: opinion, meeting: 2025-07-02, text: 意見, target: 1-1")
    assert shown(faults_of(make_plan, entry)) == [("E210", ("meeting",), None)]


def test_an_evaluation_of_nothing_that_says_nothing_has_both_faults(make_plan, make_entry):
    entry = make_entry(f"{ID}, kind: evaluation, progress: 順調, target: 9-9")
    assert sorted(fault.code for fault in faults_of(make_plan, entry)) == ["E102", "E211"]


def test_every_fault_of_an_entry_is_found_in_one_pass(make_plan, make_entry):
    entry = make_entry("id: 訪問, target: 9-9, date: 2025-07-02, status: ？, values: {x: 1}, supersedes: b")
    found = faults_of(make_plan, entry, "records/2024/1-1/a.yaml")
    codes = [fault.code for fault in found]
    assert sorted(codes) == ["E201", "E202", "E203", "E204", "E207", "E209", "E210", "E211", "E216"]


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("statuses: []", "status: 実施中"),
        ("scale: {}", "kind: evaluation, rating: A"),
        ("directions: []", "kind: improvement, direction: 継続, next: 続ける"),
        ("missing: []", "kind: actual, missing: {company-visits: 未調査}"),
    ],
)
def test_a_plan_without_such_a_list_takes_none_of_its_words(make_plan, make_entry, scheme, text):
    check = EntryCheck(make_plan(PLAN, scheme=scheme), TODAY)
    entry = make_entry(f"{ID}, {text}")
    key = scheme.split(":")[0]
    (fault,) = check.faults(entry, path_of(entry))
    assert (fault.code, fault.at[0]) == ("E224", {"statuses": "status", "scale": "rating"}.get(key, key.rstrip("s")))
    held = ryaml.loads(f"{{{text}}}")[fault.at[0]]
    assert fault.values == {"key": key, "value": held["company-visits"] if isinstance(held, dict) else held}
    figure = make_entry(f"{ID}, values: {{company-visits: 3}}")
    assert check.faults(figure, path_of(figure)) == []
    assert check.faults(make_entry(ID), path_of(make_entry(ID))) == []


def test_without_a_scale_an_evaluation_is_its_text(make_plan, make_entry):
    check = EntryCheck(make_plan(PLAN, scheme="scale: {}"), TODAY)
    said, silent = make_entry(f"{RATED}, issues: 人手"), make_entry(RATED)
    assert check.faults(said, path_of(said)) == []
    assert shown(check.faults(silent, path_of(silent))) == [("E102", (), None)]


@pytest.mark.parametrize("kind", ["input", "context"])
def test_means_and_surroundings_are_never_rated(make_plan, make_entry, kind):
    plan = make_plan(
        PLAN.replace("indicators: [{id: firms", f"indicators: [{{id: means, name: 費用, kind: {kind}}}, {{id: firms", 1)
    )
    entry = make_entry(f"{RATED}, rating: A, indicator: means, target: '1'")
    assert shown(EntryCheck(plan, TODAY).faults(entry, path_of(entry))) == [("E229", ("indicator",), None)]
