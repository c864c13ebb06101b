"""One tab of a real chromium, driven as a person does: by keys, without script, on a telephone."""

import itertools
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser import OPTIONS, browser

_PATIENCE = 30.0
_KEYS = {"Tab": 9, "Enter": 13, "Space": 32}


class Tab:
    """A tab in which no page can run a script."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._numbers = itertools.count(1)
        self.ask("Page.enable")
        self.ask("Emulation.setScriptExecutionDisabled", value=True)
        size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
        self.ask("Emulation.setDeviceMetricsOverride", **size)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command of the DevTools protocol; its result."""
        number = next(self._numbers)
        self._line.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := self._heard()).get("id") != number:
            pass
        assert "error" not in answer, answer
        return dict(answer["result"])

    def _heard(self) -> dict[str, Any]:
        return dict(json.loads(self._line.recv(_PATIENCE)))

    def _loaded(self) -> None:
        while self._heard().get("method") != "Page.loadEventFired":
            pass

    def open(self, address: str) -> None:
        """Go to an address and wait until it is there."""
        number = next(self._numbers)
        call = {"id": number, "method": "Page.navigate", "params": {"url": address}}
        self._line.send(json.dumps(call))
        self._loaded()

    def press(self, key: str, *, loads: bool = False) -> None:
        """Press a key; one that ``loads`` leads to another page, which is waited for."""
        text = {"Enter": "\r", "Space": " "}.get(key, "")
        event = {"key": " " if key == "Space" else key, "code": key, "text": text}
        event["windowsVirtualKeyCode"] = _KEYS[key]  # type: ignore[assignment]
        self.ask("Input.dispatchKeyEvent", type="keyDown", **event)
        number = next(self._numbers)
        up = {"type": "keyUp", **event}
        call = {"id": number, "method": "Input.dispatchKeyEvent", "params": up}
        self._line.send(json.dumps(call))
        if loads:
            self._loaded()

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.ask("Input.insertText", text=text)

    def focus(self) -> str:
        """What has the focus, as a screen reader says it: its role and its name."""
        nodes = self.ask("Accessibility.getFullAXTree")["nodes"]
        for node in nodes:
            told = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
            if told.get("focused") and node["role"]["value"] != "RootWebArea":
                return f"{node['role']['value']}: {node.get('name', {}).get('value', '')}"
        return ""

    def tab_to(self, words: str, most: int = 60) -> list[str]:
        """Press Tab until what has the focus is so called; everything passed on the way."""
        passed = []
        for _ in range(most):
            self.press("Tab")
            passed.append(self.focus())
            if words in passed[-1]:
                return passed
        raise AssertionError(f"{words!r} cannot be reached with the keyboard: {passed}")

    def text(self) -> str:
        """The document as it is now."""
        root = self.ask("DOM.getDocument")["root"]["nodeId"]
        return str(self.ask("DOM.getOuterHTML", nodeId=root)["outerHTML"])


@contextmanager
def tab(folder: Path) -> Iterator[Tab]:
    """A tab of a chromium of its own, for the length of a block."""
    profile = folder / "tab"
    command = [browser(), *OPTIONS, f"--user-data-dir={profile}", "--remote-debugging-port=0"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen([*command, "about:blank"], stdout=quiet, stderr=quiet) as process:
        try:
            port = _port(profile / "DevToolsActivePort")
            with connect(f"ws://127.0.0.1:{port[0]}{port[1]}", max_size=None, proxy=None) as line:
                yield Tab(_Attached(line))  # type: ignore[arg-type]
        finally:
            process.kill()


def _port(path: Path) -> tuple[str, str]:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if path.is_file() and len(lines := path.read_text().split()) > 1:
            return lines[0], lines[1]
        time.sleep(0.05)
    raise AssertionError("chromium does not start")


class _Attached:
    """The browser's line, with every message marked for its one tab."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        pages = self._ask("Target.getTargets")["targetInfos"]
        target = next(page["targetId"] for page in pages if page["type"] == "page")
        asked = {"targetId": target, "flatten": True}
        self._session = self._ask("Target.attachToTarget", **asked)["sessionId"]

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._line.send(json.dumps({"id": 0, "method": method, "params": parameters}))
        while (answer := json.loads(self._line.recv(_PATIENCE))).get("id") != 0:
            pass
        return dict(answer["result"])

    def send(self, message: str) -> None:
        self._line.send(json.dumps(json.loads(message) | {"sessionId": self._session}))

    def recv(self, timeout: float) -> str | bytes:
        return self._line.recv(timeout)
