# mypy: allow-untyped-calls
"""A clerk at a terminal of 80 columns and 24 rows, in a pseudo-terminal: every key and what the screen shows."""

import json
import os
import signal
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path
from select import select

import pyte
import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are not there on Windows", allow_module_level=True)
import fcntl
import pty
import termios

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
COLUMNS, ROWS = 80, 24
PATIENCE = 30
KEYS_OF_A_SIGN = 3
"""What a Japanese sign costs at the keyboard, reading and conversion together; counted high."""

CTRL_C = "\x03"


class Screen:
    """A program at a pseudo-terminal: what is typed, what it shows, how many keys it took."""

    def __init__(self, folder, environment, *arguments):
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.keys = 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execve(sys.executable, [sys.executable, "-m", "mizuho_pdca", *arguments], environment)  # noqa: S606
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        # prompts ask a terminal where its cursor stands
        vars(self.screen)["write_process_input"] = lambda data: os.write(self.fd, data.encode())

    @property
    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, *words):
        """Read until the screen shows the words."""
        end = time.monotonic() + PATIENCE
        while not all(word in self.text for word in words):
            if time.monotonic() > end or not self._read():
                raise AssertionError(f"{words} not on the screen:\n{self.text}")
        return self.text

    def _read(self):
        if select([self.fd], [], [], 0.1)[0]:
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                return False
            self.stream.feed(data)
            return bool(data)
        return True

    def type(self, keys, *words):
        """Type, and wait for what the screen shows then."""
        while termios.tcgetattr(self.fd)[3] & termios.ICANON:  # no prompt waits yet
            self._read()
        self.keys += sum(1 if key.isascii() else KEYS_OF_A_SIGN for key in keys)
        os.write(self.fd, keys.encode())
        return self.wait(*words)

    def end(self):
        """Return the exit code."""
        with suppress(AssertionError):
            self.wait("\0")
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.fixture
def terminal(workspace, tmp_path):
    """Start ``pdca`` at a terminal."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PDCA_LANG": "ja",
        "PDCA_STATE": str(tmp_path / "state"),
        "PDCA_BY": "産業課",
        "TERM": "xterm-256color",
    }
    environment.pop("COLUMNS", None)
    started = []

    def start(*arguments):
        started.append(Screen(workspace, environment, *arguments))
        return started[-1]

    yield start
    for screen in started:
        os.close(screen.fd)


@pytest.fixture
def recorded(workspace):
    """Return the texts of all entries, the oldest first."""
    return lambda: [
        path.read_text(encoding="utf-8")
        for path in sorted(workspace.glob("records/*/*/*.yaml"), key=lambda path: path.stat().st_mtime_ns)
    ]


def log(terminal):
    screen = terminal("log")
    screen.wait("取組", "30件中30件")
    screen.type("企業訪問", "> 1-1②-1")
    screen.type("\r", "日付")
    screen.type("昨日\r", "状況", "実施中")
    screen.type("済", "> 実施済")
    screen.type("\r", "行ったこと")
    screen.type("3社を訪問した\r\r", "企業訪問件数")
    screen.type("3\r", "この内容で記録しますか")
    screen.type("\r", "記録しました")
    return screen


def test_a_typical_entry_takes_at_most_sixty_keys(terminal, recorded):
    screen = log(terminal)
    assert screen.end() == 0
    assert screen.keys <= 60
    (entry,) = recorded()
    lines = ["target: 1-1-2-1", "status: done", "3社を訪問した", "values: {company-visits: 3}", "by: 産業課"]
    assert [line for line in lines if line not in entry] == []


def test_what_was_recorded_is_corrected_by_questions(terminal, recorded):
    log(terminal).end()
    screen = terminal("fix")
    screen.type("", "訂正する記録", "3社を訪問した")
    screen.type("\r", "今のまま 1-1②-1")
    screen.type("\r", "日付", "今のまま")
    screen.type("\r", "状況", "今のまま 実施済")
    screen.type("\r", "行ったこと", "> 3社を訪問した")
    screen.type("\r", "企業訪問件数", "今のまま 3")
    screen.type("4\r", "訂正の理由")
    screen.type("数え違い\r\r", "企業訪問件数（案）: 3件 → 4件", "この内容で記録しますか")
    screen.type("\r", "訂正しました")
    assert screen.end() == 0
    first, second = recorded()
    assert "values: {company-visits: 4}" in second
    assert "reason: 数え違い" in second
    assert f"supersedes: {first.split('id: ')[1].split()[0]}" in second
    assert "3社を訪問した" in second
    assert "status: done" in second


def test_what_was_recorded_is_repeated(terminal, recorded):
    log(terminal).end()
    screen = terminal("again")
    screen.wait("記録しました", "3社を訪問した")
    assert screen.end() == 0
    assert [entry.count("3社を訪問した") for entry in recorded()] == [1, 1]


def test_an_entry_to_show_is_chosen_from_a_list(terminal):
    log(terminal).end()
    screen = terminal("show")
    screen.wait("3社を訪問した", "1件中1件")
    screen.type("\r", "企業訪問件数（案）: 3件")
    assert screen.end() == 0


def test_a_year_is_rated_and_an_opinion_answered_by_questions(terminal, recorded):
    screen = terminal("evaluate", "1-1②-1")
    screen.wait("年度", "> 令和")
    screen.type("\r", "評価", "> A")
    screen.type("B\r", "進捗状況")
    screen.type("目標に近い\r\r", "課題")
    screen.type("\r", "評価: B", "この内容で記録しますか")
    screen.type("\r", "記録しました")
    assert screen.end() == 0
    screen = terminal("opinion")
    screen.wait("> 計画全体")
    screen.type("\r", "年度")
    screen.type("\r", "協議会の開催日")
    screen.type("昨日\r", "意見の内容")
    screen.type("書きぶりをそろえて\r\r", "この内容で記録しますか")
    screen.type("\r", "記録しました")
    assert screen.end() == 0
    screen = terminal("respond")
    screen.wait("書きぶりをそろえて")
    screen.type("\r", "対応の内容")
    screen.type("直さない\r\r", "対応の状況", "対応中")
    screen.type("しない\r", "対応しない理由")
    screen.type("様式が決まっている\r\r", "この内容で記録しますか")
    screen.type("\r", "記録しました")
    assert screen.end() == 0
    rated, said, answered = recorded()
    assert ("rating: B" in rated, "目標に近い" in rated) == (True, True)
    assert ("target: plan" in said, "書きぶりをそろえて" in said) == (True, True)
    assert ("state: declined" in answered, "様式が決まっている" in answered) == (True, True)


def test_what_the_year_before_said_is_the_answer_on_enter(terminal, recorded):
    said = ["--year", "2024", "--rating", "B", "--issues", "返事が遅い"]
    terminal("evaluate", "1-1②-1", *said).end()
    screen = terminal("evaluate", "1-1②-1", "--year", "2025")
    screen.wait("評価", "> 前年度と同じ B")
    screen.type("\r", "進捗状況（Enter＝なし）")
    screen.type("\r", "課題（Enter＝前年度と同じ）", "> 返事が遅い")
    screen.type("\r", "評価: B", "課題: 返事が遅い", "この内容で記録しますか")
    screen.type("\r", "記録しました")
    assert screen.end() == 0
    terminal("improve", "1-1②-1", "--year", "2024", "--direction", "継続", "--next", "60件訪問する").end()
    screen = terminal("improve", "1-1②-1", "--year", "2025")
    screen.wait("> 前年度と同じ 継続")
    screen.type("\r", "> 60件訪問する")
    screen.type("も\r\r", "60件訪問するも", "この内容で記録しますか")
    screen.type("\r", "記録しました")
    assert screen.end() == 0
    _, rated, _, planned = recorded()
    assert ("rating: B" in rated, "返事が遅い" in rated, "progress" in rated) == (True, True, False)
    assert ("direction: 継続" in planned, "60件訪問するも" in planned) == (True, True)


def test_a_status_that_was_asked_for_is_not_said_again(terminal):
    screen = terminal("log", "1-1②-1")
    screen.wait("日付")
    screen.type("\r", "状況", "> 実施中（Enter だけ")
    screen.type("\r", "行ったこと")
    screen.type("相談\r\r", "企業訪問件数")
    screen.type("\r", "状況: 実施中", "この内容で記録しますか")
    assert "変えるときは -s" not in screen.text
    screen.type("\r", "記録しました")
    assert screen.end() == 0
    assert "変えるときは -s" not in screen.text


def test_a_wrong_answer_is_asked_again_and_the_rest_kept(terminal, recorded):
    screen = terminal("log", "1-1②-1")
    screen.wait("日付")
    screen.type("13月45日\r", "エラー", "13月45日")
    screen.type("\x15昨日\r", "状況")
    screen.type("\r", "行ったこと")
    screen.type("相談\r\r", "企業訪問件数")
    screen.type("たくさん\r", "エラー", "たくさん")
    screen.type("\x152\r", "この内容で記録しますか")
    screen.type("直す\r", "どれを直しますか")
    screen.type("行ったこと\r", "> 相談")
    screen.type("会\r\r", "相談会", "この内容で記録しますか")
    screen.type("\r", "記録しました")
    assert screen.end() == 0
    (entry,) = recorded()
    assert ("相談会" in entry, "values: {company-visits: 2}" in entry) == (True, True)


def test_what_was_typed_before_ctrl_c_is_offered_again(terminal, recorded, tmp_path):
    screen = terminal("log", "1-1②-1")
    screen.wait("日付")
    screen.type("昨日\r", "状況")
    screen.type("\r", "行ったこと", "\n>")
    screen.type("一行目\r二行", "> 二行")
    screen.type(CTRL_C, "中断しました", "pdca log")
    assert screen.end() == 130
    assert recorded() == []
    (draft,) = (tmp_path / "state" / "drafts").iterdir()
    assert (draft.stat().st_mode & 0o777, draft.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    screen = terminal("log")
    screen.wait("1-1②-1", "一行目", "続きから始めますか")
    screen.type("\r", "行ったこと", "> 二行")
    screen.type("目\r\r", "企業訪問件数")
    screen.type("\r", "この内容で記録しますか")
    screen.type("\r", "記録しました")
    assert screen.end() == 0
    (entry,) = recorded()
    assert "  一行目\n  二行目\n" in entry
    assert list(draft.parent.iterdir()) == []


def test_a_closed_window_keeps_what_was_typed(terminal, recorded, tmp_path):
    screen = terminal("log", "1-1②-1")
    screen.wait("日付")
    screen.type("昨日\r", "状況")
    screen.type("\r", "行ったこと")
    screen.wait("\n>")
    screen.type("半分まで", "> 半分まで")
    os.kill(screen.pid, signal.SIGHUP)
    screen.end()
    (draft,) = (tmp_path / "state" / "drafts").iterdir()
    kept = json.loads(draft.read_text(encoding="utf-8"))
    assert (kept["answers"]["day"], kept["begun"]) == ("昨日", ["text", "半分まで"])
    assert recorded() == []


def test_a_line_that_was_not_understood_is_corrected(terminal, recorded):
    screen = terminal("log", "1-1②-1", "-m", "3社", "--dat", "昨日")
    screen.wait("--dat", "下の行を直して", "pdca: log")
    screen.type("\x1b[D" * 3 + "e\r", "記録しました")
    assert screen.end() == 0
    assert len(recorded()) == 1


def test_only_what_is_wrong_in_a_line_is_asked_again(terminal, recorded):
    screen = terminal("log", "1-1②-1", "-m", "3社", "-d", "13月45日", "-k", "company-visits=3")
    screen.wait("エラー", "日付")
    screen.type("\x15昨日\r", "記録しました")
    assert screen.end() == 0
    assert "values: {company-visits: 3}" in recorded()[0]


def test_a_name_or_a_word_that_several_fit_is_chosen_from_them(terminal, recorded):
    screen = terminal("log", "支援", "-m", "相談を受けた", "-s", "実施")
    screen.wait("3-2-1-1  町内事業者への就職支援", "絞り込み")
    screen.type("就職\r", "実施中  始めていて、この年度の分がまだ終わっていない。")
    screen.type("\r", "記録しました", "3-2①-1 町内事業者への就職支援")
    assert screen.end() == 0
    assert len(recorded()) == 1
