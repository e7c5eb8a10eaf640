# mypy: allow-untyped-calls
import pytest

PLAN = """
- id: "1"
  title: 基盤
  summary: 方針の説明
  department: 産業課
  measures:
  - id: 1-1
    title: 経営
    submeasures:
    - id: 1-1-1
      title: 訪問
      partners: [商工会]
      initiatives:
      - id: 1-1-1-1
        title: 企業訪問
        indicators:
        - id: visits
          name: 訪問件数
          unit: 件
          kind: output
          direction: increase
          method: ratio
          aggregate: sum
          baseline: {year: 2021, value: 40, source: 第2章}
          targets: {2024: 60, 2031: 120}
          note: 参考
          adopted: false
        - id: desk
          name: 窓口
          kind: output
          direction: increase
          method: done
          aggregate: latest
          words: {yes: 設置, no: なし}
          targets: {2026: yes}
          adopted: true
        - id: grown
          name: 累計
          kind: output
          direction: increase
          method: ratio
          aggregate: cumulative
          targets: {2024: 5}
          adopted: true
      - {id: 1-1-1-2, title: 融資}
- id: "2"
  title: 革新
  measures:
  - id: 2-1
    title: 交流
    submeasures:
    - id: 2-1-1
      title: 事業者間
      initiatives: [{id: 2-1-1-1, relisted_from: 1-1-1-1}]
"""


@pytest.fixture(scope="session")
def amended(make_plan):
    """Make a small plan in which each of some texts is replaced by another; options are those of ``make_plan``."""

    def make(*pairs, **options):
        text = PLAN
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        return make_plan(text, **options)

    return make
