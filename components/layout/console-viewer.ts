/** Who is looking at the console: for greeting and for hiding what cannot be used. It decides nothing; operations do. */
export type ConsoleViewer = {
  user: { id: string; name: string; email: string };
  /** Names of the viewer's roles in this scope, highest first. */
  roles: readonly string[];
  /** Keys of the permissions that the viewer holds in this scope. */
  permissions: readonly string[];
};
