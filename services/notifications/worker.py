"""What whoever runs workers needs of this service: its queues, and how to work on them."""

from services.notifications.jobs.working import QUEUES, work

__all__ = ["QUEUES", "work"]
