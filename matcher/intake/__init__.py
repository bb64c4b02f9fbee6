"""A tenant list as staff keep it, read into tenants and problems."""

from matcher.intake.reading import read_tenants, tenant_from_cells
from matcher.intake.tenants import Tenant, TenantList

__all__ = ["Tenant", "TenantList", "read_tenants", "tenant_from_cells"]
