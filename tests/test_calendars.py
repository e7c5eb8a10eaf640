"""A plan's days and years: wherever the machine is, and however the plan counts them."""
# mypy: allow-untyped-calls

import json
import subprocess
from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.app.desk import Desk
from mizuho_pdca.app.review import make_review
from mizuho_pdca.cli.main import main
from mizuho_pdca.papers.review import LISTINGS

PLAN = """schema: 1
plan:
  id: model
  title: 見本計画
  municipality: 見本町
  period: {from: 2022, until: 2031}
  council: {name: 協議会}
  EXTRA
scheme:
  statuses:
  - {code: not_started, name: 未着手}
  - {code: preparing, name: 準備中}
  - {code: in_progress, name: 実施中}
  - {code: done, name: 実施済}
  - {code: completed, name: 完了}
  - {code: suspended, name: 休止}
  - {code: discontinued, name: 中止}
  scale: {ranks: [{code: ○, name: 順調, at_least: 80}, {code: ×, name: 遅れ}], states: [{code: －, name: 評価不能}]}
  directions: [{name: 継続}]
  missing: [{name: 集計中}]
policies:
- id: "1"
  title: 方針
  measures:
  - id: 1-1
    title: 施策
    submeasures:
    - id: 1-1-1
      title: 小施策
      initiatives:
      - id: 1-1-1-1
        title: 訪問
        indicators:
        - {id: visits, name: 訪問件数, unit: 件, kind: output, direction: increase, method: ratio, aggregate: sum,
           targets: {2024: 10}, adopted: true}
        - {id: balance, name: 収支, unit: 万円, kind: outcome, direction: increase, method: maintain,
           aggregate: latest, targets: {2024: 0}, adopted: true}
"""


@pytest.fixture
def town(tmp_path, monkeypatch, capfd):
    """Return what runs a command at a moment in a workspace, and gives its code, output and errors."""

    def make(extra=""):
        (tmp_path / "plan").mkdir()
        text = PLAN.replace("  EXTRA\n", f"  {extra}\n" if extra else "")
        (tmp_path / "plan" / "measures.yaml").write_text(text, encoding="utf-8")
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)

        def run(moment, *arguments):
            clock = datetime.fromisoformat(moment)
            code = main(["-C", str(tmp_path), *arguments], lambda _: Desk(tmp_path, clock=lambda: clock))
            out, err = capfd.readouterr()
            return code, out, err

        return run

    monkeypatch.setenv("PDCA_BY", "産業課")
    monkeypatch.setenv("PDCA_LANG", "ja")
    return make


def paths(tmp_path):
    return sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("records/*/*/*.yaml"))


def test_today_is_the_plan_s_day_on_a_machine_in_another_zone(town, tmp_path):
    pdca = town()
    late = "2024-06-11T17:30:00-07:00"  # 09:30 of 12 June in Japan
    assert pdca(late, "log", "訪問", "-m", "3社")[0] == 0
    assert paths(tmp_path)[0].startswith("records/2024/1-1-1-1/2024-06-12-")
    code, out, _ = pdca(late, "validate")
    assert (code, "E210" in out) == (0, False)
    assert json.loads(pdca(late, "review", "2024", "-f", "json")[1])["initiatives"][0]["reported"] is True


def test_the_new_year_begins_in_japan_on_a_machine_in_utc(town, tmp_path):
    pdca = town()
    early = "2024-03-31T23:30:00+00:00"  # 08:30 of 1 April in Japan
    assert pdca(early, "log", "訪問", "-m", "初日")[0] == 0
    assert pdca(early, "log", "訪問", "-m", "指定", "-d", "R6.4.1")[0] == 0
    assert [path[:12] for path in paths(tmp_path)] == ["records/2024"] * 2


def test_a_plan_may_name_a_zone_of_its_own(town, tmp_path):
    pdca = town("timezone: America/Los_Angeles")
    assert pdca("2024-06-12T09:30:00+09:00", "log", "訪問", "-m", "3社")[0] == 0
    assert paths(tmp_path)[0].startswith("records/2024/1-1-1-1/2024-06-11-")


def test_a_zone_that_nobody_knows_is_named_with_its_line(town):
    code, out, _ = town("timezone: Asia/Mizuho")("2024-06-12T09:30:00+09:00", "validate")
    assert code == 1
    assert "plan/measures.yaml:8:" in out
    assert "[E138]" in out
    assert "Asia/Tokyo" in out


def test_a_plan_by_calendar_years_files_and_prints_its_years(town, tmp_path):
    pdca = town("year: {starts: 1}")
    now = "2024-02-10T10:00:00+09:00"
    assert "2024年" in pdca(now, "log", "訪問", "-m", "2月", "-k", "visits=3")[1]
    assert pdca(now, "log", "訪問", "-m", "前年", "-d", "2023-12-31")[0] == 0
    assert [path[:12] for path in paths(tmp_path)] == ["records/2023", "records/2024"]
    assert pdca(now, "validate")[0] == 0
    report = json.loads(pdca("2025-02-01T10:00:00+09:00", "review", "2024", "-f", "json")[1])
    assert report["label"] == "2024年"
    assert report["indicators"][0]["actual"] == 3
    text = pdca("2025-02-01T10:00:00+09:00", "review", "2024", "-f", "text")[1]
    assert "2024年" in text
    assert "年度" not in text
    columns = LISTINGS["summary"](make_review(Desk(tmp_path), 2024), str).columns
    assert columns["Fiscal year"].text == "The reviewed year, named by the year it begins in."


def test_among_the_samples_of_a_calendar_year_an_entry_is_marked_as_one(town, tmp_path):
    pdca = town("year: {starts: 1}")
    now = "2024-02-10T10:00:00+09:00"
    pdca(now, "log", "訪問", "-m", "2月")
    only = tmp_path / paths(tmp_path)[0]
    only.write_text(only.read_text(encoding="utf-8") + "sample: true\n", encoding="utf-8")
    assert "見本" in pdca(now, "log", "訪問", "-m", "また")[1]
    assert all("sample: true" in (tmp_path / path).read_text(encoding="utf-8") for path in paths(tmp_path))


@pytest.mark.slow
def test_a_plan_by_calendar_years_never_speaks_of_april(town, tmp_path):
    pdca = town("year: {starts: 1}")
    now = "2025-02-10T10:00:00+09:00"
    half = pdca(now, "actual", "visits", "3", "--year", "2024", "--half", "前期", "-d", "2024-07-01")[1]
    assert "1月～6月" in half
    assert "1月～6月" in pdca(now, "explain", "visits", "2024")[1]
    assert "年度" not in pdca(now, "close", "2024", "--allow-incomplete")[1]
    pdca(now, "packet", "2024", "-o", str(tmp_path / "papers"))
    codebook = (tmp_path / "papers" / "CSVの項目説明.csv").read_text(encoding="utf-8-sig")
    assert "総括表.csv,年度,検証の対象となる年。西暦で、始まる年を書きます。" in codebook


def test_what_lies_among_samples_of_a_calendar_year_is_one(town, tmp_path):
    pdca = town("year: {starts: 1}")
    now = "2025-05-10T10:00:00+09:00"
    for day in ("2024-06-01", "2025-02-01"):
        pdca(now, "log", "訪問", "-m", "訪問", "-d", day)
    for path in tmp_path.glob("records/2025/*/*.yaml"):
        path.write_text(path.read_text(encoding="utf-8") + "sample: true\n", encoding="utf-8")
    pdca(now, "log", "訪問", "-m", "訪問", "-d", "2025-03-01")
    assert "sample: true" in next(tmp_path.glob("records/2025/*/2025-03-01*")).read_text(encoding="utf-8")


@pytest.mark.parametrize(("recorded", "running"), [("2024-12-31", True), ("2025-01-01", False)])
def test_a_calendar_year_runs_until_its_last_day(town, recorded, running):
    pdca = town("year: {starts: 1}")
    pdca(f"{recorded}T10:00:00+09:00", "log", "訪問", "-m", "訪問", "-d", "2024-12-01")
    report = json.loads(pdca("2025-06-01T10:00:00+09:00", "review", "2024", "-f", "json")[1])
    assert report["running"] is running


def test_the_halves_of_a_calendar_year_are_those_of_the_plan_everywhere(town):
    pdca = town("year: {starts: 1}")
    now = "2025-01-05T10:00:00+09:00"
    receipt = pdca(now, "actual", "visits", "3", "--year", "2024", "--half", "前期")[1]
    explained = pdca(now, "explain", "visits", "2024")[1]
    paper = pdca(now, "review", "2024", "-f", "text")[1]
    assert ["1月～6月: 3" in explained, "半期: 1月～6月" in receipt, "1月～6月: 3" in paper] == [True] * 3
    assert "4～9月" not in receipt + explained + paper


@pytest.mark.parametrize("text", ["-20", "△20", "−20", "－２０", "▲20", "-20万円"])
def test_a_figure_below_zero_is_no_option(town, text):
    code, out, err = town()("2025-05-01T10:00:00+09:00", "actual", "balance", text, "--year", "2024")
    assert (code, err) == (0, "")
    assert "収支: △20万円" in out


@pytest.mark.parametrize(("typed", "code"), [("〇", "○"), ("◯", "○"), ("○", "○"), ("✕", "×"), ("ー", "－")])
def test_a_rating_that_looks_the_same_is_the_same(town, tmp_path, typed, code):
    now = "2025-05-01T10:00:00+09:00"
    assert town()(now, "evaluate", "訪問", "--year", "2024", "--rating", typed)[0] == 0
    assert f"rating: {code}\n" in (tmp_path / paths(tmp_path)[0]).read_text(encoding="utf-8")


def test_signs_that_nobody_sees_are_no_part_of_a_word_a_day_or_a_figure(town, tmp_path):
    pdca = town()
    now = "2025-05-10T10:00:00+09:00"
    assert pdca(now, "log", "訪問", "-m", "訪問", "-s", "実施中\u200b", "-d", "\ufeff2024-06-01\u200b")[0] == 0
    assert pdca(now, "actual", "visits", "12\u200b", "--year", "2024\u2060")[0] == 0
    assert pdca(now, "evaluate", "訪問", "--year", "2024", "--rating", "○\ufe0e")[0] == 0
    kept = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("records/2024/*/*.yaml"))
    assert all(line in kept for line in ("status: in_progress", "date: 2024-06-01", "visits: 12}", "rating: ○"))


def test_a_day_in_a_correction_is_counted_from_today(town, tmp_path):
    pdca = town()
    pdca("2024-06-12T09:30:00+09:00", "log", "訪問", "-m", "3社", "-d", "2024-06-01")
    first = paths(tmp_path)[0].rpartition("/")[2].removesuffix(".yaml")
    code, _, err = pdca("2024-06-12T09:30:00+09:00", "log", "--supersedes", first, "-d", "昨日", "--reason", "誤記")
    assert (code, err) == (0, "")
    assert any("/2024-06-11-" in path for path in paths(tmp_path))


def test_times_are_told_in_the_plans_zone_wherever_the_machine_is(town, tmp_path):
    zone = timezone(timedelta(hours=-7))
    town()(datetime(2024, 6, 11, 17, 30, tzinfo=zone).isoformat(), "log", "訪問", "-m", "3社")
    assert "recorded: 2024-06-12T09:30:00+09:00" in (tmp_path / paths(tmp_path)[0]).read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_calendar_year_is_none_of_offices_in_messages_in_history_and_when_it_is_reopened(town):
    pdca = town("year: {starts: 1}")
    now = "2025-01-05T10:00:00+09:00"
    pdca(now, "actual", "visits", "3", "--year", "2024", "--half", "前期")
    pdca(now, "evaluate", "訪問", "--year", "2024", "--rating", "○")
    pdca(now, "evaluate", "訪問", "--year", "2024", "--rating", "×", "--by", "企画課")
    checked = pdca(now, "validate")[1]
    pdca(now, "close", "2024", "--allow-incomplete")
    pdca(now, "commit")
    refused = pdca(now, "log", "訪問", "-m", "また", "-d", "2024-03-01")[2]
    history = pdca(now, "history")[1]
    outside = pdca(now, "actual", "visits", "3", "--year", "2050")[2]
    half = pdca(now, "actual", "visits", "3", "--year", "2023", "--half", "9月")[2]
    reopened = pdca(now, "reopen", "2024", "--reason", "値の誤り")[1]
    assert "の2024年を、" in checked
    assert "2024年は2025-01-05に" in refused
    assert "2050年は計画期間" in outside
    assert "前期（1月～6月）か後期（7月～12月）" in half
    assert "締めを解きました: 2024年\n" in reopened
    assert "2024年の締め" in history
    assert "1月～6月" in history
    told = checked + refused + history + outside + half + reopened
    assert ("年度" in told, "4～9月" in told) == (False, False)
