# mypy: allow-untyped-calls
"""The history of plan and records: which commits, which changes, for whom."""

import subprocess

import pytest

from mizuho_pdca.app.history import history as history_of
from mizuho_pdca.app.workspace import FaultyPlan
from mizuho_pdca.errors import EnvironmentFault, UsageFault

pytestmark = pytest.mark.slow

ENTRY = """schema: 1
id: {id}
kind: {kind}
target: {target}
date: {date}
by: 産業課
recorded: {date}T09:00:00+09:00
{more}
"""
SEAL = """- state: closed
  fiscal_year: 2024
  by: 産業課
  recorded: 2025-09-{day}T09:00:00+09:00
  algorithm: sha256/rfc8785
  plan: {digest}
  review: {digest}
  entries: {{}}
"""
REOPENED = """- state: reopened
  by: 企画課
  recorded: 2025-09-20T09:00:00+09:00
  reason: 訪問件数の誤り
"""
NAME = "2024-06-12-aaaaaa"
PATH = f"records/2024/1-1-2-1/{NAME}.yaml"


class Town:
    """A workspace under git whose files are written and committed."""

    def __init__(self, root, git):
        self.root, self.git = root, git
        git(root, "init", "--quiet", "--initial-branch=main")

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def entry(self, name=NAME, target="1-1-2-1", kind="activity", more="summary: 訪問した。", year=2024):
        text = ENTRY.format(id=name, kind=kind, target=target, date=name[:10], more=more)
        self.write(f"records/{year}/{target}/{name}.yaml", text)

    def plan(self, *pairs):
        path = self.root / "plan" / "measures.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")

    def commit(self, subject, *options):
        self.git(self.root, "add", "--all", ".")
        self.git(self.root, *options, "commit", "--quiet", "--message", subject)


@pytest.fixture
def town(workspace, git):
    return Town(workspace, git)


@pytest.fixture
def begun(town):
    """Return a workspace with its plan and one entry, each in a commit."""
    town.commit("計画")
    town.entry(more="status: done\nsummary: 訪問した。\nvalues: {company-visits: 3}")
    town.commit("記録")
    return town


@pytest.fixture
def told(workspace, make_desk):
    """Return every commit of a history with its changes in words."""

    def run(target=None, folder=workspace, **options):
        history = history_of(make_desk(folder), target, **options)
        return [
            (
                each.commit.subject,
                [
                    (event.kind, said(event.text), *(one.told(one.heading).text(str) for one in event.differences))
                    for event in each.events
                ],
            )
            for each in history.commits
        ]

    return run


def said(words):
    return words if isinstance(words, str) else words.text(str)


LINE = "an activity (実施済（当年度分）, 企業訪問件数 (draft) 3件): 訪問した。"
CAME = ("plan", "the plan came: 瑞穂町工業振興計画")


# -- what happened ----------------------------------------------------------------------------


@pytest.mark.usefixtures("begun")
def test_commits_come_newest_first_with_their_changes(told, workspace, make_desk):
    assert told() == [("記録", [("added", LINE)]), ("計画", [CAME])]
    history = history_of(make_desk(workspace), None)
    assert (history.subject, history.more, history.cut, history.sample) == (None, False, False, False)
    (event,) = history.commits[0].events
    assert event.entry is not None
    assert (event.path, event.entry.name, event.entry.target, event.entry.number) == (PATH, NAME, "1-1-2-1", "1-1②-1")
    assert (event.year, event.entry.kind, event.by) == (2024, "activity", "産業課")
    assert history.commits[0].other_committer is None


def test_an_entry_is_edited_moved_and_deleted(begun, told):
    begun.entry(more="status: done\nsummary: 訪問した。\nvalues: {company-visits: 8}")
    begun.commit("書換え")
    begun.git(begun.root, "mv", PATH, f"records/2024/1-1-2-1/{NAME[:-1]}b.yaml")
    begun.commit("移動")
    (begun.root / PATH.replace("aaaaaa", "aaaaab")).unlink()
    begun.commit("削除")
    line = LINE.replace("3件", "8件")
    assert told()[:3] == [
        ("削除", [("deleted", line)]),
        ("移動", [("renamed", f"{line} (was {PATH})")]),
        ("書換え", [("edited", line, f"{NAME}: value (企業訪問件数 (draft)): 3件 → 8件")]),
    ]
    assert [subject for subject, _ in told("1-1-2-1")] == ["削除", "移動", "書換え", "記録", "計画"]


def test_only_the_way_of_writing_changed(begun, told):
    path = begun.root / PATH
    path.write_text(path.read_text(encoding="utf-8") + "# 注記\n", encoding="utf-8")
    begun.plan(("schema: 1", "schema: 1 # 版"))
    begun.commit("注記")
    only = "only how it is written changed; the content is the same"
    assert told()[0] == ("注記", [("plan", only), ("edited", only)])
    assert told("1-1-2-1")[0] == ("注記", [("edited", only)])


def test_an_entry_that_can_not_be_read(begun, told):
    begun.write(PATH, "schema: [")
    begun.write("records/2024/1-1-2-1/2024-06-13-bbbbbb.yaml", "- 1")
    begun.commit("壊れた")
    assert told()[0] == (
        "壊れた",
        [("edited", f"a version can't be read: {LINE}"), ("added", "this version can't be read")],
    )


def test_the_plan_is_told_in_words(begun, told):
    begun.plan(("targets: {2024: 60, 2031: 120}", "targets: {2024: 80, 2031: 120}"))
    begun.commit("目標")
    line = "企業訪問件数 (draft): target (FY2024): 60 → 80"
    assert told()[0] == ("目標", [("plan", "1 changes", line)])
    for target in ("company-visits", "企業訪問件数", "1-1②-1", "1-1", "1", "plan", "計画"):
        assert told(target)[0] == ("目標", [("plan", "1 changes", line)])
    assert [subject for subject, _ in told("1-2")] == ["計画"]
    assert [subject for subject, _ in told("consultation-sessions")] == ["計画"]


def test_a_plan_that_can_not_be_read_is_told_and_not_the_end(begun, told, workspace):
    good = (workspace / "plan" / "measures.yaml").read_bytes()
    begun.write("plan/measures.yaml", "schema: [")
    begun.commit("壊れた")
    assert told()[0] == ("壊れた", [("plan", "the plan can't be read as it stands here")])
    (workspace / "plan" / "measures.yaml").write_bytes(good)
    begun.commit("直した")
    again = "the plan can be read again; what was before can't, so nothing can be compared"
    assert told("1-1")[0] == ("直した", [("plan", again)])
    with pytest.raises(UsageFault, match="there is no"):
        told("9-9")


def test_the_plan_is_deleted_and_comes_back(begun, told, workspace):
    good = (workspace / "plan" / "measures.yaml").read_bytes()
    begun.entry("2024-07-01-bbbbbb", target="8-8-8-8")
    begun.commit("昔の番号")
    (workspace / "plan" / "measures.yaml").unlink()
    begun.commit("消した")
    (workspace / "plan" / "measures.yaml").write_bytes(good)
    begun.commit("戻した")
    assert told()[:2] == [("戻した", [CAME]), ("消した", [("plan", "the plan was deleted")])]
    assert [subject for subject, _ in told("1-1-2-1")] == ["戻した", "消した", "記録", "計画"]
    assert [subject for subject, _ in told("8-8")] == ["昔の番号"]


def test_a_plan_that_is_broken_on_the_disk_leaves_the_last_good_one(begun, told):
    for number in range(2):
        begun.write("plan/measures.yaml", f"schema: [{number}")
        begun.commit(f"壊れた{number}")
    begun.write("README.md", "町")
    begun.commit("README")
    assert [subject for subject, _ in told("1-1-2-1")] == ["壊れた1", "壊れた0", "記録", "計画"]


def test_without_any_plan_there_are_no_words(workspace, town, told):
    good = (workspace / "plan" / "measures.yaml").read_bytes()
    (workspace / "plan" / "measures.yaml").unlink()
    town.entry()
    town.commit("計画なし")
    town.write("plan/measures.yaml", "schema: [")
    with pytest.raises(FaultyPlan):
        told()
    (workspace / "plan" / "measures.yaml").write_bytes(good)
    assert [subject for subject, _ in told()] == ["計画なし"]


def test_what_is_no_entry_is_told_only_with_everything(begun, told):
    begun.write("records/2024/1-1-2-1/メモ.txt", "メモ")
    begun.write("records/memo.yaml", "x: 1")
    begun.commit("メモ")
    assert told()[0] == ("メモ", [("added", "a file that is no entry")] * 2)
    assert [subject for subject, _ in told("1-1-2-1")] == ["記録", "計画"]


def test_closing_and_reopening(begun, told):
    path, digest = "records/2024/closed.yaml", "0" * 64
    seals = "schema: 1\nseals:\n" + SEAL.format(day="10", digest=digest)
    begun.write(path, seals)
    begun.commit("締め")
    begun.write(path, f"{seals}{REOPENED}{SEAL.format(day='25', digest=digest)}")
    begun.commit("訂正")
    begun.write(path, f"{seals}{REOPENED}{SEAL.format(day='25', digest=digest)}# 注\n")
    begun.commit("注")
    begun.write(path, seals.replace("産業課", "企画課"))
    begun.commit("改ざん")
    begun.write(path, "seals: [")
    begun.commit("壊れた")
    (begun.root / path).unlink()
    begun.commit("消した")
    assert told()[:6] == [
        ("消した", [("deleted", "the seals of FY2024")]),
        ("壊れた", [("edited", "the seals of FY2024: a version can't be read")]),
        ("改ざん", [("edited", "the seals of FY2024 are no longer those from before")]),
        ("注", [("edited", "only how it is written changed; the content is the same")]),
        (
            "訂正",
            [
                ("reopened", "FY2024 reopened by 企画課 on 2025-09-20: 訪問件数の誤り"),
                ("closed", "FY2024 closed by 産業課 on 2025-09-25"),
            ],
        ),
        ("締め", [("closed", "FY2024 closed by 産業課 on 2025-09-10")]),
    ]
    assert [subject for subject, _ in told("1-1-2-1")] == ["記録", "計画"]


# -- whom it is asked for ---------------------------------------------------------------------


@pytest.mark.parametrize("name", [NAME, "aaaaaa", "ＡＡＡＡＡＡ".lower(), f"records\\2024\\1-1-2-1\\{NAME}.yaml"])
def test_an_entry_with_what_happened_to_it_since(begun, told, name):
    begun.entry("2024-07-01-bbbbbb", more=f"summary: 2社\nsupersedes: {NAME}\nreason: 誤り")
    begun.commit("訂正")
    begun.entry("2024-07-02-cccccc", kind="withdrawal", more=f"fiscal_year: 2024\nwithdraws: {NAME}\nreason: 誤り")
    begun.commit("取消し")
    begun.entry("2024-07-03-dddddd", kind="response", more=f"responds: {NAME}\nstate: answered\ntext: 済み")
    begun.commit("対応")
    begun.entry("2024-07-04-eeeeee", more=f"summary: {NAME} の続き")
    begun.write("records/2024/1-1-2-1/2024-07-05-ffffff.yaml", f"x: {NAME}")
    begun.commit("ほか")
    assert [subject for subject, _ in told(name)] == ["対応", "取消し", "訂正", "記録"]


def test_an_entry_that_is_gone_is_still_found(begun, told):
    (begun.root / PATH).unlink()
    begun.commit("削除")
    assert [subject for subject, _ in told("aaaaaa")] == ["削除", "記録"]
    assert [subject for subject, _ in told(NAME)] == ["削除", "記録"]


def test_an_entry_that_is_not_committed_yet_has_no_history(begun, told):
    begun.entry("2024-07-01-bbbbbb")
    assert told("bbbbbb") == []


def test_an_indicators_entries_are_those_with_a_value_of_it(begun, told):
    begun.entry("2024-07-01-bbbbbb", more="summary: company-visits の話")
    begun.entry(
        "2025-05-01-cccccc",
        kind="actual",
        target="1-1",
        more="fiscal_year: 2024\nmissing: {company-visits: 集計中}",
    )
    begun.entry("2024-07-03-dddddd", kind="evaluation", more="fiscal_year: 2024\nrating: A\nprogress: company-visits")
    begun.write("records/2024/1-1/2024-07-04-eeeeee.yaml", "company-visits: [")
    begun.write("records/2024/1-1/2024-07-05-ffffff.yaml", "x: [")
    begun.commit("四つ")
    assert told("company-visits")[0] == (
        "四つ",
        [
            ("added", "this version can't be read"),
            ("added", "an actual (FY2024, 企業訪問件数 (draft) 集計中)"),
        ],
    )


def test_a_relisting_has_the_entries_of_its_original(begun, told):
    relisted = next(p for p in plan_of(begun).places.values() if p.node.original_id == "1-3-2-2")
    begun.entry("2024-07-01-bbbbbb", target="1-3-2-2")
    begun.commit("元")
    assert [subject for subject, _ in told(relisted.id)] == ["元", "計画"]


def plan_of(town):
    from mizuho_pdca.app.desk import Desk

    return history_of(Desk(town.root), None).plan


def test_what_only_an_older_plan_had_is_known_by_its_id(begun, told):
    begun.entry("2024-07-01-bbbbbb", target="8-8-8-8")
    begun.commit("昔の番号")
    begun.plan(("id: company-visits", "id: firm-visits"))
    begun.commit("指標のID")
    assert [subject for subject, _ in told("8-8")] == ["昔の番号"]
    assert [subject for subject, _ in told("company-visits")] == ["指標のID", "記録", "計画"]


def test_of_the_plan_as_a_whole(begun, told):
    begun.entry(
        "2025-08-28-bbbbbb",
        kind="opinion",
        target="plan",
        more="fiscal_year: 2024\nmeeting: 2025-08-28\ntext: 全体に",
    )
    begun.commit("意見")
    assert told("plan") == [("意見", [("added", "an opinion (FY2024, 2025-08-28): 全体に")]), ("計画", [CAME])]


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("target", ["9-9", "zzzzzz", "2024-01-01-zzzzzz", "no-such-thing", "そんなもの", "1-1-9"])
def test_what_nobody_knows_is_a_mistake(told, target):
    with pytest.raises(UsageFault):
        told(target)


def test_a_printed_number_of_two_items_is_no_old_number(begun, told):
    begun.plan(("- id: 1-1-2-1\n", "- id: 1-1-2-1\n        label: 9-9①\n"))
    begun.plan(("- id: 1-1-2-2\n", "- id: 1-1-2-2\n        label: 9-9①\n"))
    begun.entry("2024-07-01-bbbbbb", target="9-9-1")
    begun.commit("番号")
    with pytest.raises(UsageFault, match="may mean"):
        told("9-9①")


def test_two_entries_that_end_alike(begun, told):
    begun.entry("2024-07-01-aaaaaa")
    with pytest.raises(UsageFault, match="may mean"):
        told("aaaaaa")


# -- commits ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("begun")
def test_a_count_stops_and_says_that_there_is_more(workspace, make_desk):
    history = history_of(make_desk(workspace), None, count=1)
    assert ([each.commit.subject for each in history.commits], history.more) == (["記録"], True)
    assert not history_of(make_desk(workspace), None, count=2).more


def test_a_commit_of_many_changes_is_cut(town, workspace, make_desk):
    for number in range(5):
        town.entry(f"2024-06-1{number}-aaaaaa")
    town.commit("全部")
    (commit,) = history_of(make_desk(workspace), None, most=2).commits
    assert (len(commit.events), commit.rest) == (2, 4)
    (commit,) = history_of(make_desk(workspace), "company-visits", most=0).commits
    assert commit.rest == 0


def test_commits_without_plan_and_records_are_left_out(begun, told):
    begun.write("README.md", "町")
    begun.commit("README")
    assert [subject for subject, _ in told()] == ["記録", "計画"]


def test_a_merge_has_only_what_differs_from_every_parent(begun, told):
    run, root = begun.git, begun.root
    run(root, "checkout", "--quiet", "-b", "side")
    begun.entry("2024-07-01-bbbbbb")
    begun.plan(("2024: 60", "2024: 70"))
    begun.commit("枝")
    run(root, "checkout", "--quiet", "main")
    begun.entry("2024-07-02-cccccc")
    begun.commit("幹")
    run(root, "merge", "--quiet", "--no-edit", "side")
    assert {subject for subject, _ in told()} == {"枝", "幹", "記録", "計画"}
    begun.plan(("2024: 70", "2024: 75"))
    run(root, "add", ".")
    run(root, "commit", "--quiet", "--amend", "--no-edit")
    assert told()[0][1] == [("plan", "1 changes", "企業訪問件数 (draft): target (FY2024): 60 → 75")]


MERGE = ("merge", "--quiet", "--no-edit")


@pytest.fixture
def forked(begun):
    """Return a workspace with a line that has another entry and another target, and one that has a third entry."""
    begun.git(begun.root, "checkout", "--quiet", "-b", "side")
    begun.entry("2024-07-01-bbbbbb")
    begun.plan(("2024: 60", "2024: 70"))
    begun.commit("枝")
    begun.git(begun.root, "checkout", "--quiet", "main")
    begun.entry("2024-07-02-cccccc")
    begun.commit("幹")
    return begun


def test_what_a_merge_drops_is_told(forked, told):
    forked.git(forked.root, *MERGE, "-s", "ours", "-m", "捨てた", "side")
    changes = ("plan", "1 changes", "企業訪問件数 (draft): target (FY2024): 70 → 60")
    assert told()[0] == ("捨てた", [changes, ("deleted", "an activity: 訪問した。")])
    assert told("bbbbbb") == [
        ("捨てた", [("deleted", "an activity: 訪問した。")]),
        ("枝", [("added", "an activity: 訪問した。")]),
    ]
    assert told("company-visits")[0] == ("捨てた", [changes])
    assert [subject for subject, _ in told("cccccc")] == ["幹"]
    assert [subject for subject, _ in told(count=1)] == ["捨てた"]
    forked.entry("2024-07-04-eeeeee")
    forked.commit("その後")
    assert told()[1][1] == [changes, ("deleted", "an activity: 訪問した。")]


def test_what_a_line_dropped_before_the_merge_is_not_told_of_the_merge(forked, told):
    (forked.root / PATH).unlink()
    forked.commit("幹で削除")
    forked.git(forked.root, "checkout", "--quiet", "side")
    forked.entry("2024-07-03-dddddd")
    forked.commit("枝の続き")
    forked.git(forked.root, *MERGE, "-m", "枝へ", "main")
    forked.git(forked.root, "checkout", "--quiet", "main")
    forked.git(forked.root, *MERGE, "--no-ff", "-m", "幹へ", "side")
    assert [subject for subject, _ in told(NAME)] == ["幹で削除", "記録"]
    assert {subject for subject, _ in told()} == {"枝の続き", "幹で削除", "幹", "枝", "記録", "計画"}


def test_an_entry_that_is_moved_and_edited_at_once_is_moved(begun, told):
    old = PATH
    for name, target in ((NAME, "1-1-2-2"), (f"{NAME[:-1]}b", "1-1-2-2")):
        path = begun.root / f"records/2024/{target}/{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (begun.root / old).read_text(encoding="utf-8").replace("訪問した。", f"訪問した。{name[-1]}")
        path.write_text(text, encoding="utf-8")
        (begun.root / old).unlink()
        begun.commit(f"{name[-1]}へ")
        new = path.relative_to(begun.root).as_posix()
        ((kind, text, *_),) = told()[0][1]
        assert (kind, text.endswith(f"訪問した。{'a' if name[-1] == 'a' else 'ba'} (was {old})")) == ("renamed", True)
        assert told("aaaaaa")[0][0] == f"{name[-1]}へ"
        assert told("1-1-2-1")[-2:] == [("記録", [("added", LINE)]), ("計画", [CAME])]
        old = new
    differences = [one[2:] for _, events in told()[:2] for one in events]
    assert differences == [
        (f"{NAME}: what was done: 訪問した。a → 訪問した。ba",),
        (f"{NAME}: what was done: 訪問した。 → 訪問した。a",),
    ]


def test_an_entry_without_an_id_that_is_moved_and_edited_is_another(begun, told):
    begun.write("records/2024/1-1-2-1/2024-07-01-bbbbbb.yaml", "x: [")
    begun.commit("壊れた")
    (begun.root / "records/2024/1-1-2-1/2024-07-01-bbbbbb.yaml").unlink()
    begun.write("records/2024/1-1-2-1/2024-07-02-cccccc.yaml", "id: 1")
    begun.write("records/2024/1-1-2-2/2024-07-03-dddddd.yaml", "x: 1")
    begun.commit("ほか")
    assert sorted(kind for kind, *_ in told()[0][1]) == ["added", "added", "deleted"]


def test_merged_lines_stand_in_the_order_of_their_commits(begun, told, monkeypatch):
    def commit(number, day):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"2035-07-{day}T12:00:00+09:00")
        begun.entry(f"2024-07-0{number}-bbbbbb")
        begun.commit(day)

    for line in ("a", "b"):
        begun.git(begun.root, "branch", line)
    for number, (line, day) in enumerate((("a", "01"), ("b", "02"), ("a", "03"), ("b", "04"))):
        begun.git(begun.root, "checkout", "--quiet", line)
        commit(number, day)
    begun.git(begun.root, *MERGE, "a")
    commit(5, "01")  # dated back, and yet newer than what it builds on
    assert [subject for subject, _ in told()][:5] == ["01", "04", "03", "02", "01"]


def test_who_wrote_and_who_committed(begun, workspace, make_desk):
    begun.entry("2024-07-01-bbbbbb", more="sample: true\nsummary: 見本")
    begun.git(workspace, "add", ".")
    begun.git(
        workspace,
        "commit",
        "--quiet",
        "-m",
        "代理",
        "--author=商工会 <s@example.jp>",
        "--date=2025-07-03T14:05:00+0900",
    )
    history = history_of(make_desk(workspace), None, count=1)
    (commit,) = history.commits
    assert (commit.commit.author, commit.commit.email, commit.other_committer) == ("商工会", "s@example.jp", "産業課")
    assert commit.commit.authored.isoformat() == "2025-07-03T14:05:00+09:00"
    assert history.sample


def test_below_the_top_of_a_larger_repository(tmp_path, workspace, git, told):
    git(tmp_path, "init", "--quiet")
    town = Town.__new__(Town)
    town.root, town.git = workspace, git
    town.commit("計画")
    town.entry()
    (tmp_path / "ほか.txt").write_text("x")
    town.commit("記録")
    assert [subject for subject, _ in told()] == ["記録", "計画"]


def test_in_a_worktree_and_a_shallow_clone(begun, tmp_path, git, told, make_desk):
    git(begun.root, "worktree", "add", "--quiet", str(tmp_path / "tree"))
    assert [subject for subject, _ in told(folder=tmp_path / "tree")] == ["記録", "計画"]
    git(tmp_path, "clone", "--quiet", "--depth=1", begun.root.as_uri(), "shallow")
    history = history_of(make_desk(tmp_path / "shallow"), None)
    assert (history.commits, history.cut) == ((), True)


def test_another_repository_where_an_entry_should_be_is_no_entry(begun, told):
    head = begun.git(begun.root, "rev-parse", "HEAD").strip()
    path = "records/2024/1-1-2-1/2024-07-01-bbbbbb.yaml"
    begun.git(begun.root, "update-index", "--add", "--cacheinfo", f"160000,{head},{path}")
    begun.git(begun.root, "commit", "--quiet", "-m", "別のリポジトリ")
    assert [subject for subject, _ in told()] == ["記録", "計画"]


def test_an_object_that_git_has_lost(begun, told):
    name = begun.git(begun.root, "rev-parse", f"HEAD:{PATH}").strip()
    (begun.root / ".git" / "objects" / name[:2] / name[2:]).unlink()
    with pytest.raises(EnvironmentFault, match="lost"):
        told()


@pytest.mark.parametrize("begins", [False, True])
def test_without_git_and_without_a_commit(workspace, git, told, begins):
    if begins:
        git(workspace, "init", "--quiet")
    with pytest.raises(EnvironmentFault):
        told()


def test_the_number_of_git_processes_does_not_grow(begun, told, monkeypatch):
    started = []

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, *arguments, **options):
            started.append(arguments)
            super().__init__(*arguments, **options)

    def counted():
        started.clear()
        with monkeypatch.context() as patch:
            patch.setattr(subprocess, "Popen", Counted)
            told()
        return len(started)

    few = counted()
    for number in range(3):
        begun.entry(f"2024-07-0{number + 1}-bbbbbb")
        begun.commit(str(number))
    assert counted() == few <= 7
