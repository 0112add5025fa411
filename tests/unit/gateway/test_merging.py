"""Documents of several services become one without one word meaning two things."""

from typing import Any

from gateway.docs.merging import merge_documents


def refer(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def document(path: str, schemas: dict[str, Any], *, answers: str, tag: str = "all") -> dict[str, Any]:
    return {
        "paths": {path: {"get": {"responses": {"200": {"content": {"x/y": {"schema": refer(answers)}}}}}}},
        "tags": [{"name": tag}],
        "components": {"schemas": schemas},
    }


def answer_of(merged: dict[str, Any], path: str) -> Any:
    return merged["paths"][path]["get"]["responses"]["200"]["content"]["x/y"]["schema"]


def test_what_is_equal_is_told_once() -> None:
    same = {"Problem": {"type": "object"}}
    merged = merge_documents(
        {
            "one": document("/a", same, answers="Problem"),
            "two": document("/b", same, answers="Problem"),
        },
        public_url="https://centre.example",
    )
    assert list(merged["components"]["schemas"]) == ["Problem"]
    assert merged["tags"] == [{"name": "all"}]
    assert merged["servers"] == [{"url": "https://centre.example"}]
    assert merged["components"]["securitySchemes"]["bearer"] == {"type": "http", "scheme": "bearer"}


def test_what_differs_gets_its_services_name() -> None:
    merged = merge_documents(
        {
            "booking": document("/a", {"Page": {"type": "object"}}, answers="Page"),
            "notifications": document("/b", {"Page": {"type": "array"}}, answers="Page"),
        },
        public_url="",
    )
    assert merged["components"]["schemas"] == {
        "Page": {"type": "object"},
        "NotificationsPage": {"type": "array"},
    }
    assert answer_of(merged, "/a") == refer("Page")
    assert answer_of(merged, "/b") == refer("NotificationsPage")


def test_what_refers_to_something_that_differs_differs_too() -> None:
    """Two pages that read alike, of items that do not: each keeps its own."""

    def schemas(kind: str) -> dict[str, Any]:
        return {
            "Book": {"properties": {"pages": {"items": refer("Page")}}},
            "Page": {"properties": {"items": {"items": refer("Item")}}},
            "Item": {"type": kind},
        }

    merged = merge_documents(
        {
            "booking": document("/a", schemas("string"), answers="Book"),
            "notifications": document("/b", schemas("integer"), answers="Book"),
        },
        public_url="",
    )
    named = merged["components"]["schemas"]
    assert answer_of(merged, "/a") == refer("Book")
    assert answer_of(merged, "/b") == refer("NotificationsBook")
    assert named["Page"]["properties"]["items"]["items"] == refer("Item")
    assert named["NotificationsBook"]["properties"]["pages"]["items"] == refer("NotificationsPage")
    assert named["NotificationsPage"]["properties"]["items"]["items"] == refer("NotificationsItem")
    assert (named["Item"], named["NotificationsItem"]) == ({"type": "string"}, {"type": "integer"})


def test_a_new_name_is_nobody_elses() -> None:
    taken = {"Page": {"type": "array"}, "TwoPage": {"type": "string"}}
    merged = merge_documents(
        {
            "one": document("/a", {"Page": {"type": "object"}}, answers="Page"),
            "two": document("/b", taken, answers="Page"),
        },
        public_url="",
    )
    assert merged["components"]["schemas"]["TwoPage"] == {"type": "string"}
    assert answer_of(merged, "/b") == refer("TwoPage_")


def test_the_services_documents_stay_as_they_are() -> None:
    given = document("/b", {"Page": {"type": "array"}}, answers="Page")
    merge_documents(
        {"one": document("/a", {"Page": {"type": "object"}}, answers="Page"), "two": given}, public_url=""
    )
    assert list(given["components"]["schemas"]) == ["Page"]
