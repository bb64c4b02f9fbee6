"""A tenant list as staff keep it, read into tenants and problems."""

from matcher.intake.reading import UnreadableListError, read_tenants, tenant_from_cells
from matcher.intake.tenants import Tenant, TenantList

__all__ = ["Tenant", "TenantList", "UnreadableListError", "read_tenants", "tenant_from_cells"]
