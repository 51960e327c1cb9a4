"""Neo4j Browser itself, in Chromium, as a journalist would use it: on both stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from backends import Backend
from chromium import Watched, watched
from neo4j_page import Neo4jPage
from playwright.sync_api import Browser, expect

from api.browser_files import SavedQuery, saved_queries
from graph.store import Store

PATIENCE_MS = 60_000
"""Enough for a busy machine; what is waited for is mostly there at once."""
MOVES = next(query for query in saved_queries() if query.name == "moves")
HEADING = "qui part où, qui investit dans quoi"
"""Of the guide."""
PERSON, COMPANY = "#F2B56B", "#3E7CB1"
"""As the style sheet colours them."""
NODES, RELATIONSHIPS = "svg g.node", "svg g.relationship"
DROP = """async ([url, name]) => {
  const content = await (await fetch(url)).blob();
  const dropped = new DataTransfer();
  dropped.items.add(new File([content], name));
  const place = document.querySelector('[data-testid="stream"]');
  for (const type of ["dragenter", "dragover", "drop"])
    place.dispatchEvent(new DragEvent(type, {dataTransfer: dropped, bubbles: true}));
}"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Watched]:
    with watched(browser, viewport={"width": 1400, "height": 900}) as found:
        found.page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        yield found
        expect.set_options(timeout=5_000)


@pytest.fixture(scope="session")
def pictures() -> Path:
    """The folder for screenshots, kept for people to look at."""
    folder = Path(__file__).resolve().parents[2] / "artefacts" / "browser"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def shown_by(store: Store, query: SavedQuery) -> set[str]:
    """The names of the entities that a query returns as such."""
    values = (value for row in store.query(query.text).rows for value in row)
    return {value["properties"]["name"] for value in values if "labels" in value}


def test_a_journalist_finds_guide_style_and_queries_and_sees_the_graph(
    tab: Watched, browser_page: Neo4jPage, demo_store: Store, backend: Backend, pictures: Path
) -> None:
    page = tab.page
    browser_page.log_in(page)
    guide = page.get_by_test_id("frame").filter(has_text=HEADING)
    expect(guide).to_be_visible()
    page.screenshot(path=pictures / f"{backend.name}-guide.png")

    guide.locator("pre.runnable", has_text=":style").first.click()
    page.get_by_test_id("editor-Run").click()
    expect(page.get_by_test_id("frame").first).to_contain_text("node.Person")

    page.evaluate(DROP, [f"{browser_page.address}/queries.zip", "queries.zip"])
    page.get_by_test_id("navigationFavorites").click()
    page.get_by_test_id("expandFolder-mercato").click()
    saved = page.get_by_test_id("savedScriptListItem")
    expect(saved).to_have_count(len(saved_queries()))
    wanted = saved.filter(has_text=MOVES.title["fr"])
    wanted.hover()
    wanted.get_by_test_id("savedScriptsButton-Run").click()
    page.get_by_test_id("navigationFavorites").click()

    frame = page.get_by_test_id("frame").first
    names = shown_by(demo_store, MOVES)
    expect(frame.locator(NODES)).to_have_count(len(names))
    assert {name.strip() for name in frame.locator(NODES).all_text_contents()} == names
    assert frame.locator(f'{NODES} circle[fill="{COMPANY}"]').count() == 2
    assert frame.locator(f'{NODES} circle[fill="{PERSON}"]').count() == len(names) - 2
    # A label that is longer than its arrow is cut: how often one is told is on the short ones too.
    shown = frame.locator(RELATIONSHIPS).all_text_contents()
    assert {"embauché · asserted ×1", "travaille · asserted ×2"} <= set(shown)

    frame.get_by_title("Fullscreen").click()
    page.screenshot(path=pictures / f"{backend.name}-moves.png")
    assert tab.foreign == [], "the page reached for another machine"


def test_what_the_explorer_shows_is_shown_by_its_query(
    tab: Watched, browser_page: Neo4jPage, backend: Backend, pictures: Path
) -> None:
    page = tab.page
    root = browser_page.address.removesuffix("browser")
    shown = {"Meta", "Apple", "Yann LeCun", "Ruoming Pang"}
    page.goto(f"{root}#n=company-meta,company-apple,person-yann-lecun,person-ruoming-pang")
    page.wait_for_selector("#app[data-settled]")
    links = int((page.get_attribute("#app", "data-shown") or "").split()[1])
    assert links >= 3
    page.keyboard.press("Escape")
    page.locator(".tools button").nth(5).click()
    link = page.locator("dialog a[href^='/browser?query=']").get_attribute("href") or ""
    browser_page.log_in(page, link.removeprefix("/browser"))
    expect(page.get_by_test_id("activeEditor")).to_contain_text("AS ids")
    page.get_by_test_id("editor-Run").click()
    nodes = page.locator(NODES)
    expect(nodes).to_have_count(len(shown))
    assert {name.strip() for name in nodes.all_text_contents()} == shown
    assert page.locator(RELATIONSHIPS).count() >= links
    page.screenshot(path=pictures / f"{backend.name}-from-explorer.png")
