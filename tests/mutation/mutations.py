"""The mutants of a source file: each is the file with one expression or statement replaced.

Lines that no test can judge are left alone: docstrings, annotations, `__all__`, the version, what is logged, and
blocks for the type checker.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from itertools import accumulate

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
_LOGGED = {"debug", "info", "warning", "error", "exception", "critical", "log"}
_NOT_JUDGED = {"__all__", "__version__", "VERSION"}
_FOR_TYPES = {"cast", "TypeVar", "ParamSpec"}


@dataclass(frozen=True)
class Mutant:
    """One replacement in one file: half-open offsets in its bytes, and the lines of the statement around it."""

    file: str
    start: int
    end: int
    new: str
    line: int
    lines: tuple[int, int]

    def applied(self, source: bytes) -> bytes:
        """The file with the replacement made."""
        return source[: self.start] + self.new.encode() + source[self.end :]

    def diff(self, source: bytes) -> str:
        """The lines that differ, as a unified diff without its head."""
        before, after = source.decode().splitlines(), self.applied(source).decode().splitlines()
        told = list(difflib.unified_diff(before, after, lineterm="", n=0))
        return "\n".join(told[3:])


def mutants_of(file: str, source: bytes) -> list[Mutant]:
    """Every mutant of a file that still compiles, in the order of the file."""
    starts = [0, *accumulate(len(line) for line in source.splitlines(keepends=True))]
    found: dict[tuple[int, int, str], Mutant] = {}
    for node, new, lines in _replacements(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        mutant = Mutant(file, start, end, new, node.lineno, lines)
        if _compiles(mutant.applied(source)):
            found.setdefault((start, end, new), mutant)
    return sorted(found.values(), key=lambda m: (m.start, m.end, m.new))


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


_Node = ast.expr | ast.stmt
_Replacement = tuple[_Node, str, tuple[int, int]]


def _replacements(tree: ast.Module) -> Iterator[_Replacement]:
    for statement in _statements(tree):
        lines = (statement.lineno, _end_of_head(statement))
        for new in _of_statement(statement):
            yield statement, new, lines
        for expression in _expressions(statement):
            for new in _of_expression(expression):
                yield expression, new, lines


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements that are judged, outer before inner."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            if _not_judged(child):
                continue
            yield child
        if not isinstance(child, ast.expr):
            yield from _statements(child)


def _not_judged(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr))):
            return attr in _LOGGED and "log" in name.lower()
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name in _NOT_JUDGED
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
    return False


def _end_of_head(statement: ast.stmt) -> int:
    """The last line of a statement without its body; of a function with it, for a default is seen by who calls."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return statement.end_lineno or statement.lineno
    body = getattr(statement, "body", None) or getattr(statement, "cases", None)
    if isinstance(body, list) and body:
        first = body[0] if isinstance(body[0], ast.stmt) else body[0].pattern
        return max(statement.lineno, first.lineno - 1)
    return statement.end_lineno or statement.lineno


def _expressions(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions of a statement's own head; none of an annotation, and none inside a formatted string."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
                continue
            if isinstance(child, ast.expr):
                yield child
                if isinstance(child, ast.JoinedStr) or _for_types(child):
                    continue
            yield from _expressions(child)


def _for_types(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FOR_TYPES


def _of_statement(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "return None"
        case ast.Raise() | ast.Expr(value=ast.Call() | ast.Await()):
            yield "pass"
        case ast.Break():
            yield "continue"
        case ast.Continue():
            yield "break"
        case ast.AugAssign(op=op) if type(op) in _COMPUTED:
            changed = copy(node)
            changed.op = _COMPUTED[type(op)]()
            yield ast.unparse(changed)


def _of_expression(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Compare(ops=[op]):
            changed = copy(node)
            changed.ops = [_COMPARED[type(op)]()]
            yield f"({ast.unparse(changed)})"
        case ast.BoolOp(op=joined):
            both = copy(node)
            both.op = ast.Or() if isinstance(joined, ast.And) else ast.And()
            yield f"({ast.unparse(both)})"
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield f"({ast.unparse(operand)})"
        case ast.BinOp(op=sign) if type(sign) in _COMPUTED:
            computed = copy(node)
            computed.op = _COMPUTED[type(sign)]()
            yield f"({ast.unparse(computed)})"
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield f"({ast.unparse(ast.IfExp(test, orelse, body))})"
        case ast.JoinedStr():
            yield "'mutated'"
        case ast.Constant(value=value):
            yield from _of_constant(value)
        case ast.Call(func=ast.Name(id="any" | "all" as name)):
            called = copy(node)
            called.func = ast.Name("all" if name == "any" else "any")
            yield ast.unparse(called)
        case ast.Call(func=ast.Name(id="min" | "max" as name)):
            called = copy(node)
            called.func = ast.Name("max" if name == "min" else "min")
            yield ast.unparse(called)


def _of_constant(value: object) -> Iterator[str]:
    match value:
        case bool():
            yield repr(not value)
        case int() | float():
            yield repr(value + 1)
        case str():
            yield repr(f"XX{value}")
        case bytes():
            yield repr(b"XX" + value)
