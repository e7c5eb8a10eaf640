"""A mistake of ``mutants.py``, and how it gets into loaded functions, or into a module as it loads."""

from __future__ import annotations

import ast
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Protocol

from scripts.mutations import Mutation, mutations

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Mutant:
    """One mistake: the file, its number among the changes of that file, and the lines."""

    file: str
    number: int
    first: int
    last: int
    column: int
    what: str

    def __str__(self) -> str:
        """Name it by its place."""
        return f"{self.file}:{self.first}:{self.column} {self.what}"

    def code(self) -> CodeType:
        """Return the module with the mistake, compiled."""
        tree, found = _parsed(self.file)
        found[self.number].make()
        return compile(tree, str(ROOT / self.file), "exec", dont_inherit=True)


def _parsed(file: str) -> tuple[ast.Module, list[Mutation]]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return tree, mutations(tree)


@cache
def sound(file: str) -> CodeType:
    """Return a module as it is, compiled."""
    return compile(_parsed(file)[0], str(ROOT / file), "exec", dont_inherit=True)


def mutants(under: Sequence[str]) -> Iterator[Mutant]:
    """Yield all mistakes in files and folders of the package."""
    for part in under:
        path = ROOT / "mizuho_pdca" / part
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            name = file.relative_to(ROOT).as_posix()
            for number, one in enumerate(_parsed(name)[1]):
                yield Mutant(name, number, one.first, one.last, one.column, one.what)


Changed = list[tuple[CodeType, CodeType]]


def differing(old: CodeType, new: CodeType) -> Changed | None:
    """Return the functions of a module that are no longer the same; None where what runs on import is not."""
    if old == new:
        return []
    if old.co_flags & inspect.CO_NEWLOCALS:
        return None if old.co_name.endswith(("comp>", "genexpr>")) else [(old, new)]
    if old.co_code != new.co_code or old.co_names != new.co_names or len(old.co_consts) != len(new.co_consts):
        return None
    found: Changed = []
    for before, after in zip(old.co_consts, new.co_consts, strict=True):
        if isinstance(before, CodeType) and isinstance(after, CodeType):
            within = differing(before, after)
            if within is None:
                return None
            found += within
        elif repr(before) != repr(after):
            return None
    return found


Living = Mapping[tuple[str, str, int], Sequence[FunctionType]]


def living() -> Living:
    """Return the functions of the program that are loaded, by their places."""
    found = defaultdict[tuple[str, str, int], list[FunctionType]](list)
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(str(ROOT / "mizuho_pdca")):
            code = each.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(each)
    return found


class Cached(Protocol):
    """A function that remembers what it returned."""

    def cache_clear(self) -> None:
        """Forget it."""


def cached() -> list[Cached]:
    """Return the functions of the program and of its tests that are loaded and remember."""
    return [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper) and _is_own(one.__wrapped__)]


def _is_own(function: object) -> bool:
    return isinstance(function, FunctionType) and function.__code__.co_filename.startswith(str(ROOT))


def plant(changed: Changed, functions: Living) -> bool:
    """Give loaded functions the code of a mutant; return whether that could be done."""
    for old, new in changed:
        found = [
            each
            for each in functions.get((old.co_filename, old.co_qualname, old.co_firstlineno), ())
            if each.__code__ == old
        ]
        if not found:
            return False
        for each in found:
            try:
                each.__code__ = new
            except ValueError:  # it no longer takes the names around it
                return False
    return True


class Planter(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module with a mistake in it."""

    def __init__(self, mutant: Mutant) -> None:
        """Take the mistake."""
        self.mutant = mutant
        self.name = mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """Say that the module comes from here."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, ROOT / self.mutant.file, loader=self)

    def exec_module(self, module: object) -> None:
        """Run the module with its mistake."""
        exec(self.mutant.code(), vars(module))  # noqa: S102 (it is the module's own code, but for one place)
