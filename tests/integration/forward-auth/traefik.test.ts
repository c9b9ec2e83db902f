import { describe } from "vitest";
import { declareGuarantees } from "./check-guarantees";
import { emulateTraefik } from "./traefik-emulation";

describe("the worked example for Traefik, under the rules that Traefik documents", () => {
  declareGuarantees({ run: emulateTraefik, redirects: false, knowsRoles: false, webSockets: false });
});
