# mypy: allow-untyped-calls
"""The file of a person's own settings: read without ever stopping anything, changed line by line."""

import sys
import tomllib

import pytest

from mizuho_pdca.errors import Refused
from mizuho_pdca.storage.settings import Settings, read_settings, settings_path, write_setting


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"PDCA_CONFIG": "/x/mine.toml", "HOME": "/home/a"}, "/x/mine.toml"),
        ({"PDCA_CONFIG": "", "XDG_CONFIG_HOME": "/c", "HOME": "/home/a"}, "/c/pdca/config.toml"),
        ({"HOME": "/home/a"}, "/home/a/.config/pdca/config.toml"),
        ({}, None),
    ],
)
def test_the_file_lies_where_the_person_s_settings_lie(monkeypatch, environ, expected):
    monkeypatch.setattr(sys, "platform", "linux")
    path = settings_path(environ)
    assert (None if path is None else path.as_posix()) == expected


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"APPDATA": "C:/Users/a/AppData/Roaming"}, "C:/Users/a/AppData/Roaming/pdca/config.toml"),
        ({"HOME": "/a"}, None),
    ],
)
def test_on_windows_it_lies_in_the_person_s_application_data(monkeypatch, environ, expected):
    monkeypatch.setattr(sys, "platform", "win32")
    path = settings_path(environ)
    assert (None if path is None else path.as_posix()) == expected


def test_without_a_file_or_a_folder_nothing_is_set(tmp_path):
    assert read_settings(None) == Settings()
    assert read_settings(tmp_path / "config.toml") == Settings(tmp_path / "config.toml")
    assert Settings().given("initiatives") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_what_is_set_is_read_in_the_encodings_of_japanese_computers(tmp_path, encoding):
    path = tmp_path / "config.toml"
    path.write_bytes('name = "瑞穂 花子"\ninitiatives = ["1-1-2-1"]\ncommit = true\n'.encode(encoding))
    found = read_settings(path)
    assert (found.name, found.initiatives, found.commit, found.faults) == ("瑞穂 花子", ("1-1-2-1",), True, ())
    assert (found.given("name"), found.given("pager")) == ("瑞穂 花子", None)


@pytest.mark.parametrize(
    ("text", "line", "words", "name"),
    [
        ('name = "産業課"\n部署 = "x"\n', 2, "not as a setting is written", None),
        ('name = "産業課\n', 1, "not as a setting is written", None),
        ('name = "産業課"\ncommit = "x"\n', 2, '"commit" wants true or false', "産業課"),
        ('name = "産業課"\n\ninitiatives = [1]\n', 3, '"initiatives" wants a list', "産業課"),
        ("name = " + "[" * 20_000, 1, "not as a setting is written", None),
        ("name = " + "1" * 5_000, 1, "not as a setting is written", None),
        ("name = 3\n", 1, '"name" wants a text', None),
        ('name = "産業課"\ncolour = "x"\n', 2, 'no setting "colour"', "産業課"),
        ('name = "産業課"\n[own]\ncolour = "x"\n', 1, 'no setting "own"', "産業課"),
    ],
)
def test_a_fault_is_named_with_its_line_and_the_rest_is_used(tmp_path, text, line, words, name):
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    found = read_settings(path)
    (told,) = [fault.text(str) for fault in found.faults]
    assert told.startswith(f"{path}:{line}: ")
    assert words in told
    assert found.name == name


def test_bytes_that_are_no_text_and_a_folder_stop_nothing(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b'name = "\xff\xfe\x80"\n')
    assert read_settings(path).path == path
    (told,) = read_settings(tmp_path).faults
    assert "can't be read" in told.text(str)


def test_a_setting_is_written_beside_what_stands_there(tmp_path):
    path = tmp_path / "new" / "config.toml"
    write_setting(path, "name", '瑞穂 "花子"\\')
    path.write_text("# mine\n" + path.read_text(encoding="utf-8") + "colour = 3\n[own]\nname = 1\n", encoding="utf-8")
    write_setting(path, "initiatives", ("1-1-2-1", "1-1-2-2"))
    write_setting(path, "commit", value=True)
    write_setting(path, "commit", value=False)
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {
        "name": '瑞穂 "花子"\\',
        "colour": 3,
        "initiatives": ["1-1-2-1", "1-1-2-2"],
        "commit": False,
        "own": {"name": 1},
    }
    write_setting(path, "name", None)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# mine\ncolour = 3\n")
    write_setting(path, "name", None)
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("text", "remedy"),
    [("名前 = 1\n", "Correct it"), ('initiatives = [\n  "1-1-2-1",\n]\n', "Change the line of initiatives")],
)
def test_a_file_that_can_t_be_changed_safely_stays_as_it_is(tmp_path, text, remedy):
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        write_setting(path, "initiatives", ("1-1-2-2",))
    assert remedy in caught.value.text(str)
    assert path.read_text(encoding="utf-8") == text


def test_what_is_larger_than_settings_are_stops_nothing(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b"#" * 1_048_577)
    (told,) = read_settings(path).faults
    assert told.text(str).endswith("can't be read: it is too large")
