"""Of several processes one leads: a lease with an end, and jobs that come due once for all."""

from qcdc_core.leader.jobs import claim_job, finish_job
from qcdc_core.leader.lease import give_up, hold

__all__ = ["claim_job", "finish_job", "give_up", "hold"]
