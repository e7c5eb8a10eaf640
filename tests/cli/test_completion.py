import pytest

pytestmark = pytest.mark.slow

SHELLS = ("bash", "zsh", "fish", "powershell")


@pytest.fixture
def complete(pdca, monkeypatch, capsysbinary):
    """Complete the last word of a command line as fish would ask for it: values with their help."""

    def run(line, workspace=None):
        monkeypatch.setenv("_PDCA_COMPLETE", "complete_fish")
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
        if workspace is not None:
            monkeypatch.setenv("PDCA_WORKSPACE", str(workspace))
        with pytest.raises(SystemExit) as caught:
            pdca()
        out, err = capsysbinary.readouterr()
        assert (caught.value.code, err) == (0, b"")
        return dict(line.split("\t") if "\t" in line else (line, "") for line in out.decode().splitlines() if line)

    return run


@pytest.fixture(autouse=True)
def here(monkeypatch, workspace):
    """Stand in the workspace."""
    monkeypatch.chdir(workspace)


def test_the_commands_are_completed(complete):
    assert {"log", "status", "review"} <= set(complete("pdca "))
    assert set(complete("pdca st")) == {"status"}


def test_numbers_are_completed_with_their_titles(complete):
    assert complete("pdca log 1-1-2") == {"1-1-2-1": "企業訪問活動の実施", "1-1-2-2": "経営相談会の実施"}


def test_circled_numbers_are_completed_as_they_were_begun(complete):
    assert complete("pdca log 1-1②") == {"1-1②-1": "企業訪問活動の実施", "1-1②-2": "経営相談会の実施"}


def test_a_relisting_is_not_offered_for_recording_but_for_reading(complete):
    assert "1-6-1-1" not in complete("pdca log 1-6")
    assert complete("pdca plan 1-6-1-1") == {"1-6-1-1": "異業種・同業種交流の推進"}
    assert "1-1" in complete("pdca plan 1")


def test_indicators_are_completed_with_their_names(complete):
    assert complete("pdca actual company") == {
        "company-visits": "企業訪問件数",
        "company-tours": complete("pdca actual company")["company-tours"],
    }
    assert complete("pdca log 1-1-1-1 -k company-v") == {"company-visits=": "企業訪問件数"}
    assert complete("pdca actual 企業訪") == {"企業訪問件数": "company-visits"}


def test_figures_begin_with_the_indicators_of_the_initiative(complete):
    found = complete("pdca log 1-1②-1 -k ")
    assert next(iter(found.items())) == ("企業訪問件数=", "件")
    assert "company-visits=" not in found
    assert "company-tours=" in found
    assert complete("pdca log 9-9 -k company-v") == {"company-visits=": "企業訪問件数"}
    assert complete("pdca log -k company-v") == {"company-visits=": "企業訪問件数"}


def test_a_person_s_own_initiatives_come_first(complete, monkeypatch, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('initiatives = ["1-1-2-2"]\n', encoding="utf-8")
    monkeypatch.setenv("PDCA_CONFIG", str(path))
    assert list(complete("pdca log 1-1-"))[:2] == ["1-1-2-2", "1-1-1-1"]


def test_years_are_completed_with_their_names_wherever_one_may_stand(complete, monkeypatch):
    monkeypatch.setenv("PDCA_LANG", "ja")
    years = {
        "2025": "令和7年度（2025年度）",
        "2024": "令和6年度（2024年度）",
        "2023": "令和5年度（2023年度）",
        "2022": "令和4年度（2022年度）",
    }
    assert complete("pdca review ") == years
    assert complete("pdca evaluate 1-1-2-1 ") == years
    assert complete("pdca evaluate 1-1-2-1 --year 2024") == {"2024": "令和6年度（2024年度）"}
    assert complete("pdca review 2024 ") == {}


def test_commands_and_options_are_explained_in_the_reader_s_language(complete, monkeypatch):
    monkeypatch.setenv("PDCA_LANG", "ja")
    assert complete("pdca stat") == {"status": "年度の記録の提出状況（提出済・未入力）を表示します。"}
    assert complete("pdca 状") == {"状況": "年度の記録の提出状況（提出済・未入力）を表示します。"}
    assert complete("pdca log --lin") == {"--link": "資料やホームページの場所（何回でも指定できます）"}
    assert complete("pdca config nam") == {"name": "名前"}


def test_departments_of_any_year_are_completed(complete, workspace):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8")
    by_year = "{id: 1-1-1-2, department: {2022: 産業課、企画課, 2026: 商工観光課}, title"
    path.write_text(text.replace("{id: 1-1-1-2, title", by_year), encoding="utf-8")
    assert set(complete("pdca status --department ")) == {"産業課", "企画課", "商工観光課"}
    assert set(complete("pdca review 2024 --department 商工")) == {"商工観光課"}


def test_words_of_the_scheme_are_completed(complete):
    assert set(complete("pdca log 1-1-2-1 -s 実施")) == {"実施中", "実施済（当年度分）"}
    ratings = complete("pdca evaluate 1-1-2-1 --rating ")
    assert ratings["A"] == "目標達成"
    assert ratings["Z"] == "評価困難"
    assert {"拡充", "継続", "廃止"} <= set(complete("pdca improve 1-1-2-1 --direction "))
    assert "対応中" in complete("pdca respond x --state ")


@pytest.mark.parametrize(
    "line",
    [
        "pdca log ",
        "pdca plan ",
        "pdca actual ",
        "pdca log 1 -s ",
        "pdca log 1 -k ",
        "pdca evaluate 1 --rating ",
        "pdca improve 1 --direction ",
        "pdca respond 1 --state ",
        "pdca review ",
    ],
)
def test_without_a_workspace_or_with_a_faulty_plan_there_is_nothing_to_offer(
    complete, line, tmp_path, workspace, faulty_plan
):
    assert faulty_plan.is_file()
    assert complete(line, tmp_path) == {}
    assert complete(line, workspace) == {}


def test_the_workspace_that_was_named_is_completed(complete, workspace, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert complete("pdca log 1-1-2") == {}
    assert "1-1-2-1" in complete(f"pdca -C {workspace} log 1-1-2")


@pytest.mark.parametrize("line", ["pdca lgo ", "pdca lgo 1-", "pdca log --nonsense ", "pdca 'log "])
def test_completion_never_complains(complete, line):
    complete(line)


def test_a_title_with_square_brackets_is_shown_whole(complete, workspace):
    path = workspace / "plan" / "measures.yaml"
    text = path.read_text(encoding="utf-8").replace("title: 企業訪問活動の実施", 'title: "[重点]企業訪問"')
    path.write_text(text, encoding="utf-8")
    assert complete("pdca log 1-1-2-1") == {"1-1-2-1": "[重点]企業訪問"}


# -- as the shells ask ------------------------------------------------------------------------


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gets_the_numbers_and_those_that_show_help_their_titles(program, shell):
    line = "pdca log 1-1-2-"
    variables = {
        "COMP_WORDS": line,
        "COMP_CWORD": "2",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": "1-1-2-",
    }
    result = program(_PDCA_COMPLETE=f"complete_{shell}", **variables)
    assert (result.code, result.err) == (0, "")
    assert "1-1-2-1" in result.out
    assert "1-1-2-2" in result.out
    assert "1-1-1-1" not in result.out
    assert ("企業訪問活動の実施" in result.out) is (shell != "bash")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_can_be_set_up(program, shell):
    result = program(_PDCA_COMPLETE=f"source_{shell}")
    assert result.code == 0
    assert "_PDCA_COMPLETE" in result.out
    assert "pdca" in result.out


@pytest.mark.parametrize("command", ["show", "again", "withdraw", "log 1-1-2-1 --supersedes"])
def test_names_of_entries_are_completed_newest_first_with_what_they_are_known_by(pdca, complete, command):
    pdca("log", "1-1-2-1", "-m", "3社訪問\n詳しく", "-d", "2025-06-01", token=lambda: "k7x3q9")
    pdca("log", "1-1-2-2", "-m", "相談会", "-d", "2025-06-02", token=lambda: "m4t8zc")
    found = {
        "2025-06-02-m4t8zc": "2025-06-02 1-1②-2 経営相談会の実施 相談会",
        "2025-06-01-k7x3q9": "2025-06-01 1-1②-1 企業訪問活動の実施 3社訪問",
    }
    assert list(complete(f"pdca {command} ").items()) == list(found.items())
    assert complete(f"pdca {command} 2025-06-01") == {"2025-06-01-k7x3q9": found["2025-06-01-k7x3q9"]}
    assert complete(f"pdca {command} k7") == {"k7x3q9": found["2025-06-01-k7x3q9"]}


def test_what_is_out_of_force_or_faulty_is_not_offered(pdca, complete, workspace):
    pdca("log", "1-1-2-1", "-m", "一", token=lambda: "k7x3q9")
    pdca("log", "1-1-2-1", "-m", "二", token=lambda: "m4t8zc")
    pdca("withdraw", "k7x3q9", "--reason", "誤記", token=lambda: "w8t5ry")
    (workspace / "records/2025/1-1-2-1/2025-06-15-q2w3e4.yaml").write_text("schema: 1\n", encoding="utf-8")
    assert set(complete("pdca show ")) == {"2025-06-15-m4t8zc"}


def test_only_opinions_are_offered_to_be_answered(pdca, complete):
    pdca("log", "1-1-2-1", "-m", "一", token=lambda: "k7x3q9")
    pdca("opinion", "plan", "--year", "2024", "--meeting", "2025-06-01", "-m", "もっと", token=lambda: "m4t8zc")
    assert complete("pdca respond ") == {"2025-06-15-m4t8zc": "2025-06-15 もっと"}


def test_kinds_of_entries_are_completed_by_name_or_code(complete):
    assert {"活動", "意見"} <= set(complete("pdca list --kind "))
    assert complete("pdca list --kind act") == {"activity": "活動", "actual": "実績値"}


def test_outside_a_workspace_no_entry_is_offered(complete, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert complete("pdca show ") == {}


@pytest.mark.usefixtures("rating_workspace")
def test_what_is_rated_and_by_whom_is_completed(complete):
    assert complete("pdca evaluate 1-1-2-1 --evaluator ") == {"self": "自己評価", "council": "外部評価"}
    assert {"1-1", "1-1-2-1"} <= set(complete("pdca evaluate 1-1"))
    assert "1-1-2" not in complete("pdca evaluate 1-1")


@pytest.mark.usefixtures("own_words_workspace")
def test_the_words_of_the_evaluator_who_is_named_are_completed(complete):
    own = {"A": "妥当", "B": "概ね妥当", "N": "対象外"}
    assert complete("pdca evaluate 1-1-2-1 --evaluator council --rating ") == own
    assert complete("pdca evaluate 1-1-2-1 --rating A") == {"A": "目標達成"}


def test_where_initiatives_alone_are_rated_nothing_above_them_is_completed(complete):
    assert "1-1" not in complete("pdca evaluate 1-1")
    assert "plan" not in complete("pdca evaluate ")
    assert complete("pdca evaluate 1-1-2-1 --evaluator ") == {}
