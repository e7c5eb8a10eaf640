"""A year read alone gives what it gives when all is read: held against each other on the sample and on random data."""

# mypy: allow-untyped-calls
import random
from functools import partial
from pathlib import Path

import pytest

from mizuho_pdca.app.list import Wanted, _Asking, list_entries
from mizuho_pdca.app.show import show_entry
from mizuho_pdca.domain.review.review import review
from mizuho_pdca.errors import PdcaError
from mizuho_pdca.papers.explain.explain import explain
from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.loading import load, load_plan
from mizuho_pdca.storage.partial import Need, of_review
from mizuho_pdca.storage.tree import Memory
from mizuho_pdca.storage.workspace import own_plan

ROOT = Path(__file__).parents[2]
PLAN = own_plan().encode()
TARGETS = ("1-1-2-1", "1-1-2-2", "1-2-1-1", "plan")
YEARS = range(2022, 2027)
STATUSES = ("in_progress", "completed", "discontinued", "not_started")
BROKEN = ("summary: [", "status: 実施", "unknown: 1", "values: {no-such: 1}", "recorded: yesterday")
"""What is wrong with some of the files."""


def head(draw, name, kind, target, year, day):
    moment = f"{year + draw.choice((0, 0, 0, 1))}-12-{draw.randint(1, 28):02}T10:{draw.randint(0, 59):02}:00+09:00"
    return [
        "schema: 1", f"id: {name}", f"kind: {kind}", f"target: {target}", f"date: {day}",
        f"by: {draw.choice(('産業課', '観光課'))}", f"recorded: {moment}",
    ]  # fmt: skip


def keys(draw, kind, year, known):
    of_year, figure = f"fiscal_year: {year}", draw.randint(0, 3)
    names = known or ["2022-05-01-zzzzzz"]
    if kind == "actual":
        unseen = f'"val\\x75es": {{company-visits: {figure}}}'  # a key that no look at the bytes finds
        return [of_year, unseen if draw.random() < 0.7 else "missing: {company-visits: 未調査}"]
    match kind:
        case "activity":
            more = [f"status: {draw.choice(STATUSES)}"] if draw.random() < 0.4 else []
            more += [f"values: {{company-visits: {figure}}}"] if draw.random() < 0.3 else []
            return [f"summary: {draw.choice(('訪問した。', '集まった。'))}", *more]
        case "evaluation":
            return [of_year, f"rating: {draw.choice('ABCD')}", f"progress: 進んだ{figure}"]
        case "opinion":
            return [of_year, f"meeting: {year + 1}-08-01", "text: もっと。"]
        case "response":
            state = draw.choice(("answered", "in_hand"))
            return [f"responds: {draw.choice(names)}", f"state: {state}", "text: します。"]
        case _:
            return [of_year, f"withdraws: {draw.choice(names)}", "reason: 誤記"]


def scattered(seed):
    """Return the files of a workspace: entries of all kinds, corrections, withdrawals, copies and faults."""
    draw = random.Random(seed)  # noqa: S311 (no secret)
    files: dict[str, bytes] = {"plan/measures.yaml": PLAN}
    known: list[str] = []
    kinds = ("activity", "activity", "activity", "actual", "evaluation", "opinion", "response", "withdrawal")
    for number in range(draw.randint(5, 45)):
        year, kind = draw.choice(YEARS), draw.choice(kinds)
        allowed = TARGETS if kind in ("opinion", "response", "withdrawal") else TARGETS[:3]
        target, day = draw.choice(allowed), f"{year}-{draw.randint(4, 12):02}-{draw.randint(1, 28):02}"
        name = f"{day}-{number:06}"
        lines = head(draw, name, kind, target, year, day) + keys(draw, kind, year, known)
        if known and kind != "withdrawal" and draw.random() < 0.2:
            lines += [f"supersedes: {draw.choice(known)}", "reason: 訂正"] if kind != "response" else []
        lines += ["sample: true"] if draw.random() < 0.03 else []
        lines += [draw.choice(BROKEN)] if draw.random() < 0.05 else []
        text = ("\n".join(lines) + "\n").encode()
        files[f"records/{year}/{target}/{name}.yaml"] = text
        known.append(name)
        if draw.random() < 0.04:  # a file that was copied, and partly changed
            files[f"records/{year}/1-2-1-1/{name}.yaml"] = text.replace(
                f"target: {target}".encode(), b"target: 1-2-1-1"
            )
    return files


def of_years(problems, *years):
    return [problem for problem in problems if problem.file.startswith(tuple(f"records/{year}/" for year in years))]


def held_together(tree, now):
    """Assert that each year's review, reckoning and faults are those of the whole; return how much was read, and is."""
    plan, _ = load_plan(tree)
    assert plan is not None
    whole = load(tree, now, plan=plan)
    subjects = [None, plan.indicators["company-visits"][0], *(plan.places[target] for target in TARGETS[:3])]
    read = 0
    for year in YEARS:
        part = load(tree, now, of_review(year), plan)
        report = review(plan, whole.ledger, year)
        assert review(plan, part.ledger, year) == report
        assert of_years(part.problems, year - 1, year) == of_years(whole.problems, year - 1, year)
        assert all(problem in whole.problems for problem in part.problems)
        assert part.paths == whole.paths
        read += len(part.ledger.entries)
        more = load(tree, now, of_review(year, figures_of_all=True), plan)
        for subject in subjects:
            assert explain(report, plan, more.ledger, subject) == explain(report, plan, whole.ledger, subject)
    return read, len(YEARS) * len(whole.ledger.entries)


@pytest.mark.slow
def test_each_year_of_the_sample_is_the_same_and_less_is_read(make_desk):
    read, whole = held_together(Folder(ROOT), make_desk().clock())
    assert read < whole


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 60))])
def test_each_year_of_random_data_is_the_same(seed, make_desk):
    held_together(Memory(scattered(seed)), make_desk().clock())


TEXT_ALONE = """\
schema: 1
id: {year}-06-01-aaaaaa
kind: activity
target: 1-1-2-1
date: {year}-06-01
summary: 訪問した。
by: 産業課
recorded: {year}-06-01T10:00:00+09:00
"""


def test_what_no_figure_needs_is_read_of_the_year_and_the_one_before_alone(make_desk):
    files = {"plan/measures.yaml": PLAN}
    for year in (2021, 2022, 2023, 2024):
        files[f"records/{year}/1-1-2-1/{year}-06-01-aaaaaa.yaml"] = TEXT_ALONE.format(year=year).encode()
    part = load(Memory(files), make_desk().clock(), of_review(2024))
    assert [entry.year for entry in part.ledger.entries] == [2023, 2024]
    assert part.problems == ()  # 2021 is before the plan, which nobody has looked at
    assert [problem.fault.code for problem in load(Memory(files), make_desk().clock()).problems] == ["E212"]


# -- commands that name what they want ------------------------------------------------------------


def written(files, root):
    for path, raw in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)
    return root


WANTED = (
    Wanted(year="2024"),
    Wanted(target="1-1-2"),
    Wanted(target="company-visits"),
    Wanted(target="1-1-2-1", year="2023", kind="評価"),
    Wanted(kind="実績値"),
    Wanted(year="2022", month="6"),
    Wanted(year="2024", by="産業課"),
    Wanted(target="plan"),
)


@pytest.mark.parametrize("seed", [100, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(101, 110))])
def test_what_is_listed_and_shown_is_the_same(seed, make_desk, tmp_path, monkeypatch):
    files = scattered(seed)
    desk = make_desk(written(files, tmp_path / "town"))
    names = [Path(path).stem for path in files if path.startswith("records/")]
    asked = ("last", names[0], names[-1][-6:], names[len(names) // 2], "2024", "zzzz")

    def answers():
        listed = [told(partial(list_entries, desk, wanted)) for wanted in WANTED]
        shown = [told(partial(show_entry, desk, text)) for text in asked]
        return [found if isinstance(found, str) else found.rows for found in listed], shown

    part = answers()
    monkeypatch.setattr(_Asking, "part", None)
    monkeypatch.setattr("mizuho_pdca.app.show._part", lambda _: None)
    assert part == answers()


def told(ask):
    try:
        return ask()
    except PdcaError as exc:
        return exc.text(str)


def test_a_file_that_can_not_be_read_is_named_whatever_its_year(make_desk, tmp_path):
    root = written(scattered(1), tmp_path / "town")
    (root / "records/2022/1-1-2-1").mkdir(parents=True, exist_ok=True)
    (root / "records/2022/1-1-2-1/2022-06-01-aaaaaa.yaml").symlink_to("nowhere")
    found = load(Folder(root), make_desk().clock(), Need(lambda _: False))
    assert "E010" in [problem.fault.code for problem in found.problems]


def test_notes_are_for_who_reads_everything(make_desk):
    tree, now = Folder(ROOT), make_desk().clock()
    assert {note.fault.code for note in load(tree, now).notes} == {"N501"}
    assert load(tree, now, of_review(2023)).notes == ()
