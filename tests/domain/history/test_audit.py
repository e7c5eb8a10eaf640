# mypy: allow-untyped-calls
from datetime import date, datetime, timedelta, timezone

import pytest

from mizuho_pdca.domain.closing.seal import FirstSeal, Reopening, SealFile
from mizuho_pdca.domain.history.audit import (
    Ancestry,
    Audit,
    Dates,
    commit_faults,
    concerns,
    dates_of,
    has_grown,
    is_duly_joined,
    is_entry,
    is_place,
    kept_seals,
    moves,
    newest,
    own_changes,
    seal_faults,
    still_closes,
    was_open,
)
from mizuho_pdca.domain.history.commits import Change, Commit
from mizuho_pdca.domain.records.paths import name_at

JAPAN = timezone(timedelta(hours=9))
NOON = datetime(2024, 6, 12, 12, 0, tzinfo=JAPAN)
ONE, TWO = "records/2024/1-1-1-1/2024-06-12-000001.yaml", "records/2024/1-1-1-1/2024-06-12-000002.yaml"


def commit(name="b", committed=NOON, authored=NOON):
    return Commit(name * 40, (), "t", "産業課", "a@b", authored, "産業課", committed, "記録")


def said(messages):
    return [message.text(str) for message in messages]


# -- paths ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (ONE, True),
        ("records/2024/plan/2024-06-12-000001.yaml", True),
        ("records/2024/1-1-1-1/mistyped name.yaml", True),
        ("records/2024/closed.yaml", False),
        ("records/2024/1-1-1-1/.hidden.yaml", False),
        ("records/2024/.hidden/x.yaml", False),
        ("records/2024/1-1-1-1/~x.yaml", False),
        ("records/2024/1-1-1-1/x.yml", False),
        ("records/2024/1-1-1-1/deep/x.yaml", False),
        ("records/R6/1-1-1-1/x.yaml", False),
        ("plan/measures.yaml", False),
    ],
)
def test_an_entry_is_known_by_its_path(path, expected):
    assert is_entry(path) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (ONE, True),
        ("records", True),
        ("records/2024", True),
        ("records/2024/closed.yaml", True),
        ("records/2024/1-1-1-1", True),
        ("plan", True),
        ("plan/measures.yaml", True),
        ("plan/notes.txt", False),
        ("records/notes.txt", False),
        ("records/2024/notes.txt", False),
        ("records/2024/.git", False),
        ("records/2024/1-1-1-1/notes.txt", False),
        ("records/2024/1-1-1-1/~x.yaml", False),
    ],
)
def test_places_of_data_are_known(path, expected):
    assert is_place(path) is expected


def test_an_entry_is_named_by_its_file():
    assert name_at(ONE) == "2024-06-12-000001"


def test_what_a_path_is_about_is_told_by_the_plan(make_plan):
    plan = make_plan(
        "[{id: '1', title: 方針, measures: [{id: 1-1, title: 施策, initiatives: [{id: 1-1-1, title: 訪問}]}]}]",
        plan="levels: [{name: 基本目標}, {name: 施策}, {name: 事業}]",
    )
    found = Audit("h", None, is_shallow=False, commits=0, entries=0, samples=0, findings=(), plan=plan)
    assert found.subject("records/2024/1-1-1/x.yaml") == ("1-1-1", "訪問")
    assert found.subject("records/2024/9-9-9/x.yaml") is None
    assert found.subject("plan/measures.yaml") is None
    assert found.subject(None) is None
    unread = Audit("h", None, is_shallow=False, commits=0, entries=0, samples=0, findings=(), plan=None)
    assert unread.subject("records/2024/1-1-1/x.yaml") is None


# -- dates ------------------------------------------------------------------------------------


def test_dates_are_read_one_by_one():
    assert dates_of({"date": "2024-06-12", "recorded": "2024-06-12T12:00:00+09:00"}) == Dates(NOON.date(), NOON)
    assert dates_of({}) == Dates(None, None)
    assert dates_of({"date": "R6.6.12", "recorded": "2024-06-12T12:00:00"}) == Dates(None, None)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (24, []),
        (25, ["recorded 2024-06-13T13:00:00+09:00, after the commit"]),
        (-31 * 24, []),
        (-32 * 24, ["recorded 2024-05-11T12:00:00+09:00, but committed 32 days later only"]),
    ],
)
def test_when_it_was_recorded_is_held_against_the_commit(hours, expected):
    assert said(Dates(None, NOON + timedelta(hours=hours)).faults(NOON)) == expected


def test_a_commit_that_is_dated_back_makes_nothing_younger():
    dates, later = Dates(NOON.date(), NOON), NOON + timedelta(days=200)
    assert said(dates.faults(NOON, NOON)) == []
    assert said(dates.faults(NOON, NOON - timedelta(days=200))) == []
    assert said(dates.faults(NOON, later)) == [
        "recorded 2024-06-12T12:00:00+09:00, but committed 200 days later only",
    ]
    assert said(dates.faults(NOON - timedelta(days=2), NOON)) == [
        "recorded 2024-06-12T12:00:00+09:00, after the commit",
        "date 2024-06-12, after the commit",
    ]


def test_a_correction_may_be_late():
    dates, later = Dates(NOON.date(), None), NOON + timedelta(days=600)
    assert dates.is_late(later)
    assert not dates.is_late(NOON)
    assert not Dates(None, NOON).is_late(later)
    assert said(dates.faults(later, may_be_late=True)) == []
    assert len(said(dates.faults(later))) == 1


@pytest.mark.parametrize(
    ("days", "expected"), [(1, []), (2, ["date 2024-06-14, but recorded before it, on 2024-06-12"])]
)
def test_nothing_is_recorded_before_its_day(days, expected):
    dates = Dates(NOON.date() + timedelta(days=days), NOON)
    assert said(dates.faults(NOON + timedelta(days=9))) == expected


def test_both_dates_are_known_or_not():
    assert Dates(NOON.date(), NOON).are_known
    assert not Dates(None, NOON).are_known
    assert not Dates(NOON.date(), None).are_known


def test_zones_do_not_matter():
    assert said(Dates(None, NOON.astimezone(timezone(timedelta(hours=-10)))).faults(NOON)) == []


@pytest.mark.parametrize(
    ("day", "committed", "expected"),
    [
        (date(2024, 6, 13), NOON, []),
        (date(2024, 6, 14), NOON, ["date 2024-06-14, after the commit"]),
        (date(2023, 4, 1), datetime(2024, 10, 31, 23, 0, tzinfo=JAPAN), []),
        (
            date(2024, 3, 31),
            datetime(2024, 11, 1, 0, 0, tzinfo=JAPAN),
            ["date 2024-03-31, but committed on 2024-11-01 only, long after the council met on FY2023"],
        ),
        (date(9999, 12, 31), NOON, ["date 9999-12-31, after the commit"]),
        (date.min, NOON, ["date 0001-01-01, but committed on 2024-06-12 only, long after the council met on FY0"]),
    ],
)
def test_the_day_is_held_against_the_commit_and_the_council(day, committed, expected):
    assert said(Dates(day, None).faults(committed)) == expected


@pytest.mark.parametrize(("hours", "count"), [(0, 0), (24, 0), (49, 1)])
def test_a_commit_is_not_older_than_what_it_builds_on(hours, count):
    now = NOON + timedelta(days=9)
    reached = newest(commit(), [commit("c"), commit("a", NOON + timedelta(hours=hours))], now)
    texts = said(commit_faults(commit(), reached, now))
    assert texts == ["the commit is dated 2 days before aaaaaaaaaaaa, on which it builds"] * count


@pytest.mark.parametrize(("hours", "count"), [(-1000, 0), (24, 0), (49, 1)])
def test_a_commit_is_not_older_than_its_author_says(hours, count):
    texts = said(commit_faults(commit(authored=NOON + timedelta(hours=hours)), commit(), NOON))
    assert texts == ["the commit is dated 2 days before it was written"] * count


@pytest.mark.parametrize(("hours", "expected"), [(24, []), (49, ["the commit is dated 2 days from now"])])
def test_no_commit_comes_from_the_future(hours, expected):
    late = commit(committed=NOON + timedelta(hours=hours))
    assert said(commit_faults(late, late, NOON)) == expected


def test_the_newest_commit_has_come_already():
    early, late = commit("a", NOON - timedelta(days=9)), commit("c", NOON + timedelta(days=9))
    assert newest(commit(), [], NOON) == commit()
    assert newest(early, [commit()], NOON) == commit()
    assert newest(commit(), [early], NOON) == commit()
    assert newest(late, [early], NOON) == early
    assert newest(late, [], NOON) == late
    assert newest(early, [late], NOON) == early


# -- what a commit itself did -----------------------------------------------------------------


def test_ancestry_knows_what_a_commit_builds_on():
    tree = Ancestry({"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"], "e": ["d", "b"]})
    pairs = {(tip, name) for tip in "abcde" for name in "abcde" if tree.holds(tip, name)}
    assert pairs == {(tip, name) for tip, names in {
        "a": "a", "b": "ab", "c": "ac", "d": "abcd", "e": "abcde"
    }.items() for name in names}  # fmt: skip
    assert tree.holds("e", "a")


def changes(before, after):
    return {} if before == after else {ONE: Change(ONE, before, after)}


@pytest.mark.parametrize(
    ("befores", "after", "touched_by_others", "expected"),
    [
        ([None], "x", False, (None, "x")),
        (["x"], None, False, ("x", None)),
        (["x", "x"], "x", False, None),
        ([None, "x"], "x", False, None),
        (["x", None], None, True, None),
        (["x", None], None, False, ("x", None)),
        (["x", "y"], "y", True, None),
        (["x", "y"], "y", False, ("x", "y")),
        (["x", "x"], "z", True, ("x", "z")),
        ([None, "x"], "z", True, ("x", "z")),
        ([None, None], "z", False, (None, "z")),
        ([None, "x", "y"], "y", False, ("x", "y")),
    ],
)
def test_a_merge_itself_did_what_stands_against_all_parents_or_came_from_none(
    befores, after, touched_by_others, expected
):
    own = own_changes([changes(before, after) for before in befores], lambda *_: touched_by_others)
    assert own == ({} if expected is None else {ONE: Change(ONE, *expected)})


@pytest.mark.parametrize(
    ("gone", "came", "names", "renamed"),
    [
        ({}, {TWO: "x"}, {}, {}),
        ({ONE: "x"}, {}, {}, {}),
        ({ONE: "x"}, {TWO: "x"}, {}, {ONE: TWO}),
        ({ONE: "x"}, {TWO: "y"}, {}, {}),
        ({ONE: "x"}, {TWO: "y"}, {ONE: "1", TWO: "1"}, {ONE: TWO}),
        ({ONE: "x"}, {TWO: "y"}, {ONE: "1"}, {}),
        ({ONE: "x"}, {TWO: "y"}, {TWO: "1"}, {}),
        ({ONE: "x"}, {ONE.replace("2024/", "2025/"): "y"}, {}, {ONE: ONE.replace("2024/", "2025/")}),
        ({ONE: "x", TWO: "y"}, {"a/3.yaml": "y"}, {ONE: "1", "a/3.yaml": "1"}, {TWO: "a/3.yaml"}),
        ({ONE: "x", TWO: "x"}, {"a/3.yaml": "x", "a/4.yaml": "x"}, {}, {ONE: "a/3.yaml", TWO: "a/4.yaml"}),
    ],
)
def test_a_renamed_entry_is_known_by_contents_name_or_id(gone, came, names, renamed):
    found = moves(gone, came, names.get)
    assert found.renamed == renamed
    assert found.deleted == tuple(path for path in gone if path not in renamed)
    assert found.added == tuple(path for path in came if path not in renamed.values())


# -- closed years -----------------------------------------------------------------------------


def seal(**more):
    data = {
        "state": "closed",
        "fiscal_year": 2024,
        "by": "産業課",
        "recorded": "2025-06-15T10:30:00+09:00",
        "algorithm": "sha256/rfc8785",
        "plan": "0" * 64,
        "review": "0" * 64,
        "entries": {"2024-06-12-000001": "1" * 64},
    }
    return FirstSeal.model_validate(data | more)


REOPENED = Reopening.model_validate(
    {"state": "reopened", "by": "産業課", "recorded": "2025-06-16T10:30:00+09:00", "reason": "誤り"}
)


def file(*seals):
    return SealFile.model_construct(schema_version=1, seals=seals)


def test_a_file_of_seals_may_only_grow():
    assert has_grown(file(seal()), file(seal()))
    assert has_grown(file(seal()), file(seal(), REOPENED))
    assert not has_grown(file(seal(), REOPENED), file(seal()))
    assert not has_grown(file(seal()), file(seal(by="別人")))
    assert not has_grown(file(seal()), None)


def test_a_seal_holds_until_it_is_duly_reopened():
    assert still_closes(file(seal()), file(seal())) == seal()
    assert still_closes(file(seal()), None) == seal()
    assert still_closes(file(seal()), file(seal(by="別人"), REOPENED)) == seal()
    assert still_closes(file(seal()), file(seal(), REOPENED)) is None
    assert still_closes(file(seal(), REOPENED), file(seal(), REOPENED)) is None


def test_a_year_is_open_once_it_was_reopened():
    assert not was_open(None, None)
    assert not was_open(None, file(seal()))
    assert not was_open(file(seal()), file(seal()))
    assert was_open(None, file(seal(), REOPENED))
    assert was_open(file(seal(), REOPENED), None)
    assert was_open(file(seal()), file(seal(), REOPENED, seal()))


def test_a_merge_of_two_seals_is_duly_done_with_a_reopening_of_its_own():
    ours, theirs = file(seal()), file(seal(by="別人"))
    assert is_duly_joined([ours, theirs], file(seal(), REOPENED, seal()))
    assert not is_duly_joined([ours, theirs], file(seal()))
    assert not is_duly_joined([ours, theirs], None)
    assert not is_duly_joined([ours, theirs], file(seal(by="町長"), REOPENED, seal()))
    assert not is_duly_joined([ours, file(seal(by="別人"), REOPENED, seal())], file(seal(by="別人"), REOPENED, seal()))
    assert not is_duly_joined([file(seal(), REOPENED), theirs], file(seal(), REOPENED, seal()))


def test_what_two_files_of_seals_have_in_common():
    assert kept_seals(file(seal()), file(seal(), REOPENED)) == 1
    assert kept_seals(file(seal(), REOPENED), file(seal())) == 1
    assert kept_seals(file(seal(), REOPENED, seal()), file(seal(), REOPENED, seal(by="別人"))) == 2


AFTER = datetime(2025, 6, 16, 12, 0, tzinfo=JAPAN)


def test_seals_are_held_against_the_commit_and_each_other():
    assert said(seal_faults(file(seal(), REOPENED), 0, AFTER, AFTER)) == []
    later = AFTER + timedelta(days=40)
    assert said(seal_faults(file(seal(), REOPENED), 2, later, later)) == []
    late = "recorded 2025-06-16T10:30:00+09:00, but committed 40 days later only"
    assert said(seal_faults(file(seal(), REOPENED), 1, later, later)) == [late]
    assert said(seal_faults(file(seal(), REOPENED), 1, AFTER, later)) == [late]
    assert said(seal_faults(file(seal(sample=True), REOPENED), 0, later, later)) == []
    early = file(seal(), REOPENED, seal(recorded="2025-06-15T10:29:00+09:00"))
    assert said(seal_faults(early, 0, AFTER, AFTER)) == [
        "recorded 2025-06-15T10:29:00+09:00, before what it comes after"
    ]


def test_a_year_is_closed_after_its_end():
    when = datetime(2025, 3, 31, 23, 59, tzinfo=JAPAN)
    assert said(seal_faults(file(seal(recorded=when.isoformat())), 0, when, when)) == [
        "recorded 2025-03-31T23:59:00+09:00, before FY2024 was over"
    ]
    assert said(seal_faults(file(seal(recorded="2025-04-01T00:00:00+09:00")), 0, when, when)) == []


@pytest.mark.parametrize(
    ("path", "names", "expected"),
    [
        (TWO, [], True),
        (ONE.replace("2024/", "2025/"), [], True),
        (TWO.replace("2024/", "2025/"), [None, 3], False),
        (TWO.replace("2024/", "2025/"), [None, "2024-06-12-000001"], True),
    ],
)
def test_a_closed_year_is_changed_by_its_entries_and_what_refers_to_them(path, names, expected):
    assert concerns(seal(), path, names) is expected
