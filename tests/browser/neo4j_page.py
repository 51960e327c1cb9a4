"""Neo4j Browser's page, and the way into it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect


@dataclass(frozen=True)
class Neo4jPage:
    """An address that serves Neo4j Browser, and who may log in there."""

    address: str
    user: str
    password: str

    def log_in(self, page: Page, query: str = "") -> None:
        """Open it in a tab, as one who has the password; with a query string, if there is one."""
        page.goto(self.address + query)
        expect(page.get_by_test_id("username")).to_have_value(self.user)
        page.get_by_test_id("password").fill(self.password)
        page.get_by_test_id("connect").click()
        expect(page.get_by_text("You are connected as user")).to_be_visible()
