"""What goes in and out of the gateway's own part of the API."""

from marshmallow import fields, validate

from services.kernel.web import Instant, Schema, Text


class CredentialsSchema(Schema):
    """E-mail and password."""

    email = Text(required=True, validate=validate.Length(3, 254))
    password = fields.String(required=True, validate=validate.Length(1, 800), metadata={"format": "password"})


class NewPasswordSchema(Schema):
    """The password that is, and the one that shall be."""

    current_password = fields.String(
        required=True, validate=validate.Length(1, 800), metadata={"format": "password"}
    )
    new_password = fields.String(
        required=True, validate=validate.Length(1, 800), metadata={"format": "password"}
    )


class TokenSchema(Schema):
    """A token, shown once."""

    token = fields.String(required=True)
    expires_at = Instant(required=True)


class MyOrganizationSchema(Schema):
    """An organization that the account belongs to."""

    organization_id = fields.String(required=True)
    organization_name = fields.String(required=True)
    role = fields.String(required=True)
    verified = fields.Boolean(required=True)


class MeSchema(Schema):
    """The account behind a token."""

    subject = fields.String(required=True, attribute="id")
    email = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.Function(
        lambda account: sorted(account.roles),
        metadata={"type": "array", "items": {"type": "string"}},
    )
    language = fields.String(required=True)
    organizations = fields.List(fields.Nested(MyOrganizationSchema), attribute="memberships", required=True)
