"""The layers hold: imports point downwards, each package has one door, heavy packages wait in functions."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# From top to bottom; the names in one tuple stand on one floor and may not import each other's users.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("interfaces", "langchain"),
    ("__init__",),
    ("assemble",),
    ("viewing",),
    ("ingest",),
    ("summarizing",),
    ("answering",),
    ("checking",),
    ("retrieval",),
    ("store",),
    ("models",),
    ("structure",),
    ("reading",),
    ("filings",),
    ("settings", "resources"),
    ("errors",),
)
RANK = {name: depth for depth, names in enumerate(LAYERS) for name in names}

# Third-party package -> the one file or folder that may import it.
DOORS = {
    "PIL": ("rag/reading/", "rag/interfaces/exports/"),
    "chromadb": ("rag/store/",),
    "docx": ("rag/reading/", "rag/interfaces/exports/"),
    "fastapi": ("rag/interfaces/http/",),
    "langchain": ("rag/models/", "rag/langchain.py"),
    "langchain_core": ("rag/models/", "rag/langchain.py"),
    "langchain_ollama": ("rag/models/",),
    "langchain_openai": ("rag/models/",),
    "lxml": ("rag/reading/",),
    "mcp": ("rag/interfaces/mcp/",),
    "onnxruntime": ("rag/reading/",),
    "opencc": ("rag/retrieval/",),
    "openpyxl": ("rag/interfaces/",),
    "prometheus_client": ("rag/interfaces/http/",),
    "pypdf": ("rag/reading/",),
    "pypdfium2": ("rag/reading/",),
    "rapidfuzz": ("rag/retrieval/",),
    "rapidocr": ("rag/reading/",),
    "rich": ("rag/interfaces/",),
    "rjieba": ("rag/store/",),
    "safetensors": ("rag/models/",),
    "sentence_transformers": ("rag/models/",),
    "slack_bolt": ("rag/interfaces/slack/",),
    "slack_sdk": ("rag/interfaces/slack/",),
    "starlette": ("rag/interfaces/http/",),
    "tantivy": ("rag/store/",),
    "tokenizers": ("rag/models/",),
    "torch": ("rag/models/",),
    "transformers": ("rag/models/",),
    "typer": ("rag/interfaces/",),
    "uvicorn": ("rag/interfaces/",),
}
# Vocabulary of arrays and of typed input: no door, their types may pass between layers.
EVERYWHERE = {"numpy", "pydantic"}

# Each costs a tenth of a second or more to import; `xunju --help` must not pay for any of them.
HEAVY = {
    "PIL",
    "chromadb",
    "docx",
    "langchain",
    "langchain_core",
    "langchain_ollama",
    "langchain_openai",
    "onnxruntime",
    "openpyxl",
    "pypdf",
    "pypdfium2",
    "rapidocr",
    "sentence_transformers",
    "torch",
    "transformers",
}
# Loaded only by people who use LangChain already; its classes derive from LangChain's.  A child process draws.
MAY_BE_HEAVY = {"rag/langchain.py", "rag/reading/picture_child.py"}


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module name; `deferred` when it happens inside a function or for the type checker."""

    module: str
    line: int
    deferred: bool


def _sources(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(node: ast.AST, package: str, deferred: bool = False) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, deferred)
        elif isinstance(child, ast.ImportFrom):
            base = _absolute(child, package)
            for alias in child.names:
                yield Import(_module(base, alias.name), child.lineno, deferred)
        else:
            yield from _imports(child, package, deferred or _defers(child))


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    above = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])


def _module(base: str, name: str) -> str:
    """`base.name` when that is a module of ours, `base` when the name only stands inside it."""
    place = ROOT.joinpath(*base.split("."), name)
    return f"{base}.{name}" if place.is_dir() or place.with_suffix(".py").is_file() else base


def _defers(node: ast.AST) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return True
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _imports_of(path: Path) -> list[Import]:
    package = ".".join(path.relative_to(ROOT).parent.parts)
    return list(_imports(ast.parse(path.read_text(encoding="utf-8")), package))


def _layer(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def _layer_of(path: Path) -> str:
    return path.relative_to(ROOT / "rag").parts[0].removesuffix(".py")


def _is_ours(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] == "rag"


def _is_foreign(module: str) -> bool:
    top = module.split(".", maxsplit=1)[0]
    return top != "rag" and top not in sys.stdlib_module_names


def _wrong(rule: Callable[[Path, Import], bool]) -> list[str]:
    return [
        f"{_name(path)}:{item.line} imports {item.module}"
        for path in _sources("rag")
        for item in _imports_of(path)
        if rule(path, item)
    ]


def test_every_file_stands_in_a_known_layer() -> None:
    assert [_name(path) for path in _sources("rag") if _layer_of(path) not in RANK] == []


def test_imports_point_to_the_own_layer_or_below() -> None:
    def points_up(path: Path, item: Import) -> bool:
        own, other = _layer_of(path), _layer(item.module)
        return _is_ours(item.module) and other != own and RANK[other] <= RANK[own]

    assert _wrong(points_up) == []


def test_interfaces_use_the_public_names_only() -> None:
    def reaches_inside(path: Path, item: Import) -> bool:
        inside = _layer(item.module) not in {"interfaces", "__init__"}
        return _layer_of(path) == "interfaces" and _is_ours(item.module) and inside

    assert _wrong(reaches_inside) == []


def test_each_package_is_imported_through_its_one_door() -> None:
    def beside_the_door(path: Path, item: Import) -> bool:
        package = item.module.split(".")[0]
        if not _is_foreign(item.module) or package in EVERYWHERE:
            return False
        return not _name(path).startswith(DOORS.get(package, ("no door",)))

    assert _wrong(beside_the_door) == []


def test_heavy_packages_are_imported_inside_functions() -> None:
    def at_the_top(path: Path, item: Import) -> bool:
        heavy = item.module.split(".")[0] in HEAVY and _name(path) not in MAY_BE_HEAVY
        return heavy and not item.deferred

    assert _wrong(at_the_top) == []
