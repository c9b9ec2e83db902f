import { readEnv } from "@/lib/config/env";
import { stopUnusedStores } from "./embedded-stores";

// Run by the start-up scripts after a child of theirs has ended: a killed one could not release its stores itself.
await stopUnusedStores(readEnv().dataDir);
