"""The blueprint that the public pages hang on."""

from flask import Blueprint

blueprint = Blueprint("site", __name__)
