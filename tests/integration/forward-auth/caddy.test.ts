import { describe } from "vitest";
import { declareGuarantees } from "./check-guarantees";
import { findCaddy, runCaddy } from "./run-proxy";

const caddy = findCaddy();

describe.skipIf(caddy.missing !== null)(
  `Caddy with the worked example${caddy.missing === null ? "" : ` (${caddy.missing})`}`,
  () => {
    declareGuarantees({
      run: (ports) => {
        if (caddy.missing !== null) throw new Error(caddy.missing);
        return runCaddy(caddy, ports);
      },
      redirects: true,
      knowsRoles: true,
      webSockets: true,
    });
  },
);
