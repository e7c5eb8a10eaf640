# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.storage.folder import Folder
from mizuho_pdca.storage.samples import holds_sample

SAMPLE = "schema: 1\nsummary: 見本\nsample: true\n"
OWN = "schema: 1\nsummary: |\n  sample: true と書いた。\n"


@pytest.fixture
def tree(tmp_path):
    def make(**files):
        for name, text in files.items():
            year, node, number = name.removeprefix("x").split("_")
            path = tmp_path / "records" / year / f"1-1-1-{node}" / f"{year}-06-12-00000{number}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Folder(tmp_path)

    return make


@pytest.mark.parametrize(
    ("files", "is_sample"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({"x2024_1_1": OWN, "x2025_1_1": OWN}, False, id="own entries, one of which speaks of it"),
        pytest.param({"x2024_1_1": OWN, "x2024_1_2": SAMPLE}, True, id="one among those of the year"),
        pytest.param({"x2022_1_1": OWN, "x2022_2_1": SAMPLE}, True, id="in another year"),
        pytest.param({"x2024_1_1": "sample: true\r\n"}, True, id="line endings of Windows"),
        *(
            pytest.param({"x2024_1_1": f"schema: 1\n{line}\nby: 産業課\n"}, True, id=line)
            for line in ("sample: True", "sample:  true", '"sample": true', "'sample': TRUE", "sample: true  # 見本")
        ),
        pytest.param({"x2024_1_1": "{schema: 1, sample: true, by: 産業課}\n"}, True, id="in braces"),
        pytest.param({"x2024_1_1": "schema: 1\nsample: false\nby: 'sample: true'\n"}, False, id="false"),
    ],
)
def test_a_sample_is_told_by_its_mark(tree, files, is_sample):
    assert holds_sample(tree(**files), 2024) is is_sample


def test_of_other_years_one_entry_a_node_is_looked_at(tree, monkeypatch):
    folder = tree(**{f"x{year}_{node}_{n}": OWN for year in (2023, 2024) for node in (1, 2) for n in (1, 2, 3)})
    read = list[str]()

    def note(_, path):
        read.append(path)
        return b""

    monkeypatch.setattr(Folder, "read", note)
    assert not holds_sample(folder, 2024)
    assert [path.split("/")[1] for path in read] == ["2023"] * 2 + ["2024"] * 6


def test_what_can_not_be_read_is_none(tree, tmp_path, monkeypatch):
    folder = tree(x2024_1_1=SAMPLE)

    def refuse(_, path):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(Folder, "read", refuse)
    assert not holds_sample(folder, 2024)
    monkeypatch.undo()
    (tmp_path / "records" / "2024" / "1-1-1-2").symlink_to(tmp_path / "records" / "2024" / "1-1-1-1")
    assert holds_sample(folder, 2024)
