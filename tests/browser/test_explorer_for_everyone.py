"""The explorer for everyone: keyboard, WCAG 2.2 AA by axe-core, widths, themes, bad days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from backends import Backend
from chromium import watched
from demo_graph import load_demo
from explorer_page import SETTLED, go, on_screen, violations
from playwright.sync_api import Browser, Page, Route, expect

from api.headers import EXPLORER_POLICY

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
ARTICLE = (
    "Anne Kessler, ancienne directrice technique de Doctolib, a été recrutée par Mistral AI.\n\n"
    "Zoé Marchand aurait quitté Ubisoft, selon Les Échos."
)
HOSTILE = (
    'Anne "><img src=x onerror=alert(1)> Kessler, a été recrutée par Mistral AI. {{7*7}} &amp;'
)


@pytest.fixture(scope="module")
def backend(embedded: Backend) -> Backend:
    return embedded


@pytest.fixture(scope="module")
def page(browser: Browser, service: str) -> Iterator[Page]:
    """One page for the module; each test opens the address that it needs."""
    with watched(
        browser,
        viewport={"width": 1280, "height": 800},
        locale="fr-FR",
        reduced_motion="reduce",
        base_url=service,
    ) as found:
        yield found.page
        assert found.foreign == []
        assert found.errors == []


@pytest.fixture(scope="module")
def service(_service: str, embedded: Backend) -> str:
    """The service on the shipped articles, loaded once for the module."""
    load_demo(embedded.store)
    return _service


VIEWS = {
    "first sight": ("", ".facts .fact"),
    "an entity": ("n=company-meta,person-yann-lecun&c=company-meta", ".detail .fact"),
    "table": ("v=table", "table tbody tr"),
    "flows": ("v=flows", ".sankey"),
    "money": ("v=money", ".treemap"),
    "read": ("v=read", "#article"),
    "empty": ("n=-", ".notice h2"),
}


@pytest.mark.parametrize(
    ("width", "scheme", "views"),
    [
        (1280, "light", [*VIEWS]),
        (1280, "dark", [*VIEWS]),
        (900, "light", [*VIEWS]),
        (390, "dark", [*VIEWS]),
        # Colours and widths have been looked at apart; here the two that hold the most.
        (900, "dark", ["first sight", "an entity"]),
        (390, "light", ["first sight", "an entity"]),
    ],
)
def test_every_view_passes_wcag_and_fits_its_width(
    page: Page, width: int, scheme: Any, views: list[str], shots: Path
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    for name in views:
        state, ready = VIEWS[name]
        go(page, state, ready)
        page.screenshot(path=shots / f"{name.replace(' ', '-')}-{width}-{scheme}.png")
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.fixture(autouse=True)
def as_at_first(page: Page) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 800})


def test_the_panel_of_evidence_and_the_dialogs_pass_wcag(page: Page) -> None:
    go(page)
    page.locator(".facts .fact").first.click()
    page.wait_for_selector(".card blockquote[title]")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator(".tools [aria-label=Partager]").click()
    page.wait_for_selector("dialog[open]")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_the_graph_is_walked_expanded_pinned_and_hidden_by_keys_alone(page: Page) -> None:
    go(page, "n=company-mistral-ai,person-arthur-mensch,company-apple")
    page.keyboard.press("Tab")
    page.locator(".drawing").focus()
    page.keyboard.press("ArrowRight")
    chosen = page.locator(".detail h2")
    expect(chosen).to_have_count(1)
    expect(page.locator("p[aria-live=polite]")).to_contain_text("relation")
    go(page, "n=company-mistral-ai&c=company-mistral-ai")
    page.locator(".drawing").focus()
    page.keyboard.press("e")
    expect(page.locator("#app")).to_have_attribute("data-shown", re.compile(r"^([6-9]|1\d) "))
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("p=company-mistral-ai:"))
    page.keyboard.press("l")
    expect(page.locator(".detail")).to_contain_text("Pourquoi ce lien ?")
    page.keyboard.press("Escape")
    expect(page.locator("#app")).to_have_attribute("data-detail", "false")
    page.go_back()
    page.go_back()
    expect(page.locator(".detail h2")).to_have_text("Mistral AI")
    # Going back gives the focus back, too, and may do so between a focus and a key.
    page.locator(".drawing").press("r")
    expect(page.locator("#app")).to_have_attribute("data-shown", re.compile(r"^[1-5] "))
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()


def test_an_answer_that_comes_after_the_next_step_changes_nothing(page: Page) -> None:
    go(page, "n=company-mistral-ai&c=company-mistral-ai")
    page.locator(".handle button").click()
    expect(page.locator("#app")).to_have_attribute("data-shown", re.compile(r"^([6-9]|1\d) "))
    page.locator(".drawing").press("l")
    expect(page.locator(".detail")).to_contain_text("Pourquoi ce lien ?")
    held: list[Route] = []
    page.route("**/v1/graph/among?*", lambda route: held.append(route))
    with page.expect_request("**/v1/graph/among?*"):
        page.go_back()
    expect(page.locator(".detail h2")).to_have_text("Mistral AI")
    page.locator(".drawing").press("r")
    expect(page).to_have_url(re.compile("#n=company-mistral-ai&c="))
    page.unroute("**/v1/graph/among?*")
    with page.expect_response("**/v1/graph/among?*"):
        held[0].continue_()
    expect(page.locator("#app")).not_to_have_attribute("data-busy", "")
    expect(page.locator("#app")).to_have_attribute("data-shown", re.compile(r"^[1-5] "))


def test_a_wide_view_from_before_a_change_that_comes_late_replaces_nothing(page: Page) -> None:
    go(page, "n=company-mistral-ai&c=company-mistral-ai")
    wide: list[Route] = []
    among: list[Route] = []
    page.route("**/v1/graph/wide", lambda route: wide.append(route))
    page.route("**/v1/graph/among?*", lambda route: among.append(route))
    with page.expect_request("**/v1/graph/wide"):
        page.get_by_role("button", name="Vue large").click()
    with page.expect_request("**/v1/graph/among?*"):
        page.evaluate("location.hash = 'n=company-apple'")
    answer = wide[0].fetch()
    with page.expect_response("**/v1/graph/wide"):
        wide[0].fulfill(response=answer, headers={**answer.headers, "Age": "5"})
    page.unroute("**/v1/graph/among?*")
    among[0].continue_()
    expect(page.locator("#app")).not_to_have_attribute("data-busy", "")
    expect(page.locator("#app")).to_have_attribute("data-shown", "1 0")


def test_steps_are_taken_back_and_forward(page: Page) -> None:
    go(page, "n=company-mistral-ai&c=company-mistral-ai")
    page.locator(".handle button").click()
    expect(page.locator("#app")).not_to_have_attribute("data-shown", "1 0")
    expanded = page.get_attribute("#app", "data-shown") or ""
    page.go_back()
    expect(page.locator("#app")).to_have_attribute("data-shown", "1 0")
    page.go_forward()
    expect(page.locator("#app")).to_have_attribute("data-shown", expanded)


def test_a_click_chooses_a_double_click_expands_and_nothing_jumps(page: Page) -> None:
    go(page, "n=company-mistral-ai,company-apple&c=company-mistral-ai")
    # The handle tells where its entity is on the stage.
    at = page.locator(".handle[data-at]").get_attribute("data-at") or ""
    stage = page.locator(".drawing").bounding_box()
    assert stage is not None
    x, y = stage["x"] + int(at.split()[0]), stage["y"] + int(at.split()[1])
    page.locator(".detail .fact").first.click()
    expect(page.locator(".detail")).to_contain_text("Pourquoi ce lien ?")
    page.mouse.click(x, y)
    expect(page.locator(".detail h2")).to_have_text("Mistral AI")
    page.mouse.dblclick(x, y)
    expect(page.locator("#app")).to_have_attribute("data-shown", re.compile(r"^([5-9]|1\d) "))
    expect(page.locator(".detail")).to_contain_text(re.compile("encore \\d|Tout est à l'écran"))


def test_two_entities_are_joined_by_the_shortest_path(page: Page) -> None:
    go(page, "n=person-ruoming-pang,person-yann-lecun&c=person-ruoming-pang,person-yann-lecun")
    page.get_by_role("button", name="Chemin le plus court").click()
    expect(page.locator(".detail .fact")).to_have_count(2)
    expect(page.locator(".detail")).to_contain_text("Meta")
    expect(page).to_have_url(re.compile("path=person-ruoming-pang,company-meta,person-yann-lecun"))


def test_time_takes_away_what_was_not_known_yet_and_plays(page: Page) -> None:
    go(page, "n=company-mistral-ai,company-apple,company-asml,person-arthur-mensch&t=known")
    everything = page.get_attribute("#app", "data-shown")
    slider = page.locator(".time input[type=range]")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator("#app")).not_to_have_attribute("data-shown", everything or "")
    expect(page).to_have_url(re.compile(r"d=2025-\d\d-\d\d&t=known"))
    page.locator(".time [data-key=play]").click()
    expect(page.locator("#app")).to_have_attribute("data-shown", everything or "", timeout=60_000)
    page.get_by_role("button", name="Tous les jours").click()
    expect(page).not_to_have_url(re.compile("[#&]d="))


def test_filters_by_kind_relation_and_sources_narrow_what_is_seen(page: Page) -> None:
    go(page)
    entities, links = on_screen(page)
    page.locator(".filters summary").click()
    page.locator("[data-key=check-INVESTED_IN]").uncheck()
    fewer = on_screen(page)[1]
    assert 0 < fewer < links
    page.locator("[data-key=check-Person]").uncheck()
    assert on_screen(page)[0] < entities
    page.locator("[data-key=sources]").fill("99")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Aucune relation ne passe les filtres.")).to_be_visible()
    page.get_by_role("button", name="Retirer les filtres").click()
    expect(page.locator("#app")).to_have_attribute("data-shown", f"{entities} {links}")


def test_the_table_holds_what_the_graph_shows(page: Page) -> None:
    go(page)
    entities, links = on_screen(page)
    page.get_by_role("button", name="Tableau").click()
    relations, names = page.locator("table").all()
    expect(relations.locator("tbody tr")).to_have_count(links)
    expect(names.locator("tbody tr")).to_have_count(entities)
    relations.get_by_role("button", name=re.compile("Pourquoi")).first.click()
    expect(page.locator(".card").first).to_be_visible()


def test_flows_and_amounts_lead_to_the_graph(page: Page) -> None:
    go(page, "v=flows", ".sankey")
    expect(page.locator(".ribbon").first).to_be_visible()
    page.get_by_role("button", name=re.compile("Voir dans le graphe")).first.click()
    expect(page.locator("#app")).to_have_attribute("data-shows", "graph")
    expect(page.locator("#app")).to_have_attribute("data-shown", re.compile(r"^[3-9] "))
    go(page, "v=money", ".treemap")
    expect(page.locator(".board")).to_contain_text("14,3")
    page.locator("table").get_by_role("button").first.click()
    expect(page.locator(".card mark").first).to_be_visible()


def test_an_article_is_read_before_the_eyes_lit_in_the_graph_and_forgotten(
    page: Page, shots: Path
) -> None:
    go(page, "v=read", "#article")
    page.fill("#article", ARTICLE)
    page.locator("form [type=submit]").click()
    expect(page.locator(".in-entity", has_text="Anne Kessler")).to_be_visible()
    expect(page.locator(".found li", has_text="recruté par")).to_be_visible()
    expect(page.locator(".text")).to_have_text(ARTICLE)
    page.screenshot(path=shots / "read-article.png")
    page.get_by_role("button", name="Voir dans le graphe").click()
    expect(page.locator(".list")).to_contain_text("Anne Kessler")
    expect(page).to_have_url(re.compile("path=[^&]*person-anne-kessler"))
    page.go_back()
    page.goto("about:blank")
    go(page, "v=read", "#article")
    page.fill("#article", ARTICLE)
    page.locator("form [type=submit]").click()
    expect(page.get_by_text("déjà dans le graphe")).to_be_visible()
    page.get_by_role("button", name="Retirer l'article").click()
    expect(page.get_by_text("L'article est retiré du graphe.")).to_be_visible()
    assert page.request.get("/v1/entities/person-anne-kessler").status == 404


def test_a_hostile_article_is_text_and_nothing_else(page: Page) -> None:
    go(page, "v=read", "#article")
    page.fill("#article", HOSTILE)
    page.locator("form [type=submit]").click()
    expect(page.get_by_role("button", name="Lire un autre article")).to_be_visible()
    expect(page.locator(".text")).to_have_text(HOSTILE)
    assert page.locator("#app img").count() == 0
    page.get_by_role("button", name="Retirer l'article").click()
    expect(page.get_by_text("L'article est retiré du graphe.")).to_be_visible()


def test_hostile_names_quotes_and_addresses_are_shown_as_they_are(page: Page) -> None:
    bad = "<img src=x onerror=alert(1)>"

    def answer(route: Route) -> None:
        got = route.fetch()
        text = got.text()
        if "/graph/" in route.request.url or "/entities" in route.request.url:
            text = text.replace("Amar Subramanya", bad)
        if "/evidence" in route.request.url:
            text = re.sub(r'"url":"[^"]*"', '"url":"javascript:alert(1)"', text)
            text = re.sub(r'"outlet":"[^"]*"', f'"outlet":"{bad}"', text)
        route.fulfill(response=got, body=text)

    page.route("**/v1/**", answer)
    try:
        go(page)
        first = page.locator(".facts .fact").first
        expect(first).to_contain_text(bad)
        first.click()
        card = page.locator(".card").first
        expect(card).to_contain_text(bad)
        expect(card.locator("a")).to_have_count(0)
        assert page.locator("#app img").count() == 0
    finally:
        page.unroute_all(behavior="ignoreErrors")


def test_a_service_that_is_gone_or_fails_or_starts_is_told_and_asked_again(
    browser: Browser, service: str, shots: Path
) -> None:
    states = ["gone", "refused", "starting", "there"]

    def answer(route: Route) -> None:
        if states[0] == "gone":
            route.abort()
        elif states[0] == "refused":
            body = '{"type": "/v1/problems/query-timeout", "detail": "it took too long"}'
            route.fulfill(status=503, body=body, content_type="application/problem+json")
        elif states[0] == "starting":
            states.pop(0)
            body = '{"type": "/v1/problems/not-ready", "detail": "still starting"}'
            route.fulfill(status=503, body=body, content_type="application/problem+json")
        else:
            route.fallback()

    with watched(browser, locale="fr-FR", base_url=service) as found:
        page = found.page
        page.route("**/v1/graph/recent*", answer)
        page.goto("/")
        expect(page.get_by_role("heading", name="mercato ne répond pas")).to_be_visible()
        assert violations(page) == []
        page.screenshot(path=shots / "offline.png")
        states.pop(0)
        page.get_by_role("button", name="Réessayer").click()
        expect(page.get_by_role("heading", name="it took too long")).to_be_visible()
        assert violations(page) == []
        states.pop(0)
        page.get_by_role("button", name="Réessayer").click()
        expect(page.get_by_text("Le service démarre")).to_be_visible()
        assert page.locator(".notice.full").is_visible()
        page.wait_for_selector(SETTLED)
        assert found.foreign == []


def test_what_is_on_screen_is_kept_as_files(page: Page, tmp_path: Path) -> None:
    go(page, "n=company-meta,person-yann-lecun,person-alexandr-wang")
    entities, links = on_screen(page)
    page.locator(".tools [aria-label=Partager]").click()
    kept: dict[str, Path] = {}
    for label in ("Image PNG", "Image SVG", "GraphML", "CSV"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=label, exact=True).click()
        kept[label] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(kept[label])
    graph = ElementTree.parse(kept["GraphML"]).getroot()
    assert len(list(graph.iter(f"{GRAPHML}node"))) == entities
    assert len(list(graph.iter(f"{GRAPHML}edge"))) == links
    assert len(kept["CSV"].read_text("utf-8").splitlines()) == links + 1
    drawn = kept["Image SVG"].read_text("utf-8")
    assert "Yann LeCun" in drawn
    assert drawn.count("<path d=") >= links
    assert kept["Image PNG"].read_bytes().startswith(b"\x89PNG")
    assert len(kept["Image PNG"].read_bytes()) > 5_000
    query = page.locator("dialog pre").inner_text()
    assert query.startswith("WITH ['company-meta'")
    page.keyboard.press("Escape")


def test_the_worker_goes_by_the_same_policy(page: Page) -> None:
    go(page)
    (worker,) = page.workers
    answer = page.request.get(worker.url)
    assert answer.headers["content-security-policy"] == EXPLORER_POLICY
