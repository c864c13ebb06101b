"""Pages in a real browser: what axe-core finds, whether they fit a telephone, what is too small.

All pages are looked at in one run of chromium, each in a frame of 390 px and one of 320 px. The
rules are axe-core's (MPL-2.0, tests/vendor/axe-core); nothing is fetched.
"""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
AXE = ROOT / "tests/vendor/axe-core/axe.min.js"
CSS = ROOT / "duban/board/static/board.css"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

_RUN = """
const seen = {};
async function look(frame) {
  const page = frame.contentWindow, found = seen[frame.dataset.name] ??= {};
  const root = page.document.documentElement;
  if (frame.dataset.width === "320") {
    found.overflow = root.scrollWidth - root.clientWidth;
    return;
  }
  for (const details of page.document.querySelectorAll("details")) details.open = true;
  const result = await page.axe.run(page.document, {preload: false, resultTypes: ["violations"]});
  found.violations = result.violations.map(
    (v) => [v.impact, v.id, v.nodes.map((n) => n.html.slice(0, 200)).slice(0, 3)]);
  found.rules = result.passes.length;
  const targets = page.document.querySelectorAll(
    "button, select, textarea, summary, input:not([type=hidden])");
  found.small = [...targets].filter((target) => {
    const label = /checkbox|radio/.test(target.type) && target.labels[0];
    const box = (label || target).getBoundingClientRect();
    return box.height < 43.5 || box.width < 43.5;
  }).map((target) => target.outerHTML.slice(0, 120));
}
window.onload = async () => {
  try {
    for (const frame of document.querySelectorAll("iframe")) await look(frame);
    document.getElementById("out").textContent = JSON.stringify(seen);
  } catch (error) {
    document.getElementById("out").textContent = JSON.stringify({trouble: String(error.stack)});
  }
  document.querySelectorAll("iframe").forEach((frame) => frame.remove());
};
"""


class Looked(NamedTuple):
    """What was found on a page: (impact, rule, elements); pixels too wide; targets too small."""

    violations: list[tuple[str, str, list[str]]]
    overflow: int
    small: list[str]

    @property
    def severe(self) -> list[tuple[str, str, list[str]]]:
        """The violations that keep people out."""
        return [found for found in self.violations if found[0] in ("serious", "critical")]


def browser() -> str:
    """A chromium; the test is skipped, visibly, where there is none."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no chromium on this machine: nothing is seen in a real browser")
    return found


def dump(folder: Path, address: str, *options: str) -> str:
    """The document that chromium makes of an address."""
    command = [browser(), *OPTIONS, f"--user-data-dir={folder / 'profile'}", *options]
    done = subprocess.run(
        [*command, "--dump-dom", address], capture_output=True, timeout=100, check=True
    )
    return done.stdout.decode()


def look_at(folder: Path, pages: Mapping[str, str]) -> dict[str, Looked]:
    """What is found on each page, by its name; ``pages`` are whole HTML documents."""
    shutil.copy(AXE, folder / "axe.min.js")
    frames = [
        f'<iframe data-name="{html.escape(name)}" data-width="{width}"'
        f' style="width:{width}px;height:844px" srcdoc="{html.escape(_standing_alone(page))}">'
        "</iframe>"
        for name, page in pages.items()
        for width in (390, 320)
    ]
    whole = (
        f'<!doctype html><meta charset="utf-8"><pre id="out"></pre>{"".join(frames)}'
        f"<script>{_RUN}</script>"
    )
    path = folder / "pages.html"
    path.write_text(whole, encoding="utf-8")
    options = ("--virtual-time-budget=60000", "--allow-file-access-from-files")
    shown = dump(folder, path.as_uri(), *options)
    out = re.search(r'<pre id="out">(.*?)</pre>', shown, re.S)
    assert out is not None, shown[:2000]
    found = json.loads(html.unescape(out[1]))
    assert "trouble" not in found, found
    return {
        name: Looked([tuple(one) for one in page["violations"]], page["overflow"], page["small"])
        for name, page in found.items()
    }


def _standing_alone(page: str) -> str:
    """The page with its style sheet inside and axe beside it."""
    style = f"<style>{CSS.read_text(encoding='utf-8')}</style>"
    alone = re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: style, page)
    return alone.replace("</head>", '<script src="axe.min.js"></script></head>')
