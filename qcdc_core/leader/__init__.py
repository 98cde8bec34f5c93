"""Of several processes one leads: a lease with an end, and jobs that come due once for all."""

from qcdc_core.leader.jobs import claim_job, finish_job
from qcdc_core.leader.lease import TICKER, give_up, hold

__all__ = ["TICKER", "claim_job", "finish_job", "give_up", "hold"]
