"""One page of a Chromium as a person uses it: looks, clicks, types."""

import base64
import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from browser.chromium import Chromium, DevToolsError, Message

SEEK = """globalThis.seek = (selector) => document.querySelector(selector)
    ?? document.querySelector("portrait-capture")?.shadowRoot?.querySelector(selector) ?? null;"""
"""Finds an element, in the capture component, too, whose inside is its own."""

KEYS = {"Tab": ("Tab", 9, ""), "Enter": ("Enter", 13, "\r"), " ": ("Space", 32, " ")}

Told = Callable[[str], None]


@dataclass
class Visit:
    """What happened since an address was opened: messages of the console, and addresses that were asked for."""

    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    width: int = 1280
    height: int = 900
    scheme: str = "light"
    language: str = "en-GB"
    calm: bool = False


class Page:
    """A page in a window of its own.

    Without ``beside`` it shares nothing with other pages; with it, cookies and storage, as a second tab does.
    """

    def __init__(self, browser: Chromium, look: Look = Look(), beside: "Page | None" = None) -> None:
        self._browser, self.visit = browser, Visit()
        self._loaded = threading.Event()
        self._told: dict[str, Told] = {}
        self._alone = beside is None
        context = browser.ask("Target.createBrowserContext")["browserContextId"] if beside is None else beside.context
        self.context: str = context
        made = browser.ask("Target.createTarget", url="about:blank", browserContextId=context, newWindow=True)
        self._target = made["targetId"]
        attached = browser.ask("Target.attachToTarget", targetId=self._target, flatten=True)
        self._session: str = attached["sessionId"]
        browser.hear(self._session, self._hear)
        for domain in ("Page", "Runtime", "Log", "Network", "DOM"):
            self.ask(f"{domain}.enable")
        self.ask("Page.addScriptToEvaluateOnNewDocument", source=SEEK)
        self.look(look)

    def close(self) -> None:
        """Close the window, and forget what was kept for it."""
        if self._alone:
            self._browser.ask("Target.disposeBrowserContext", browserContextId=self.context)
        else:
            self._browser.ask("Target.closeTarget", targetId=self._target)

    def ask(self, method: str, **parameters: Any) -> Message:
        """A command for this page."""
        return self._browser.ask(method, self._session, **parameters)

    def look(self, look: Look) -> None:
        """Size of the window, colours, language and whether things may move."""
        size = {"width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **size)
        features = {"prefers-color-scheme": look.scheme, "prefers-reduced-motion": "reduce" if look.calm else ""}
        self.ask("Emulation.setEmulatedMedia", features=[{"name": n, "value": v} for n, v in features.items()])
        agent = self._browser.ask("Browser.getVersion")["userAgent"]
        self.ask("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage=look.language)

    def allow(self, name: str, setting: str, origin: str) -> None:
        """Answer what the browser would ask the person, such as whether the ``camera`` may be used."""
        rest = {"origin": origin, "browserContextId": self.context}
        self._browser.ask("Browser.setPermission", permission={"name": name}, setting=setting, **rest)

    def tell(self, name: str, script: str, told: Told) -> None:
        """Run a script in every document from now on; what it gives ``window[name]`` is handed to ``told``."""
        self._told[name] = told
        self.ask("Runtime.addBinding", name=name)
        self.ask("Page.addScriptToEvaluateOnNewDocument", source=script)

    def open(self, url: str) -> Visit:
        """Open an address; returns once it has loaded."""
        self.visit = Visit()
        self._loaded.clear()
        self.ask("Page.navigate", url=url)
        assert self._loaded.wait(60), f"{url} does not load"
        return self.visit

    def reload(self) -> None:
        """Load the page again."""
        self._loaded.clear()
        self.ask("Page.reload")
        assert self._loaded.wait(60), "the page does not load again"

    def evaluate(self, expression: str) -> Any:
        """Value of an expression in the page; promises are awaited. ``seek`` is there for it. Raises `DevToolsError`."""
        return self._run(expression, returnByValue=True).get("value")

    def wait(self, expression: str, seconds: float = 20) -> Any:
        """The value of an expression as soon as it is true."""
        until = time.monotonic() + seconds
        looking = """new Promise((done) => {{
            const until = performance.now() + {left};
            const look = () => {{
                const value = ({expression});
                if (value || performance.now() > until) done(value); else setTimeout(look, 20);
            }};
            look();
        }})"""
        while (left := until - time.monotonic()) > 0:
            try:
                value = self.evaluate(looking.format(left=1000 * min(left, 5), expression=expression))
            except DevToolsError as error:  # where the page was left meanwhile, it is looked at anew
                if "context" not in str(error) and "navigated" not in str(error):
                    raise
                continue
            if value:
                return value
        raise AssertionError(f"not within {seconds} s: {expression}\n{self.text()}\n{self.visit.complaints}")

    def shows(self, selector: str, seconds: float = 20) -> None:
        """Wait until there is such an element."""
        self.wait(f"seek({json.dumps(selector)}) !== null", seconds)

    def read(self, selector: str) -> str:
        """The text of an element."""
        self.shows(selector)
        return str(self.evaluate(f"seek({json.dumps(selector)}).textContent.trim().replace(/\\s+/g, ' ')"))

    def text(self) -> str:
        """All that can be read on the page."""
        inside = 'document.querySelector("portrait-capture")?.shadowRoot?.querySelector(".capture")?.innerText ?? ""'
        return str(self.evaluate(f'document.body.innerText + "\\n" + ({inside})'))

    def click(self, selector: str) -> None:
        """Click on the middle of an element with the mouse, once it can be clicked."""
        where = f"""(() => {{
            const it = seek({json.dumps(selector)});
            if (it === null || it.disabled) return null;
            it.scrollIntoView({{ block: "center", behavior: "instant" }});
            const box = it.getBoundingClientRect();
            const at = [box.x + box.width / 2, box.y + box.height / 2];
            const top = it.getRootNode().elementFromPoint(...at);
            return box.width > 0 && top !== null && (it.contains(top) || top.contains(it)) ? at : null;
        }})()"""
        x, y = self.wait(where)
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def goes(self, selector: str) -> None:
        """Click on what leads to another page; returns once that has loaded."""
        self._loaded.clear()
        self.click(selector)
        assert self._loaded.wait(60), f"{selector} leads nowhere"

    def press(self, key: str) -> None:
        """Press a key: Tab, Enter or the space bar."""
        code, number, text = KEYS[key]
        for kind in ("keyDown", "keyUp"):
            typed = {"text": text} if text and kind == "keyDown" else {}
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=code, windowsVirtualKeyCode=number, **typed)

    def write(self, selector: str, text: str) -> None:
        """Type a text into a field."""
        self.click(selector)
        self.ask("Input.insertText", text=text)

    def choose_file(self, selector: str, path: Path) -> None:
        """Choose a file where one is asked for."""
        self.shows(selector)
        found = self._run(f"seek({json.dumps(selector)})")
        self.ask("DOM.setFileInputFiles", files=[str(path)], objectId=found["objectId"])

    def screenshot(self, path: Path) -> None:
        """Write a PNG of the whole page."""
        picture = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(picture["data"]))

    def violations(self, axe: str) -> Sequence[str]:
        """What axe-core, whose source is given, finds wrong with the page."""
        self.evaluate(f"{axe}; undefined")
        found = self.evaluate("axe.run(document, { resultTypes: ['violations'] }).then((all) => all.violations)")
        return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]

    def _run(self, expression: str, **more: Any) -> Message:
        answer = self.ask("Runtime.evaluate", expression=expression, awaitPromise=True, **more)
        if "exceptionDetails" in answer:
            raise DevToolsError(f"{expression[:200]}: {answer['exceptionDetails']}")
        return dict(answer["result"])

    def _hear(self, event: str, said: Message) -> None:
        if event == "Page.loadEventFired":
            self._loaded.set()
        elif event == "Network.requestWillBeSent":
            self.visit.requests.append(said["request"]["url"])
        elif event == "Runtime.exceptionThrown":
            self.visit.complaints.append(str(said["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled" and said["type"] in ("error", "warning", "assert"):
            self.visit.complaints.append(str(said["args"]))
        elif event == "Log.entryAdded" and said["entry"]["level"] in ("error", "warning"):
            self.visit.complaints.append(said["entry"]["text"])
        elif event == "Runtime.bindingCalled":
            self._told[said["name"]](said["payload"])
