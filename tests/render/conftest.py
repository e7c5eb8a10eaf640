"""Reports to draw: one on a small plan full of awkward texts, one on the plan that comes with the program."""

import json

import pytest

from mizuho_pdca.domain.review.review import review
from mizuho_pdca.language import translator
from mizuho_pdca.papers.review import papers

HOSTILE = "[red]赤[/red] | <script>alert(1)</script> `code` *太* _斜_ ~~消~~ # 見出し \\ :smile: ![x](y)"
QUOTED = json.dumps(HOSTILE, ensure_ascii=False)

POLICIES = f"""
- id: "1"
  title: 経営基盤の強化
  measures:
  - id: 1-1
    title: 事業者の経営基盤強化
    submeasures:
    - id: 1-1-1
      title: 企業訪問
      partners: [商工会, 東京都]
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問活動の実施
        department: 産業課
        indicators:
        - {{id: visits, name: 企業訪問件数, unit: 件, kind: output, direction: increase, method: ratio,
           aggregate: sum, baseline: {{year: 2021, value: 40}}, targets: {{2024: 60, 2031: 120}}, adopted: false}}
        - {{id: facility, name: 施設の設置, kind: output, direction: increase, method: done, aggregate: latest,
           targets: {{2031: true}}, words: {{"yes": 設置, "no": なし}}, adopted: true}}
      - {{id: 1-1-1-2, title: {QUOTED}}}
    - id: 1-1-2
      title: 再掲だけの施策
      initiatives:
      - {{id: 1-1-2-1, relisted_from: 1-1-1-1}}
  - id: 1-2
    title: 再掲だけの基本施策
    submeasures:
    - {{id: 1-2-1, title: 再掲, initiatives: [{{id: 1-2-1-1, relisted_from: 1-1-1-2}}]}}
  indicators:
  - {{id: ties, name: 連携していない事業所の割合, unit: "%", kind: outcome, direction: decrease, method: progress,
     aggregate: latest, baseline: {{year: 2021, value: 60.0}}, targets: {{2031: 45}}, adopted: true}}
"""

ENTRIES = (
    "id: 2023-06-01-aaaaaa, date: 2023-06-01, status: done, summary: 前年, values: {visits: 50}",
    "id: 2024-04-01-aaaaaa, kind: evaluation, fiscal_year: 2023, date: 2024-04-01, rating: C",
    'id: 2024-06-12-aaaaaa, status: in_progress, summary: "3社を訪問した。\\n1社は不在。\\n", values: {visits: 3}',
    "id: 2024-07-01-aaaaaa, date: 2024-07-01, summary: 追加, values: {visits: 45}",
    "id: 2024-08-01-aaaaaa, date: 2024-08-01, target: 1-1, summary: 施策全体の打合せ",
    'id: 2025-04-10-aaaaaa, kind: evaluation, date: 2025-04-10, rating: B, progress: "8割", issues: "人手\\n不足"',
    'id: 2025-04-11-aaaaaa, kind: improvement, date: 2025-04-11, direction: 改善, next: "来年は50社"',
    "id: 2025-04-12-aaaaaa, kind: actual, date: 2025-04-12, target: '1', missing: {ties: 集計中}",
    "id: 2025-04-13-aaaaaa, kind: actual, date: 2025-04-13, values: {facility: false}",
    f"id: 2024-09-01-bbbbbb, date: 2024-09-01, target: 1-1-1-2, status: 休止, summary: {QUOTED}",
)


@pytest.fixture(scope="session")
def hostile():
    """Return a text full of what some format takes for markup."""
    return HOSTILE


@pytest.fixture(scope="session")
def small_plan(make_plan):
    return make_plan(POLICIES)


@pytest.fixture(scope="session")
def make_report(small_plan, make_ledger):
    """Make a report on FY2024 of the small plan with the given entries, else with all that there are."""
    return lambda *entries, **options: review(small_plan, make_ledger(*(entries or ENTRIES)), 2024, **options)


@pytest.fixture(scope="session")
def report(make_report):
    return make_report()


@pytest.fixture(scope="session")
def adopted_report(adopted_plan, make_ledger):
    """Return a report on the plan that comes with the program, without any entry."""
    return review(adopted_plan, make_ledger(), 2024)


@pytest.fixture(scope="session", params=["ja", "en"])
def t(request):
    """Return what translates into Japanese, then into English."""
    return translator(request.param)


@pytest.fixture(scope="session", params=["small", "adopted"])
def drawn(request, t):
    """Return the papers of both reports in both languages."""
    return papers(request.getfixturevalue("report" if request.param == "small" else "adopted_report"), t)
