# mypy: allow-untyped-calls
"""What an entry says in one line, and what differs between two versions of one."""

import pytest

from mizuho_pdca.domain.records import entries
from mizuho_pdca.domain.records.entries import Recorded
from mizuho_pdca.papers.differences import words_of
from mizuho_pdca.papers.entry_changes import STRUCTURE, WORDS, entry_differences, entry_line, print_target

KINDS = [
    entries.Activity,
    entries.Actual,
    entries.Evaluation,
    entries.Improvement,
    entries.Opinion,
    entries.Response,
    entries.Withdrawal,
]

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


def said(words):
    return words if isinstance(words, str) else words.text(str)


# -- one line ---------------------------------------------------------------------------------

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
    ("kind: improvement, direction: 改善, next: 早く返事", "an improvement (FY2024, 改善): 早く返事"),
    ("kind: opinion, meeting: 2025-08-28, text: その後は", "an opinion (FY2024): その後は"),
    (
        "kind: response, responds: 2025-08-28-aaaaaa, state: in_hand, text: 書き足す",
        "a response (to 2025-08-28-aaaaaa, 対応中): 書き足す",
    ),
    (
        "kind: response, responds: 2025-08-28-aaaaaa, state: 保留, text: x",
        "a response (to 2025-08-28-aaaaaa, 保留): x",
    ),
    ("kind: withdrawal, withdraws: 2024-06-12-aaaaaa", "a withdrawal (of 2024-06-12-aaaaaa): 誤記"),
    (
        'summary: x, supersedes: 2024-06-12-aaaaaa, reason: "二重に\\n数えた"',
        "an activity (corrects 2024-06-12-aaaaaa: 二重に): x",
    ),
    ("summary: x, supersedes: 2024-06-12-aaaaaa", "an activity (corrects 2024-06-12-aaaaaa: ): x"),
]


@pytest.mark.parametrize(("text", "line"), LINES, ids=[line for _, line in LINES])
def test_an_entry_in_one_line(make_entry, known_plan, text, line):
    assert said(entry_line(make_entry(f"id: 2024-06-13-bbbbbb, {text}"), known_plan)) == line


@pytest.mark.parametrize(("target", "printed"), [("1-1-1", "1-1①"), ("plan", "whole plan"), ("9-9-9", "9-9-9")])
def test_the_number_of_an_entry(known_plan, target, printed):
    assert said(print_target(target, known_plan)) == printed


# -- two versions -----------------------------------------------------------------------------


@pytest.mark.parametrize("shape", KINDS, ids=lambda shape: shape.__name__)
def test_every_key_of_an_entry_has_a_word(shape):
    assert set(shape.model_fields) - STRUCTURE == set(words_of(WORDS, shape))


def test_every_kind_of_entry_is_tried():
    known = {item for item in vars(entries).values() if isinstance(item, type) and issubclass(item, Recorded)}
    assert known - set(KINDS) == {Recorded, entries.OfYear}


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
        "kind: actual, missing: {visits: 未調査}, half: second, source: 調査",
        [
            "reason for no value (訪問件数): 集計中 → 未調査",
            "half of the year: (none) → October to March",
            "source: (none) → 調査",
        ],
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
    assert sorted(one.told_within.text(str) for one in there) == sorted(expected)
    back = entry_differences(new, old, known_plan)
    assert sorted(repr((one.before, one.after)) for one in there) == sorted(
        repr((one.after, one.before)) for one in back
    )
    assert {(one.part.of, one.part.nodes) for one in there} <= {(new.id, (new.target,))}
