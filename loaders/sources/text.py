"""Plain text, Markdown with front matter, and one article as a JSON object."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.sources.columns import mapped
from loaders.sources.decode import front_matter_fields, json_fields
from loaders.sources.inputs import Input
from loaders.sources.source import Options, Problem, Record


class TextSource:
    """One article as text, or as an object with its fields."""

    name = "text"

    def matches(self, given: Input) -> bool:
        """Always: whatever is not text is refused, with the reason, when it is read."""
        return True

    def records(self, given: Input, options: Options) -> Iterator[Record | Problem]:
        """The one article."""
        text = given.text()
        named_as_text = given.ends(".txt", ".md")
        if given.ends(".json") or (not named_as_text and text.lstrip().startswith("{")):
            fields = json_fields(text)
            yield Record(mapped(fields, options, given.shown))
        else:
            yield Record(front_matter_fields(text, required=given.ends(".md")))
