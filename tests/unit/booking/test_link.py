"""Keys of mailed links."""

from uuid import UUID

import pytest

from services.booking.domain.link import derive_key, verify_key

SECRET = "a secret of the installation"
RESERVATION, OTHER = UUID(int=1), UUID(int=2)


def test_the_key_of_a_reservation_is_always_the_same() -> None:
    key = derive_key(SECRET, RESERVATION, 1)
    assert key == derive_key(SECRET, RESERVATION, 1)
    assert verify_key(SECRET, RESERVATION, 1, key)
    assert len(key) == 43
    assert key.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    ("secret", "reservation", "generation"),
    [("another", RESERVATION, 1), (SECRET, OTHER, 1), (SECRET, RESERVATION, 2)],
)
def test_a_key_opens_one_reservation_of_one_generation(
    secret: str, reservation: UUID, generation: int
) -> None:
    assert not verify_key(secret, reservation, generation, derive_key(SECRET, RESERVATION, 1))


@pytest.mark.parametrize("key", ["", "x", "ł", "\ud800", "A" * 10_000])
def test_any_other_text_is_no_key(key: str) -> None:
    assert not verify_key(SECRET, RESERVATION, 1, key)
