"""Logging in and out."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from gateway.headers import keep_private
from gateway.identity import current_account
from gateway.identity import login as open_session
from gateway.identity import logout as close_session
from gateway.language import chosen_language
from gateway.site.blueprint import blueprint
from gateway.site.local_address import local_address
from services.kernel.errors import TooManyRequests, Unauthenticated, status_of
from services.kernel.web import allowed


class LoginForm(FlaskForm):
    """E-mail and password."""

    email = StringField(lazy_gettext("E-mail"), [InputRequired(lazy_gettext("Enter your e-mail address."))])
    password = PasswordField(lazy_gettext("Password"), [InputRequired(lazy_gettext("Enter your password."))])


@blueprint.get("/login")
@allowed("anonymous")
def login() -> Response:
    """The form; who is logged in already goes on."""
    back = local_address(request.args.get("next"), url_for("site.home"))
    if current_account() is not None:
        return redirect(back, 303)
    return _login_page(LoginForm(formdata=None), back)


@blueprint.post("/login")
@allowed("anonymous")
def log_in() -> Response:
    """Log in and go where the person was going."""
    back = local_address(request.form.get("next"), url_for("site.home"))
    form = LoginForm()
    if not form.validate():
        return _login_page(form, back, status=422)
    try:
        open_session(form.email.data, form.password.data, language=chosen_language())
    except Unauthenticated as problem:
        wrong = gettext("E-mail or password is wrong. Check both and try again.")
        return _login_page(form, back, [wrong], status_of(problem))
    except TooManyRequests:
        return _login_page(form, back, [gettext("Too many tries. Wait a moment, then try again.")], 429)
    return redirect(back, 303)


@blueprint.post("/logout")
@allowed("anonymous")
def logout() -> Response:
    """Log out, on this device only."""
    close_session()
    return redirect(url_for("site.home"), 303)


def _login_page(form: LoginForm, back: str, general: list[str] | None = None, status: int = 200) -> Response:
    page = render_template("site/login.html", form=form, next=back, general=general or [])
    return keep_private(make_response(page, status))
