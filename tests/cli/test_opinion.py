import json

import pytest

OPINION = ("opinion", "1-1", "--year", "2024", "--meeting", "R7.6.10", "-m", "早く進めてほしい")
IMPROVE = ("improve", "1-1②-1", "--year", "2024", "--direction", "改善", "--next", "50社を訪問する")


@pytest.mark.slow
def test_the_circle_closes_in_the_review(pdca):
    assert pdca(*IMPROVE).code == 0
    assert pdca(*OPINION).code == 0
    assert "pdca respond" in pdca().out
    assert pdca("respond", "000002", "-m", "来年度から", "--state", "対応済").code == 0
    data = json.loads(pdca("review", "2024", "-f", "json").out)
    initiative = next(row for row in data["initiatives"] if row["id"] == "1-1-2-1")
    assert (initiative["direction"], initiative["next"]) == ("改善", "50社を訪問する")
    (opinion,) = data["opinions"]
    assert (opinion["text"], opinion["responses"][0]["text"]) == ("早く進めてほしい", "来年度から")
    assert pdca("validate").code == 0


def test_an_opinion_on_the_whole_plan_is_recorded_under_its_name(pdca, entries):
    assert pdca("opinion", "plan", "--year", "2024", "--meeting", "2025-06-10", "-m", "x").code == 0
    assert entries() == ["records/2024/plan/2025-06-15-000001.yaml"]


@pytest.mark.slow
def test_the_opinions_stand_in_every_paper(pdca):
    pdca(*OPINION)
    for form in ("table", "text", "markdown"):
        assert "早く進めてほしい" in "".join(pdca("review", "2024", "-f", form).out.split())


def test_who_waits_for_an_answer_stands_in_the_status(pdca):
    pdca(*OPINION)
    assert "早く進めてほしい" in "".join(pdca("status", "--year", "2024").out.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("improve",), ["ID", "--year", "--direction", "--next"]),
        ((*IMPROVE[:-1], " "), ["--next"]),
        (("improve", "1-1②-1", "--year", "2024", "--direction", "拡大", "--next", "x"), ["拡充", "E206"]),
        ((*IMPROVE, "--reason", "x"), ["--supersedes"]),
        (("opinion",), ["ID", "--year", "--meeting", "-m"]),
        ((*OPINION[:-3], "13/6", "-m", "x"), ["13/6"]),
        (("opinion", "9-9", *OPINION[2:]), ["9-9"]),
        ((*OPINION, "--supersedes", "000009"), ["--reason"]),
        (("respond",), ["OPINION", "-m"]),
        (("respond", "2024-06-12-zzzzzz", "-m", "x"), ["2024-06-12-zzzzzz"]),
    ],
)
def test_a_mistake_is_named_with_what_to_do(pdca, entries, arguments, words):
    result = pdca(*arguments)
    assert (result.code, result.out) == (2, "")
    assert [word for word in words if word not in result.err] == []
    assert "Remedy" in result.err
    assert entries() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("improve", "1-1②-1", "--year", "2024", "--direction", "改善", "--next", "-"),
        ("opinion", "1-1", "--year", "2024", "--meeting", "2025-06-10", "-m", "-"),
        ("respond", "000001", "-m", "-"),
        ("respond", "000001", "-m", "しない", "--state", "対応しない", "--reason", "-"),
    ],
)
def test_every_text_may_come_from_standard_input(pdca, entries, workspace, arguments):
    pdca(*OPINION)
    assert pdca(*arguments, stdin="管から来た文章".encode()).code == 0
    assert any("管から来た文章" in (workspace / path).read_text(encoding="utf-8") for path in entries())


def test_an_opinion_that_is_no_longer_in_force_is_not_answered(pdca):
    pdca(*OPINION)
    pdca("withdraw", "000001", "--reason", "誤記")
    result = pdca("respond", "000001", "-m", "x")
    assert result.code == 3
    assert "Remedy" in result.err


@pytest.mark.parametrize(
    "words",
    [IMPROVE, ("respond", "000001", "-m", "来年度から", "--state", "対応済")],
)
def test_what_was_recorded_twice_on_a_day_is_told_at_once(pdca, words):
    pdca("opinion", "1-2", *OPINION[2:])
    assert "the same day and what was written" not in pdca(*words).out
    out = pdca(*words).out
    assert "the same day and what was written as 2025-06-15-000002" in out
    assert 'pdca withdraw 2025-06-15-000003 --reason "recorded twice"' in out
    assert pdca("withdraw", "000003", "--reason", "recorded twice").code == 0
    assert "W404" not in pdca("validate").out
