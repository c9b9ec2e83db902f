import { unlockSignIn } from "@/lib/account-lockout/unlock-sign-in";
import { apiRoute } from "@/lib/http/api-route";
import { otherMethods } from "@/lib/http/plain-routes";

export const DELETE = apiRoute(unlockSignIn, { status: 204 });
export const { GET, POST, PUT, PATCH } = otherMethods("DELETE");
