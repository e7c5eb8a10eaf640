"""List what the lock file pins as an SBOM, or hold what is installed against it; neither asks the network.

    python scripts/sbom.py > sbom.json      CycloneDX 1.6, with the licences that installed packages state
    python scripts/sbom.py --check          exit code 1 where something installed is not the one that is pinned

The check finds a package that nobody pinned, another version than the pinned one, and one without a licence.
It does not ask whether a vulnerability of a version is known: that takes a list from the network.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
NOT_OURS = {"mizuho-pdca", "pip", "setuptools", "wheel"}
"""The program itself, and what a fresh environment brings along."""

UNSTATED = {"axe-playwright-python"}
"""A tool of the acceptance tests whose metadata name no licence; it is not handed on."""

_PIN = re.compile(r"([\w.-]+)==([\w.]+)")
_GENERAL = {"License :: OSI Approved"}


def pins(lock: str) -> dict[str, str]:
    """Return the version of every package that a lock file pins, by the package's normal name."""
    return {normal(found[1]): found[2] for line in lock.splitlines() if (found := _PIN.match(line))}


def normal(name: str) -> str:
    """Return a package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(found: Distribution) -> str:
    """Return what a package states as its licence, nothing where it states none."""
    told = found.metadata
    if expression := told.get_all("License-Expression"):
        return str(expression[0])
    classes = [line for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    names = [line.rpartition(" :: ")[2] for line in classes if line not in _GENERAL]
    return ", ".join(names) or str((told.get_all("License") or ("",))[0]).strip().partition("\n")[0]


def faults(pinned: Mapping[str, str], installed: Mapping[str, Distribution]) -> Iterator[str]:
    """Yield what is installed and is not what is pinned, or states no licence."""
    for name, found in sorted(installed.items()):
        if name in NOT_OURS:
            continue
        if name not in pinned:
            yield f"{name} {found.version} is installed, and not pinned"
        elif found.version != pinned[name]:
            yield f"{name} {found.version} is installed, {pinned[name]} is pinned"
        if not licence(found) and name not in UNSTATED:
            yield f"{name} {found.version} states no licence"


def sbom(pinned: Mapping[str, str], installed: Mapping[str, Distribution]) -> str:
    """Return the list in the form of CycloneDX: the same lock and environment give the same text."""
    licences = {name: licence(found) for name, found in installed.items()}
    components = [
        {"type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}"}
        | ({"licenses": [{"license": {"name": licences[name]}}]} if licences.get(name) else {})
        for name, version in sorted(pinned.items())
    ]
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}
    about = {"component": {"type": "application", "name": "mizuho-pdca"}}
    return json.dumps({**head, "metadata": about, "components": components}, ensure_ascii=False, indent=1) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Print the list, or check what is installed."""
    pinned = pins(LOCK.read_text(encoding="utf-8"))
    installed = {normal(found.name): found for found in distributions()}
    if arguments == ["--check"]:
        found = list(faults(pinned, installed))
        print("\n".join(found) or f"{len(pinned)} packages are pinned; what is installed is what is pinned")
        return 1 if found else 0
    if arguments:
        print("usage: python scripts/sbom.py [--check]")
        return 2
    sys.stdout.buffer.write(sbom(pinned, installed).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
