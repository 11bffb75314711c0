"""What a browser makes of the pages: the system's chromium, from disk, without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
    # The driver's own sockets and event loop outlive a test; they are not ours to close.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def browser() -> Iterator[object]:
    """Start chromium, headless."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light")])
def test_pages_fit_and_the_browser_has_nothing_to_say(
    report: Path,
    browser: object,
    width: int,
    scheme: str,
) -> None:
    """No page is wider than the screen, nothing is blocked, nothing is fetched."""
    context = browser.new_context(  # type: ignore[attr-defined]
        viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in sorted(report.glob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name

    assert said == []
    assert all(url.startswith("file://") for url in asked)
    assert len(asked) == len(list(report.glob("*.html")))


@pytest.mark.parametrize("width", [390, 500, 600, 700, 820, 900, 1280])
def test_no_column_is_hidden_without_a_word(report: Path, browser: object, width: int) -> None:
    """A table that goes on beyond its room says so above itself."""
    page = browser.new_page(viewport={"width": width, "height": 844})  # type: ignore[attr-defined]
    for path in sorted(report.glob("*.html")):
        page.goto(path.as_uri())
        silent = page.evaluate(
            """[...document.querySelectorAll('.scroll')].filter(e => {
                const hint = e.previousElementSibling;
                const isTold = hint && hint.classList.contains('sideways')
                    && getComputedStyle(hint).display != 'none';
                return e.scrollWidth > e.clientWidth + 1 && !isTold;
            }).map(e => e.getAttribute('aria-labelledby'))"""
        )
        assert silent == [], path.name


def test_the_style_sheet_is_let_through_by_the_policy(report: Path, browser: object) -> None:
    """The digest in the policy is that of the sheet: the dark is dark, one drawing is shown."""
    context = browser.new_context(color_scheme="dark")  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto((report / "item-atgw.html").as_uri())

    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb(20, 23, 26)"
    assert page.locator("svg.wide").first.is_visible()
    assert not page.locator("svg.narrow").first.is_visible()


def test_pages_can_be_walked_by_keyboard(report: Path, browser: object) -> None:
    """The first stop leads to the content, and every link and table can be reached."""
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto((report / "index.html").as_uri())
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_pages_print(report: Path, browser: object, tmp_path: Path) -> None:
    """A page makes a PDF, in the light, without menu."""
    context = browser.new_context(color_scheme="dark")  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto((report / "item-atgw.html").as_uri())
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    page.emulate_media(media="print")

    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    assert not page.locator("nav").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 31, 33)"
