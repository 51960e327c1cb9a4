"""What a reader does with the explorer, step by step, on the real service with the demo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from backends import Backend
from chromium import watched
from demo_graph import load_demo
from explorer_page import SETTLED, go, on_screen
from playwright.sync_api import Browser, Page, expect

MISTRAL = "company-mistral-ai"
SCALE = "Le 3 juin 2025, Meta a investi {} milliards de dollars dans Scale AI."
DROP = """([name, type, content]) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File([content], name, {type}));
  const form = document.querySelector("form.bring");
  for (const kind of ["dragover", "drop"])
    form.dispatchEvent(new DragEvent(kind, {dataTransfer: dropped, cancelable: true}));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, _service: str, embedded: Backend) -> Iterator[Page]:
    load_demo(embedded.store)
    with watched(
        browser, viewport={"width": 1280, "height": 800}, locale="fr-FR", base_url=_service
    ) as found:
        yield found.page
        assert found.foreign == []
        assert found.errors == []


def pinned(page: Page) -> dict[str, str]:
    """Where the entities are that are pinned, as the address holds it."""
    found = re.search(r"[#&]p=([^&]*)", page.url)
    return dict(each.split(":", 1) for each in found[1].split(",")) if found else {}


def test_nothing_on_screen_moves_when_neighbours_come_and_go(page: Page) -> None:
    go(page, f"n={MISTRAL},company-apple,person-arthur-mensch&c={MISTRAL}")
    shown = page.locator("#app")
    before = on_screen(page)
    # Where an entity is, its pin tells.
    page.locator("[data-key=pin]").click()
    place = pinned(page)
    assert set(place) == {MISTRAL}
    page.locator("[data-key=pin]").click()
    assert pinned(page) == {}
    page.locator("[data-key=expand]").click()
    expect(shown).not_to_have_attribute("data-shown", " ".join(map(str, before)))
    expect(shown).to_have_attribute("data-settled", str(on_screen(page)[0]))
    page.locator("[data-key=pin]").click()
    assert pinned(page) == place
    # What hangs on it alone goes when it collapses; what is pinned stays.
    page.locator("[data-key=collapse]").click()
    expect(shown).to_have_attribute("data-shown", re.compile(r"^[1-5] "))
    assert pinned(page) == place
    # What is hidden is told, comes back, and the address holds it meanwhile.
    page.locator("[data-key=hide]").click()
    expect(page).to_have_url(re.compile(f"h={MISTRAL}"))
    fewer = on_screen(page)[0]
    page.get_by_role("button", name=re.compile("1 masqué")).click()
    assert on_screen(page)[0] == fewer + 1


def test_back_gives_the_focus_back(page: Page) -> None:
    go(page)
    third = page.locator(".list .fact").nth(2)
    key = third.get_attribute("data-key")
    third.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".detail .card").first).to_be_visible()
    page.locator(".detail .close").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#app")).to_have_attribute("data-detail", "false")
    page.go_back()
    page.go_back()
    expect(page.locator(f'.list [data-key="{key}"]')).to_be_focused()


def test_on_a_day_one_sees_what_was_known_then(page: Page) -> None:
    # A relationship with a later report: by the day of the first one it was less well supported.
    recent = page.request.get("/v1/graph/recent?limit=40").json()["relationships"]
    link = next(each for each in recent if each["first_reported"] < each["last_reported"])
    day = link["first_reported"]
    ends = f"{link['subject']},{link['object']}"
    go(page, f"n={ends}&l={link['id']}&d={day}&t=known")
    expect(page.locator(".detail .card")).to_have_count(1)
    expect(page.locator(".detail .summary")).to_contain_text("1 citation")
    go(page, f"n={ends}&l={link['id']}")
    expect(page.locator(".detail .card")).to_have_count(link["claims"])


def test_amounts_that_differ_are_set_against_each_other(page: Page, shots: Path) -> None:
    ids = []
    for amount, outlet in (("14,3", "Les Échos"), ("10", "Le Matin"), ("14,3", "Le Soir")):
        article = {"text": SCALE.format(amount), "outlet": outlet, "published": "2025-06-04"}
        ids.append(page.request.post("/v1/articles", data=article).json()["id"])
    try:
        go(page, "n=company-meta,company-scale-ai")
        page.locator(".list .fact", has_text="investit dans").first.click()
        expect(page.locator(".contradiction")).to_have_text("Les montants diffèrent")
        sides = page.locator(".sides > div")
        expect(sides).to_have_count(2)
        expect(sides.nth(0).locator("h3")).to_contain_text("14,3")
        expect(sides.nth(1).locator("h3")).to_contain_text("10")
        expect(sides.nth(1).locator(".card")).to_contain_text("Le Matin")
        page.screenshot(path=shots / "amounts.png")
    finally:
        for id_ in ids:
            page.request.delete(f"/v1/articles/{id_}")


def test_a_dropped_file_is_read_before_the_eyes_and_lights_up(page: Page, shots: Path) -> None:
    go(page, "v=read", "#article")
    text = "Zoé Marchand, directrice de la recherche chez Ubisoft, a été recrutée par Mistral AI."
    markup = (
        f"<html><head><title>x</title></head><body><p>{text}</p><script>1</script></body></html>"
    )
    page.evaluate(DROP, ["article.html", "text/html", markup])
    expect(page.locator("#article")).to_have_value(text)
    page.evaluate(DROP, ["article.txt", "text/plain", text])
    expect(page.locator("#article")).to_have_value(text)
    with page.expect_response("**/v1/articles") as answered:
        page.locator("form [type=submit]").click()
    # In the order of the text: at first some of it waits, at the end none.
    page.wait_for_selector(".text .waits", state="attached")
    expect(page.locator(".text .in-entity:not(.waits)", has_text="Zoé Marchand")).to_be_visible()
    expect(page.locator(".waits")).to_have_count(0)
    expect(page.locator(".found li", has_text="Zoé Marchand").first).to_be_visible()
    page.get_by_role("button", name="Voir dans le graphe").click()
    page.wait_for_selector(SETTLED)
    expect(page).to_have_url(re.compile(r"path=[^&]*person-zoe-marchand"))
    expect(page.locator(".list")).to_contain_text("Zoé Marchand")
    page.screenshot(path=shots / "lit.png")
    page.request.delete(f"/v1/articles/{answered.value.json()['id']}")


def test_the_flows_and_the_map_of_amounts_are_drawn_as_they_are_told(page: Page) -> None:
    go(page, "v=flows", ".sankey")
    rows = page.locator(".board tbody tr")
    expect(page.locator(".ribbon")).to_have_count(rows.count())
    ribbon = page.locator(".ribbon").first
    people = re.search(r"(\d+) personnes?", ribbon.locator("title").text_content() or "")
    assert people is not None
    ribbon.dispatch_event("click")
    expect(page.locator("#app")).to_have_attribute("data-shows", "graph")
    assert on_screen(page)[0] == int(people[1]) + 2
    go(page, "v=money", ".treemap")
    tiles = page.locator(".tile")
    expect(tiles).to_have_count(page.locator(".board tbody tr").count())
    tiles.first.dispatch_event("click")
    expect(page.locator(".card mark").first).to_be_visible()
