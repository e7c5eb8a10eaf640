# mypy: allow-untyped-calls
"""What differs between two versions of a plan or of an entry, in words."""

import pytest
import ryaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mizuho_pdca.domain.plan.plan import PLAN_SHAPE
from mizuho_pdca.papers.differences import entry_differences, entry_line, plan_differences, print_target

TEXT = """
schema: 1
plan:
  id: trial
  title: 試験計画
  edition: 素案
  municipality: 瑞穂町
  office: 産業課
  language: ja
  period: {from: 2022, until: 2031}
  vision: 活力
  council: {name: 協議会, meetings: {2024: 2025-08-28}, summary: 検証する, source: 第5章}
  related:
  - {title: 総合計画, relation: parent, period: {from: 2021, until: 2030}, source: 第1章}
  levels: [{name: 方針}, {name: 基本施策}, {name: 施策}, {name: 取組}]
  revisions:
  - {from: 2027, decision: 町長決裁, date: 2027-03-01, summary: 中間見直し}
scheme:
  statuses:
  - {code: not_started, name: 未着手, definition: まだ}
  - {code: done, name: 実施済}
  scale:
    ranks:
    - {code: A, name: 達成, at_least: 80, definition: 8割}
    - {code: B, name: 未達成}
    states: [{code: Z, name: 評価困難, definition: 不明}]
  directions: [{name: 継続, definition: 続ける}, {name: 廃止}]
  missing: [{name: 未調査, definition: 調べていない}]
  responses: [{code: answered, name: 対応済, definition: 済み}]
scheme_revisions:
- {from: 2027, until: 2028, missing: [{name: 対象外}], scale: {ranks: [{code: A, name: 可, at_least: 50}]}}
policies:
- id: "1"
  title: 経営
  measures:
  - id: 1-1
    title: 相談
    submeasures:
    - id: 1-1-1
      title: 訪問
      summary: 訪ねる
      source: 第4章
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        from: 2022
        until: 2030
        label: 1-1-1-9
        labels: [{from: 2027, label: 1-1-1-8}]
        superseded_by: [1-1-1-2]
        department: 産業課
        partners: [商工会]
        indicators:
        - id: visits
          name: 訪問件数
          unit: 件
          kind: output
          direction: maintain
          method: maintain
          aggregate: sum
          from: 2022
          until: 2031
          baseline: {year: 2021, value: 40, source: 台帳}
          targets: {2024: 60, 2031: 80}
          revised_targets: [{from: 2027, until: 2030, targets: {2031: 90}}]
          tolerance: 5
          source: 第4章
          note: 延べ
          adopted: false
        - id: facility
          name: 施設
          kind: output
          direction: increase
          method: done
          aggregate: latest
          targets: {2031: true}
          words: {"yes": 設置, "no": なし}
          adopted: true
      - {id: 1-1-1-2, title: 面談}
      - {id: 1-1-1-3, relisted_from: 1-1-1-1}
"""


def read(text):
    return PLAN_SHAPE.validate_python(ryaml.loads(text))


BASE = read(TEXT)


def said(words):
    return None if words is None else words if isinstance(words, str) else words.text(str)


def changed(*pairs):
    text = TEXT
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return read(text)


def told(found):
    return [one.told(one.heading).text(str) for one in found]


def lines(*pairs):
    return told(plan_differences(BASE, changed(*pairs)))


# -- one key after the other ------------------------------------------------------------------

KEYS = [
    ("id: trial", "id: other", ["plan's id: trial → other"]),
    ("title: 試験計画", "title: 本計画", ["title: 試験計画 → 本計画"]),
    ("edition: 素案", "edition: 確定", ["edition: 素案 → 確定"]),
    ("  edition: 素案\n", "", ["edition: 素案 → (none)"]),
    ("municipality: 瑞穂町", "municipality: 町", ["municipality: 瑞穂町 → 町"]),
    ("office: 産業課", "office: 企画課", ["office: 産業課 → 企画課"]),
    ("language: ja", "language: en", ["language of papers: Japanese → English"]),
    (
        "period: {from: 2022, until: 2031}",
        "period: {from: 2021, until: 2032}",
        ["first year of the period: FY2022 → FY2021", "last year of the period: FY2031 → FY2032"],
    ),
    ("vision: 活力", "vision: 力", ["vision: 活力 → 力"]),
    ("name: 協議会", "name: 審議会", ["council: name: 協議会 → 審議会"]),
    (
        "{2024: 2025-08-28}",
        "{2024: 2025-08-29, 2025: 2026-08-20}",
        [
            "council: the day of the meeting (FY2024): 2025-08-28 → 2025-08-29",
            "council: the day of the meeting (FY2025): (none) → 2026-08-20",
        ],
    ),
    ("summary: 検証する", "summary: 検証する, place: 役場", ["council: place of the meeting: (none) → 役場"]),
    ("summary: 検証する", "summary: 検証する, agenda: [開会]", ["council: agenda: (none) → 開会"]),
    ("summary: 検証する", "summary: 検証する, members: [山田]", ["council: members of the council: (none) → 山田"]),
    ("summary: 検証する", "summary: 見る", ["council: outline: 検証する → 見る"]),
    ("source: 第5章", "source: 第6章", ["council: source: 第5章 → 第6章"]),
    ("relation: parent", "relation: sibling", ["related plans 総合計画: relation: plan above it → plan beside it"]),
    ("{from: 2021, until: 2030}", "{from: 2020, until: 2030}",
     ["related plans 総合計画: first year of the period: FY2021 → FY2020"]),
    ("title: 総合計画", "title: 長期計画", [
            ("related plans removed: 総合計画 (relation plan above it, first year of the period FY2021, "
            "last year of the period FY2030, source 第1章)"),
            ("related plans added: 長期計画 (relation plan above it, first year of the period FY2021, "
            "last year of the period FY2030, source 第1章)"),
        ]),
    ("{name: 方針}", "{name: 柱}", ["names of the levels 柱: name: 方針 → 柱"]),
    ("decision: 町長決裁", "decision: 議決", ["revisions of the plan from FY2027: decision: 町長決裁 → 議決"]),
    (
        "- {from: 2027, decision",
        "- {from: 2028, decision",
        [
            "revisions of the plan added: from FY2028 (decision 町長決裁, date 2027-03-01, outline 中間見直し)",
            "revisions of the plan removed: from FY2027 (decision 町長決裁, date 2027-03-01, outline 中間見直し)",
        ],
    ),
    ("name: 未着手", "name: 着手前", ["statuses 着手前: name: 未着手 → 着手前"]),
    ("definition: まだ", "definition: 未だ", ["statuses 未着手: definition: まだ → 未だ"]),
    ("at_least: 80", "at_least: 75.5", ["ranks A 達成: lower bound (%): 80 → 75.5"]),
    (
        "    - {code: B, name: 未達成}",
        "    - {code: C, name: 半ば, at_least: 40}\n    - {code: B, name: 未達成}",
        ["ranks added: C 半ば (lower bound (%) 40)"],
    ),
    ("code: Z", "code: Y", ["ratings without a rank added: Y 評価困難 (definition 不明)",
      "ratings without a rank removed: Z 評価困難 (definition 不明)"]),
    (
        "[{name: 継続, definition: 続ける}, {name: 廃止}]",
        "[{name: 廃止}, {name: 継続, definition: 続ける}]",
        ["order of future directions: 継続, 廃止 → 廃止, 継続"],
    ),
    ("name: 対応済", "name: 済", ["states of a response 済: name: 対応済 → 済"]),
    ("[{name: 対象外}]", "[{name: 対象外}, {name: 不明}]",
     ["revisions of the scheme from FY2027: reason for no value added: 不明"]),
    ("until: 2028, missing", "missing", ["revisions of the scheme from FY2027: last year in force: FY2028 → (none)"]),
    (
        ", scale: {ranks: [{code: A, name: 可, at_least: 50}]}",
        "",
        ["revisions of the scheme from FY2027: ranks removed: A 可 (lower bound (%) 50)"],
    ),
    (
        "- {from: 2027, until: 2028",
        "- {from: 2029, until: 2030",
        [
            ("revisions of the scheme added: from FY2029 (last year in force FY2030, ranks A 可, lower bound (%) 50, "
            "reason for no value 対象外)"),
            ("revisions of the scheme removed: from FY2027 (last year in force FY2028, ranks A 可, lower bound (%) 50, "
            "reason for no value 対象外)"),
        ],
    ),
    ("title: 訪問\n", "title: 訪ねる\n", ["1-1① 訪ねる: title: 訪問 → 訪ねる"]),
    ("summary: 訪ねる", "summary: 行く", ["1-1① 訪問: outline: 訪ねる → 行く"]),
    ("label: 1-1-1-9", "label: 1-1-1-7", ["1-1-1-7 企業訪問: printed number: 1-1-1-9 → 1-1-1-7"]),
    (
        "labels: [{from: 2027, label: 1-1-1-8}]",
        "labels: [{from: 2027, label: 1-1-1-6}, {from: 2029, label: 1-1-1-5}]",
        [
            "1-1-1-9 企業訪問: printed numbers by year from FY2027: printed number: 1-1-1-8 → 1-1-1-6",
            "1-1-1-9 企業訪問: printed numbers by year added: from FY2029 (printed number 1-1-1-5)",
        ],
    ),
    ("superseded_by: [1-1-1-2]", "superseded_by: [1-1-1-2, 9-9]",
     ["1-1-1-9 企業訪問: succeeded by: 1-1①-2 → 1-1①-2, 9-9"]),
    ("        until: 2030\n", "", ["1-1-1-9 企業訪問: last year in force: FY2030 → (none)"]),
    ("        department: 産業課\n", "", ["1-1-1-9 企業訪問: department: 産業課 → (none)"]),
    ("department: 産業課", "department: [産業課, 企画課]", ["1-1-1-9 企業訪問: department: 産業課 → 産業課, 企画課"]),
    (
        "department: 産業課",
        "department: {2022: 産業課, 2026: [商工課, 企画課]}",
        ["1-1-1-9 企業訪問: department: 産業課 → FY2022 産業課, FY2026 商工課, 企画課"],
    ),
    ("adopted: false", "adopted: 2026", ["訪問件数: adoption: not adopted → FY2026"]),
    ("partners: [商工会]", "partners: [商工会, plan]", ["1-1-1-9 企業訪問: partners: 商工会 → 商工会, plan"]),
    ("partners: [商工会]", "partners: [商工会, 東京都]", ["1-1-1-9 企業訪問: partners: 商工会 → 商工会, 東京都"]),
    ("relisted_from: 1-1-1-1", "relisted_from: 1-1-1-2", ["1-1①-3 面談: Relisted from: 1-1-1-9 → 1-1①-2"]),
    ("  directions: [{name: 継続", "  rate: [measure, plan]\n  directions: [{name: 継続",
     ["levels that are rated: initiative → measure, whole plan"]),
    ("  directions: [{name: 継続", "  evaluators: [{code: self, name: 自己評価}]\n  directions: [{name: 継続",
     ["evaluators added: 自己評価"]),
    ("name: 訪問件数", "name: 訪問社数", ["訪問社数 (draft): name: 訪問件数 → 訪問社数"]),
    ("unit: 件", "unit: 社", ["訪問件数 (draft): unit: 件 → 社"]),
    ("          unit: 件\n          kind: output", "          unit: 件\n          kind: outcome",
     ["訪問件数 (draft): kind of indicator: output → outcome"]),
    ("direction: maintain", "direction: decrease", ["訪問件数 (draft): direction of change: maintain → decrease"]),
    ("method: maintain", "method: ratio", ["訪問件数 (draft): method: maintain → actual / target"]),
    ("aggregate: sum", "aggregate: mean", ["訪問件数 (draft): aggregate: sum of the year → mean"]),
    (
        "{year: 2021, value: 40, source: 台帳}",
        "{year: 2020, value: 41.5, source: 調査}",
        [
            "訪問件数 (draft): fiscal year of the baseline: FY2021 → FY2020",
            "訪問件数 (draft): baseline: 40 → 41.5",
            "訪問件数 (draft): source of the baseline: 台帳 → 調査",
        ],
    ),
    ("{2024: 60, 2031: 80}", "{2024: 60, 2031: 1200}", ["訪問件数 (draft): target (FY2031): 80 → 1,200"]),
    ("targets: {2031: 90}", "targets: {2031: 95}",
     ["訪問件数 (draft): revised targets from FY2027: target (FY2031): 90 → 95"]),
    ("          revised_targets: [{from: 2027, until: 2030, targets: {2031: 90}}]\n", "",
     ["訪問件数 (draft): revised targets removed: from FY2027 (last year in force FY2030, target (FY2031) 90)"]),
    ("tolerance: 5", "tolerance: 6", ["訪問件数 (draft): tolerance: 5 → 6"]),
    ("tolerance: 5", "tolerance: 5\n          decimals: 1", ["訪問件数 (draft): decimals in print: (none) → 1"]),
    (
        'words: {"yes": 設置, "no": なし}',
        "words: [検討, 試行, 実施]",
        [
            "施設: words for the steps: (none) → 検討, 試行, 実施",
            "施設: word for yes: 設置 → (none)",
            "施設: word for no: なし → (none)",
        ],
    ),
    ("note: 延べ", "note: 実数", ["訪問件数 (draft): note: 延べ → 実数"]),
    ("adopted: false", "adopted: true", ["訪問件数: adoption: not adopted → adopted"]),
    ("targets: {2031: true}", "targets: {2031: false}", ["施設: target (FY2031): 設置 → なし"]),
    ("targets: {2031: true}", "targets: {2031: 半分}", ["施設: target (FY2031): 設置 → 半分"]),
    ("targets: {2031: true}", "targets: {2031: 設置}", []),
    ('"yes": 設置', '"yes": 完成', ["施設: word for yes: 設置 → 完成"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), KEYS, ids=[f"{old} > {new}"[:60] for old, new, _ in KEYS])
def test_a_key_is_told_in_words(old, new, expected):
    assert sorted(lines((old, new))) == sorted(expected)


# -- nodes and indicators that come, go and move ----------------------------------------------


def test_a_node_that_came_and_one_that_went():
    assert lines(("- {id: 1-1-1-2, title: 面談}", "- {id: 1-1-1-4, title: 電話, department: 産業課}")) == [
        "1-1① 訪問: 取組 removed: 1-1①-2 面談",
        "1-1① 訪問: 取組 added: 1-1①-4 電話 (department 産業課)",
    ]


def test_a_relisting_that_came_names_its_original():
    assert lines(("- {id: 1-1-1-3,", "- {id: 1-1-1-4, relisted_from: 1-1-1-2}\n      - {id: 1-1-1-3,")) == [
        "1-1① 訪問: 取組 added: 1-1①-4 面談 (Relisted from 1-1①-2)"
    ]


def test_a_policy_that_came_belongs_to_the_plan():
    text = TEXT.replace("  levels: [{name: 方針}, {name: 基本施策}, {name: 施策}, {name: 取組}]\n", "")
    more = text + '- id: "2"\n  title: 人材\n  measures: []\n'
    (one,) = plan_differences(read(text), read(more))
    assert (one.told(one.heading).text(str), one.kind, one.fact.ids) == ("policy added: 2 人材", "added", ("2",))


def test_what_lies_in_a_node_that_came_is_told_apart():
    more = """- id: "2"
  title: 人材
  source: 第5章
  measures:
  - id: 2-1
    title: 育成
    submeasures:
    - id: 2-1-1
      title: 研修
      initiatives:
      - id: 2-1-1-1
        title: 講座
        indicators:
        - {id: courses, name: 講座数, kind: output, direction: increase, method: ratio, aggregate: sum,
           baseline: {year: 2021, value: 3}, revised_targets: [{from: 2027, targets: {2031: 9}}], adopted: true}
"""
    found = plan_differences(BASE, read(TEXT + more))
    assert told(found) == [
        "方針 added: 2 人材 (source 第5章)",
        "2 人材: 基本施策 added: 2-1 育成",
        "2-1 育成: 施策 added: 2-1① 研修",
        "2-1① 研修: 取組 added: 2-1①-1 講座",
        (
            "2-1①-1 講座: indicator added: 講座数 (kind of indicator output, direction of change increase, "
            "method actual / target, aggregate sum of the year, fiscal year of the baseline FY2021, baseline 3, "
            "revised targets from FY2027, target (FY2031) 9, adoption adopted)"
        ),
    ]
    assert [(one.fact.ids, one.fact.indicator) for one in found[-2:]] == [
        (("2-1-1-1",), None),
        (("2-1-1-1",), "courses"),
    ]
    gone = plan_differences(read(TEXT + more), BASE)
    assert [one.before for one in gone] == [one.after for one in found]
    assert {one.kind for one in gone} == {"removed"}


def test_a_node_with_another_number_is_another_node():
    found = plan_differences(
        BASE, changed(("id: 1-1-1-2, title: 面談", "id: 1-1-1-5, title: 面談"), ("[1-1-1-2]", "[1-1-1-5]"))
    )
    assert told(found) == [
        "1-1-1-9 企業訪問: succeeded by: 1-1①-2 → 1-1①-5",
        "1-1① 訪問: 取組 removed: 1-1①-2 面談",
        "1-1① 訪問: 取組 added: 1-1①-5 面談",
    ]
    assert [one.fact.ids for one in found] == [("1-1-1-1",), ("1-1-1-2",), ("1-1-1-5",)]


def test_two_nodes_of_one_number_in_a_faulty_plan_are_both_told():
    twins = "- {id: 1-1-1-2, title: 面談}\n      - {id: 1-1-1-2, title: 電話}"
    assert lines(("- {id: 1-1-1-2, title: 面談}", twins)) == ["1-1① 訪問: 取組 added: 1-1①-2 電話"]


def test_a_node_where_none_can_be_in_a_faulty_plan_is_told_by_its_id():
    both = ("    title: 相談\n", "    title: 相談\n    initiatives: [{id: 1-1-9, title: 電話}]\n")
    found = plan_differences(changed(both), changed(both, ("title: 訪問\n", "title: 訪ねる\n")))
    assert told(found) == ["1-1-1: title: 訪問 → 訪ねる"]


def test_another_order_below_a_node_and_in_the_plan():
    assert lines(
        ("      - {id: 1-1-1-2, title: 面談}\n      - {id: 1-1-1-3, relisted_from: 1-1-1-1}\n",
         "      - {id: 1-1-1-3, relisted_from: 1-1-1-1}\n      - {id: 1-1-1-2, title: 面談}\n")
    ) == [("1-1① 訪問: order of 取組: 1-1-1-9 企業訪問, 1-1①-2 面談, 1-1①-3 企業訪問 → "
         "1-1-1-9 企業訪問, 1-1①-3 企業訪問, 1-1①-2 面談")]  # fmt: skip
    one, two = (f'- id: "{n}"\n  title: 方針{n}\n  measures: []\n' for n in (2, 3))
    found = plan_differences(read(TEXT + one + two), read(TEXT + two + one))
    assert told(found) == ["order of 方針: 1 経営, 2 方針2, 3 方針3 → 1 経営, 3 方針3, 2 方針2"]


def test_an_indicator_that_came_and_one_that_went():
    whole = (
        "施設 (kind of indicator output, direction of change increase, method done or not, aggregate last value, "
        "target (FY2031) 設置, word for yes 設置, word for no なし, adoption adopted)"
    )
    assert lines(("- id: facility", "- id: building")) == [
        f"1-1-1-9 企業訪問: indicator removed: {whole}",
        f"1-1-1-9 企業訪問: indicator added: {whole}",
    ]


def test_an_indicator_that_moved_went_and_came():
    end = TEXT.index("      - {id: 1-1-1-2")
    start = TEXT.index("        - id: facility")
    block = "".join(f"{line}\n" for line in TEXT[start:end].splitlines())
    moved = TEXT.replace(block, "").replace(
        "      - {id: 1-1-1-2, title: 面談}\n",
        f"      - id: 1-1-1-2\n        title: 面談\n        indicators:\n{block}",
    )
    found = plan_differences(BASE, read(moved))
    assert [(one.fact.of, one.kind, one.fact.ids, one.fact.indicator) for one in found] == [
        ("1-1-1-9 企業訪問", "removed", ("1-1-1-1",), "facility"),
        ("1-1①-2 面談", "added", ("1-1-1-2",), "facility"),
    ]


def test_indicators_in_another_order():
    start, middle, end = (
        TEXT.index(mark) for mark in ("        - id: visits", "        - id: fac", "      - {id: 1-1-1-2")
    )
    turned = TEXT[:start] + TEXT[middle:end] + TEXT[start:middle] + TEXT[end:]
    (one,) = plan_differences(BASE, read(turned))
    assert (
        one.told(one.heading).text(str)
        == "1-1-1-9 企業訪問: order of indicator: 訪問件数 (draft), 施設 → 施設, 訪問件数 (draft)"
    )


def test_only_what_was_changed_is_told_where_it_changes_how_other_things_are_printed():
    assert lines(('"yes": 設置', '"yes": 完成'), ("targets: {2031: true}", "targets: {2027: false, 2031: true}")) == [
        "施設: target (FY2027): (none) → なし",
        "施設: word for yes: 設置 → 完成",
    ]


def test_a_difference_within_what_is_named_already():
    (one,) = plan_differences(BASE, changed(("unit: 件", "unit: 社")))
    assert one.told(one.fact.what).text(str) == "unit: 件 → 社"
    assert said(one.heading) == "訪問件数 (draft): unit"
    (one,) = plan_differences(BASE, changed(("vision: 活力", "vision: 力")))
    assert said(one.heading) == "vision"


# -- laws -------------------------------------------------------------------------------------


@st.composite
def files(draw):
    chosen = draw(st.lists(st.sampled_from(KEYS), max_size=6))
    text = TEXT
    for old, new, _ in chosen:
        text = text.replace(old, new)
    try:
        return read(text)
    except (ValidationError, ValueError):
        return BASE


@given(files())
def test_a_plan_differs_from_itself_in_nothing(file):
    assert plan_differences(file, file) == ()


@pytest.mark.slow
@given(files(), files())
def test_swapping_the_plans_swaps_before_and_after(one, other):
    there = [
        (sorted(d.fact.ids), d.fact.indicator, said(d.before), said(d.after)) for d in plan_differences(one, other)
    ]
    back = [(sorted(d.fact.ids), d.fact.indicator, said(d.after), said(d.before)) for d in plan_differences(other, one)]
    assert sorted(map(repr, there)) == sorted(map(repr, back))


@pytest.mark.slow
@given(files(), files())
def test_plans_without_differences_are_the_same_but_for_how_a_yes_is_written(one, other):
    if not plan_differences(one, other):
        assert one.model_copy(update={"policies": ()}) == other.model_copy(update={"policies": ()})


# -- an entry in one line ----------------------------------------------------------------------

POLICIES = """
- id: "1"
  title: 経営
  measures:
  - id: 1-1
    title: 相談
    submeasures:
    - id: 1-1-1
      title: 訪問
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2031: 80}, adopted: true}
        - {id: facility, name: 施設, kind: output, direction: increase, method: done, aggregate: latest,
           targets: {2031: true}, words: {"yes": 設置, "no": なし}, adopted: false}
"""


@pytest.fixture(scope="session")
def known_plan(make_plan):
    return make_plan(POLICIES)


LINES = [
    ("summary: 訪問した。", "an activity: 訪問した。"),
    (
        'status: done, summary: "3社。\\n1社は不在。", values: {visits: 3}',
        "an activity (実施済（当年度分）, 訪問件数 3件): 3社。",
    ),
    ("status: 済, summary: x, values: {old: 3}", "an activity (済, old 3): x"),
    ("kind: actual, values: {facility: true}", "an actual (FY2024, 施設 (draft) 設置)"),
    ("kind: actual, missing: {visits: 集計中, old: 未調査}", "an actual (FY2024, 訪問件数 集計中, old 未調査)"),
    ("kind: evaluation, rating: A, progress: 進んだ", "an evaluation (FY2024, A): 進んだ"),
    ("kind: evaluation, rating: Z, issues: 人手", "an evaluation (FY2024, 評価困難): 人手"),
    ("kind: evaluation, rating: S", "an evaluation (FY2024, S)"),
    (
        "kind: evaluation, rating: A, evaluator: council, indicator: visits, meeting: 2025-08-28",
        "an evaluation (FY2024, council, 訪問件数, 2025-08-28, A)",
    ),
    ("kind: evaluation, rating: A, indicator: old", "an evaluation (FY2024, old, A)"),
    ("kind: improvement, direction: 改善, next: 早く返事", "an improvement (FY2024, 改善): 早く返事"),
    ("kind: opinion, meeting: 2025-08-28, text: その後は", "an opinion (FY2024, 2025-08-28): その後は"),
    (
        "kind: response, responds: 2025-08-28-aaaaaa, state: in_hand, text: 書き足す",
        "a response (opinion answered 2025-08-28-aaaaaa, 対応中): 書き足す",
    ),
    (
        "kind: response, responds: 2025-08-28-aaaaaa, state: 保留, text: x",
        "a response (opinion answered 2025-08-28-aaaaaa, 保留): x",
    ),
    (
        "kind: withdrawal, withdraws: 2024-06-12-aaaaaa",
        "a withdrawal (FY2024, entry taken back 2024-06-12-aaaaaa): 誤記",
    ),
    (
        'summary: x, supersedes: 2024-06-12-aaaaaa, reason: "二重に\\n数えた"',
        "an activity (corrects 2024-06-12-aaaaaa: 二重に): x",
    ),
    ("summary: x, supersedes: 2024-06-12-aaaaaa", "an activity (corrects 2024-06-12-aaaaaa: ): x"),
]


@pytest.mark.parametrize(("text", "line"), LINES, ids=[line for _, line in LINES])
def test_an_entry_in_one_line(make_entry, known_plan, text, line):
    assert said(entry_line(make_entry(f"id: 2024-06-13-bbbbbb, {text}"), known_plan)) == line


def test_a_rating_is_told_by_the_words_of_who_gave_it(make_plan, make_entry):
    own = "scale: {states: [{code: A, name: 妥当}, {code: －, name: 見送り}]}"
    scheme = f"evaluators: [{{code: self, name: 自己評価}}, {{code: council, name: 外部評価, {own}}}]"
    plan = make_plan(POLICIES, scheme=scheme)
    texts = ("rating: A", "rating: A, evaluator: council", "rating: －, evaluator: council", "rating: －")
    entries = [make_entry(f"id: 2024-06-13-bbbbbb, kind: evaluation, {text}") for text in texts]
    assert [said(entry_line(entry, plan)) for entry in entries] == [
        "an evaluation (FY2024, A)",
        "an evaluation (FY2024, 外部評価, 妥当)",
        "an evaluation (FY2024, 外部評価, 見送り)",
        "an evaluation (FY2024, －)",
    ]
    told_of = [one.told(one.fact.word).text(str) for one in entry_differences(entries[0], entries[2], plan)]
    assert told_of == ["the evaluator: (none) → 外部評価", "the rating: A → 見送り"]


@pytest.mark.parametrize(("target", "printed"), [("1-1-1", "1-1①"), ("plan", "whole plan"), ("9-9-9", "9-9-9")])
def test_the_number_of_an_entry(known_plan, target, printed):
    assert said(print_target(target, known_plan)) == printed


# -- two versions of an entry ------------------------------------------------------------------

DIFFERENCES = [
    ("", "", []),
    ("by: 産業課", "by: 商工課", ["recorded by: 産業課 → 商工課"]),
    ("target: 1-1-1-1", "target: 1-1-1", ["number: 1-1①-1 → 1-1①"]),
    (
        "date: 2024-06-12, recorded: '2024-06-15T09:00:00+09:00'",
        "date: 2024-06-13, recorded: '2024-06-15T09:00:00+09:00'",
        ["date: 2024-06-12 → 2024-06-13"],
    ),
    (
        "recorded: '2024-06-12T09:00:00+09:00'",
        "recorded: '2024-06-12T10:00:00+09:00'",
        ["time of recording: 2024-06-12T09:00:00+09:00 → 2024-06-12T10:00:00+09:00"],
    ),
    ("sample: true", "sample: false", ["sample: sample → no sample"]),
    ("status: done", "status: completed", ["status: 実施済（当年度分） → 完了"]),
    ("summary: 3社", "summary: 4社", ["what was done: 3社 → 4社"]),
    ("values: {visits: 3}", "values: {visits: 4}", ["value (訪問件数): 3件 → 4件"]),
    (
        "values: {facility: true, visits: 3}",
        "values: {facility: false, old: 設置}",
        ["value (施設 (draft)): 設置 → なし", "value (old): (none) → 設置", "value (訪問件数): 3件 → (none)"],
    ),
    ("links: [a]", "links: [a, b]", ["papers and pages: a → a, b"]),
    ("", "supersedes: x, reason: y", ["entry corrected: (none) → x", "reason: (none) → y"]),
    (
        "kind: actual, missing: {visits: 集計中}",
        "kind: actual, missing: {visits: 未調査}, source: 調査",
        ["reason for no value (訪問件数): 集計中 → 未調査", "source: (none) → 調査"],
    ),
    (
        "kind: evaluation, rating: A, fiscal_year: 2023",
        "kind: evaluation, rating: Z, fiscal_year: 2024",
        ["the fiscal year: FY2023 → FY2024", "the rating: A → 評価困難"],
    ),
    (
        "kind: response, responds: a, state: in_hand, text: x",
        "kind: response, responds: a, state: answered, text: x",
        ["state of the response: 対応中 → 対応済"],
    ),
    (
        "kind: improvement, direction: 継続, next: x",
        "kind: evaluation, rating: B",
        [
            "kind of entry: an improvement → an evaluation",
            "plans for the next year: x → (none)",
            "the future direction: 継続 → (none)",
            "the rating: (none) → B",
        ],
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), DIFFERENCES, ids=[f"{a} > {b}" for a, b, _ in DIFFERENCES])
def test_what_differs_is_told_key_by_key(make_entry, known_plan, before, after, expected):
    old, new = (make_entry(f"id: 2024-06-12-aaaaaa, {text}") for text in (before, after))
    there = entry_differences(old, new, known_plan)
    assert sorted(one.told(one.fact.what).text(str) for one in there) == sorted(expected)
    back = entry_differences(new, old, known_plan)
    assert sorted(repr((one.before, one.after)) for one in there) == sorted(
        repr((one.after, one.before)) for one in back
    )
    assert {(one.fact.of, one.fact.ids) for one in there} <= {(new.id, (new.target,))}
