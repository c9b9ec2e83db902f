"use server";

import { unlockSignIn } from "@/lib/account-lockout/unlock-sign-in";
import { serverAction } from "@/lib/http/server-action";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { createUser } from "@/lib/users/create-user";
import { deleteUser } from "@/lib/users/delete-user";
import { getUser } from "@/lib/users/get-user";
import { lockUser } from "@/lib/users/lock-user";
import { unlockUser } from "@/lib/users/unlock-user";
import { updateUser } from "@/lib/users/update-user";

export const getUserAction = serverAction(getUser);
export const createUserAction = serverAction(createUser);
export const updateUserAction = serverAction(updateUser);
export const lockUserAction = serverAction(lockUser);
export const unlockUserAction = serverAction(unlockUser);
export const unlockSignInAction = serverAction(unlockSignIn);
export const deleteUserAction = serverAction(deleteUser);
export const revokeUserSessionsAction = serverAction(revokeUserSessions);
