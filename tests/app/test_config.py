# mypy: allow-untyped-calls
import os
from pathlib import Path

import pytest

from mizuho_pdca.app.config import in_effect, key_of, store, unset
from mizuho_pdca.errors import EnvironmentFault, UsageFault


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("name", "name"),
        ("ＮＡＭＥ", "name"),
        ("名前", "name"),
        ("氏名", "name"),
        ("担当", "initiatives"),
        ("登録", "commit"),
    ],
)
def test_a_key_goes_by_its_english_and_its_japanese_name(typed, key):
    assert key_of(typed) == key


def test_a_key_that_there_is_not_is_refused_with_all_that_there_are():
    with pytest.raises(UsageFault) as caught:
        key_of("namae")
    assert "name (名前)" in caught.value.text(str)


@pytest.mark.parametrize(
    ("key", "words", "value"),
    [
        ("name", ["瑞穂", "花子"], "瑞穂 花子"),
        ("department", ["産業課"], "産業課"),
        ("initiatives", ["1-1②-1、１－１－２－２"], ("1-1-2-1", "1-1-2-2")),
        ("initiatives", ["1-1②", "1-1-2-1"], ("1-1-2-1", "1-1-2-2")),
        ("initiatives", ["1-1②-1　1-1②-2"], ("1-1-2-1", "1-1-2-2")),
        ("initiatives", ["企業訪問活動の実施"], ("1-1-2-1",)),
        ("initiatives", ["1-6-1-1"], ("1-3-1-1",)),
        ("language", ["日本語"], "ja"),
        ("language", ["EN"], "en"),
        ("commit", ["はい"], True),
        ("pager", ["off"], False),
    ],
)
def test_a_value_is_kept_as_it_is_meant(make_desk, workspace, key, words, value):
    assert store(make_desk(workspace), key, words) == value
    assert make_desk(workspace).settings.given(key) == value


@pytest.mark.parametrize(
    ("key", "words", "told"),
    [
        ("name", [" "], "empty"),
        ("initiatives", ["9-9"], "9-9"),
        ("language", ["フランス語"], "日本語"),
        ("commit", ["たぶん"], "はい, いいえ"),
        ("workspace", ["/nowhere"], "/nowhere"),
    ],
)
def test_a_value_that_can_t_be_is_refused(make_desk, workspace, key, words, told):
    with pytest.raises(UsageFault) as caught:
        store(make_desk(workspace), key, words)
    assert told in caught.value.text(str)
    assert not Path(os.environ["PDCA_CONFIG"]).exists()


def test_without_a_workspace_initiatives_are_taken_by_their_numbers(make_desk, tmp_path):
    assert store(make_desk(tmp_path), "initiatives", ["1-1②-1"]) == ("1-1-2-1",)
    with pytest.raises(UsageFault):
        store(make_desk(tmp_path), "initiatives", ["企業訪問"])


def test_a_workspace_is_kept_with_its_whole_path(make_desk, workspace, monkeypatch):
    monkeypatch.chdir(workspace.parent)
    assert store(make_desk(), "workspace", ["town"]) == str(workspace)


def test_a_computer_without_a_folder_for_settings_is_told_what_to_do(make_desk, workspace, monkeypatch):
    for name in ("PDCA_CONFIG", "XDG_CONFIG_HOME", "HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(EnvironmentFault) as caught:
        store(make_desk(workspace), "name", ["花子"])
    assert "PDCA_CONFIG" in caught.value.text(str)


def test_every_value_says_where_it_comes_from(make_desk, workspace, monkeypatch, tmp_path):
    def sources(desk, *, told=False):
        rows = in_effect(desk, "ja", language_told=told)
        return {row.key: (row.value, row.source and row.source.text(str)) for row in rows}

    monkeypatch.chdir(workspace)
    found = sources(make_desk())
    assert found["name"] == ("産業課", "git's user.name")
    assert found["workspace"] == (str(workspace), "this folder or one above it")
    assert found["language"] == ("ja", "as this computer is set")
    assert found["commit"] == (None, None)
    for key, value in {"name": "花子", "workspace": ".", "language": "ja", "commit": "はい"}.items():
        store(make_desk(), key, [value])
    monkeypatch.chdir(tmp_path)
    found = sources(make_desk())
    assert {key: source for key, (_, source) in found.items() if source} == dict.fromkeys(
        ("name", "workspace", "language", "commit"), "pdca config"
    )
    for name, value in {"PDCA_BY": "総務課", "PDCA_WORKSPACE": str(workspace), "PDCA_LANG": "ja"}.items():
        monkeypatch.setenv(name, value)
    found = sources(make_desk(workspace), told=True)
    assert found["name"] == ("総務課", "the variable PDCA_BY")
    assert found["workspace"] == (str(workspace), "the variable PDCA_WORKSPACE")
    assert found["language"] == ("ja", "the variable PDCA_LANG")
    monkeypatch.delenv("PDCA_LANG")
    monkeypatch.delenv("PDCA_WORKSPACE")
    found = sources(make_desk(workspace), told=True)
    assert found["language"][1] == found["workspace"][1] == "on the command line"
    unset("name")
    assert make_desk().settings.name is None


def test_outside_a_workspace_there_is_none_in_effect(make_desk, tmp_path):
    found = {row.key: row.value for row in in_effect(make_desk(tmp_path), "en", language_told=False)}
    assert found["workspace"] is None
    assert found["language"] == "en"
