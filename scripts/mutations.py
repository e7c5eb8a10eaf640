"""The small mistakes that ``mutants.py`` makes in a module, one at a time: what a slip of the hand would change.

Left alone are what no test could tell (annotations, docstrings, what only the type checker reads) and the wording of
messages, which the tests of the catalogue and the gallery of errors hold.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_READ_BY_NOBODY = {"annotation", "returns", "decorator_list", "type_comment", "bases"}
_WORDS = {"N_", "cast", "TypeVar", "NewType", "Literal", "Annotated", "assert_never"}
"""What these are given is wording, or for the type checker."""


@dataclass(frozen=True)
class Mutation:
    """A change of one place: the lines it stands on, what it is, and how to make it in the tree that it is of."""

    first: int
    last: int
    column: int
    what: str
    make: Callable[[], None]


A = TypeVar("A", bound=ast.AST)
Put = Callable[[ast.AST | None], None]
Change = tuple[str, Callable[[], None]]


def mutations(tree: ast.Module) -> list[Mutation]:
    """Return the changes of a module, in order; each is made in this tree."""
    return list(_below(tree))


def _below(node: ast.AST) -> Iterator[Mutation]:
    if _is_for_the_type_checker(node):
        return
    for name, value in ast.iter_fields(node):
        if name in _READ_BY_NOBODY:
            continue
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(child, ast.AST) or _is_docstring(child):
                continue

            def put(new: ast.AST | None, name: str = name, value: object = value, index: int = index) -> None:
                if not isinstance(value, list):
                    setattr(node, name, new)
                elif new is None:
                    del value[index]
                else:
                    value[index] = new

            for what, make in _changes(node, name, child, put):
                at = cast("ast.expr", child)  # or a statement, or a keyword: what stands at a place
                yield Mutation(at.lineno, at.end_lineno or at.lineno, at.col_offset, what, make)
            yield from _below(child)


def _is_for_the_type_checker(node: ast.AST) -> bool:
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.Call(func=ast.Name(id=("N_" | "cast" | "TypeVar"))):
            return True
        case ast.Subscript(value=ast.Name(id=name)):
            return name in _WORDS
        case ast.Import() | ast.ImportFrom() | ast.Raise(exc=ast.Call(func=ast.Name(id="AssertionError"))):
            return True
    return False


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(parent: ast.AST, name: str, node: ast.AST, put: Put) -> Iterator[Change]:
    if isinstance(node, ast.expr):
        yield from _of_expression(parent, name, node, put)
        yield from _of_condition(parent, name, node, put)
    elif isinstance(node, ast.stmt):
        yield from _of_statement(node, put)
    elif isinstance(node, ast.keyword) and node.arg is not None and isinstance(parent, ast.Call):
        yield f"without {node.arg}=", lambda: put(None)


def _of_expression(parent: ast.AST, name: str, node: ast.expr, put: Put) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=[op, *_]):
            other = _COMPARED[type(op)]

            def compared(node: ast.Compare = node) -> None:
                node.ops[0] = other()

            yield f"{type(op).__name__} as {other.__name__}", compared
        case ast.BoolOp(op=op):
            yield "and as or" if isinstance(op, ast.And) else "or as and", lambda: setattr(node, "op", _other(op))
            for index in range(len(node.values)):
                yield f"without part {index + 1}", lambda index=index: _drop(node, index, put)  # type: ignore[misc]
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield f"without {type(node.op).__name__}", lambda: put(operand)
        case ast.BinOp():
            yield from _of_reckoning(node, put)
        case ast.Constant() | ast.Name() | ast.Slice():
            yield from _of_part(parent, name, node)


def _of_part(parent: ast.AST, name: str, node: ast.Constant | ast.Name | ast.Slice) -> Iterator[Change]:
    match node:
        case ast.Constant():
            yield from _of_constant(parent, node)
        case ast.Name(id=called) if isinstance(parent, ast.Call) and name == "func" and called in _CALLED:
            yield f"{called} as {_CALLED[called]}", lambda: setattr(node, "id", _CALLED[called])
        case ast.Slice():
            for bound in ("lower", "upper", "step"):
                if getattr(node, bound) is not None:
                    yield f"slice without {bound}", lambda bound=bound: setattr(node, bound, None)  # type: ignore[misc]


def _of_condition(parent: ast.AST, name: str, node: ast.expr, put: Put) -> Iterator[Change]:
    if (name == "test" or (name == "ifs" and isinstance(parent, ast.comprehension))) and not isinstance(
        node, ast.Compare | ast.BoolOp
    ):
        yield "condition turned", lambda: put(_at(node, ast.UnaryOp(ast.Not(), node)))


def _of_reckoning(node: ast.BinOp, put: Put) -> Iterator[Change]:
    match node:
        case ast.BinOp(op=ast.BitOr() | ast.BitAnd(), left=left, right=right):
            yield "left side only", lambda: put(left)
            yield "right side only", lambda: put(right)
        case ast.BinOp(op=ast.Add(), left=left, right=right) if any(map(_is_sequence, (left, right))):
            yield "left side only", lambda: put(left)
        case ast.BinOp(op=op, left=left) if type(op) in _RECKONED and not _is_sequence(left):
            other = _RECKONED[type(op)]
            yield f"{type(op).__name__} as {other.__name__}", lambda: setattr(node, "op", other())


def _other(op: ast.boolop) -> ast.boolop:
    return ast.Or() if isinstance(op, ast.And) else ast.And()


def _drop(node: ast.BoolOp, index: int, put: Put) -> None:
    rest = [*node.values[:index], *node.values[index + 1 :]]
    put(rest[0] if len(rest) == 1 else _at(node, ast.BoolOp(node.op, rest)))


def _is_sequence(node: ast.expr) -> bool:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    return is_text or isinstance(node, ast.JoinedStr | ast.List | ast.Tuple | ast.ListComp)


def _of_constant(parent: ast.AST, node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield f"{value} as {not value}", lambda: setattr(node, "value", not value)
    elif isinstance(value, int | float):
        yield f"{value} as {value + 1}", lambda: setattr(node, "value", value + 1)
    elif isinstance(value, str) and not isinstance(parent, ast.JoinedStr | ast.FormattedValue):
        yield "another text", lambda: setattr(node, "value", f"{value}x")
    elif isinstance(value, bytes):
        yield "other bytes", lambda: setattr(node, "value", value + b"x")


def _of_statement(node: ast.stmt, put: Put) -> Iterator[Change]:
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield "returns nothing", lambda: setattr(node, "value", _at(value, ast.Constant(None)))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            never = _at(node, ast.If(_at(node, ast.Constant(value=False)), [node], []))
            yield "yields nothing", lambda: put(never)
        case (
            ast.Expr(value=ast.Call())
            | ast.Raise()
            | ast.AugAssign()
            | ast.Delete()
            | ast.Assign(targets=[ast.Attribute() | ast.Subscript()])
        ):
            yield "left out", lambda: put(_at(node, ast.Pass()))
        case ast.Continue():
            yield "continue as break", lambda: put(_at(node, ast.Break()))
        case ast.Break():
            yield "break as continue", lambda: put(_at(node, ast.Continue()))
        case ast.With(items=[ast.withitem(context_expr=ast.Call(func=ast.Name(id="suppress")))], body=body):
            yield "without suppress", lambda: put(_at(node, ast.If(_at(node, ast.Constant(value=True)), body, [])))
        case ast.Try(finalbody=[_, *_], handlers=handlers):
            if handlers:
                yield "without finally", lambda: setattr(node, "finalbody", [])
            else:
                yes = _at(node, ast.Constant(value=True))
                yield "without finally", lambda: put(_at(node, ast.If(yes, node.body, [])))


def _at(place: ast.AST, new: A) -> A:
    return ast.fix_missing_locations(ast.copy_location(new, place))
