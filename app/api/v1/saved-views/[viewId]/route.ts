import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { deleteSavedView } from "@/lib/saved-views/delete-saved-view";
import { updateSavedView } from "@/lib/saved-views/update-saved-view";

export const PATCH = apiRoute(updateSavedView);
export const DELETE = apiRoute(deleteSavedView, { status: 204 });
export const { GET, POST, PUT } = otherMethods("PATCH", "DELETE");
