# mypy: allow-untyped-calls
"""The history as a person reads it."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from mizuho_pdca.domain.history.commits import Commit
from mizuho_pdca.message import message
from mizuho_pdca.papers.differences import PLAN, ChangedFact, Fact
from mizuho_pdca.papers.history import Changeset, EntryRef, Event, History
from mizuho_pdca.render.text.history import history_text

NODE = "1-1①-1 企業訪問"
LONG = "会社を訪ねたり相談の席を設けたりして、事業者の困りごとを早くつかむ。"
ENTRY = EntryRef("2024-06-12-aaaaaa", "1-1-1-1", "1-1①-1", "activity")


MOMENT = datetime(2025, 7, 3, 14, 5, tzinfo=timezone(timedelta(hours=9)))
COMMIT = Commit(
    id="0123456789ab" + "0" * 28,
    parents=(),
    tree="",
    author="産業課 山田",
    email="yamada@town.example",
    authored=MOMENT,
    committer="産業課 山田",
    committed=MOMENT,
    message="見直し\n\n詳しいこと",
)


@pytest.fixture
def drawn(small_plan):
    def draw(*events, width=80, subject=None, rest=0, more=False, cut=False, **fields):
        commits = (Changeset(replace(COMMIT, **fields), events, rest),) if events else ()
        return history_text(History(small_plan, subject, commits, more, cut), str, width)

    return draw


def test_a_block_for_each_commit(drawn, small_plan):
    assert drawn(
        Event("added", "records/x.yaml", message("an activity: {x}", x="訪問した。"), ENTRY, by="産業課"),
        Event("closed", "records/2024/closed.yaml", "FY2024 closed"),
        Event("edited", "records/memo.txt", "a file that is no entry"),
        Event(
            "plan",
            "plan/measures.yaml",
            "2 changes",
            None,
            (
                ChangedFact(Fact(PLAN, what="vision"), None, "力"),
                ChangedFact(Fact(NODE, what="department"), "産業課", None),
            ),
        ),
        subject="1-1①-1 企業訪問",
        rest=3,
        more=True,
        cut=True,
    ) == (
        f"{small_plan.header.title}: history\n"
        "1-1①-1 企業訪問\n"
        "\n"
        "2025-07-03 14:05  0123456789ab  産業課 山田 <yamada@town.example>\n"
        "  見直し\n"
        "  Added     2024-06-12-aaaaaa  1-1①-1  産業課  an activity: 訪問した。\n"
        "  Closed    FY2024 closed\n"
        "  Edited    records/memo.txt  a file that is no entry\n"
        "  Plan      vision: (none) → 力\n"
        "  Plan      1-1①-1 企業訪問: department: 産業課 → (none)\n"
        "  and 3 more\n"
        "\n"
        "※ There are older changes; -n 0 shows all of them.\n"
        "\n"
        "※ This copy of the repository lacks its older commits; git fetch --unshallow\n"
        "  brings them.\n"
    )


def test_nothing_found(drawn):
    assert drawn().endswith("\n\n※ No commit has changed this. What is not committed yet has no history.\n")


def test_another_committer_and_no_address(drawn):
    text = drawn(Event("plan", "plan/measures.yaml", "the plan was deleted"), email="", committer="商工会")
    assert "0123456789ab  産業課 山田\n  committed by 商工会\n  見直し\n  Plan      the plan was deleted\n" in text


def test_a_sample_is_marked(drawn):
    sample = EntryRef("2024-06-12-aaaaaa", "1-1-1-1", "1-1①-1", sample=True)
    assert "【SAMPLE: all entries are invented】\n" in drawn(Event("added", "x", "x", sample))


def test_long_texts_stand_one_below_the_other(drawn):
    one = ChangedFact(Fact(NODE, what="outline"), LONG, f"{LONG}\n{LONG}")
    assert (
        "  Plan      1-1①-1 企業訪問: outline\n"
        f"            before: {LONG[:30]}\n"
        f"                    {LONG[30:]}\n"
        f"            after: {LONG[:30]}\n"
    ) in drawn(Event("plan", "plan/measures.yaml", "", None, (one,)))


def test_what_differs_in_an_entry_stands_below_it(drawn):
    differences = (
        ChangedFact(Fact("x", what="value"), "3件", "8件"),
        ChangedFact(Fact("x", what="issues"), LONG * 3, LONG),
    )
    text = drawn(Event("edited", "x", "an activity", ENTRY, differences, by="産業課"))
    assert "  Edited    2024-06-12-aaaaaa  1-1①-1  産業課  an activity\n            ・value: 3件 → 8件\n" in text
    assert "            ・issues\n              before: 会社を" in text


def test_what_came_or_went_is_never_split(drawn):
    one = ChangedFact(Fact(NODE, what="初めの", parts=()), None, LONG * 3)
    two = ChangedFact(Fact(PLAN, what="後の", parts=()), LONG * 3, None)
    text = drawn(Event("plan", "x", "", None, (one, two)))
    assert "1-1①-1 企業訪問: 初めの added: 会社" in text
    assert "Plan      後の removed: 会社" in text
    assert "before" not in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_screen(drawn, columns, width):
    text = drawn(
        Event("edited", "records/" + "x" * 200, LONG * 5),
        Event("plan", "x", "", None, (ChangedFact(Fact(NODE, what=LONG), LONG * 2, LONG * 3),)),
        width=width,
        author="山" * 80,
        message=LONG * 4,
        subject=LONG * 3,
        more=True,
        cut=True,
    )
    assert all(columns(line) <= width for line in text.splitlines())


def test_hostile_names_and_subjects_can_not_move_the_cursor(drawn):
    text = drawn(
        Event("renamed", "records/\x1b[2J\u202e.yaml", "\u2066x\x07"),
        author="\x1b]0;x\x07山\u200f田",
        email="a\rb",
        committer="\x9b31m",
        message="\x1b[31m赤\u202e\n本文",
    )
    assert "<U+001B>]0;x<U+0007>山<U+200F>田 <a<CR>b>\n  committed by <U+009B>31m\n  <U+001B>[31m赤<U+202E>\n" in text
    assert "  Moved     records/<U+001B>[2J<U+202E>.yaml  <U+2066>x<U+0007>\n" in text
    assert not set(text) & set("\x1b\x07\r\x9b\u202e\u2066\u200f")
