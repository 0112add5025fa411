"""The kernel's tables, each created by the migrations of the services that use it."""

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import JSON

JsonColumn = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class KernelBase(DeclarativeBase):
    """The base of the kernel's tables; a service names those it has in KERNEL_TABLES."""
