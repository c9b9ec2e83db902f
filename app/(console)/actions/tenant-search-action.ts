"use server";

import { serverAction } from "@/lib/http/server-action";
import { listTenants } from "@/lib/tenants/list-tenants";

export const searchTenantsAction = serverAction(listTenants);
