import { describe, expect, it } from "vitest";
import { allEndpointPaths } from "@/lib/auth/auth-options";
import { closedPaths, exposedEndpoints } from "@/lib/auth/exposed-endpoints";

describe("the endpoints of the installed Better Auth", () => {
  it("are each either exposed or closed: one that an upgrade brings is somebody's decision", () => {
    const decided = [...exposedEndpoints.map(({ path }) => path), ...closedPaths].sort();
    expect(allEndpointPaths().sort()).toEqual(decided);
  });
});
