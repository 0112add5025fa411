"""What `up` tells once everything is ready."""

from collections.abc import Mapping

from deploy.embedded.folders import Folders
from deploy.embedded.settings import LauncherSettings


def ready_text(
    told: Mapping[str, str], settings: LauncherSettings, folders: Folders, demo_accounts: str | None
) -> str:
    """The addresses, the data folder and, in a demo, the accounts to try."""
    url = told["CAMP_PUBLIC_URL"].rstrip("/")
    lines = [
        "",
        f"Ready.  Pages           {url}/",
        f"        Staff           {url}/staff",
        f"        API             {url}/api/docs",
        f"        Data folder     {folders.data}",
    ]
    if not told.get("SMTP_URL"):
        lines.append(f"        Mail is kept in {told['CAMP_MAIL_DIR']} and shown at {url}/staff/outbox")
    if demo_accounts:
        lines.append(f"        Demo accounts   {demo_accounts}")
    if settings.host not in ("127.0.0.1", "localhost", "::1"):
        lines.append(f"        Other machines reach it at {settings.host}, port {settings.port}")
    return "\n".join(lines)
