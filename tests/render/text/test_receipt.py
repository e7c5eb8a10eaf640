import pytest

from mizuho_pdca.language import translator
from mizuho_pdca.message import message
from mizuho_pdca.render.text.receipt import receipt_text

EN, JA = translator("en"), translator("ja")


@pytest.fixture
def receipt(small_plan, make_entry):
    def write(text, *notes, t=EN):
        entry = make_entry(text)
        return receipt_text(small_plan, entry, "records/x.yaml", notes, t).split("\n")

    return write


def test_an_activity_is_confirmed_with_its_place_year_status_and_figures(receipt):
    assert receipt('id: a, status: done, summary: "3社\\n不在", values: {visits: 3, facility: true}') == [
        "Recorded: 1-1①-1 企業訪問活動の実施",
        "  FY2024  2024-06-12  産業課",
        "  Status: 実施済（当年度分）",
        "  What was done: 3社",
        "                 不在",
        "  企業訪問件数 (draft): 3件",
        "  施設の設置: 設置",
        "  records/x.yaml",
        'To take it back: pdca withdraw a --reason "…"',
    ]


def test_an_activity_without_a_status_shows_none(receipt):
    assert not any("Status" in line for line in receipt("id: a, target: 1-1"))


def test_an_actual_shows_the_figure_or_the_reason(receipt):
    assert "  連携していない事業所の割合: 61.2%" in receipt("id: a, kind: actual, target: '1', values: {ties: 61.2}")
    assert "  連携していない事業所の割合: 集計中" in receipt(
        "id: a, kind: actual, target: '1', missing: {ties: 集計中}"
    )


@pytest.mark.parametrize(("code", "shown"), [("A", "A"), ("F", "完了"), ("Z", "評価困難")])
def test_an_evaluation_shows_the_rating_as_printed(receipt, code, shown):
    assert f"  Rating: {shown}" in receipt(f"id: a, kind: evaluation, rating: {code}")


def test_an_improvement_shows_the_direction_and_the_plan(receipt):
    lines = receipt('id: a, kind: improvement, direction: 拡充, next: "来年\\n再来年"')
    assert "  Future direction: 拡充" in lines
    assert lines[lines.index("  Plans for the next year: 来年") + 1] == "                           再来年"


def test_an_opinion_shows_its_meeting_and_how_to_answer(receipt):
    lines = receipt('id: a, kind: opinion, meeting: 2025-08-01, text: "早く\\n次"')
    assert "  Day of the meeting: 2025-08-01" in lines
    assert lines[lines.index("  What was said: 早く") + 1] == "                 次"
    assert any("pdca respond a" in line for line in lines)


def test_an_opinion_on_the_whole_plan_says_so(receipt):
    assert "whole" in receipt("id: a, kind: opinion, target: plan, meeting: 2025-08-01, text: x")[0]


@pytest.mark.parametrize(("state", "shown"), [("in_hand", "対応中"), ("of its own", "of its own")])
def test_a_response_names_the_opinion_and_the_state(receipt, state, shown):
    lines = receipt(f"id: b, kind: response, responds: a, state: {state}, text: 来年から")
    assert lines[2:5] == ["  Opinion answered: a", f"  State of the response: {shown}", "  Response: 来年から"]


def test_a_withdrawal_names_the_entry_and_can_not_be_taken_back_that_way(receipt):
    lines = receipt("id: a, kind: withdrawal, withdraws: b, reason: 誤記")
    assert "  Entry taken back: b (誤記)" in lines
    assert "withdraw" not in lines[-1]


def test_a_correction_names_what_it_takes_the_place_of(receipt):
    lines = receipt("id: a, supersedes: b, reason: 誤記")
    assert lines[0].startswith("Corrected: ")
    assert lines[2:4] == ["  Entry corrected: b", "  Why it is corrected: 誤記"]


CORRECTIONS = [
    (
        "id: a, status: done, summary: 3社, values: {visits: 3}",
        "id: b, supersedes: a, reason: 誤り, status: done, summary: 3社, values: {visits: 5, facility: true}",
        [
            "  変わったところ",
            "    企業訪問件数（案）: 3件 → 5件",
            "    施設の設置: （なし） → 設置",
            "  そのままのところ",
            "    状況: 実施済（当年度分）",
            "    行ったこと: 3社",
        ],
    ),
    (
        'id: a, date: 2024-06-12, summary: "3社\\n不在", links: [x]',
        "id: b, date: 2025-04-12, by: 企画課, supersedes: a, reason: 誤り, summary: 3社, links: [x]",
        [
            "  変わったところ",
            "    年度: 令和6年度（2024年度） → 令和7年度（2025年度）",
            "    日付: 2024-06-12 → 2025-04-12",
            "    記録者: 産業課 → 企画課",
            "    行ったこと（前）: 3社",
            "                      不在",
            "    行ったこと（後）: 3社",
            "  そのままのところ",
            "    資料の場所: x",
        ],
    ),
    (
        "id: a, kind: response, responds: o, state: declined, text: 見送る, grounds: 費用",
        "id: b, kind: response, responds: o, state: in_hand, text: 見送る, supersedes: a, reason: 費用がついた",
        [
            "  変わったところ",
            "    対応の状況: 対応しない → 対応中",
            "    対応しない理由: 費用 → （なし）",
            "  そのままのところ",
            "    対応する意見: o",
            "    対応の内容: 見送る",
        ],
    ),
    (
        "id: a, kind: evaluation, rating: A",
        "id: b, kind: evaluation, rating: A, supersedes: a, reason: 念のため",
        ["  変わったところはありません", "  そのままのところ", "    評価: A"],
    ),
    (
        "id: a, kind: evaluation, rating: A",
        "id: b, kind: evaluation, rating: B, supersedes: a, reason: 誤り",
        ["  変わったところ", "    評価: A → B"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "lines"), CORRECTIONS)
def test_a_correction_says_what_changed_and_what_stays(small_plan, make_entry, old, new, lines):
    text = receipt_text(small_plan, make_entry(new), "records/x.yaml", (), JA, before=make_entry(old))
    assert text.split("\n")[4:-2] == lines


def test_a_correction_that_only_moves_does_not_say_that_nothing_changed(small_plan, make_entry):
    old = make_entry("id: a, kind: evaluation, rating: A")
    new = make_entry("id: b, kind: evaluation, rating: A, target: 1-1-1-2, supersedes: a, reason: 隣の取組だった")
    text = receipt_text(small_plan, new, "records/x.yaml", (), JA, before=old)
    assert "変わったところ" not in text
    assert "そのままのところ\n    評価: A\n" in text


ALL = [
    ("id: a, links: [https://a.jp, b.pdf]", ["資料の場所: https://a.jp", "            b.pdf"]),
    ("id: a, kind: actual, half: first, source: 商工会, values: {visits: 3}",
     ["企業訪問件数（案）: 3件", "半期: 4～9月", "出典: 商工会"]),
    ('id: a, kind: evaluation, rating: A, progress: "一\\n二", issues: 三',
     ["評価: A", "進捗状況: 一", "          二", "課題: 三"]),
    ("id: a, kind: response, responds: o, state: declined, text: 見送る, reason: 費用",
     ["対応の状況: 対応しない", "対応の内容: 見送る", "対応しない理由: 費用"]),
    (f"id: a, summary: {'あ' * 40}", ["行ったこと: " + "あ" * 33, "            " + "あ" * 7]),
]  # fmt: skip
"""Entries, and all that their receipts show of what was typed, at 80 columns."""


@pytest.mark.parametrize(("entry", "lines"), ALL)
def test_all_that_was_typed_is_shown(receipt, entry, lines):
    shown = [line.removeprefix("  ") for line in receipt(entry, t=JA)]
    assert [line for line in shown if line in lines] == lines


def test_notes_stand_before_the_file(receipt):
    lines = receipt("id: a", message("note {n}", n=1))
    assert lines[-3:-1] == ["  ※ note 1", "  records/x.yaml"]


def test_a_sample_says_so_at_once(receipt):
    assert "見本" in receipt("id: a, sample: true", t=JA)[1]


def test_the_year_is_japanese_for_japanese_readers(receipt):
    lines = receipt("id: a, date: 2025-02-10", t=JA)
    assert lines[1] == "  令和6年度（2024年度）  2025-02-10  産業課"
    assert "1-1①-1 企業訪問活動の実施" in lines[0]
