# mypy: allow-untyped-calls
"""How long another git is waited for, and when its lock counts as left behind."""

import os
import time
from itertools import pairwise

import pytest

from mizuho_pdca.errors import EnvironmentFault
from mizuho_pdca.storage.git.state import check_idle, waits


@pytest.fixture
def slept(monkeypatch):
    """Let time pass by sleeping alone; return how long each sleep took."""
    pauses: list[float] = []
    monkeypatch.setattr(time, "monotonic", lambda: sum(pauses))
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


@pytest.fixture
def locked(tmp_path, monkeypatch):
    """Return git's folder with a lock of the index that is so many seconds old, by a clock that stands."""
    (tmp_path / "index.lock").touch()
    os.utime(tmp_path / "index.lock", (1000, 1000))

    def lock(age):
        monkeypatch.setattr(time, "time", lambda: 1000 + age)
        return tmp_path

    return lock


def test_pauses_grow_to_a_second_and_end_after_a_minute(slept, monkeypatch):
    monkeypatch.setattr(os, "urandom", bytes)
    for pause in waits():
        time.sleep(pause)
    assert slept[:3] == pytest.approx([0.01, 0.015, 0.0225])
    assert slept[-1] == max(slept) == 1
    assert 60 <= sum(slept) < 61


def test_two_who_wait_do_not_look_at_the_same_moments(slept, monkeypatch):
    monkeypatch.setattr(os, "urandom", lambda count: b"\xff" * count)
    for pause in waits():
        time.sleep(pause)
    assert slept[:2] == pytest.approx([0.02, 0.03])  # at most twice as long
    assert all(before <= after for before, after in pairwise(slept))


@pytest.mark.parametrize(("age", "is_waited_for"), [(10, True), (10.1, False), (-10, True), (-7200, False)])
def test_a_lock_that_has_stood_for_ten_seconds_was_left_behind(locked, slept, age, is_waited_for):
    with pytest.raises(EnvironmentFault, match="another git is at work"):
        check_idle(locked(age))
    assert (len(slept) > 0) is is_waited_for


def test_a_lock_that_goes_while_it_is_waited_for_stops_nobody(locked, slept, monkeypatch):
    folder = locked(1)

    def gone(pause):
        slept.append(pause)
        (folder / "index.lock").unlink()

    monkeypatch.setattr(time, "sleep", gone)
    check_idle(folder)
    assert len(slept) == 1


@pytest.mark.usefixtures("slept")
def test_of_a_lock_of_the_future_no_age_below_nothing_is_told(locked):
    with pytest.raises(EnvironmentFault) as caught:
        check_idle(locked(-7200))
    assert "index.lock (0 minutes old)" in caught.value.text(str)
