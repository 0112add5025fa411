"""The gateway's app: the one place where its parts meet."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway.centre_info import CentreDesk
from gateway.clients.booking import BookingClient
from gateway.clients.notifications import NotificationsClient
from gateway.docs import routes as docs
from gateway.docs.collecting import DocumentDesk
from gateway.docs.merging import TITLE, VERSION
from gateway.identity import current_caller
from gateway.identity import routes as identity
from gateway.identity.current import install_login_cookie
from gateway.identity.limits import Limits, install_request_limit
from gateway.identity.tokens import TokenDesk
from gateway.pages import csrf, install_pages
from gateway.proxy import routes as proxy
from gateway.proxy.signing import ThriftySigner
from gateway.readiness import checks_of
from gateway.settings import Settings
from gateway.site import blueprint as site
from gateway.staff import blueprint as staff
from services.kernel.caller import ANONYMOUS
from services.kernel.database import Database
from services.kernel.http import HttpClient
from services.kernel.web import Parts
from services.kernel.web.app import install_health, install_metrics_page, install_service
from services.kernel.web.blueprint import install_api

NAME = "gateway"
ISSUER = "gateway"


def create_app(settings: Settings) -> Flask:
    """The app as the settings ask for it."""
    database = Database(settings.database_url)
    services = _services(settings)
    app = Flask("gateway", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the browser's session: a form may be filled in slowly
    )
    documents = DocumentDesk(services, lambda: _own_document(app), settings.public_url)
    install_service(app, NAME, _parts(settings, database, services, documents))
    install_request_limit(app)
    install_login_cookie(app)
    install_health(app)
    install_metrics_page(app, None)
    _install_doors(app)
    booking = BookingClient(services["booking"])
    app.extensions["centre_desk"] = CentreDesk(lambda: booking.centre(caller=ANONYMOUS()))
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _services(settings: Settings) -> dict[str, HttpClient]:
    signer = ThriftySigner(settings.private_key, ISSUER)
    return {
        name: HttpClient(url, service=name, signer=signer, read_timeout=settings.read_timeout)
        for name, url in _addresses(settings).items()
    }


def _addresses(settings: Settings) -> dict[str, str]:
    return {"booking": settings.booking_url, "notifications": settings.notifications_url}


def _parts(
    settings: Settings, database: Database, services: dict[str, HttpClient], documents: DocumentDesk
) -> Parts:
    return Parts(
        database=database,
        clock=settings.clock,
        identify=current_caller,
        checks=checks_of(
            database, {name: service.base_url for name, service in services.items()}, settings.redis_url
        ),
        extras={
            "booking": BookingClient(services["booking"]),
            "documents": documents,
            "limits": Limits(
                settings.redis_url,
                logins=settings.login_limit,
                guest_bookings=settings.guest_limit,
                requests=settings.request_limit,
            ),
            "notifications": NotificationsClient(services["notifications"]),
            "services": services,
            "tokens": TokenDesk(database),
        },
    )


def _install_doors(app: Flask) -> None:
    """The API first: what it does not know of its addresses goes to the services."""
    app.extensions["own_api"] = install_api(
        app, title=TITLE, version=VERSION, blueprints=[identity.blueprint]
    )
    app.register_blueprint(proxy.blueprint)
    app.register_blueprint(docs.blueprint)
    install_pages(app)
    for api in (identity.blueprint, proxy.blueprint):
        csrf.exempt(api)  # these go by tokens, which no other site can make a browser send
    app.register_blueprint(site)
    app.register_blueprint(staff)


def _own_document(app: Flask) -> dict[str, object]:
    document: dict[str, object] = app.extensions["own_api"].spec.to_dict()
    return document
