"""Every table of the system, so that migrations and tests see one complete metadata."""

from qcdc_core import webhooks as _webhooks
from qcdc_core.audit import tables as _audit
from qcdc_core.briefs import tables as _briefs
from qcdc_core.db import Base
from qcdc_core.evidence import tables as _evidence
from qcdc_core.forms import tables as _forms
from qcdc_core.leader import tables as _leader
from qcdc_core.learned import tables as _learned
from qcdc_core.messages import tables as _messages
from qcdc_core.official import tables as _official
from qcdc_core.people import tables as _people
from qcdc_core.personal import tables as _personal
from qcdc_core.questions import tables as _questions
from qcdc_core.reminders import tables as _reminders
from qcdc_core.reports import tables as _reports
from qcdc_core.units import tables as _units
from qcdc_core.users import tables as _users

metadata = Base.metadata
__all__ = ["metadata"]

_MODULES = (
    _audit,
    _briefs,
    _evidence,
    _forms,
    _leader,
    _learned,
    _messages,
    _official,
    _people,
    _personal,
    _questions,
    _reminders,
    _reports,
    _units,
    _users,
    _webhooks,
)
