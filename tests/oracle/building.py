# mypy: allow-untyped-calls
"""Plans and entries of short YAML text, as plain dicts, for the worked cases."""

from itertools import count

import ryaml

HEAD = """
schema: 1
plan: {id: trial, title: 試験計画, municipality: 瑞穂町, period: {from: 2022, until: 2031}, council: {name: 協議会}}
scheme:
  statuses:
  - {code: not_started, name: 未着手}
  - {code: preparing, name: 準備中}
  - {code: in_progress, name: 実施中}
  - {code: done, name: 実施済（当年度分）}
  - {code: completed, name: 完了}
  - {code: suspended, name: 休止}
  - {code: discontinued, name: 中止・廃止}
  scale:
    ranks:
    - {code: A, name: 目標達成, at_least: 100}
    - {code: B, name: おおむね順調, at_least: 80}
    - {code: C, name: やや遅れ, at_least: 30}
    - {code: D, name: 遅れ}
    states: [{code: F, name: 完了}]
  directions: [{name: 継続}]
  missing: [{name: 未調査}, {name: 集計中}, {name: 対象外}]
"""


def plan(initiatives, head=HEAD, **more):
    data = ryaml.loads(head)
    listed = ryaml.loads(initiatives) if isinstance(initiatives, str) else initiatives
    submeasure = {"id": "1-1-1", "title": "訪問", "initiatives": listed}
    measure = {"id": "1-1", "title": "相談", "submeasures": [submeasure]}
    return data | {"policies": [{"id": "1", "title": "経営", "measures": [measure]}]} | more


def entries(*texts):
    """Make entries of ``key: value``: an activity for 1-1-1-1 on 2024-06-12, recorded after all years."""
    made = []
    for number, text in zip(count(1), texts):
        given = ryaml.loads(text if "\n" in text else "{" + text + "}")
        day = given.get("date", "2024-06-12")
        head = {"schema": 1, "kind": "activity", "target": "1-1-1-1", "date": day, "by": "産業課"}
        head |= {"id": f"{day}-{number:06d}", "recorded": "2033-06-01T09:00:00+09:00"}
        given = head | given
        if given["kind"] not in ("activity", "response"):
            given.setdefault("fiscal_year", 2024)
        made.append(given)
    return made


def one_indicator(text, *more):
    parts = {"name": "指標", "kind": "output", "direction": "increase", "method": "ratio", "aggregate": "sum"}
    indicators = [parts | {"id": "kpi", "adopted": True} | ryaml.loads("{" + text + "}")]
    indicators += [parts | {"id": "other", "adopted": True} | ryaml.loads("{" + item + "}") for item in more]
    return plan([{"id": "1-1-1-1", "title": "企業訪問", "indicators": indicators}])


def actuals(figures, slug="kpi"):
    """Make an actual for each ``(year, figure)``; a text is the reason why there is none."""
    made = []
    for year, figure in figures:
        what = f"missing: {{{slug}: {figure}}}" if isinstance(figure, str) else f"values: {{{slug}: {figure}}}"
        made.append(f"kind: actual, fiscal_year: {year}, date: {year + 1}-05-01, {what}")
    return entries(*made)
