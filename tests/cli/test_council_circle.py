# mypy: allow-untyped-calls
"""The council's circle through the commands: two meetings, and what every reader gets to see of them."""

import json
from datetime import datetime
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def on(day):
    return {"now": datetime.fromisoformat(f"{day}T10:30:00+09:00")}


@pytest.fixture
def two_meetings(pdca):
    """Record FY2023 and FY2024 with a meeting on each: three opinions, two of them answered."""
    runs = [
        ("2024-03-05", "log", "1-1②-1", "-m", "52社を訪問した", "-s", "実施済（当年度分）"),
        ("2024-05-28", "evaluate", "1-1②-1", "--year", "R5", "--rating", "B", "--issues", "返事が遅い"),
        ("2024-06-03", "improve", "1-1②-1", "--year", "R5", "--direction", "拡充", "--next", "60社に増やす"),
        ("2024-08-27", "opinion", "1-1②-1", "--year", "R5", "--meeting", "R6.8.21", "-m", "返事を早く"),
        ("2024-08-27", "opinion", "全体", "--year", "R5", "--meeting", "R6.8.21", "-m", "書きぶりをそろえて"),
        ("2024-10-15", "respond", "000004", "-m", "台帳を作る"),
        ("2025-02-20", "log", "1-1②-1", "-m", "70社を訪問した"),
        ("2025-05-20", "respond", "000004", "-m", "1週間以内とした", "--state", "対応済"),
        ("2025-06-03", "evaluate", "1-1②-1", "--year", "R6", "--rating", "A", "--issues", "返事が遅い"),
        ("2025-06-03", "improve", "1-1②-1", "--year", "R6", "--direction", "継続", "--next", "返事を早くする"),
        ("2025-08-25", "opinion", "1-1", "--year", "R6", "--meeting", "2025-08-20", "-m", "相談会を3回に"),
        ("2025-09-01", "respond", "000011", "-m", "2回のまま", "--state", "対応しない", "--reason", "人手難"),
    ]
    for day, *arguments in runs:
        result = pdca(*arguments, "--by", "産業課", **on(day))
        assert (result.code, result.err) == (0, "")
    assert pdca("validate", **on("2025-09-02")).code == 0


def review_of(pdca, year):
    result = pdca("review", str(year), "-f", "json", **on("2025-09-02"))
    assert (result.code, result.err) == (0, "")
    return json.loads(result.out)


def initiative(data, number="1-1-2-1"):
    return next(row for row in data["initiatives"] if row["id"] == number)


# -- what a review tells ----------------------------------------------------------------------


@pytest.mark.usefixtures("two_meetings")
def test_the_review_holds_last_meetings_opinions_with_what_became_of_them(pdca):
    found = review_of(pdca, 2024)["opinions"]
    assert [(one["id"][-6:], one["meeting"], one["meeting_of"], one["number"], one["state"]) for one in found] == [
        ("000004", "2024-08-21", "last", "1-1②-1", "answered"),
        ("000005", "2024-08-21", "last", None, None),
        ("000011", "2025-08-20", "this", "1-1", "declined"),
    ]
    assert [(one["date"], one["state"], one["text"], one["reason"]) for one in found[0]["responses"]] == [
        ("2024-10-15", "in_hand", "台帳を作る", None),
        ("2025-05-20", "answered", "1週間以内とした", None),
    ]
    assert [(one["text"], one["reason"]) for one in found[2]["responses"]] == [("2回のまま", "人手難")]
    assert [(one["target"], one["title"], one["open"]) for one in found] == [
        ("1-1-2-1", "企業訪問活動の実施", False),
        ("plan", None, True),
        ("1-1", "事業者の経営基盤強化", False),
    ]


@pytest.mark.usefixtures("two_meetings")
def test_an_initiatives_row_tells_what_was_planned_what_changed_and_what_did_not(pdca):
    row = initiative(review_of(pdca, 2024))
    assert row["planned_last_year"] == "60社に増やす"
    assert (row["direction"], row["next"], row["issues"]) == ("継続", "返事を早くする", "返事が遅い")
    assert (row["previous_rating"], row["rating"], row["change"]) == ("B", "A", "up")
    assert row["unchanged"] == ["issues"]
    assert [name[-6:] for name in row["opinions"]] == ["000004"]
    earlier = initiative(review_of(pdca, 2023))
    assert (earlier["planned_last_year"], earlier["change"], earlier["unchanged"]) == (None, None, [])
    later = initiative(review_of(pdca, 2025))
    assert (later["planned_last_year"], later["next"], later["rating"]) == ("返事を早くする", None, None)


@pytest.mark.usefixtures("two_meetings")
@pytest.mark.parametrize(("year", "shown"), [(2022, 0), (2023, 2), (2024, 3), (2025, 2), (2026, 1)])
def test_an_unanswered_opinion_stays_while_answered_ones_are_shown_twice(pdca, year, shown):
    found = review_of(pdca, year)["opinions"]
    assert len(found) == shown
    assert ("000005" in {one["id"][-6:] for one in found if one["open"]}) is (year >= 2023)


@pytest.mark.usefixtures("two_meetings")
@pytest.mark.parametrize("form", ["table", "text", "markdown"])
def test_everything_of_the_circle_is_printed(pdca, form, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    out = "".join(pdca("review", "2024", "-f", form, **on("2025-09-02")).out.split())
    for text in ("60社に増やす", "返事を早くする", "書きぶりをそろえて", "1週間以内とした", "人手難"):
        assert text in out
    assert out.index("書きぶりをそろえて") < out.index("相談会を3回に")


# -- who waits for an answer ------------------------------------------------------------------


@pytest.mark.usefixtures("two_meetings")
def test_glance_and_status_name_what_waits_for_an_answer(pdca):
    glance = pdca(**on("2025-09-02")).out
    assert "Opinions without an answer: 1" in glance
    assert "pdca respond 2024-08-27-000005" in glance
    status = pdca("status", "--year", "2024", **on("2025-09-02")).out
    assert "2024-08-27-000005" in status
    data = json.loads(pdca("status", "--year", "2025", "-f", "json", **on("2025-09-02")).out)
    assert data["unanswered_opinions"] == ["2024-08-27-000005"]
    assert data["same_as_last_year"] == []
    pdca("respond", "000005", "-m", "手引きを作った", "--state", "対応済", **on("2025-09-03"))
    assert "Opinions without an answer" not in pdca(**on("2025-09-03")).out
    assert "2024-08-27-000005" not in pdca("status", "--year", "2024", **on("2025-09-03")).out


# -- recording --------------------------------------------------------------------------------


@pytest.mark.usefixtures("two_meetings")
def test_the_receipts_say_what_was_recorded_and_how_to_go_on(pdca):
    told = pdca("opinion", "1-6①-1", "--year", "2024", "--meeting", "2025-08-20", "-m", "3回に", **on("2025-09-02")).out
    for word in ("1-3①-1", "1-6①-1", "2025-08-20", "3回に", 'pdca respond 2025-09-02-000013 -m "…"'):
        assert word in told
    told = pdca("respond", "000013", "-m", "考える", **on("2025-09-02")).out
    assert "対応中 (change it with --state)" in told
    told = pdca("improve", "1-1②-1", "--year", "R7", "--direction", "改善", "--next", "2人で", **on("2025-09-02")).out
    assert "改善" in told
    assert "2人で" in told


@pytest.mark.usefixtures("two_meetings")
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("respond", "000001", "-m", "x"), 2, ["an activity", "only an opinion"]),
        (("respond", "000004", "-m", "x", "--state", "対応しない"), 2, ["E218"]),
        (("respond", "000004", "-m", "x", "--state", "未済"), 2, ["E219", "対応済", "対応しない"]),
        (("respond", "000004", "-m", "x", "-d", "2025-09-03"), 2, ["E210"]),
        (("respond", "000099", "-m", "x"), 2, ["000099"]),
        (("respond", "000004", "-m", " "), 2, ["-m"]),
        (("opinion", "1-1", "--year", "2021", "--meeting", "昨日", "-m", "x"), 2, ["FY2021"]),
        (("opinion", "1-1", "--year", "2024", "--meeting", "昨日", "-m", "-"), 2, ["-m"]),
        (("improve", "1-1", "--year", "2024", "--direction", "継続", "--next", "x"), 2, ["E215"]),
        (("improve", "1-1②-1", "--year", "2024", "--direction", "続行", "--next", "x"), 2, ["E206", "継続"]),
    ],
)
def test_what_can_not_be_recorded_is_refused_with_a_remedy(pdca, entries, arguments, code, words):
    before = entries()
    result = pdca(*arguments, stdin=b"", **on("2025-09-02"))
    assert (result.code, result.out, [word for word in words if word not in result.err]) == (code, "", [])
    assert "Remedy" in result.err
    assert entries() == before


@pytest.mark.usefixtures("two_meetings")
def test_opinions_and_improvements_are_corrected_with_a_reason(pdca):
    opinion = ("opinion", "1-1", "--year", "R6", "--meeting", "2025-08-20", "-m", "相談会を4回に")
    corrected = pdca(
        *opinion, "--supersedes", "000011", "--reason", "-", stdin="録音で確かめた".encode(), **on("2025-09-02")
    )
    assert corrected.code == 0
    improve = ("improve", "1-1②-1", "--year", "R6", "--direction", "拡充", "--next", "80社")
    assert pdca(*improve, "--supersedes", "000010", "--reason", "見直し", **on("2025-09-02")).code == 0
    data = review_of(pdca, 2024)
    assert [one["text"] for one in data["opinions"]] == ["返事を早く", "書きぶりをそろえて", "相談会を4回に"]
    assert data["opinions"][-1]["state"] == "declined"
    assert (initiative(data)["direction"], initiative(data)["next"]) == ("拡充", "80社")
    assert pdca("respond", "000011", "-m", "x", **on("2025-09-02")).code == 3


# -- at a terminal ----------------------------------------------------------------------------


def test_improve_asks_for_what_it_needs_and_offers_the_plans_words(pdca, person, entries):
    person.answers = ["1-1②-1", "R6", "改善", "50社", "yes"]
    assert pdca("improve").code == 0
    assert len(person.offered[0]) == 30
    assert person.offered[2] == ["拡充", "継続", "改善", "縮小", "統合", "休止", "廃止", "完了"]
    assert entries() == ["records/2024/1-1-2-1/2025-06-15-000001.yaml"]


def test_opinion_and_respond_ask_for_what_they_need(pdca, person, entries):
    person.answers = ["計画全体", "2024", "昨日", "そろえてほしい", "yes"]
    assert pdca("opinion").code == 0
    (opinion,) = (Path(path).stem for path in entries())
    person.answers = [opinion, "そろえた"]
    assert pdca("respond", "--state", "対応済").code == 0
    assert len(entries()) == 2
    assert pdca("validate").code == 0
