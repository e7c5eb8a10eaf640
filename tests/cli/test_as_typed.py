"""What people type, and what it is taken for: each line is run, and docs/typing.md is made of the same table.

The day is Thursday, 2026-11-26. A line is what stands behind ``pdca`` in a shell. Behind it stands
what the new entry must hold, or ``×`` with words of the refusal, or ``→`` with words of the output.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

import pytest
from ryaml import loads

NOW = datetime(2026, 11, 26, 10, 30, tzinfo=timezone(timedelta(hours=9)))


class Section(NamedTuple):
    """Lines of one kind: their heading, a sentence about them, what was recorded before, and the lines."""

    heading: str
    about: str
    before: Sequence[str]
    lines: Sequence[tuple[str, str]]


PLACE = "{target: 1-1-2-1}"
SECTIONS = (
    Section(
        "取組",
        "番号はどの書き方でも、名前は一部だけでも通じます。いくつもの取組に当てはまるときは、すべて挙げて聞き返します。",
        (),
        (
            ("log 企業訪問 3社訪問した -k 3 -s 済", "{target: 1-1-2-1, status: done, values: {company-visits: 3}}"),
            ("log 1-1-2-1 3社訪問した", PLACE),
            ("log 1-1②-1 3社訪問した", PLACE),
            ("log １－１②－１ 3社訪問した", PLACE),
            ("log １ー１ー２ー１ 3社訪問した", PLACE),
            ("log 1‐1‐2‐1 3社訪問した", PLACE),
            ("log '1-1(2)-1' 3社訪問した", PLACE),
            ("log １－１（２）－１ 3社訪問した", PLACE),
            ("log '1-1 ② 1' 3社訪問した", PLACE),
            ("log 企業訪問活動の実施 3社訪問した", PLACE),
            ("log 企業訪問活動 3社訪問した", PLACE),
            ("log 訪問活動 3社訪問した", PLACE),
            ("log '1-1②-1 企業訪問活動の実施' 3社訪問した", PLACE),
            ("log '1-1②-1　企業訪問活動の実施' 3社訪問した", PLACE),
            ("log '1-1②-1 企業訪問' 3社訪問した", PLACE),
            ("log 経営相談 2回開いた", "{target: 1-1-2-2, summary: 2回開いた}"),
            ("log 支援 支援した", "× 4-1-1-1 産業見本市への出展支援等、情報発信の支援"),
            ("log ①-1 3社訪問した", "× 1-1-1-1 1-2-1-1"),
            ("log 企業訪聞活動の実施 3社訪問した", "× 1-1②-1 企業訪問活動の実施"),
            ("log 企業訪門 3社訪問した", "× 1-1②-1 企業訪問活動の実施"),
            ("log 起業訪問 3社訪問した", "× 1-1②-1 企業訪問活動の実施"),
            ("log 9-9-9-9 訪問した", "× 9-9-9-9"),
            ("log 1-7①-1 訪問した", "× 1-6①-1 異業種・同業種交流の推進"),
            ("log 1-7① 訪問した", "× 1-6① 販路開拓"),
        ),
    ),
    Section(
        "状況",
        "計画の言葉は、始めの部分でも途中の部分でも、かっこを除いても、送り仮名があってもなくても通じます。"
        "字の形が似ているだけの言葉には読み替えません。",
        (),
        (
            *(
                (f"log 企業訪問 訪問した -s {typed}", f"{{target: 1-1-2-1, status: {code}}}")
                for typed, code in (
                    ("実施済", "done"),
                    ("実施済み", "done"),
                    ("済", "done"),
                    ("済み", "done"),
                    ("実施済（当年度分）", "done"),
                    ("実施済(当年度分)", "done"),
                    ("中止", "discontinued"),
                    ("廃止", "discontinued"),
                    ("中止・廃止", "discontinued"),
                    ("準備", "preparing"),
                    ("準備中", "preparing"),
                    ("未着手", "not_started"),
                    ("未着", "not_started"),
                    ("完了", "completed"),
                    ("完了した", "completed"),
                    ("休止", "suspended"),
                    ("実施中", "in_progress"),
                    ("実施中です", "in_progress"),
                    ("in_progress", "in_progress"),
                    ("ＤＯＮＥ", "done"),
                )
            ),
            ("log 企業訪問 訪問した -s 実施", "× 実施中 実施済（当年度分）"),
            ("log 企業訪問 訪問した -s 未実施", "× 未着手 この年度にまだ何も始めていない。"),
            ("log 企業訪問 訪問した -s 実施しませんでした", "× 未着手"),
            ("log 企業訪問 訪問した -s 着手済", "× 未着手 準備中 実施中 完了"),
            ("log 企業訪問 訪問した -s 着手", "× 準備中"),
        ),
    ),
    Section(
        "日付",
        "年や月を省くと、過ぎたばかりのその日になります。ほかの年度に入るときは、控えの ※ で知らせます。",
        (),
        (
            *(
                (f"log 企業訪問 訪問した -d {typed}", f"{{target: 1-1-2-1, date: {day}}}")
                for typed, day in (
                    ("2026-11-12", "2026-11-12"),
                    ("2026/11/12", "2026-11-12"),
                    ("20261112", "2026-11-12"),
                    ("2026年11月12日", "2026-11-12"),
                    ("R8.11.12", "2026-11-12"),
                    ("令和8年11月12日", "2026-11-12"),
                    ("令和８年１１月１２日", "2026-11-12"),
                    ("8.11.12", "2026-11-12"),
                    ("8年11月12日", "2026-11-12"),
                    ("11/12", "2026-11-12"),
                    ("11-12", "2026-11-12"),
                    ("11月12日", "2026-11-12"),
                    ("１１月１２日", "2026-11-12"),
                    ("十一月十二日", "2026-11-12"),
                    ("令和八年十月二十三日", "2026-10-23"),
                    ("11/30", "2025-11-30"),
                    ("3/31", "2026-03-31"),
                    ("12日", "2026-11-12"),
                    ("30日", "2026-10-30"),
                    ("31日", "2026-10-31"),
                    ("今日", "2026-11-26"),
                    ("今朝", "2026-11-26"),
                    ("昨晩", "2026-11-25"),
                    ("昨日", "2026-11-25"),
                    ("きのう", "2026-11-25"),
                    ("おととい", "2026-11-24"),
                    ("一昨日", "2026-11-24"),
                    ("3日前", "2026-11-23"),
                    ("三日前", "2026-11-23"),
                    ("二十日前", "2026-11-06"),
                    ("1週間前", "2026-11-19"),
                    ("1か月前", "2026-10-26"),
                    ("金曜", "2026-11-20"),
                    ("木曜日", "2026-11-26"),
                    ("先週の金曜", "2026-11-20"),
                    ("先週金曜日", "2026-11-20"),
                    ("先週の月曜", "2026-11-16"),
                    ("今週の月曜", "2026-11-23"),
                    ("先月の12日", "2026-10-12"),
                    ("10月末", "2026-10-31"),
                    ("先月末", "2026-10-31"),
                    ("2026/11/12(木)", "2026-11-12"),
                    ("11月12日（木）", "2026-11-12"),
                    ("昨年11月12日", "2025-11-12"),
                )
            ),
            ("log 企業訪問 訪問した -d 11月10日～12日", "{date: 2026-11-10, until: 2026-11-12}"),
            ("log 企業訪問 訪問した -d 11/10〜11/12", "{date: 2026-11-10, until: 2026-11-12}"),
            ("log 企業訪問 訪問した -d 11/10-12", "{date: 2026-11-10, until: 2026-11-12}"),
            ("log 企業訪問 訪問した -d 10月30日から11月2日まで", "{date: 2026-10-30, until: 2026-11-02}"),
            ("log 企業訪問 訪問した -d 2月30日", "× 28日まで"),
            ("log 企業訪問 訪問した -d 2026-11-31", "× 30日まで 2026-11-26"),
            ("log 企業訪問 訪問した -d '2026/11/12(金)'", "× 木曜日"),
            ("log 企業訪問 訪問した -d 13/1", "× 13/1 2026-11-26 11/26 R8.11.26"),
            ("log 企業訪問 訪問した -d 明日", "× 2026-11-27 今日より後です"),
            ("log 企業訪問 訪問した -d 昨日～明日", "× 2026-11-27 今日より後です"),
            ("log 企業訪問 訪問した -d 2026-11-27", "× 2026-11-27 今日より後です"),
            ("log 企業訪問 訪問した -d 11月12日～10日", "× 11月12日～10日"),
            ("log 企業訪問 訪問した -d 平成31年5月1日", "× 令和元年5月1日"),
        ),
    ),
    Section(
        "数字",
        "取組の指標が1つなら、数字だけで通じます。件・回・人・社などで数える指標には、0より小さい数や端数を入れません"
        "（正しいときは --force）。",
        (),
        (
            *(
                (f"log 企業訪問 訪問した -k {typed}", f"{{values: {{company-visits: {figure}}}}}")
                for typed, figure in (
                    ("3", "3"),
                    ("3件", "3"),
                    ("３件", "3"),
                    ("'3 件'", "3"),
                    ("企業訪問=3", "3"),
                    ("企業訪問＝３", "3"),
                    ("企業訪問件数=3件", "3"),
                    ("企業訪問件数（案）=3", "3"),
                    ("企業訪問:3", "3"),
                    ("'企業訪問 3'", "3"),
                    ("company-visits=3", "3"),
                    ("1,234", "1234"),
                    ("１，２３４件", "1234"),
                    ("0", "0"),
                )
            ),
            ("log 企業訪問 訪問した -k 3 -k 経営相談=2", "{values: {company-visits: 3, consultation-sessions: 2}}"),
            ("log 企業訪問 訪問した -k 企業訪問=△3 --force", "{values: {company-visits: -3}}"),
            ("log 企業訪問 訪問した -k '企業訪問=△ 3' --force", "{values: {company-visits: -3}}"),
            ("log 企業訪問 訪問した -k 企業訪問=△3", "× --force 0より小さい"),
            ("log 企業訪問 訪問した -k 2.5", "× --force 整数"),
            ("log 企業訪問 訪問した -k 1,5", "× 1,5"),
            ("log 企業訪問 訪問した -k 3社", "× 3件 企業訪問件数"),
            ("log 企業訪問 訪問した -k 企業訪問=1,234社", "× 1,234件"),
            ("log 企業訪問 訪問した -k 三", "× 三"),
            ("log 企業訪問 訪問した -k company-visit=3", "× company-visits 企業訪問件数"),
            ("log 企業訪問 訪問した -k 3 -k 4", "×"),
            ("log 1-5③-2 開いた -k 2", "×"),
            ("actual 企業訪問 60 --year 8", "{kind: actual, fiscal_year: 2026, values: {company-visits: 60}}"),
            ("actual 企業訪問件数 60件 --year 昨年度", "{fiscal_year: 2025, values: {company-visits: 60}}"),
            ("actual 企業訪問 -5 --year 8", "× --force"),
            ("actual 企業訪問 7.5 --year 8", "× --force"),
            ("actual セミナー1回当たり 12.5 --year 8", "{fiscal_year: 2026}"),
            ("actual インキュベーション施設 設置 --year 8", "{values: {incubation-facility: true}}"),
            ("actual 企業訪問 --missing 集計 --year 8", "{missing: {company-visits: 集計中}}"),
            ("actual 企業訪問 --missing 調査 --year 8", "× 未調査 この年度は調査をしていない"),
        ),
    ),
    Section(
        "年度",
        "",
        (),
        (
            *(
                (f"evaluate 企業訪問 --year {typed} --rating B", f"{{fiscal_year: {year}}}")
                for typed, year in (
                    ("2025", 2025),
                    ("R7", 2025),
                    ("r7", 2025),
                    ("令和7年度", 2025),
                    ("令和７", 2025),
                    ("令和7年度（2025年度）", 2025),
                    ("7", 2025),
                    ("7年度", 2025),
                    ("令和七年度", 2025),
                    ("七年度", 2025),
                    ("2025年度", 2025),
                    ("FY2025", 2025),
                    ("今年度", 2026),
                    ("本年度", 2026),
                    ("昨年度", 2025),
                    ("前年度", 2025),
                    ("一昨年度", 2024),
                )
            ),
            ("evaluate 企業訪問 --年度 R7 --評価 B", "{fiscal_year: 2025, rating: B}"),
            ("evaluate 企業訪問 2025 --rating B", "{fiscal_year: 2025, rating: B}"),
            ("evaluate 企業訪問 7 --rating B", "{fiscal_year: 2025, rating: B}"),
            ("evaluate 企業訪問 昨年度 --rating B", "{fiscal_year: 2025, rating: B}"),
            ("evaluate 企業訪問 --rating B", "× --year"),
            ("evaluate 企業訪問 --year 来年度 --rating B", "×"),
            ("evaluate 企業訪問 --year 24 --rating B", "× 24 2026"),
            ("status 2025", "→ 令和7年度"),
            ("status --year 昨年度", "→ 令和7年度"),
            ("review --year 7 -f text", "→ 令和7年度"),
            ("review 昨年度 -f text", "→ 令和7年度"),
            ("plan 企業訪問 2025", "→ 企業訪問活動の実施"),
        ),
    ),
    Section(
        "評価・方向性・対応",
        "",
        ("opinion 1-1 2025 --meeting 2026-08-28 -m 相談会を増やしてほしい",),
        (
            *(
                (f"evaluate 企業訪問 --year 7 --rating {typed}", f"{{rating: {code}}}")
                for typed, code in (
                    ("A", "A"),
                    ("Ａ", "A"),
                    ("a", "A"),
                    ("目標達成", "A"),
                    ("おおむね順調", "B"),
                    ("やや", "C"),
                    ("遅れ", "D"),
                    ("評価困難", "Z"),
                    ("困難", "Z"),
                    ("中止", "Y"),
                    ("完了", "F"),
                )
            ),
            ("evaluate 企業訪問 --year 7 --rating Q", "× 目標達成 評価困難"),
            ("evaluate 企業訪問 --year 7 --rating 評価", "× 評価困難"),
            ("improve 企業訪問 --year 7 --direction 拡 --next 60社に増やす", "{direction: 拡充, next: 60社に増やす}"),
            ("improve 企業訪問 --year 7 --direction 継続する --next 続ける", "{direction: 継続}"),
            ("improve 企業訪問 --year 7 --direction 現状維持 --next x", "× 継続 今のやり方のまま続ける。"),
            ("respond 最新 -m 増やした", "{kind: response, state: in_hand}"),
            ("respond 直前 -m 増やした --state 済み", "{kind: response, state: answered}"),
            ("respond last 増やした --state 検討", "{kind: response, state: considered}"),
            ("respond 直前 -m 増やさない --state しない --reason 人手がない", "{state: declined}"),
            ("respond 直前 -m 増やした --state 対応", "× 対応済 対応中"),
        ),
    ),
    Section(
        "文",
        "文は -m がなくても通じます。-m を2回書くと、段落になります。",
        (),
        (
            ("log 企業訪問 3社訪問した", "{summary: 3社訪問した}"),
            ("log 企業訪問 -m 3社訪問した", "{summary: 3社訪問した}"),
            ("log 企業訪問 3社を 訪問した", "{summary: 3社を 訪問した}"),
            ("log 企業訪問 －ｍ 3社訪問した", "{summary: 3社訪問した}"),
            ("log 企業訪問 －－ｍｅｓｓａｇｅ 3社訪問した", "{summary: 3社訪問した}"),
            ("log 企業訪問 —message 3社訪問した", "{summary: 3社訪問した}"),
            ("log 企業訪問 -m “3社を 訪問した”", "{summary: 3社を 訪問した}"),
            ("log 企業訪問 -m “3社訪問した”", "{summary: 3社訪問した}"),
            ("log 企業訪問　3社訪問した", "{target: 1-1-2-1, summary: 3社訪問した}"),
            ("log 1-1②-1　-m　3社訪問した", "{target: 1-1-2-1, summary: 3社訪問した}"),
            ("log 企業訪問 -m '3社、 4人と会った　午後'", "{summary: '3社、 4人と会った　午後'}"),
            ("log 企業訪問 -m 3社訪問した -m 次は来月", '{summary: "3社訪問した\\n\\n次は来月"}'),
            (
                "log 企業訪問 訪問した --link https://example.jp/a --link https://example.jp/b",
                "{links: ['https://example.jp/a', 'https://example.jp/b']}",
            ),
            (
                "log 企業訪問 訪問した -k 企業訪問=3、経営相談=2",
                "{values: {company-visits: 3, consultation-sessions: 2}}",
            ),
            ("log 企業訪問 訪問した -s 済 -s 中止", "× 済 中止"),
            ("log 企業訪問 訪問した -d 昨日 -d 11/12", "× 昨日 11/12"),
            ("log 企業訪問 訪問した -m 電話した", "× 訪問した 電話した"),
            (
                "log 企業訪問 --内容 3社訪問した --日付 11/12 --状況 済 --件数 3",
                "{summary: 3社訪問した, date: 2026-11-12, status: done, values: {company-visits: 3}}",
            ),
            ("log 企業訪問 3社訪問した --天気 晴れ", "× --天気"),
            (
                "opinion 1-1 7 --meeting 8/28 相談会を増やしてほしい",
                "{kind: opinion, meeting: 2026-08-28, text: 相談会を増やしてほしい}",
            ),
            ("opinion 全体 7 --meeting 8/28 早く進めてほしい", "{target: plan, fiscal_year: 2025}"),
        ),
    ),
    Section(
        "コマンド",
        "コマンドは日本語でも、大文字でも、全角でも通じます。",
        (),
        (
            ("記録 企業訪問 3社訪問した", "{kind: activity}"),
            ("LOG 企業訪問 3社訪問した", "{kind: activity}"),
            ("ｌｏｇ 企業訪問 3社訪問した", "{kind: activity}"),
            ("実績 企業訪問 60 7", "{kind: actual, fiscal_year: 2025}"),
            ("評価 企業訪問 7 --rating A", "{kind: evaluation}"),
            ("改善 企業訪問 7 --direction 継続 --next 続ける", "{kind: improvement}"),
            ("意見 1-1 7 --meeting 8/28 増やしてほしい", "{kind: opinion}"),
            ("一覧", "→"),
            ("状況", "→ 令和8年度"),
            ("資料 7 -f text", "→ 令和7年度"),
            ("計画 企業訪問", "→ 企業訪問活動の実施"),
            ("確認", "→"),
            ("点検", "→"),
            ("help", "→ log review"),
            ("-h", "→ log review"),
            ("help log", "→ pdca log"),
            ("lgo 企業訪問 3社訪問した", "× pdca log"),
            ("reviw 7", "× pdca review"),
            ("undo", "× withdraw"),
            ("削除 直前", "× withdraw"),
            ("消す 直前", "× withdraw"),
            ("変更 直前", "× fix"),
            ("提出状況", "× status"),
            ("報告 企業訪問 3社訪問した", "× --help"),
        ),
    ),
    Section(
        "記録の名前",
        "",
        ("log 経営相談 2回開いた -d 11/10", "log 企業訪問 3社訪問した -d 11/12"),
        (
            ("withdraw 直前 --reason 誤記", "{kind: withdrawal, withdraws: 2026-11-12-000002}"),
            ("withdraw last --reason 誤記", "{withdraws: 2026-11-12-000002}"),
            ("取消 000001 --reason 誤記", "{withdraws: 2026-11-10-000001}"),
            ("withdraw 直前 --理由 誤記", "{kind: withdrawal, withdraws: 2026-11-12-000002}"),
            ("withdraw 2026-11-12 --reason 誤記", "{withdraws: 2026-11-12-000002}"),
            ("withdraw ２０２６－１１－１２－０００００２ --reason 誤記", "{withdraws: 2026-11-12-000002}"),
            ("withdraw 2026-11 --reason 誤記", "× 2026-11-10-000001 2026-11-12-000002"),
            ("withdraw zzzzzz --reason 誤記", "× zzzzzz"),
            ("again 直前", "{kind: activity, target: 1-1-2-1, date: 2026-11-26, summary: 3社訪問した}"),
            ("again 000001 -d 昨日", "{target: 1-1-2-2, date: 2026-11-25, summary: 2回開いた}"),
            ("show 直前", "→ 3社訪問した"),
            ("list 企業訪問", "→ 3社訪問した"),
            (
                "log 企業訪問 --supersedes 直前 --reason 数え間違い -m 4社訪問した",
                "{supersedes: 2026-11-12-000002, date: 2026-11-12}",
            ),
        ),
    ),
)


def lines() -> Iterator[tuple[Section, str, str]]:
    """Yield every line with its section and what it is taken for."""
    for section in SECTIONS:
        for line, taken in section.lines:
            yield section, line, taken


def _stripped(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(autouse=True)
def clerk(monkeypatch):
    """Let a clerk of 産業課 type, and the program speak Japanese."""
    monkeypatch.setenv("PDCA_LANG", "ja")
    monkeypatch.setenv("PDCA_BY", "産業課")


@pytest.mark.slow
@pytest.mark.parametrize("row", [pytest.param(row, id=row[1]) for row in lines()])
def test_a_line_is_taken_for_what_was_meant(pdca, entries, workspace, row):
    section, line, taken = row
    clock = {"now": NOW}
    for typed in section.before:
        assert pdca(*shlex.split(typed), **clock).code == 0
    before = entries()
    result = pdca(*shlex.split(line), **clock)
    new = [path for path in entries() if path not in before]
    if taken.startswith("×"):
        assert (result.code, result.out, new) == (2, "", [])
        assert "対処" in result.err
        assert [word for word in taken[1:].split() if _stripped(word) not in _stripped(result.err)] == []
    elif taken.startswith("→"):
        assert (result.code, result.err, new) == (0, "", [])
        assert [word for word in taken[1:].split() if _stripped(word) not in _stripped(result.out)] == []
    else:
        assert (result.code, result.err, len(new)) == (0, "", 1)
        held, meant = loads((workspace / new[0]).read_text(encoding="utf-8")), loads(taken)
        assert {key: held.get(key) for key in meant} == meant


def test_the_table_is_long_enough():
    assert len(list(lines())) >= 150
