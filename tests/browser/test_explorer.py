"""The explorer in Chromium, on the real service with the articles that are shipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from backends import Backend
from chromium import Watched, watched
from explorer_page import SETTLED, on_screen
from playwright.sync_api import Browser, Page, expect


@pytest.fixture(scope="module")
def backend(embedded: Backend) -> Backend:
    return embedded


@pytest.fixture
def opened(browser: Browser, service: str) -> Iterator[Watched]:
    """The explorer at its first sight, in French; asking another host or failing is an error."""
    with watched(
        browser, viewport={"width": 1360, "height": 850}, locale="fr-FR", base_url=service
    ) as found:
        found.page.goto("/")
        found.page.wait_for_selector(SETTLED)
        yield found
        assert found.foreign == []
        assert found.errors == []


@pytest.fixture
def page(opened: Watched) -> Page:
    return opened.page


def search(page: Page, text: str) -> None:
    page.fill("#search", text)
    page.wait_for_selector("#suggestions [role=option]")
    page.keyboard.press("Enter")


def test_the_first_sight_is_the_most_reported_of_the_last_weeks(page: Page, shots: Path) -> None:
    expect(page.locator("#search")).to_be_focused()
    expect(page.get_by_role("heading", name="Les plus rapportés")).to_be_visible()
    facts = page.locator(".facts .fact")
    recent = page.request.get("/v1/graph/recent?limit=40").json()
    assert facts.count() == len(recent["relationships"]) >= 12
    best = recent["relationships"][0]
    assert best["sources"] >= 2
    expect(facts.first).to_contain_text(f"{best['sources']} sources")
    names = {entity["id"]: entity["name"] for entity in recent["entities"]}
    expect(facts.first).to_contain_text(names[best["subject"]])
    entities, links = on_screen(page)
    assert entities >= 12
    assert links >= facts.count()
    page.screenshot(path=shots / "first-sight.png")


def test_a_name_is_found_with_a_typo_and_opens_with_its_neighbours(page: Page) -> None:
    page.fill("#search", "zukerberg")
    expect(page.locator("#suggestions [role=option]").first).to_contain_text("Mark Zuckerberg")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mark Zuckerberg")).to_be_visible()
    expect(page).to_have_url(re.compile(r"#.*n=.*person-mark-zuckerberg.*c=person-mark-zuckerberg"))
    assert on_screen(page)[0] >= 3


def test_a_name_that_nothing_is_like_is_told(page: Page) -> None:
    page.fill("#search", "xqzwv")
    expect(page.locator("#suggestions")).to_contain_text("Aucun nom ne ressemble à cela.")


def test_an_edge_tells_why_it_is_there(page: Page, shots: Path) -> None:
    page.locator(".facts .fact").first.click()
    cards = page.locator(".detail .card")
    expect(cards).to_have_count(2)
    newest, oldest = cards.nth(0), cards.nth(1)
    expect(newest).to_contain_text("Le Fil IA")
    expect(newest).to_contain_text("2 décembre 2025")
    expect(oldest).to_contain_text("18 août 2025")
    expect(newest.locator("mark")).to_contain_text("Il arrive de Microsoft")
    expect(newest.locator("blockquote")).to_contain_text("lui succède au rang de vice-président")
    expect(newest).to_contain_text("affirmé comme un fait")
    expect(newest).to_contain_text(re.compile(r"confiance \d+ %"))
    page.screenshot(path=shots / "why.png")


def test_an_edge_that_is_contested_shows_both_sides(page: Page, shots: Path) -> None:
    search(page, "Mistral AI")
    page.locator(".filters summary").click()
    page.locator("[data-key=check-denied]").check()
    page.locator(".detail .fact", has_text="ASML").first.click()
    expect(page.locator(".contradiction")).to_have_text("La presse se contredit")
    pro, against = page.locator(".sides > div").all()
    expect(pro.locator("h3")).to_contain_text("Pour")
    expect(against.locator(".card")).to_contain_text("démenti")
    page.screenshot(path=shots / "contested.png")


def test_what_is_denied_is_off_until_it_is_asked_for(page: Page) -> None:
    search(page, "Mistral AI")
    page.wait_for_selector(".detail .fact")
    expect(page.locator(".detail .fact", has_text="démenti")).to_have_count(0)
    before = on_screen(page)
    page.locator(".filters summary").click()
    page.locator("[data-key=check-denied]").check()
    expect(page.locator(".detail .fact", has_text="démenti").first).to_be_visible()
    assert on_screen(page)[1] > before[1]
    expect(page).to_have_url(re.compile("s=asserted,reported,hedged,planned,denied"))


def test_the_page_speaks_english_to_an_english_browser_and_french_when_asked(
    browser: Browser, service: str
) -> None:
    with watched(browser, locale="en-GB", base_url=service) as found:
        page = found.page
        page.goto("/")
        expect(page.get_by_role("heading", name="Most reported")).to_be_visible()
        assert page.get_attribute("html", "lang") == "en"
        page.get_by_role("button", name="Français").click()
        expect(page.get_by_role("heading", name="Les plus rapportés")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="Les plus rapportés")).to_be_visible()


def test_the_policy_of_the_page_allows_nothing_inline_and_no_other_host(
    opened: Watched, service: str
) -> None:
    page = opened.page
    answer = page.request.get(service + "/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert not re.search(r"unsafe|https?:|\*", policy)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\bon\w+=|style=", answer.text())
    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return false } "
        "catch (error) { return error instanceof TypeError } }"
    )
    assert refused
    # The browser says so in the console; here it was wanted.
    opened.errors.clear()
