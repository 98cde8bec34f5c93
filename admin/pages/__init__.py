"""One file per group of pages."""

from flask import Blueprint

from admin.pages import report, reports, review, today

PAGES: tuple[Blueprint, ...] = (today.page, reports.page, report.page, review.page)
