"""The explorer's page, as its tests open and read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "api" / "explorer" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTLED = "#app[data-settled]"


def go(page: Page, state: str = "", ready: str = SETTLED) -> None:
    """Open the explorer anew at an address."""
    page.goto("about:blank")
    page.goto(f"/#{state}")
    page.wait_for_selector(ready)


def on_screen(page: Page) -> tuple[int, int]:
    """How many entities and relationships are shown."""
    shown = page.get_attribute("#app", "data-shown") or ""
    entities, links = (int(number) for number in shown.split())
    return entities, links


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong, each with where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
