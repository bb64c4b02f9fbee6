"""Lists too long for one table: read, ranked and written chunk by chunk."""

from matcher.batch.engines import DaskEngine, LocalEngine
from matcher.batch.order import Order
from matcher.batch.run import Progress, run_batch

__all__ = ["DaskEngine", "LocalEngine", "Order", "Progress", "run_batch"]
