"""The explorer's page, as its tests open and read it."""

from __future__ import annotations

from playwright.sync_api import Page

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
