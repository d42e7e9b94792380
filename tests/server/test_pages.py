from __future__ import annotations

from journeyman.server.pages import read_pages


def test_the_page_and_its_files_are_there_and_nothing_else() -> None:
    pages = read_pages()
    assert {"/", "/page/page.js", "/page/page.css", "/page/icon.svg"} <= set(pages)
    assert not any("__init__" in path for path in pages)
    assert pages["/"].content_type.startswith("text/html")
    assert pages["/page/page.js"].content_type.startswith("text/javascript")
