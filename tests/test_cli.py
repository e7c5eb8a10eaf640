"""The shim beside the package: runs from a checkout, and names what is not installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def shim(tmp_path):
    """Run ``cli.py`` with some modules made impossible to import."""

    def run(*arguments, blocked=()):
        (tmp_path / "sitecustomize.py").write_text(
            "import sys\n"
            "class Blocker:\n"
            "    def find_spec(self, name, path=None, target=None):\n"
            f"        if name in {tuple(blocked)!r}:\n"
            "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
            "sys.meta_path.insert(0, Blocker())\n",
            encoding="utf-8",
        )
        return subprocess.run(
            [sys.executable, str(ROOT / "cli.py"), *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.mark.slow
def test_it_is_the_same_program(shim, workspace):
    assert shim("--version").stdout.startswith("pdca ")
    done = shim("-C", str(workspace), "status", "--check")
    assert (done.returncode, "0/30" in done.stdout) == (1, True)


def test_what_is_not_installed_is_named_with_one_line_to_install_it(shim):
    done = shim("--version", blocked=["typer"])
    assert done.returncode == 4
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "typer" in done.stderr
    assert "pip install" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("module", ["pydantic", "ruamel.yaml", "tabulate"])
def test_a_module_that_is_loaded_later_is_named_as_well(shim, workspace, module):
    command = (
        ("log", "1-1②-1", "-m", "x", "-d", "2025-06-01", "--by", "y") if module == "ruamel.yaml" else ("review", "2024")
    )
    command = (*command, "-f", "text") if module == "tabulate" else command
    done = shim("-C", str(workspace), *command, blocked=[module])
    assert done.returncode == 4
    assert module.partition(".")[0] in done.stderr
    assert "pip install" in done.stderr


def test_a_fault_of_the_package_itself_is_not_called_a_missing_package(shim):
    done = shim("--version", blocked=["mizuho_pdca.cli.streams"])
    assert done.returncode not in (0, 4)
    assert "pip install" not in done.stderr
