"""Make what a closed network needs: a folder of wheels with hashes, or a folder that runs on Windows as it is.

    python scripts/bundle.py wheels -o DIR [--system windows linux] [--python 3.11 3.12 3.13 3.14]
    python scripts/bundle.py portable -o DIR --embedded python-3.12.10-embed-amd64.zip [--python 3.12]
    python scripts/bundle.py check DIR

The first two need the network, once, for what pip brings; all versions are those of requirements.lock. ``--embedded``
is python.org's "Windows embeddable package", as it was loaded or unpacked. ``check`` says whether every module
that a portable folder's program imports is in it, and whether its files are those of its list.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
PROGRAM = "mizuho_pdca"
EXTRA = "papers"
PLATFORMS: Mapping[str, Sequence[str]] = {
    "windows": ("win_amd64",),
    "linux": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux_2_12_x86_64"),
}
"""The names that pip has for a system, the newest first."""

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
LIST, REQUIREMENTS = "SHA256SUMS", "requirements.txt"
LONGEST = 200
"""Signs of the longest path within a folder: Windows stops at 260, the folder's own place included."""

_WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}
_ON_WINDOWS_ONLY = ("colorama", "tzdata")

START = """\
@echo off
"%~dp0python\\python.exe" -X utf8 -m mizuho_pdca %*
"""

INSTALL_CMD = """\
@echo off
rem install.cmd [FOLDER]: installs pdca without a network and without an administrator.
setlocal
set "PLACE=%~1"
if "%PLACE%"=="" set "PLACE=%LOCALAPPDATA%\\pdca"
set FROM=--no-index --find-links "%~dp0wheels" --require-hashes -r "%~dp0requirements.txt"
where uv >nul 2>nul && goto uv
py -3 -m venv "%PLACE%" || exit /b 1
"%PLACE%\\Scripts\\python.exe" -m pip install %FROM% || exit /b 1
goto end
:uv
uv venv --offline "%PLACE%" || exit /b 1
uv pip install --offline --python "%PLACE%" %FROM% || exit /b 1
:end
"%PLACE%\\Scripts\\python.exe" -X utf8 -m mizuho_pdca --version
"""

INSTALL_SH = """\
#!/bin/sh
# install.sh [FOLDER]: installs pdca without a network and without an administrator.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
place=${1:-$HOME/.local/share/pdca}
set -- --no-index --find-links "$here/wheels" --require-hashes -r "$here/requirements.txt"
if command -v uv >/dev/null; then
  uv venv --offline "$place"
  uv pip install --offline --python "$place" "$@"
else
  "${PYTHON:-python3}" -m venv "$place"
  "$place/bin/python" -m pip install --quiet "$@"
fi
"$place/bin/python" -m mizuho_pdca --version
"""


def main(arguments: Sequence[str]) -> int:
    """Make a bundle, or check one."""
    given = _parser().parse_args(arguments)
    match given.what:
        case "wheels":
            with _new(given.output):
                make_wheels(given.output, given.system, given.python)
        case "portable":
            if not given.embedded.is_dir() and not zipfile.is_zipfile(given.embedded):
                sys.exit(f"{given.embedded} is no folder and no zip file: name python.org's embeddable package")
            with _new(given.output):
                make_portable(given.output, given.embedded, given.python[0])
        case _ if not (given.folder / LIST).is_file():
            sys.exit(f"{given.folder} holds no {LIST}: name the folder that `portable -o` made")
        case _:
            faults = [*missing(given.folder), *altered(given.folder)]
            print("\n".join(faults) or f"{given.folder}: complete")
            return 1 if faults else 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Make what a closed network needs.")
    kinds = parser.add_subparsers(dest="what", required=True)
    wheels = kinds.add_parser("wheels", help="a folder of wheels with hashes, and how to install from it")
    wheels.add_argument("--system", nargs="+", choices=PLATFORMS, default=list(PLATFORMS))
    wheels.add_argument("--python", nargs="+", default=list(PYTHONS))
    portable = kinds.add_parser("portable", help="a folder that runs on Windows as it is")
    portable.add_argument("--embedded", type=Path, required=True, help="python.org's embeddable package, packed or not")
    portable.add_argument("--python", nargs=1, default=["3.12"])
    for kind in (wheels, portable):
        kind.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    kinds.add_parser("check", help="is a portable folder complete?").add_argument("folder", type=Path)
    return parser


@contextmanager
def _new(folder: Path) -> Iterator[None]:
    """Make a folder, which goes away again where what is to fill it fails."""
    if folder.exists():
        sys.exit(f"{folder} is there already: name a new folder")
    folder.mkdir(parents=True)
    try:
        yield
    except BaseException:
        shutil.rmtree(folder)
        raise


# -- a folder of wheels ---------------------------------------------------------------------------


def make_wheels(folder: Path, systems: Sequence[str], pythons: Sequence[str]) -> None:
    """Fill an empty folder with the wheels of every system and Python, their hashes, and a script to install them."""
    wheels = folder / "wheels"
    wheels.mkdir()
    own = _own_wheel(wheels)
    for system in systems:
        for python in pythons:
            pip("download", *_for(system, python), "--dest", str(wheels), f"{own}[{EXTRA}]", *_besides(system))
    (folder / REQUIREMENTS).write_text(requirements(wheels), encoding="utf-8", newline="\n")
    if "windows" in systems:
        (folder / "install.cmd").write_text(INSTALL_CMD, encoding="utf-8", newline="\r\n")
    if "linux" in systems:
        script = folder / "install.sh"
        script.write_text(INSTALL_SH, encoding="utf-8", newline="\n")
        script.chmod(0o755)
    write_list(folder)


def requirements(wheels: Path) -> str:
    """Return the packages of a folder of wheels for pip, each with its version and the hashes of its files."""
    found: dict[tuple[str, str], list[str]] = {}
    for wheel in sorted(wheels.glob("*.whl")):
        name, version = wheel.name.split("-")[:2]
        found.setdefault((canonicalize_name(name), version), []).append(_digest(wheel))
    own = canonicalize_name(PROGRAM)
    lines = []
    for (name, version), digests in found.items():
        extra = f"[{EXTRA}]" if name == own else ""
        marker = ' ; sys_platform == "win32"' if name in _ON_WINDOWS_ONLY else ""
        lines.append(" ".join([f"{name}{extra}=={version}{marker}", *(f"--hash=sha256:{one}" for one in digests)]))
    return "\n".join([*lines, ""])


def _own_wheel(folder: Path) -> Path:
    pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob(f"{PROGRAM}-*.whl"))


def _for(system: str, python: str) -> Iterator[str]:
    """Yield pip's options for the wheels of a system and a Python, in the versions of the lock file."""
    yield from ("--only-binary=:all:", "--constraint", str(LOCK), "--python-version", python)
    for platform in PLATFORMS[system]:
        yield from ("--platform", platform)


def _besides(system: str) -> Sequence[str]:
    """Return packages that pip, which asks the machine that it runs on, does not know that it needs."""
    return _ON_WINDOWS_ONLY if system == "windows" else ()


def pip(*arguments: str) -> None:
    """Run pip, or stop with what it said."""
    run = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    if subprocess.run(run, check=False).returncode:
        sys.exit(f"pip {arguments[0]} failed, see above")


# -- a folder that runs as it is ------------------------------------------------------------------


def make_portable(folder: Path, embedded: Path, python: str) -> None:
    """Fill an empty folder with Python, the program and all that it imports, and a command that starts it."""
    unpack(embedded, folder / "python")
    packages = folder / "python" / "Lib" / "site-packages"
    with tempfile.TemporaryDirectory() as wheels:
        own = f"{_own_wheel(Path(wheels))}[{EXTRA}]"
        pip("install", "--no-compile", "--target", str(packages), *_for("windows", python), own, *_besides("windows"))
    shutil.rmtree(packages / "bin", ignore_errors=True)  # launchers without a signature are what policies block
    let_find_packages(folder / "python")
    (folder / "pdca.cmd").write_text(START, encoding="ascii", newline="\r\n")
    write_list(folder)
    if faults := [*missing(folder), *too_long(folder)]:
        sys.exit("\n".join(faults))


def unpack(embedded: Path, folder: Path) -> None:
    """Put python.org's package into a folder, packed or not; stop where it is something else."""
    if embedded.is_dir():
        shutil.copytree(embedded, folder)
    else:
        with zipfile.ZipFile(embedded) as packed:
            packed.extractall(folder)
    if not (folder / "python.exe").is_file() or not list(folder.glob("python3*._pth")):
        sys.exit(f"{embedded} is not python.org's embeddable package: it has no python.exe or no python3…._pth")


def let_find_packages(python: Path) -> None:
    """Let an embedded Python find the packages beside it; what else its ``._pth`` says stays."""
    for path in python.glob("python3*._pth"):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line.strip().lstrip("# ") not in ("import site", "Lib\\site-packages")]
        path.write_text("\n".join([*kept, "Lib\\site-packages", "import site", ""]), encoding="utf-8", newline="\r\n")


# -- is it whole ----------------------------------------------------------------------------------


def write_list(folder: Path) -> None:
    """Write the list of a folder's files with their hashes, as sha256sum checks it."""
    lines = [f"{_digest(path)}  {path.relative_to(folder).as_posix()}" for path in _files(folder)]
    (folder / LIST).write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")


def altered(folder: Path) -> Iterator[str]:
    """Yield what differs from the list of a folder's files."""
    lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    listed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    present = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    yield from (f"{path}: is gone" for path in sorted(listed.keys() - present.keys()))
    yield from (f"{path}: is not in the list" for path in sorted(present.keys() - listed.keys()))
    yield from (
        f"{path}: has changed" for path in sorted(listed) if path in present and _digest(present[path]) != listed[path]
    )


def too_long(folder: Path) -> Iterator[str]:
    """Yield the paths that are longer than Windows bears in a folder of a usual depth."""
    for path in _files(folder):
        name = path.relative_to(folder).as_posix()
        if len(name) > LONGEST:
            yield f"{name}: {len(name)} signs, more than {LONGEST}"


def missing(folder: Path) -> Iterator[str]:
    """Yield what the program imports, and what its packages require, that a portable folder lacks."""
    packages = folder / "python" / "Lib" / "site-packages"
    elsewhere = {*sys.stdlib_module_names, *_of_other_extras(packages)}
    for module in sorted(imports(packages / PROGRAM)):
        if module.partition(".")[0] not in elsewhere and not _is_there(packages, module):
            yield f"{module}: the program imports it, and no file of it is there"
    yield from _unmet(packages)


def _of_other_extras(packages: Path) -> Iterator[str]:
    """Yield the packages that only an extra asks for that is not bundled; the program says so where it needs one."""
    for path in packages.glob(f"{PROGRAM}-*.dist-info"):
        asked = [Requirement(text) for text in _metadata(path)]
        always = {one.name for one in asked if _holds(one, EXTRA)}
        yield from (one.name for one in asked if one.name not in always)


def imports(program: Path) -> set[str]:
    """Return the modules that the files of a package import, by their full names."""
    found = set()
    for path in program.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module is not None and not node.level:
                found.add(node.module)
    return found


def _is_there(packages: Path, module: str) -> bool:
    path = packages.joinpath(*module.split("."))
    above = path.parent
    return (
        path.is_dir()
        or path.with_name(f"{path.name}.py").is_file()
        or any(above.glob(f"{path.name}.*pyd"))
        or (
            any(above.glob("*.pyd")) and above != packages  # a part of a module in machine code
        )
    )


def _unmet(packages: Path) -> Iterator[str]:
    """Yield the packages that one of those present requires on Windows and that are not there."""
    dists = {_name_of(path): path for path in packages.glob("*.dist-info")}
    for name, path in sorted(dists.items()):
        extra = EXTRA if name == canonicalize_name(PROGRAM) else ""
        for needed in map(Requirement, _metadata(path)):
            if _holds(needed, extra) and canonicalize_name(needed.name) not in dists:
                yield f"{needed.name}: {name} requires it, and it is not there"


def _metadata(path: Path) -> list[str]:
    """Return what a package requires."""
    found = HeaderParser().parsestr((path / "METADATA").read_text(encoding="utf-8"))
    return found.get_all("Requires-Dist") or []


def _holds(needed: Requirement, extra: str) -> bool:
    """Return whether something is required on Windows, with an extra."""
    return needed.marker is None or needed.marker.evaluate({**_WINDOWS, "extra": extra})


def _name_of(path: Path) -> str:
    return str(canonicalize_name(re.sub(r"-[^-]*$", "", path.name.removesuffix(".dist-info"))))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / LIST)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
