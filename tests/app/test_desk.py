# mypy: allow-untyped-calls
import getpass
import os
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from mizuho_pdca.app.close import close_year
from mizuho_pdca.app.desk import Desk, now, token
from mizuho_pdca.app.log import log
from mizuho_pdca.domain.records.paths import ENTRY_ID, entry_id
from mizuho_pdca.errors import UsageFault
from mizuho_pdca.storage.git.program import Git
from mizuho_pdca.storage.loading import load

JAPAN = timezone(timedelta(hours=9))


def unknown(error):
    def raising():
        raise error

    return raising


@pytest.fixture
def nobody(monkeypatch):
    """Leave neither git nor the machine knowing a user."""
    monkeypatch.setattr(Git, "user", lambda _: None)
    monkeypatch.setattr(getpass, "getuser", unknown(OSError("no user")))


def test_without_a_plan_the_day_is_japan_s(tmp_path):
    desk = Desk(named=tmp_path, clock=lambda: datetime(2025, 6, 15, 16, tzinfo=UTC))
    assert desk.today == date(2025, 6, 16)


def test_the_clock_gives_the_time_with_its_zone_to_the_second():
    moment = now()
    assert moment.tzinfo is not None
    assert moment.microsecond == 0
    assert abs(datetime.now(UTC) - moment) < timedelta(seconds=5)


def test_names_are_random_and_always_right():
    names = {token() for _ in range(200)}
    assert len(names) > 190
    assert all(ENTRY_ID.fullmatch(entry_id(date(2024, 6, 12), name)) for name in names)


def test_a_desk_works_in_the_named_folder(make_desk, workspace):
    desk = make_desk(workspace)
    assert desk.root == workspace
    assert desk.tree.root == workspace
    assert desk.git.folder == workspace


def test_a_desk_without_a_named_folder_works_in_the_nearest_one(make_desk, workspace, monkeypatch):
    (workspace / "records").mkdir()
    monkeypatch.chdir(workspace / "records")
    assert make_desk().root == workspace


def test_a_desk_looks_for_its_workspace_only_when_it_needs_it(make_desk, tmp_path):
    desk = make_desk(tmp_path)
    assert desk.today == date(2025, 6, 15)
    with pytest.raises(UsageFault):
        _ = desk.root


def test_who_records_is_as_named_then_as_the_variable_then_as_set_then_as_git_knows(make_desk, workspace, monkeypatch):
    assert make_desk(workspace).person(None) == ("産業課", None)
    path = Path(os.environ["PDCA_CONFIG"])
    path.parent.mkdir()
    path.write_text('name = "総務課"', encoding="utf-8")
    desk = make_desk(workspace)
    assert desk.person(None) == ("総務課", None)
    monkeypatch.setenv("PDCA_BY", "福祉課")
    assert desk.person(None) == ("福祉課", None)
    assert desk.person("商工会") == ("商工会", None)


def test_the_account_s_name_records_only_with_a_note(make_desk, workspace, monkeypatch, nobody):  # noqa: ARG001
    monkeypatch.setattr(getpass, "getuser", lambda: "yamada")
    name, note = make_desk(workspace).person(None)
    assert name == "yamada"
    assert "yamada" in note.text(str)
    assert "pdca config name" in note.text(str)


def test_a_stored_workspace_is_taken_where_no_other_is(make_desk, workspace, tmp_path, monkeypatch):
    path = Path(os.environ["PDCA_CONFIG"])
    path.parent.mkdir()
    path.write_text(f'workspace = "{workspace}"', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert make_desk().root == workspace
    path.write_text(f'workspace = "{tmp_path}"', encoding="utf-8")
    with pytest.raises(UsageFault, match="holds no"):
        _ = make_desk().root
    monkeypatch.chdir(workspace / "plan")
    assert make_desk().root == workspace


@pytest.mark.parametrize("error", [ImportError(), KeyError(), OSError()])
def test_where_nobody_is_known_the_error_says_how_to_name_one(make_desk, workspace, monkeypatch, nobody, error):  # noqa: ARG001
    monkeypatch.setattr(getpass, "getuser", unknown(error))
    with pytest.raises(UsageFault) as caught:
        make_desk(workspace).person(None)
    assert "--by" in caught.value.text(str)
    assert "pdca config name" in caught.value.text(str)


def test_a_desk_of_its_own_has_a_real_clock_and_real_names(workspace):
    desk = Desk(workspace)
    assert desk.today == now().astimezone(JAPAN).date()  # wherever the machine is
    assert desk.token() != desk.token()
    assert desk.sample is False


def test_a_moment_is_told_in_the_plans_zone_wherever_the_machine_is(make_desk, workspace):
    desk = make_desk(workspace, now=datetime(2025, 6, 14, 15, 10, tzinfo=UTC))
    assert desk.moment.isoformat() == "2025-06-15T00:10:00+09:00"
    assert desk.today == date(2025, 6, 15)


def test_what_is_recorded_and_closed_has_the_plans_day_on_a_machine_of_another_zone(make_desk, workspace):
    desk = make_desk(workspace, now=datetime(2025, 6, 14, 15, 10, tzinfo=UTC))
    entry = log(desk, "1-1-2-1", "訪問").entry
    assert (entry.date, entry.recorded.date()) == (date(2025, 6, 15), date(2025, 6, 15))
    close_year(desk, 2024, allow_incomplete=True)
    (seal,) = load(desk.tree, desk.today).seals.values()
    assert seal.last_seal.recorded.date() == date(2025, 6, 15)
