"""Draws docs/images/show.svg: what the command line shows of the demo's articles.

``python docs/images/draw.py`` loads them into a graph of its own, runs the commands below, and
sets what they print, word for word, as a terminal would.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from loaders import demo

COMMANDS = (
    ["show", "Apple", "--type", "acquired", "--quotes", "3"],
    ["show", "Yann LeCun", "--type", "leads"],
)
PICTURE = Path(__file__).with_name("show.svg")
COLUMNS = 108

# As rich's own, without the fonts of another host.
FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg"
  role="img" aria-label="mercato show in a terminal">
  <style>
    .{unique_id}-matrix {{
      font-family: ui-monospace, "SFMono-Regular", Menlo, "DejaVu Sans Mono", monospace;
      font-size: {char_height}px;
      line-height: {line_height}px;
    }}
    {styles}
  </style>
  <defs>
    <clipPath id="{unique_id}-clip-terminal">
      <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
    </clipPath>
    {lines}
  </defs>
  {chrome}
  <g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
    {backgrounds}
    <g class="{unique_id}-matrix">
    {matrix}
    </g>
  </g>
</svg>
"""


def main() -> None:
    """Draw the picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "MERCATO_DATA_DIR": f"{folder}/data", "FORCE_COLOR": "1"}
        environment.pop("NO_COLOR", None)
        _run(["load", str(demo.articles())], environment)
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            console = Console(record=True, width=COLUMNS, file=nowhere, highlight=False)
            for number, words in enumerate(COMMANDS):
                line = " ".join(f'"{word}"' if " " in word else word for word in words)
                console.print("\n" * bool(number) + f"$ mercato {line}", style="bold", markup=False)
                console.print(Text.from_ansi(_run(words, environment)))
        svg = console.export_svg(
            title="mercato", theme=MONOKAI, code_format=FORMAT, unique_id="mercato"
        )
    PICTURE.write_text(svg, encoding="utf-8")


def _run(words: list[str], environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "api", *words]
    return subprocess.run(  # noqa: S603 - the words are those above
        command, env=environment, check=True, capture_output=True, text=True
    ).stdout.rstrip()


if __name__ == "__main__":
    main()
