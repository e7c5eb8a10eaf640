# mypy: allow-untyped-calls
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest
import ryaml

from mizuho_pdca.domain.closing.digests import data_digest, digest, plan_digest

# -- digests of data --------------------------------------------------------------------------


def test_a_digest_is_sha256_of_canonical_json():
    assert (
        data_digest({"b": 1.0, "a": ["あ", True, None]}) == sha256('{"a":["あ",true,null],"b":1}'.encode()).hexdigest()
    )


ENTRY = """\
schema: 1
id: 2024-06-12-aaaaaa
kind: activity
summary: |
  3社を訪問した。
  1社は検討中。
values: {visits: 3.5}
links:
- https://x.example
by: 産業課
"""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# メモ\n" + ENTRY.replace("activity", "activity  # 活動"), id="comments"),
        pytest.param(
            "".join(reversed(ENTRY.splitlines(keepends=True)[:3])) + ENTRY.partition("activity\n")[2], id="order"
        ),
        pytest.param(ENTRY.replace("産業課", '"産業課"').replace("activity", "'activity'"), id="quotes"),
        pytest.param(ENTRY.replace("\n", "\r\n"), id="line endings of Windows"),
        pytest.param("---\n" + ENTRY.replace("- https", "  - https"), id="indent"),
        pytest.param(ENTRY.replace("3.5", "3.50"), id="a figure written otherwise"),
        pytest.param(ENTRY.replace("{visits: 3.5}", "\n  visits: 3.5"), id="a mapping in lines"),
        pytest.param(ENTRY + "\n\n", id="blank lines at the end"),
    ],
)
def test_what_does_not_change_the_data_leaves_the_digest(text):
    assert text != ENTRY
    assert data_digest(ryaml.loads(text)) == data_digest(ryaml.loads(ENTRY))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3社", "4社"), ("3.5", "3.6"), ("産業課", "産業"), ("中。\n", "中\n"), ("links", "link"),
        ("- https", "- http"), ("3.5", '"3.5"'),
    ],
)  # fmt: skip
def test_one_character_of_the_data_changes_the_digest(old, new):
    assert data_digest(ryaml.loads(ENTRY.replace(old, new))) != data_digest(ryaml.loads(ENTRY))


@pytest.mark.parametrize("data", [{"a": float("nan")}, {"a": float("inf")}, {1: "a"}, {"a": 2**60}, {"a": "\ud800"}])
def test_data_without_a_canonical_form_has_no_digest(data):
    assert data_digest(data) is None


def test_exact_numbers_and_days_go_in_as_texts():
    assert digest({"a": Fraction(1, 3), "b": [Decimal("100.0")]}) == digest({"a": "1/3", "b": ("100",)})
    assert digest({1: date(2025, 4, 1)}) == digest({"1": "2025-04-01"})


# -- the plan, as seals of the first form know it -----------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("{2024: 60, 2031: 120}", "{2024: 61, 2031: 120}", id="the target of the year"),
        pytest.param("{2024: 60, 2031: 120}", "{2024: 60, 2031: 121}", id="the target of the end"),
        pytest.param("{2026: yes}", "{2026: no}", id="a target that is no number"),
        pytest.param("value: 40", "value: 41", id="a baseline"),
        pytest.param("year: 2021", "year: 2020", id="its year"),
        pytest.param("aggregate: sum", "aggregate: mean", id="how a year is counted"),
        pytest.param("adopted: false", "adopted: true", id="whether it is adopted"),
        pytest.param("unit: 件", "unit: 社", id="a unit"),
        pytest.param("yes: 設置", "yes: 有", id="a word for yes"),
        pytest.param("title: 企業訪問", "title: 企業訪問活動", id="a title"),
        pytest.param("title: 融資", "title: 融資, label: '9'", id="a printed number"),
        pytest.param("title: 融資", "title: 融資, department: 税務課", id="a department"),
        pytest.param("[商工会]", "[商工会, 大学]", id="partners"),
        pytest.param("{id: 1-1-1-2, title: 融資}", "{id: 1-1-1-2, relisted_from: 1-1-1-1}", id="a relisting"),
        pytest.param(
            "{id: 1-1-1-2, title: 融資}", "{id: 1-1-1-2, title: 融資, from: 2025}", id="not in force any more"
        ),
        pytest.param("      - {id: 1-1-1-2, title: 融資}\n", "", id="an initiative gone"),
    ],
)
def test_what_the_year_is_judged_by_is_in_the_digest(amended, old, new):
    assert plan_digest(amended((old, new)), 2024) != plan_digest(amended(), 2024)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("summary: 方針の説明", "summary: 別の説明", id="a summary"),
        pytest.param("source: 第2章", "source: 第3章", id="a source"),
        pytest.param("note: 参考", "note: 案", id="a note"),
        pytest.param("{2024: 60, 2031: 120}", "{2031: 120.0, 2024: 60}  # 案", id="order, comment, a figure otherwise"),
        pytest.param("{2026: yes}", "{2026: true}", id="another word for yes"),
        pytest.param("{2026: yes}", "{2026: 設置}", id="its own word for yes"),
        pytest.param("title: 融資", "title: 融資, until: 2025", id="what ends later"),
        pytest.param("title: 融資", "title: 融資, labels: [{from: 2025, label: '9'}]", id="a later number"),
        pytest.param(
            "{id: 1-1-1-2, title: 融資}", "{id: 1-1-1-2, title: 融資}\n      - {id: 1-1-1-3, title: 新, from: 2025}",
            id="what begins later",
        ),
        pytest.param(
            "adopted: false", "adopted: false\n          revised_targets: [{from: 2025, targets: {2031: 130}}]",
            id="targets of later years",
        ),
        pytest.param("department: 産業課\n", "department: 産業課\n  until: 2030\n", id="an end within the plan"),
        pytest.param("department: 産業課\n", "department: {2022: 産業課, 2025: [商工課, 企画課]}\n", id="later"),
        pytest.param("partners: [商工会]", "partners: {2022: [商工会], 2025: [大学]}", id="later partners"),
        pytest.param("adopted: false", "adopted: 2025", id="adopted later"),
    ],
)  # fmt: skip
def test_a_later_revision_and_what_is_only_said_leave_the_digest(amended, old, new):
    assert plan_digest(amended((old, new)), 2024) == plan_digest(amended(), 2024)


@pytest.mark.parametrize(
    ("header", "is_same"),
    [
        ("title: 別の計画", False),
        ("id: other", False),
        ("period: {from: 2021, until: 2031}", False),
        ("levels: [{name: 方針}, {name: 施策}, {name: 事業}, {name: 取組}]", False),
        ("period: {from: 2022, until: 2033}", True),
        ("office: 商工課", True),
        ("edition: 改訂版", True),
        ("revisions: [{from: 2025, decision: 議決, summary: 改訂}]", True),
    ],
)
def test_what_of_the_header_is_in_the_digest(amended, header, is_same):
    assert (plan_digest(amended(plan=header), 2024) == plan_digest(amended(), 2024)) is is_same


SCALE = "ranks: [{code: A, name: 達成, at_least: 100}, {code: B, name: 未達}]"


@pytest.mark.parametrize(
    ("since", "year", "is_same"), [(2025, 2024, True), (2025, 2025, False), (2024, 2024, False), (2022, 2023, False)]
)
def test_a_scale_of_later_years_leaves_the_digest(amended, since, year, is_same):
    revised = amended(revisions=f"[{{from: {since}, scale: {{{SCALE}}}}}]")
    assert (plan_digest(revised, year) == plan_digest(amended(), year)) is is_same


def test_the_words_of_the_scheme_are_in_the_digest_with_what_they_mean(amended):
    base = plan_digest(amended(scheme=f"scale: {{{SCALE}}}"), 2024)
    for old, new in [("達成", "目標達成"), ("100}", "90}"), ("name: 未達", "name: 未達, definition: 届かない")]:
        assert plan_digest(amended(scheme=f"scale: {{{SCALE.replace(old, new)}}}"), 2024) != base
    assert plan_digest(amended(scheme=f"scale: {{{SCALE.replace('100}', '100.0}')}}}"), 2024) == base
