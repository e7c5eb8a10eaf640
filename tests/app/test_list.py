# mypy: allow-untyped-calls
from mizuho_pdca.app.actual import record_actual
from mizuho_pdca.app.list import choices
from mizuho_pdca.app.log import log
from mizuho_pdca.app.opinion import give_opinion
from mizuho_pdca.app.respond import respond
from mizuho_pdca.app.withdraw import withdraw


def test_choices_are_what_is_in_force_newest_first_with_what_it_is_known_by(make_desk, workspace):
    desk = make_desk(workspace)
    log(desk, "1-1-2-1", "3社訪問\n詳しく", day="2024-06-12")
    withdraw(desk, log(desk, "1-1-2-1", "誤り", day="2024-06-13").entry.id, reason="誤記")
    record_actual(desk, "company-visits", "42", year=2024, day="2025-04-01")
    assert choices(desk) == [
        ("2025-04-01-000004", "2025-04-01 1-1②-1 企業訪問活動の実施 企業訪問件数 42件"),
        ("2024-06-12-000001", "2024-06-12 1-1②-1 企業訪問活動の実施 3社訪問"),
    ]
    assert [name for name, _ in choices(desk, kinds=frozenset({"activity"}))] == ["2024-06-12-000001"]


def test_choices_of_opinions_may_be_those_that_still_wait(make_desk, workspace):
    desk = make_desk(workspace)
    for text in ("一", "二", "三"):
        give_opinion(desk, "plan", year=2024, meeting="2025-06-01", text=text)
    respond(desk, "000001", text="済", state="対応済")
    respond(desk, "000002", text="検討", state="検討中")
    kinds = frozenset({"opinion"})
    assert [text for _, text in choices(desk, kinds=kinds, only_open=True)] == ["2025-06-15 三", "2025-06-15 二"]
    assert len(choices(desk, kinds=kinds)) == 3
