"""The prototype page in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

ANSWERED = "document.querySelector('#latency').textContent.includes('ms')"
EXPLAINED = "document.querySelectorAll('.reasons li').length > 0"


def opened(page_of: Callable[..., Any], address: str, **named: Any) -> Any:
    page = page_of(address, **named)
    page.until(ANSWERED)
    return page


def says(page: Any) -> str:
    return str(page.inner_text("#says"))


@pytest.mark.parametrize(
    ("name", "scheme", "width"),
    [
        ("plain", "light", 1280),
        ("plain", "dark", 1280),
        ("plain", "dark", 400),
        ("number", "light", 1280),
        ("hostile", "light", 1280),
    ],
)
def test_no_serious_finding_of_axe(
    page_of: Callable[..., Any],
    url: Callable[..., str],
    findings_of: Callable[[Any], list[str]],
    name: str,
    scheme: str,
    width: int,
) -> None:
    page = opened(page_of, url(name), scheme=scheme, width=width)
    page.until("document.querySelector('#why').textContent.length > 5")
    page.until("document.querySelector('#curve').childElementCount > 0")
    assert findings_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.wrong == []


def test_the_answer_follows_what_is_typed(page_of: Callable[..., Any], url: Callable[..., str]) -> None:
    page = opened(page_of, url("plain"))
    assert re.search(r"Of 100 such rows about \d+ have churn = yes", says(page))
    before = says(page)
    page.get_by_label("charge", exact=True).fill("150")
    page.until(f"document.querySelector('#says').innerText !== {json.dumps(before)}")
    assert "Decision: " in page.inner_text("#decision")
    assert page.locator(".field.changed").count() == 1
    page.until(EXPLAINED)
    page.until("document.querySelectorAll('.cases li').length === 3")
    # Read aloud, once the typing is over.
    page.until("document.querySelector('#spoken').textContent.includes('churn')")
    page.get_by_role("button", name="Reset").click()
    page.until(f"document.querySelector('#says').innerText === {json.dumps(before)}")
    assert page.locator(".field.changed").count() == 0


def test_it_works_by_keyboard_alone(page_of: Callable[..., Any], url: Callable[..., str]) -> None:
    page = opened(page_of, url("plain"))
    before = page.get_by_label("tenure", exact=True).input_value()
    for _ in range(40):
        page.keyboard.press("Tab")
        label = page.evaluate("document.activeElement.labels?.[0]?.textContent")
        if label == "tenure":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert (label, outline) == ("tenure", "solid")
    page.keyboard.press("ArrowUp")
    assert float(page.get_by_label("tenure", exact=True).input_value()) == float(before) + 1
    page.keyboard.press("PageDown")
    assert float(page.get_by_label("tenure", exact=True).input_value()) == float(before) - 9


def test_a_bad_cell_is_told_beside_its_field(page_of: Callable[..., Any], url: Callable[..., str]) -> None:
    page = opened(page_of, url("plain"))
    field = page.get_by_label("charge", exact=True)
    field.fill("cheap")
    page.wait_for_selector(".answer.refused")
    assert field.get_attribute("aria-invalid") == "true"
    message = page.locator(f"#{field.get_attribute('aria-describedby')}")
    assert "number" in message.inner_text()
    field.fill("99999")
    page.wait_for_selector(".answer.unusual")
    assert "range" in message.inner_text()
    field.fill("")
    page.until("!document.querySelector('.field.refused')")
    field.fill("60")
    page.wait_for_selector(".answer.ok")
    assert message.is_hidden()


def test_the_curve_is_of_the_column_that_is_chosen(page_of: Callable[..., Any], url: Callable[..., str]) -> None:
    page = opened(page_of, url("plain"))
    page.until("document.querySelector('#curve').childElementCount > 0")
    picker = page.get_by_label("another value of")
    assert "comment" not in picker.inner_text()
    picker.select_option(label="charge")
    page.wait_for_selector("#curve svg .path")
    assert page.locator("#curve tbody tr").count() > 5
    picker.select_option(label="contract")
    page.wait_for_selector("#curve dl.bars")
    assert "two years" in page.inner_text("#curve")


def test_the_last_answer_wins(page_of: Callable[..., Any], url: Callable[..., str]) -> None:
    page = opened(page_of, url("plain"))
    waiting: list[Any] = []

    def hold(route: Any) -> None:
        if not waiting:
            waiting.append(route)  # the first answer comes only after the second
        else:
            route.continue_()

    page.route("**/predict?amounts=1", hold)
    field = page.get_by_label("charge", exact=True)
    field.fill("10")
    page.wait_for_timeout(300)
    field.fill("cheap")
    page.wait_for_selector(".answer.refused")
    assert len(waiting) == 1
    page.wait_for_timeout(300)
    assert page.locator(".answer.refused").count() == 1


def test_a_link_brings_the_same_row(page_of: Callable[..., Any], url: Callable[..., str]) -> None:
    page = opened(page_of, url("plain"))
    page.get_by_label("charge", exact=True).fill("123")
    page.get_by_label("contract", exact=True).select_option(label="two years")
    page.until("location.hash.includes('two%20years')")
    answer = says(page)
    again = opened(page_of, page.url)
    assert again.get_by_label("charge", exact=True).input_value() == "123"
    assert says(again) == answer
    cells = [["charge", {"evil": 1}], ["nothing", 1], 5, ["contract", "a fourth one"]]
    odd = opened(page_of, url("plain") + "#row=" + quote(json.dumps(cells)))
    assert odd.locator(".field.changed").count() == 1
    assert odd.get_by_label("contract, another word").input_value() == "a fourth one"


def test_hostile_names_are_text(page_of: Callable[..., Any], url: Callable[..., str]) -> None:
    page = opened(page_of, url("hostile"))
    assert page.evaluate("window.harmed") is None
    assert page.locator("img, #groups script").count() == 0
    labels = page.locator(".field label").all_inner_texts()
    assert "__proto__" in labels
    assert '"><script>window.harmed=1</script>' in labels
    before = says(page)
    page.get_by_label("__proto__", exact=True).fill("3")
    page.until(f"document.querySelector('#says').innerText !== {json.dumps(before)}")
    page.get_by_label("Find a column").fill("plain 2")
    page.until("document.querySelector('#found').textContent.startsWith('5 of ')")
    assert page.wrong == []


def test_a_number_comes_with_its_bounds(page_of: Callable[..., Any], url: Callable[..., str]) -> None:
    page = opened(page_of, url("number"))
    assert re.search(r"price: [\d,]+", says(page))
    assert re.search(r"Of 100 such rows about 90 lie between [\d,]+ and [\d,]+", says(page))


def test_a_token_opens_the_page(page_of: Callable[..., Any], url: Callable[..., str]) -> None:
    address = url("plain", "--token", "sesame-1234")
    page = page_of(address)
    page.wait_for_selector("#unlock:not([hidden])")
    page.get_by_label("This server wants a token").fill("sesame-1234")
    page.get_by_role("button", name="Open").click()
    page.until(ANSWERED)
    by_link = opened(page_of, f"{address}#token=sesame-1234")
    assert "sesame" not in by_link.url


def test_copied_commands_ask_the_same(page_of: Callable[..., Any], url: Callable[..., str]) -> None:
    page = opened(page_of, url("hostile"))
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.get_by_role("button", name="Copy as curl").click()
    page.until("window.copied")
    command = page.evaluate("window.copied")
    import shlex

    words = shlex.split(command)
    row = json.loads(words[words.index("-d") + 1])
    assert "__proto__" in row
    assert words[2].endswith("/predict")


def test_a_server_that_is_gone_is_told(page_of: Callable[..., Any], url: Callable[..., str]) -> None:
    page = opened(page_of, url("plain"))
    page.route("**/predict*", lambda route: route.abort())
    page.get_by_label("charge", exact=True).fill("50")
    page.wait_for_selector("#notice:not([hidden])")
    assert "does not answer" in page.inner_text("#notice")
