"""The addresses that are mailed, and the keys in them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from services.booking.db.models import Reservation
from services.booking.domain.link import derive_key, verify_key


@dataclass(frozen=True)
class Links:
    """Makes and checks links to reservations; `public_url` is where people reach the suite."""

    secret: str
    public_url: str

    def to(self, reservation: Reservation) -> str:
        """The page of a reservation; without an account its key goes along."""
        address = f"{self.public_url}/bookings/{reservation.id}"
        if reservation.subject is not None:
            return address
        key = derive_key(self.secret, reservation.id, reservation.link_generation)
        return f"{address}?{urlencode({'key': key})}"

    def fits(self, reservation: Reservation, key: str) -> bool:
        """Whether `key` is the reservation's."""
        return verify_key(self.secret, reservation.id, reservation.link_generation, key)
