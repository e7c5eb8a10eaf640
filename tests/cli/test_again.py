# mypy: allow-untyped-calls
import pytest
import ryaml


@pytest.fixture(autouse=True)
def recorded(pdca, monkeypatch):
    """Record an activity with everything, and one of another office."""
    monkeypatch.setenv("PDCA_BY", "福祉課")
    assert pdca("log", "1-1-2-2", "-m", "他課の相談会", "-d", "2025-06-10").code == 0
    monkeypatch.setenv("PDCA_BY", "産業課")
    done = pdca(
        "log", "1-1-2-1", "-m", "3社訪問\n詳しく", "-k", "company-visits=3", "-s", "準備中", "-d", "2025-06-01",
        "--link", "https://a.example",
    )  # fmt: skip
    assert done.code == 0


@pytest.fixture
def last(workspace):
    """Return what the file of the third entry says."""

    def read():
        (path,) = workspace.glob("records/*/*/*-000003.yaml")
        return ryaml.loads(path.read_text(encoding="utf-8"))

    return read


def test_without_a_name_the_recorders_own_newest_activity_is_recorded_again_for_today(pdca, last):
    result = pdca("again")
    assert result.code == 0, result.err
    assert last() == {
        "schema": 1,
        "id": "2025-06-15-000003",
        "kind": "activity",
        "target": "1-1-2-1",
        "date": last()["date"],
        "status": "preparing",
        "summary": "3社訪問\n詳しく",
        "values": {"company-visits": 3},
        "links": ["https://a.example"],
        "by": "産業課",
        "recorded": last()["recorded"],
    }
    assert "as in 2025-06-01-000002, recorded by 産業課" in result.out
    assert str(last()["date"]) == "2025-06-15"


def test_what_is_given_takes_the_place_of_what_was(pdca, last):
    arguments = (
        "-d",
        "昨日",
        "-m",
        "5社訪問",
        "-k",
        "company-visits=5",
        "-s",
        "実施中",
        "--by",
        "商工会",
        "--link",
        "https://b.example",
    )
    assert pdca("again", "000002", *arguments).code == 0
    entry = last()
    assert (entry["id"], entry["summary"], entry["values"]) == ("2025-06-14-000003", "5社訪問", {"company-visits": 5})
    assert (entry["status"], entry["by"], entry["links"]) == ("in_progress", "商工会", ["https://b.example"])


def test_last_is_anybodys_newest_activity_and_is_recorded_by_who_records_now(pdca, last):
    pdca("withdraw", "000002", "--reason", "誤記", token=lambda: "zzzzzz")
    result = pdca("again", "last")
    assert "recorded by 福祉課" in result.out
    assert (last()["target"], last()["by"]) == ("1-1-2-2", "産業課")
    assert pdca("again", "--by", "教育課").code == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("recorded_as", "command"),
    [
        (("evaluate", "1-1-2-1", "--year", "2024", "--rating", "A"), "pdca evaluate"),
        (("actual", "company-visits", "3", "--year", "2024"), "pdca actual"),
        (("improve", "1-1-2-1", "--year", "2024", "--direction", "継続", "--next", "続ける"), "pdca improve"),
        (("opinion", "plan", "--year", "2024", "--meeting", "2025-06-01", "-m", "もっと"), "pdca opinion"),
    ],
)
def test_another_kind_of_entry_is_refused_with_its_command(pdca, entries, recorded_as, command):
    assert pdca(*recorded_as).code == 0
    before = entries()
    result = pdca("again", "000003")
    assert result.code == 2
    assert command in result.err
    assert entries() == before


def test_an_entry_that_is_no_longer_in_force_is_not_recorded_again(pdca, entries):
    pdca("withdraw", "000002", "--reason", "誤記")
    before = entries()
    assert pdca("again", "000002").code == 3
    assert entries() == before


def test_the_same_for_the_same_day_says_that_it_may_be_there_twice_and_how_to_take_it_back(pdca):
    result = pdca("again", "-d", "2025-06-01")
    assert result.code == 0
    assert "the same day and what was written as 2025-06-01-000002" in result.out
    (line,) = [line for line in result.out.split("\n") if "pdca withdraw 2025-06-01-000003" in line and "※" in line]
    assert line.endswith('pdca withdraw 2025-06-01-000003 --reason "recorded twice"')
    assert "W404" in pdca("validate").out
    assert pdca("withdraw", "2025-06-01-000003", "--reason", "recorded twice").code == 0
    assert "W404" not in pdca("validate").out


def test_a_day_to_come_is_refused(pdca, entries):
    before = entries()
    assert pdca("again", "-d", "2025-06-16").code == 2
    assert entries() == before


@pytest.mark.slow
def test_it_may_be_committed_at_once(pdca, repository, git):
    assert pdca("again", "--commit").code == 0
    assert "000003" in git(repository, "show", "--stat", "HEAD")
