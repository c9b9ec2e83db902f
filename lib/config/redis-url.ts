/** Where Redis is: one server, a master that Sentinels name, or the seed nodes of a cluster. */
export type RedisPlace =
  | { kind: "single"; url: string }
  | {
      kind: "sentinel";
      sentinels: RedisNode[];
      /** The name under which the Sentinels know the master. */
      name: string;
      database: number;
      login: RedisLogin;
      /** The Sentinels' own password, where they ask for one. */
      sentinelPassword?: string;
    }
  | { kind: "cluster"; nodes: RedisNode[]; login: RedisLogin };

type RedisNode = { host: string; port: number };
type RedisLogin = { username?: string; password?: string };

// The standard's parser refuses a list of hosts, so the parts are taken apart here.
const severalHosts = /^redis\+(sentinel|cluster):\/\/(?:([^@/]*)@)?([^/?#]+)(?:\/(\d*))?(?:\?([^#]*))?$/i;
const oneHost = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::(\d{1,5}))?$/i;
const defaultPort = { sentinel: 26_379, cluster: 0 };

/**
 * Reads `redis://`, `rediss://`, `redis+sentinel://user:password@host:port,host:port/0?name=mymaster` or
 * `redis+cluster://host:port,host:port`. Null where the text is none of them.
 */
export function parseRedisUrl(text: string): RedisPlace | null {
  const parts = severalHosts.exec(text);
  if (!parts) return isSingle(text) ? { kind: "single", url: text } : null;
  const [, scheme = "", userinfo = "", hosts = "", database = "", query = ""] = parts;
  const kind = scheme.toLowerCase() === "sentinel" ? "sentinel" : "cluster";
  const nodes = toNodes(hosts, defaultPort[kind]);
  const login = toLogin(userinfo);
  if (nodes === null || login === null) return null;
  // A cluster has one database only.
  if (kind === "cluster") return database || query ? null : { kind, nodes, login };
  const settings = new URLSearchParams(query);
  const name = settings.get("name");
  if (!name) return null;
  const sentinelPassword = settings.get("sentinelPassword") ?? undefined;
  return { kind, sentinels: nodes, name, database: Number(database), login, sentinelPassword };
}

function isSingle(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && ["redis:", "rediss:"].includes(url.protocol) && url.hostname !== "";
}

// A port of 0 stands for one that must be named.
function toNodes(text: string, portElse: number): RedisNode[] | null {
  const nodes: RedisNode[] = [];
  for (const part of text.split(",")) {
    const [, six, four, digits] = oneHost.exec(part) ?? [];
    const port = Number(digits ?? portElse);
    const host = six ?? four;
    if (!host || port < 1 || port > 65_535) return null;
    nodes.push({ host, port });
  }
  return nodes;
}

function toLogin(userinfo: string): RedisLogin | null {
  const colon = userinfo.indexOf(":");
  const [username, password] = colon < 0 ? [userinfo, ""] : [userinfo.slice(0, colon), userinfo.slice(colon + 1)];
  try {
    return {
      username: decodeURIComponent(username) || undefined,
      password: decodeURIComponent(password) || undefined,
    };
  } catch {
    return null;
  }
}
