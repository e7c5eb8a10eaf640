"""A packet's manifest: which files it holds and what they were made of; and how a folder differs from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

State = Literal["same", "changed", "missing", "other", "unlisted"]
"""A file of a packet: as the data makes it; changed since; gone; made of other data; not of the packet."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class PlanName(_Strict):
    """Which plan the papers are of."""

    id: str
    title: str


class Origin(_Strict):
    """Which commit the data stood at, and whether files had changed since; None without git."""

    commit: str | None
    dirty: bool | None


class Tool(_Strict):
    """What made the papers: the version of the program, and of the packages that their bytes depend on."""

    name: Literal["pdca"]
    version: str
    packages: dict[str, str]


class Listed(_Strict):
    """A file of the packet with its length and its SHA-256 digest in hex."""

    name: str
    bytes: int
    sha256: str


class Manifest(_Strict):
    """What a packet holds and what it was made of."""

    schema_: Literal["pdca.packet/1"] = Field(alias="schema")
    plan: PlanName
    fiscal_year: int
    language: Literal["ja", "en"]
    sample: bool
    as_of: Origin
    tool: Tool
    files: tuple[Listed, ...]


@dataclass(frozen=True)
class Verification:
    """What became of each file of a packet, and the manifests: of the folder, and of what the data makes now."""

    states: Mapping[str, State]
    found: Manifest
    expected: Manifest

    @property
    def is_same(self) -> bool:
        """Return whether the packet is what this data makes, to the last byte."""
        return set(self.states.values()) <= {"same"}
