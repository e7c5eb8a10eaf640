# mypy: allow-untyped-calls
import pytest

from mizuho_pdca.domain.history.rules.closed import concerns, still_closes
from tests.domain.history.rules.sealed import REOPENED, file, seal

ONE, TWO = "records/2024/1-1-1-1/2024-06-12-000001.yaml", "records/2024/1-1-1-1/2024-06-12-000002.yaml"


def test_a_seal_holds_until_it_is_duly_reopened():
    assert still_closes(file(seal()), file(seal())) == seal()
    assert still_closes(file(seal()), None) == seal()
    assert still_closes(file(seal()), file(seal(by="別人"), REOPENED)) == seal()
    assert still_closes(file(seal()), file(seal(), REOPENED)) is None
    assert still_closes(file(seal()), file(seal(), seal(by="別人"))) == seal()
    assert still_closes(file(seal(), REOPENED), file(seal(), REOPENED)) is None


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
