"""Reminders: before, on and after the due day, to who still owes; what is due stands in a row."""

from qcdc_core.reminders.due import due_now, hand_over, situation
from qcdc_core.reminders.pauses import go_on
from qcdc_core.reminders.plan import plan
from qcdc_core.reminders.snooze import snooze, stop

__all__ = ["due_now", "go_on", "hand_over", "plan", "situation", "snooze", "stop"]
