"""No thread meets a type of msgspec's for the first time: that of two at once ends the process without a word.

msgspec fills what it knows of a type while it first needs it, and another thread that looks meanwhile follows a null.
So each decoder is built as the module that defines its type is imported, which one thread does, and nowhere else.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec import inspect

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("alerts", "diffs", "fetchers", "flows", "parsers", "reports", "sources", "storage")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
_BUILT = ("Decoder", "Encoder", "convert")


def built_in_functions(source: str) -> list[int]:
    """The lines at which a function of *source* has msgspec meet a type: a decoder that is built, a value converted, or
    one decoded as a type that is given."""
    tree = ast.parse(source)
    names = {"msgspec": "msgspec"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {a.asname or a.name: a.name for a in node.names if a.name.split(".")[0] == "msgspec"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "msgspec":
            names |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}

    def meets(call: ast.Call) -> bool:
        said, _, rest = ast.unparse(call.func).partition(".")
        name = f"{names[said]}.{rest}".rstrip(".") if said in names else ""
        given = any(k.arg == "type" for k in call.keywords) or len(call.args) > 1
        return bool(name) and (name.endswith(_BUILT) or (name.endswith(".decode") and given))

    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))
    bodies = (part for f in functions for part in (f.body if isinstance(f.body, list) else [f.body]))
    calls = (n for part in bodies for n in ast.walk(part) if isinstance(n, ast.Call))
    return sorted({call.lineno for call in calls if meets(call)})


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("msgspec.json.decode(x, type=T)", True),
        ("msgspec.json.decode(x, T)", True),
        ("msgspec.json.decode(x)", False),
        ("msgspec.json.Decoder(T).decode(x)", True),
        ("msgspec.yaml.decode(x, type=list[T])", True),
        ("msgspec.convert(x, T)", True),
        ("msgspec.json.Encoder()", True),
        ("m.convert(x, T)", True),
        ("convert(x, type=T)", True),
        ("js.decode(x, type=T)", True),
        ("built.decode(x)", False),
        ("msgspec.json.encode(x)", False),
        ("msgspec.structs.replace(x, type=T)", False),
        ("other.convert(x)", False),
    ],
)
@pytest.mark.parametrize("function", ["def f(x):\n    return {}", "async def f(x): {}", "f = lambda x: {}"])
def test_what_meets_a_type_inside_a_function_is_found(line: str, found: bool, function: str) -> None:
    imports = "import msgspec\nimport msgspec as m\nfrom msgspec import convert, json as js\nbuilt = js.Decoder(T)\n"
    assert bool(built_in_functions(imports + function.format(line))) is found


def test_no_function_has_msgspec_meet_a_type() -> None:
    found = {str(p.relative_to(ROOT)): built_in_functions(p.read_text(encoding="utf-8")) for p in MODULES}
    assert {name: lines for name, lines in found.items() if lines} == {}


def decoders() -> Iterator[tuple[str, str, object]]:
    """Module, type as written and the type of each decoder that a module builds."""
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("json.Decoder"):
                    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                    written = ast.unparse(call.args[0])
                    yield module.__name__, written, eval(written, vars(module))


def test_a_type_has_one_decoder_in_the_module_that_defines_it() -> None:
    found = list(decoders())
    assert len(found) > 8
    for module, written, kind in found:
        for part in inspect.multi_type_info(_structs(kind)):
            assert isinstance(part, inspect.StructType)
            assert part.cls.__module__ == module, f"{module} decodes {written}"
    assert max(Counter(str(kind) for _, _, kind in found).values()) == 1


def _structs(kind: object) -> list[type]:
    """The structs that stand outermost in *kind*."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    return [found for part in getattr(kind, "__args__", ()) for found in _structs(part)]


def a_value(kind: inspect.Type) -> object:
    """A value of this type with all its fields, as JSON has it."""
    match kind:
        case inspect.StructType():
            values = {field.encode_name: a_value(field.type) for field in kind.fields}
            return list(values.values()) if kind.array_like else values
        case inspect.DictType():
            return {"0": a_value(kind.value_type)}
        case inspect.VarTupleType() | inspect.ListType():
            return [a_value(kind.item_type)]
        case inspect.TupleType():
            return [a_value(part) for part in kind.item_types]
        case inspect.UnionType():
            return a_value(next(part for part in kind.types if not isinstance(part, inspect.NoneType)))
        case inspect.EnumType():
            return next(iter(kind.cls)).value
        case inspect.LiteralType():
            return kind.values[0]
        case inspect.DateType():
            return "2011-04-11"
        case inspect.DateTimeType():
            return "2011-04-11T12:00:00Z"
        case inspect.IntType() | inspect.FloatType():
            return 1
        case inspect.BoolType():
            return True
        case inspect.StrType() | inspect.AnyType() | inspect.RawType():
            return "word"
    raise AssertionError(f"no value for {kind}")


# A process has everything of others loaded and nothing of ours; each of its forks loads ours, as a start does, and then
# eight threads at once decode a value of every type, each from another one on.
_FORKS = textwrap.dedent(
    """
    import importlib, json, os, sys, threading

    told = json.load(sys.stdin)
    for name in told["theirs"]:
        try:
            importlib.import_module(name)
        except Exception:
            pass
    assert not [name for name in sys.modules if name.split(".")[0] in told["rooms"]]

    def decoder_of(module, written):
        for one in vars(importlib.import_module(module)).values():
            decoder = getattr(one, "__self__", one)
            if type(decoder).__name__ == "Decoder" and str(decoder.type) == written:
                return decoder
        raise LookupError(module + ": has no decoder of " + written)

    def meet(todo, begin, done):
        begin.wait()
        for decoder, data in todo:
            decoder.decode(data)
        done.append(True)

    def child():
        todo = [(decoder_of(module, written), data) for module, written, data in told["todo"]]
        begin, done = threading.Barrier(8), []
        parts = [k * len(todo) // 8 for k in range(8)]
        threads = [threading.Thread(target=meet, args=(todo[k:] + todo[:k], begin, done)) for k in parts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return 0 if len(done) == 8 else 1

    ended = {}
    for _ in range(told["times"]):
        pid = os.fork()
        if not pid:
            try:
                os._exit(child())
            finally:
                os._exit(2)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        ended[str(code)] = ended.get(str(code), 0) + 1
    print(json.dumps(ended))
    """
)


@pytest.mark.slow
def test_eight_threads_that_meet_every_type_at_once_live_in_400_fresh_processes() -> None:
    todo = [(module, str(kind), json.dumps(a_value(inspect.type_info(kind)))) for module, _, kind in list(decoders())]
    loaded = "import importlib, sys; [importlib.import_module(m) for m in sys.argv[1:]]; print(*sys.modules)"
    names = [module for module, _, _ in todo]
    theirs = subprocess.run(
        [sys.executable, "-c", loaded, *names], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    ).stdout.split()
    told = {
        "rooms": ROOMS, "theirs": [name for name in theirs if name.split(".")[0] not in ROOMS], "todo": todo,
        "times": 400,
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", _FORKS], cwd=ROOT, input=json.dumps(told), capture_output=True, text=True,
        timeout=900, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert json.loads(ran.stdout) == {"0": 400}, ran.stderr[-2000:]
