/** What Node is given to run the built server as `up` does, but for no longer than the test that started it lives. */
export const serverArguments = [
  "--enable-source-maps",
  "--import",
  "./tests/support/end-with-parent.mjs",
  "dist/server.mjs",
] as const;
