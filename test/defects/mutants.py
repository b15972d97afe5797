"""Mutants of a metric.py: one small change of its syntax tree each, as a careless author would make it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
UNARY_CALLS = {"sqrt", "log", "log1p", "log2", "abs"}
BOUNDS = {"maximum", "minimum", "max", "min"}
AVERAGES = {"mean": ("sum", "median", "max"), "sum": ("mean",), "var": ("std",)}
TEXT_METHODS = {"strip", "removesuffix", "lower"}
ORDERS = {"argsort", "rank", "sorted", "cumsum"}


@dataclass(frozen=True)
class Mutant:
    """A changed metric and what was done to it."""

    operator: str
    line: int
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """All mutants of a file, without repetitions, in the order of its lines."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    seen = {original}
    found = []
    worded = _wording(tree)
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in worded:
            continue
        for operator, change in _changes(node):
            changed = copy.deepcopy(tree)
            target = next(other for place, other in enumerate(ast.walk(changed)) if place == number)
            change(target, changed)
            try:
                text = ast.unparse(ast.fix_missing_locations(changed))
                compile(text, "metric.py", "exec")
            except (SyntaxError, ValueError):
                continue  # the change leaves no program, for instance a function without a body
            if text not in seen:
                seen.add(text)
                found.append(Mutant(operator, getattr(node, "lineno", 0), text))
    for operator, text in _whole(source):
        if text != source:
            found.append(Mutant(operator, 0, ast.unparse(ast.parse(text))))
    return iter(sorted(found, key=lambda mutant: (mutant.line, mutant.operator)))


Change = Callable[[Any, ast.Module], None]
"""Changes a node, which is of the kind that the change was made for, in a copy of the tree."""


def _wording(tree: ast.Module) -> set[int]:
    """Nodes that only make the words of a refusal: f-strings, the function that shortens lists for them, and what is
    assigned in a branch that ends in a refusal."""
    makers: list[ast.AST] = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.FunctionDef) and node.name == "_some")
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.body[-1], ast.Raise):
            makers += [statement for statement in node.body if isinstance(statement, ast.Assign)]
    return {id(inner) for maker in makers for inner in ast.walk(maker)}


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.BinOp):
        yield from _binary(node)
    elif isinstance(node, ast.Compare):
        for place, operation in enumerate(node.ops):
            for other in COMPARISONS.get(type(operation), ()):
                yield "change a comparison", _set_operation(place, other)
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield "exchange and/or", lambda it, _tree: setattr(it, "op", other())
        for place in range(len(node.values)):
            yield "drop a condition", _drop_value(place)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub, ast.Invert)):
        yield "drop a sign or a not", lambda it, tree: _replace(tree, it, it.operand)
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Call):
        yield from _call(node)
    elif isinstance(node, ast.Subscript):
        yield from _subscript(node)
    elif isinstance(node, (ast.Expr, ast.If, ast.For)):
        yield from _statement(node)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield from _returned(node)
    elif isinstance(node, ast.Assign):
        yield from _assigned(node)
    elif isinstance(node, ast.Name) and node.id == "CLASSES" and isinstance(node.ctx, ast.Load):
        rest = ast.parse("CLASSES[1:]", mode="eval").body
        yield "ignore a class", lambda it, tree: _replace(tree, it, rest)
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "drop a condition", lambda it, _tree: setattr(it, "ifs", [])


def _binary(node: ast.BinOp) -> Iterator[tuple[str, Change]]:
    other = ARITHMETIC.get(type(node.op))
    if other is not None:
        yield "change an operator", lambda it, _tree: setattr(it, "op", other())
    if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult)):
        yield "swap the arguments", _swap_sides
    if isinstance(node.op, (ast.BitAnd, ast.BitOr)):
        turned = ast.BitOr if isinstance(node.op, ast.BitAnd) else ast.BitAnd
        yield "change an operator", lambda it, _tree: setattr(it, "op", turned())
    if isinstance(node.op, (ast.Mult, ast.Div, ast.Pow, ast.Add, ast.Sub)):
        yield "drop a term", lambda it, tree: _replace(tree, it, it.left)


def _constant(node: ast.Constant) -> Iterator[tuple[str, Change]]:
    value = node.value
    if isinstance(value, bool):
        yield "wrong constant", lambda it, _tree: setattr(it, "value", not value)
    elif isinstance(value, int):
        for step in (1, -1):
            yield "off by one", _set_value(value + step)
    elif isinstance(value, float):
        for factor in (2.0, 0.5):
            yield "wrong constant", _set_value(value * factor)
        if 0 < value < 1e-6:
            yield "clip wrongly", _set_value(1e-3)


def _call(node: ast.Call) -> Iterator[tuple[str, Change]]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in UNARY_CALLS and len(node.args) == 1:
        yield "drop a root, a logarithm or a size", lambda it, tree: _replace(tree, it, it.args[0])
    if name in BOUNDS and len(node.args) == 2:
        for place in (0, 1):
            yield "clip wrongly", _keep_argument(place)
    if name in AVERAGES and isinstance(node.func, ast.Attribute):
        for other in AVERAGES[name]:
            yield "wrong averaging", lambda it, _tree, other=other: setattr(it.func, "attr", other)
    if name in TEXT_METHODS and isinstance(node.func, ast.Attribute):
        yield "compare other spellings", lambda it, tree: _replace(tree, it, it.func.value)
    if name == "str" and len(node.args) == 1:
        yield "compare other spellings", lambda it, tree: _replace(tree, it, it.args[0])
    if name in ORDERS:
        yield from _unsorted(node, name)
    if name == "float":
        yield "return another type", lambda it, tree: _replace(tree, it, it.args[0])
    if name in {"any", "all"} and isinstance(node.func, ast.Attribute):
        other = "all" if name == "any" else "any"
        yield "exchange any/all", lambda it, _tree: setattr(it.func, "attr", other)
    if len(node.args) == 2 and not any(isinstance(argument, ast.Starred) for argument in node.args):
        yield "swap the arguments", lambda it, _tree: it.args.reverse()
    for place, item in enumerate(node.keywords):
        if item.arg not in {"dtype", "axis", "strict"}:
            yield "drop an option", _drop_keyword(place)


def _unsorted(node: ast.Call, name: str) -> Iterator[tuple[str, Change]]:
    if name == "rank":
        yield "drop sorting", lambda it, tree: _replace(tree, it, it.func.value)
    elif name == "argsort":
        first = ast.unparse(node.args[0])
        plain = ast.parse(f"np.arange(len({first}))", mode="eval").body
        yield "drop sorting", lambda it, tree: _replace(tree, it, plain)
    elif name in {"sorted", "cumsum"} and node.args:
        yield "drop sorting", lambda it, tree: _replace(tree, it, it.args[0])


def _subscript(node: ast.Subscript) -> Iterator[tuple[str, Change]]:
    if isinstance(node.value, ast.Attribute) and node.value.attr == "iloc":
        yield "drop the alignment by id", lambda it, tree: _replace(tree, it, it.value.value)
    elif isinstance(node.slice, (ast.Compare, ast.Slice)) and isinstance(node.ctx, ast.Load):
        yield "drop a selection", lambda it, tree: _replace(tree, it, it.value)


def _statement(node: ast.Expr | ast.If | ast.For) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # documentation
    operator = "drop a validation" if "raise" in ast.unparse(node) or "_refuse" in ast.unparse(node) else "drop a step"
    if isinstance(node, ast.Expr) and "_predictions" in ast.unparse(node):
        operator = "drop a validation"
    yield operator, lambda it, tree: _replace(tree, it, ast.Pass())
    if isinstance(node, ast.If):
        always = ast.Constant(value=True)
        yield "condition always holds", lambda it, _tree: setattr(it, "test", always)


def _returned(node: ast.Return) -> Iterator[tuple[str, Change]]:
    value = ast.unparse(node.value) if node.value is not None else ""
    if value == "np.nan":
        yield "skip the check for NaN", lambda it, _tree: setattr(it, "value", ast.Constant(value=0.0))
    if value.startswith("float("):
        for operator, text in (
            ("return a rounded score", f"round({value}, 3)"),
            ("forget the direction", f"-{value}"),
            ("forget the direction", f"1 - {value}"),
            ("return another type", f"np.float64({value})"),
            ("clip wrongly", f"float(np.clip({value}, 0.1, 0.9))"),
        ):
            yield operator, _set_returned(text)


def _assigned(node: ast.Assign) -> Iterator[tuple[str, Change]]:
    target = node.targets[0]
    if isinstance(target, ast.Tuple) and len(target.elts) == 2 and isinstance(node.value, ast.Tuple):
        yield "swap the arguments", lambda it, _tree: it.targets[0].elts.reverse()


def _whole(source: str) -> Iterator[tuple[str, str]]:
    """Changes of the whole file: conduct, and alignment in other wrong ways."""
    head, middle, tail = _evaluate_parts(source)
    wrong: list[tuple[str, str]] = [
        ("mutate the inputs", "answers.sort_values(ID, inplace=True)"),
        ("mutate the inputs", "submission.reset_index(drop=True, inplace=True)"),
        ("mutate the inputs", "answers[ID] = answers[ID].astype(str)"),
        ("use the position", "submission = submission.assign(**{ID: answers[ID].to_numpy()})"),
        (
            "skip the check for NaN",
            "submission = submission.dropna()\n    answers = answers[answers[ID].isin(submission[ID])]",
        ),
        ("skip the check for NaN", "submission = submission.ffill().bfill()"),
        ("drop a validation", "submission = submission.drop_duplicates(ID)"),
        ("drop a validation", "submission = submission[submission[ID].isin(answers[ID])]"),
        ("drop a validation", "submission = submission.reindex(columns=COLUMNS)"),
        ("depend on chance", "answers = answers.sample(frac=0.9)"),
        ("off by one", "answers = answers.iloc[:-1]\n    submission = submission[submission[ID].isin(answers[ID])]"),
        ("off by one", "answers = answers.iloc[1:]\n    submission = submission[submission[ID].isin(answers[ID])]"),
    ]
    for operator, line in wrong:
        yield operator, f"{head}    {line}\n{middle}{tail}"
    inner = "\n".join(f"    {line}" if line else line for line in middle.rstrip("\n").split("\n"))
    yield "swallow exceptions", f"{head}    try:\n{inner}\n    except Exception:\n        return 0.0\n{tail}"
    yield (
        "swallow exceptions",
        f"{head}    try:\n{inner}\n    except InvalidSubmissionError:\n        return 0.0\n{tail}",
    )


def _evaluate_parts(source: str) -> tuple[str, str, str]:
    """The file up to the first statement of evaluate, the rest of evaluate, and what follows."""
    tree = ast.parse(source)
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "evaluate")
    lines = source.splitlines(keepends=True)
    first = function.body[1].lineno - 1
    last = function.end_lineno or len(lines)
    return "".join(lines[:first]), "".join(lines[first:last]), "".join(lines[last:])


def _set_operation(place: int, other: type[ast.cmpop]) -> Change:
    def change(node: Any, _tree: ast.Module) -> None:
        node.ops[place] = other()

    return change


def _drop_value(place: int) -> Change:
    def change(node: Any, tree: ast.Module) -> None:
        rest = [value for other, value in enumerate(node.values) if other != place]
        if len(rest) == 1:
            _replace(tree, node, rest[0])
        else:
            node.values = rest

    return change


def _drop_keyword(place: int) -> Change:
    return lambda node, _tree: node.keywords.pop(place)


def _keep_argument(place: int) -> Change:
    return lambda node, tree: _replace(tree, node, node.args[place])


def _set_value(value: float) -> Change:
    return lambda node, _tree: setattr(node, "value", value)


def _set_returned(text: str) -> Change:
    return lambda node, _tree: setattr(node, "value", ast.parse(text, mode="eval").body)


def _swap_sides(node: Any, _tree: ast.Module) -> None:
    node.left, node.right = node.right, node.left


def _replace(tree: ast.Module, old: ast.AST, new: ast.AST) -> None:
    """Puts a node in the place of another one."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list) and any(item is old for item in value):
                value[next(index for index, item in enumerate(value) if item is old)] = new
                return
