import { describe } from "vitest";
import { declareGuarantees } from "./check-guarantees";
import { findNginx, runNginx } from "./run-proxy";

const nginx = findNginx();

describe.skipIf(nginx.missing !== null)(
  `nginx with the worked example${nginx.missing === null ? "" : ` (${nginx.missing})`}`,
  () => {
    declareGuarantees({
      run: (ports) => {
        if (nginx.missing !== null) throw new Error(nginx.missing);
        return runNginx(nginx, ports);
      },
      redirects: true,
      knowsRoles: true,
      webSockets: true,
    });
  },
);
