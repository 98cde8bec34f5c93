"""One file per group of pages."""

from flask import Blueprint

from admin.pages import (
    account,
    audit,
    briefs,
    calendar,
    evidence,
    personal_data,
    progress,
    questions,
    reminder_rules,
    reminders,
    report,
    reports,
    review,
    today,
    units,
    unread,
    users,
)

PAGES: tuple[Blueprint, ...] = (
    today.page,
    reports.page,
    report.page,
    evidence.page,
    review.page,
    progress.page,
    reminders.page,
    reminder_rules.page,
    briefs.page,
    questions.page,
    unread.page,
    units.page,
    calendar.page,
    personal_data.page,
    users.page,
    audit.page,
    account.page,
)
