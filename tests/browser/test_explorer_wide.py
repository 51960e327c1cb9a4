"""The wide view in Chromium: thousands of entities, as the real service serves them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from backends import Backend
from chromium import watched
from explorer_page import SETTLED, go, violations
from playwright.sync_api import Browser, Page, Route, expect

from benchmarks.wide import write_graph

ENTITIES, RELATIONSHIPS = 2_000, 4_000


@pytest.fixture(scope="module")
def page(browser: Browser, _service: str, embedded: Backend) -> Iterator[Page]:
    embedded.store.write(lambda transaction: transaction.run("store/clear"))
    write_graph(embedded.store, ENTITIES, RELATIONSHIPS)
    with watched(
        browser,
        viewport={"width": 1280, "height": 800},
        locale="en-GB",
        reduced_motion="reduce",
        base_url=_service,
    ) as found:
        yield found.page
        assert found.foreign == []
        assert found.errors == []


def test_thousands_open_answer_a_click_and_are_looked_through(page: Page) -> None:
    page.goto("/#n=*")
    shown = page.locator("#app[data-drawn]")
    expect(shown).to_have_attribute("data-shown", re.compile(rf"^{ENTITIES} \d{{4}}$"))
    everything = shown.get_attribute("data-shown") or ""

    # The list has the first hundred of them, and more when asked.
    facts = page.locator(".list .fact")
    expect(facts).to_have_count(100)
    page.locator(".list .more").click()
    expect(facts).to_have_count(200)
    expect(facts.nth(100)).to_be_focused()

    # One that has no name in the picture is named under the pointer, and chosen by a click.
    page.wait_for_selector("#app[data-settled]")
    drawing = page.locator(".drawing").bounding_box()
    assert drawing is not None
    tip = page.locator(".tip")
    for step in range(2, 60):
        x = drawing["x"] + drawing["width"] * (0.3 + 0.4 * step / 60)
        y = drawing["y"] + drawing["height"] * (0.3 + 0.4 * step * 7 % 60 / 60)
        page.mouse.move(x, y)
        if tip.is_visible():
            break
    expect(tip).to_be_visible()
    name = tip.inner_text()
    page.mouse.click(x, y)
    expect(page.locator(".detail h2")).to_have_text(name)
    expect(page).to_have_url(re.compile(r"#n=\*&c="))
    expect(shown).to_have_attribute("data-shown", everything)

    # A filter narrows it; what is left keeps its place.
    page.locator(".filters summary").click()
    page.locator("[data-key=sources]").fill("3")
    page.keyboard.press("Tab")
    expect(shown).not_to_have_attribute("data-shown", everything)

    # By a double click, or a key, one goes on among the neighbours of one.
    page.locator(".drawing").focus()
    page.keyboard.press("e")
    expect(shown).to_have_attribute("data-shown", re.compile(r"^\d{1,2} "))
    page.go_back()
    expect(shown).to_have_attribute("data-shown", re.compile(rf"^{ENTITIES} "))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_wide_view_passes_wcag_and_fits_its_width(
    page: Page, width: int, scheme: Any, shots: Path
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    go(page, "n=*")
    page.screenshot(path=shots / f"wide-{width}-{scheme}.png")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_shows_while_the_view_is_awaited_passes_wcag(
    page: Page, scheme: Any, shots: Path
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("about:blank")
    held: list[Route] = []
    page.route("**/v1/graph/wide*", lambda route: held.append(route))
    page.goto("/#n=*")
    expect(page.locator(".notice [role=status]")).to_be_visible()
    assert violations(page) == []
    page.screenshot(path=shots / f"loading-{scheme}.png")
    page.unroute("**/v1/graph/wide*")
    [route] = held
    route.continue_()
    page.wait_for_selector(SETTLED)
    expect(page.locator(".notice [role=status]")).to_have_count(0)


def test_a_view_from_before_a_change_is_shown_and_then_replaced(page: Page) -> None:
    held: list[Route] = []

    def answer(route: Route) -> None:
        if "fresh=true" in route.request.url:
            held.append(route)
            return
        response = route.fetch(url=f"{route.request.url}?fresh=true")
        before = response.json()
        links = before["relationships"]
        for name in set(links) - {"details"}:
            del links[name][100:]
        links["details"] = [each for each in links["details"] if each["at"] < 100]
        route.fulfill(response=response, json=before, headers={**response.headers, "Age": "7"})

    page.route("**/v1/graph/wide*", answer)
    page.goto("about:blank")
    page.goto("/#n=*")
    shown = page.locator("#app[data-drawn]")
    few = re.compile(rf"^{ENTITIES} \d{{1,2}}$")
    expect(shown).to_have_attribute("data-shown", few)
    expect(page.locator(".notice.corner")).to_be_visible()
    held[0].continue_()
    expect(shown).to_have_attribute("data-shown", re.compile(rf"^{ENTITIES} \d{{4}}$"))
    expect(page.locator("[aria-live]")).to_contain_text("brought up to date")
    # The new one is laid out, too, though it came while the first was.
    page.wait_for_selector("#app[data-settled]")
    page.unroute("**/v1/graph/wide*")
