import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";
import { createSavedView } from "@/lib/saved-views/create-saved-view";
import { listSavedViews } from "@/lib/saved-views/list-saved-views";

export const GET = apiRoute(listSavedViews);
export const POST = apiRoute(createSavedView, { status: 201 });
export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
