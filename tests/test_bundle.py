# mypy: allow-untyped-calls
"""What a closed network gets: the parts of the script that need no network, on folders of the same layout."""

import hashlib

import pytest

from scripts import bundle

PTH = "python312.zip\r\n.\r\n\r\n# Uncomment to run site.main() automatically\r\n#import site\r\n"


@pytest.fixture
def embedded(tmp_path):
    """Make a folder like python.org's embeddable package."""
    folder = tmp_path / "embedded"
    folder.mkdir()
    (folder / "python.exe").touch()
    (folder / "python312._pth").write_bytes(PTH.encode())
    return folder


@pytest.fixture
def portable(tmp_path):
    """Make a portable folder whose program imports two packages, one of them in machine code."""
    folder = tmp_path / "portable"
    packages = folder / "python" / "Lib" / "site-packages"
    for name, text in {
        "mizuho_pdca/cli/main.py": "import json\nimport typer\nfrom fast import read\nfrom mizuho_pdca.cli import x\n",
        "mizuho_pdca/cli/x.py": "def later():\n    import winreg\n    import duckdb\n",
        "mizuho_pdca-1.dist-info/METADATA": (
            "Name: mizuho-pdca\nRequires-Dist: typer>=1\nRequires-Dist: Ruamel.yaml\n"
            'Requires-Dist: tzdata; sys_platform == "win32"\nRequires-Dist: pytest; extra == "dev"\n'
            'Requires-Dist: duckdb>=1; extra == "towns"\n'
            'Requires-Dist: typst; extra == "papers"\nRequires-Dist: uvloop; sys_platform != "win32"\n\nbody\n'
        ),
        "typer/__init__.py": "",
        "typer-1.dist-info/METADATA": "Name: typer\n\n",
        "fast.cp312-win_amd64.pyd": "",
        **{f"{name}-1.dist-info/METADATA": f"Name: {name}\n\n" for name in ("ruamel_yaml", "tzdata", "typst")},
    }.items():
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text(text, encoding="utf-8")
    return folder


def test_an_embedded_python_finds_the_packages_beside_it(embedded, tmp_path):
    for _ in range(2):
        bundle.let_find_packages(embedded)
        kept = "# Uncomment to run site.main() automatically"
        lines = ["python312.zip", ".", "", kept, "Lib\\site-packages", "import site"]
        assert (embedded / "python312._pth").read_bytes().decode() == "\r\n".join([*lines, ""])
    bundle.unpack(embedded, tmp_path / "python")
    assert (tmp_path / "python" / "python.exe").is_file()


def test_another_folder_is_not_taken_for_python(tmp_path):
    (tmp_path / "other").mkdir()
    with pytest.raises(SystemExit, match="embeddable package"):
        bundle.unpack(tmp_path / "other", tmp_path / "python")


def test_what_is_whole_has_nothing_missing(portable):
    assert list(bundle.missing(portable)) == []


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        ("typer/__init__.py", "typer: the program imports it, and no file of it is there"),
        ("fast.cp312-win_amd64.pyd", "fast: the program imports it, and no file of it is there"),
        ("mizuho_pdca/cli/x.py", None),
        ("tzdata-1.dist-info/METADATA", "tzdata: mizuho-pdca requires it, and it is not there"),
        ("typst-1.dist-info/METADATA", "typst: mizuho-pdca requires it, and it is not there"),
    ],
)
def test_what_is_missing_is_named(portable, gone, words):
    path = portable / "python" / "Lib" / "site-packages" / gone
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
    assert list(bundle.missing(portable)) == ([] if words is None else [words])


def test_the_list_tells_what_was_altered(portable, capsys):
    bundle.write_list(portable)
    assert bundle.main(["check", str(portable)]) == 0
    packages = portable / "python" / "Lib" / "site-packages"
    (packages / "typer" / "__init__.py").write_text("x = 1\n", encoding="utf-8")
    (packages / "extra.txt").touch()
    (packages / "mizuho_pdca" / "cli" / "x.py").unlink()
    assert bundle.main(["check", str(portable)]) == 1
    lines = capsys.readouterr().out.splitlines()[1:]
    at = "python/Lib/site-packages/"
    assert lines == [
        f"{at}mizuho_pdca/cli/x.py: is gone",
        f"{at}extra.txt: is not in the list",
        f"{at}typer/__init__.py: has changed",
    ]


def test_what_is_no_portable_folder_is_said_in_a_line(tmp_path):
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(SystemExit) as caught:
            bundle.main(["check", str(folder)])
        assert caught.value.code == f"{folder} holds no SHA256SUMS: name the folder that `portable -o` made"


@pytest.mark.parametrize("text", [None, "no zip"])
def test_without_python_s_package_nothing_is_made(tmp_path, text):
    embedded, folder = tmp_path / "python.zip", tmp_path / "new"
    if text is not None:
        embedded.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as caught:
        bundle.main(["portable", "-o", str(folder), "--embedded", str(embedded)])
    assert caught.value.code == f"{embedded} is no folder and no zip file: name python.org's embeddable package"
    assert not folder.exists()


def test_what_can_not_be_finished_leaves_no_folder_and_what_is_there_stays(tmp_path):
    other, folder = tmp_path / "other", tmp_path / "new"
    other.mkdir()
    arguments = ["portable", "--embedded", str(other), "-o"]
    with pytest.raises(SystemExit, match="embeddable package"):
        bundle.main([*arguments, str(folder)])
    assert not folder.exists()
    with pytest.raises(SystemExit, match="is there already"):
        bundle.main([*arguments, str(other)])
    assert other.is_dir()


def test_a_path_that_windows_does_not_bear_is_named(tmp_path):
    (tmp_path / ("a" * 120)).mkdir()
    (tmp_path / ("a" * 120) / ("b" * 80)).touch()
    assert list(bundle.too_long(tmp_path)) == [f"{'a' * 120}/{'b' * 80}: 201 signs, more than 200"]


def test_pip_is_told_each_file_s_hash(tmp_path):
    for name in ("mizuho_pdca-1.0-py3-none-any.whl", "tzdata-2026.1-py3-none-any.whl"):
        (tmp_path / name).write_bytes(name.encode())
    for tag in ("cp311-cp311-win_amd64", "cp312-cp312-win_amd64"):
        (tmp_path / f"ryaml-0.5.1-{tag}.whl").write_bytes(tag.encode())
    lines = bundle.requirements(tmp_path).splitlines()
    digests = [hashlib.sha256(tag.encode()).hexdigest() for tag in ("cp311-cp311-win_amd64", "cp312-cp312-win_amd64")]
    assert lines[0].startswith("mizuho-pdca[papers]==1.0 --hash=sha256:")
    assert lines[1] == f"ryaml==0.5.1 --hash=sha256:{digests[0]} --hash=sha256:{digests[1]}"
    assert lines[2].startswith('tzdata==2026.1 ; sys_platform == "win32" --hash=sha256:')


def test_nothing_without_a_signature_starts_the_program():
    assert '"%~dp0python\\python.exe" -X utf8 -m mizuho_pdca %*' in bundle.START
    assert "pdca.exe" not in bundle.START + bundle.INSTALL_CMD
