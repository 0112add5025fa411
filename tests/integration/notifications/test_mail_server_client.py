"""Letters handed to real mail servers: taken, refused, refused for now, never answered."""

import ssl
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from services.notifications.clients.mail_server import SmtpClient
from services.notifications.domain.mail_server import MailServer
from services.notifications.domain.message import Letter
from services.notifications.domain.outcomes import Refused, Sent, TryLater
from tests.support.running import free_port

from .mail_servers import HOST, BreakingOff, Inbox, mail_server, silent_server

ANSWERED = "the mail server answered "
LETTER = Letter(
    UUID(int=1),
    datetime(2026, 11, 20, tzinfo=UTC),
    "camp@example.org",
    "anna@example.org",
    b"Subject: x\r\n\r\nx\r\n",
)


def client(port: int, security: str = "none", *, user: str = "", password: str = "", **options) -> SmtpClient:
    host = HOST if security == "none" else "localhost"  # the name in the certificate
    return SmtpClient(MailServer(host, port, security, user, password), **options)


def test_a_letter_is_taken():
    inbox = Inbox()
    with mail_server(inbox) as port:
        assert client(port).deliver(LETTER) == Sent()
    assert inbox.letters[0].mail_from == "camp@example.org"
    assert inbox.letters[0].rcpt_tos == ["anna@example.org"]
    assert inbox.letters[0].original_content.startswith(b"Subject: x\r\n")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"to_recipient": ("550 5.1.1 No such box",)}, Refused(ANSWERED + "550 5.1.1 No such box")),
        ({"to_recipient": ("450 4.2.0 Come back",)}, TryLater(ANSWERED + "450 4.2.0 Come back")),
        ({"to_content": ("554 5.7.1 Spam",)}, Refused(ANSWERED + "554 5.7.1 Spam")),
        ({"to_content": ("452 4.3.1 Full",)}, TryLater(ANSWERED + "452 4.3.1 Full")),
        ({"to_content": ("421 4.3.0 Going down",)}, TryLater(ANSWERED + "421 4.3.0 Going down")),
    ],
)
def test_the_servers_answer_decides_whether_to_come_back(answers, outcome):
    with mail_server(Inbox(**answers)) as port:
        assert client(port).deliver(LETTER) == outcome


def test_a_server_that_is_away_is_tried_later():
    outcome = client(free_port()).deliver(LETTER)
    assert isinstance(outcome, TryLater)
    assert outcome.everyone
    assert "refused" in outcome.reason


@pytest.mark.parametrize("greeting", [b"", b"220 hello\r\n"], ids=["no greeting", "greeting only"])
def test_a_server_that_never_answers_is_left_in_time(greeting):
    with silent_server(greeting=greeting) as port:
        begun = time.monotonic()
        outcome = client(port, step=0.5).deliver(LETTER)
    assert isinstance(outcome, TryLater)
    assert time.monotonic() - begun < 3


def test_the_whole_conversation_is_bounded_too():
    with silent_server(greeting=b"220 hello\r\n") as port:
        begun = time.monotonic()
        outcome = client(port, step=30, whole=0.5).deliver(LETTER)
    assert isinstance(outcome, TryLater)
    assert time.monotonic() - begun < 5


def test_a_server_that_turns_everybody_away_is_tried_later():
    with silent_server(greeting=b"554 5.3.2 closed today\r\n") as port:
        outcome = client(port).deliver(LETTER)
    assert outcome == TryLater(ANSWERED + "554 5.3.2 closed today", everyone=True)


def test_a_server_that_breaks_off_after_it_took_the_letter_has_it():
    inbox = BreakingOff()
    with mail_server(inbox) as port:
        assert client(port).deliver(LETTER) == Sent()
    assert len(inbox.letters) == 1


def test_a_server_that_breaks_off_before_it_took_the_letter_is_tried_later():
    with mail_server(BreakingOff(before_taking=True)) as port:
        assert isinstance(client(port).deliver(LETTER), TryLater)


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_refused_login_is_the_centres_matter_and_no_letters_fault():
    with mail_server(Inbox(), login=True) as port:
        outcome = client(port, user="camp", password="wrong").deliver(LETTER)
        assert isinstance(outcome, TryLater)
        assert outcome.everyone
        assert "535" in outcome.reason
        assert "wrong" not in outcome.reason
        assert client(port, user="camp", password="hush").deliver(LETTER) == Sent()
        assert isinstance(client(port).deliver(LETTER), TryLater)


def test_starttls_encrypts_where_the_certificate_can_be_trusted(certificate):
    serving, trusting = certificate
    inbox = Inbox()
    with mail_server(inbox, tls=serving) as port:
        stranger = client(port, "starttls").deliver(LETTER)
        assert isinstance(stranger, TryLater)
        assert "certificate cannot be trusted" in stranger.reason
        assert client(port, "starttls", tls=trusting).deliver(LETTER) == Sent()
    assert inbox.security == [True]


def test_a_server_without_starttls_gets_nothing_in_the_clear():
    inbox = Inbox()
    with mail_server(inbox) as port:
        assert isinstance(client(port, "starttls").deliver(LETTER), TryLater)
    assert inbox.letters == []


def test_a_fault_of_the_server_is_told_without_sending():
    inbox = Inbox()
    with mail_server(inbox) as port:
        assert client(port).fault() is None
    assert "refused" in client(port).fault()
    assert inbox.letters == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A context that serves with a certificate of its own for localhost, and one that trusts it."""
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return serving, ssl.create_default_context(cafile=str(folder / "cert.pem"))
