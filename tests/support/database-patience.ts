/**
 * Gives Postgres seconds to greet a connection. The product takes two seconds for the end of it, which is right and would
 * make every suite depend on how busy the machine is.
 */
export const databasePatience = 20_000;
