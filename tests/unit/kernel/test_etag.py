"""If-Match and If-None-Match by the version of a row."""

import pytest
from flask import Flask, Response

from services.kernel.errors import PreconditionFailed, PreconditionRequired
from services.kernel.web.etag import is_known, require_match, set_etag

APP = Flask("probe")


@pytest.mark.parametrize(
    ("header", "matches"),
    [
        ('"7"', True),
        ('W/"7"', True),
        ('"6", "7"', True),
        ("*", True),
        ('"8"', False),
        ('"77"', False),
        ("7", False),
        ('"', False),
        ('"7', False),
        ('"' * 5000, False),
    ],
)
def test_a_change_goes_through_for_the_version_that_was_read(header: str, matches: bool) -> None:
    with APP.test_request_context(headers={"If-Match": header}):
        if matches:
            require_match(7)
        else:
            with pytest.raises(PreconditionFailed):
                require_match(7)
    with APP.test_request_context(headers={"If-None-Match": header}):
        assert is_known(7) == matches


def test_without_a_header_it_depends_on_the_route() -> None:
    with APP.test_request_context():
        require_match(7)
        assert not is_known(7)
        with pytest.raises(PreconditionRequired):
            require_match(7, needed=True)


def test_the_etag_is_the_version() -> None:
    assert set_etag(Response(), 7).headers["ETag"] == '"7"'
