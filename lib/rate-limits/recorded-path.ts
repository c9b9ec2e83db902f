const pathsMax = 2_000;
const lengthMax = 120;
const known = new Map<string, string>();

/**
 * A path as it is recorded: decoded once, slashes collapsed, without query and trailing slash, ids left out, and short.
 * Case stays, as routes tell it apart. So no spelling of a path makes a second row, nor a million ids a million rows.
 */
export function toRecordedPath(path: string): string {
  const found = known.get(path);
  if (found !== undefined) return found;
  const recorded = normalize(path);
  if (known.size >= pathsMax) known.clear();
  known.set(path, recorded);
  return recorded;
}

function normalize(path: string): string {
  const bare = (path.split(/[?#]/, 1)[0] ?? "").slice(0, 2_000);
  const flat = decodeOnce(bare)
    .replace(/[\p{Cc}\p{Surrogate}|]+/gu, "")
    .replace(/[\\/]+/g, "/")
    .replace(/(?<=.)\/$/, "");
  return flat
    .split("/")
    .map((segment) => (/^[0-9a-f-]{32,36}$/i.test(segment) ? ":id" : segment))
    .join("/")
    .slice(0, lengthMax);
}

// What is no encoding at all stays as it is.
function decodeOnce(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
