"use server";

import { serverAction } from "@/lib/http/server-action";
import { createSavedView } from "@/lib/saved-views/create-saved-view";
import { deleteSavedView } from "@/lib/saved-views/delete-saved-view";
import { updateSavedView } from "@/lib/saved-views/update-saved-view";

export const createSavedViewAction = serverAction(createSavedView);
export const updateSavedViewAction = serverAction(updateSavedView);
export const deleteSavedViewAction = serverAction(deleteSavedView);
