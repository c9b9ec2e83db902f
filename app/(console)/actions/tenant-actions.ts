"use server";

import { serverAction } from "@/lib/http/server-action";
import { createTenant } from "@/lib/tenants/create-tenant";
import { deleteTenant } from "@/lib/tenants/delete-tenant";
import { restoreTenant } from "@/lib/tenants/restore-tenant";
import { resumeTenant } from "@/lib/tenants/resume-tenant";
import { suspendTenant } from "@/lib/tenants/suspend-tenant";
import { updateTenant } from "@/lib/tenants/update-tenant";

export const createTenantAction = serverAction(createTenant);
export const updateTenantAction = serverAction(updateTenant);
export const suspendTenantAction = serverAction(suspendTenant);
export const resumeTenantAction = serverAction(resumeTenant);
export const deleteTenantAction = serverAction(deleteTenant);
export const restoreTenantAction = serverAction(restoreTenant);
