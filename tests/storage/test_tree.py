# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.storage.tree import Found, Memory


def test_memory_gives_what_it_was_given():
    tree = Memory({"plan/measures.yaml": b"p", "records/2024/b": b"b", "records/2023/a": b"a", "review.csv": b""})
    assert tree.read("plan/measures.yaml") == b"p"
    assert tree.plan() == Found("plan/measures.yaml")
    assert list(tree.records()) == [Found("records/2023/a"), Found("records/2024/b")]
    with pytest.raises(OSError, match="absent"):
        tree.read("absent")
