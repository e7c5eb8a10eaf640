import json

import pytest
from pydantic import ValidationError

from mizuho_pdca.domain.review.packet import Listed, Manifest, Origin, PlanName, Tool, Verification

MANIFEST = Manifest(
    schema="pdca.packet/1",
    plan=PlanName(id="trial", title="試験計画"),
    fiscal_year=2024,
    language="ja",
    sample=False,
    as_of=Origin(commit=None, dirty=None),
    tool=Tool(name="pdca", version="1", packages={"typst": "1"}),
    files=(Listed(name="資料1.pdf", bytes=1, sha256="00"),),
)


def test_a_manifest_is_the_same_after_it_was_written_and_read():
    written = MANIFEST.model_dump_json(by_alias=True)
    assert json.loads(written)["schema"] == "pdca.packet/1"
    assert Manifest.model_validate_json(written) == MANIFEST


@pytest.mark.parametrize(
    "change",
    [{"schema": "pdca.packet/2"}, {"fiscal_year": "2024"}, {"sample": 0}, {"more": 1}, {"files": [{"name": "x"}]}],
    ids=str,
)
def test_what_is_no_manifest_is_not_read_as_one(change):
    data = json.loads(MANIFEST.model_dump_json(by_alias=True)) | change
    with pytest.raises(ValidationError):
        Manifest.model_validate_json(json.dumps(data))


@pytest.mark.parametrize(
    ("states", "same"),
    [
        ({}, True),
        ({"a": "same", "b": "same"}, True),
        *(({"a": "same", "b": state}, False) for state in ("changed", "missing", "other", "unlisted")),
    ],
)
def test_a_packet_is_the_same_if_every_file_of_it_is(states, same):
    assert Verification(states, MANIFEST, MANIFEST).is_same is same
