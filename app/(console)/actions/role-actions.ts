"use server";

import { serverAction } from "@/lib/http/server-action";
import { assignRole } from "@/lib/roles/assign-role";
import { createRole } from "@/lib/roles/create-role";
import { deleteRole } from "@/lib/roles/delete-role";
import { unassignRole } from "@/lib/roles/unassign-role";
import { updateRole } from "@/lib/roles/update-role";

export const createRoleAction = serverAction(createRole);
export const updateRoleAction = serverAction(updateRole);
export const deleteRoleAction = serverAction(deleteRole);
export const assignRoleAction = serverAction(assignRole);
export const unassignRoleAction = serverAction(unassignRole);
