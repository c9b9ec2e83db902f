import { countingLua } from "./counting-lua";
import { decidingLua } from "./deciding-lua";
import { limitKeyPrefix } from "./limit-keys";
import { recordingLua } from "./recording-lua";
import { redisScript } from "./redis-script";

// One run decides everything that one process asked in one turn of its event loop, each decision for itself: all of its
// charges or none. Time is Redis' own. Keys are the memory's value and the counters: the names of what is recorded hold
// the minute, which only the script knows, and lie in the same slot by the one hash tag. Everything else is two arguments,
// texts that each end with a zero byte: what a client pays for a command it pays for each of its arguments (measured).
//
// The first argument's texts: the memory's value as last known, one to give it if it has none, whether to record, the
// number of rules, of kinds, of decisions, of tops and of seen addresses; per rule key, dimension, algorithm, mode, limit,
// window (microseconds), what is recorded; per kind its rules' numbers with commas between, and a tenant; per decision the
// number of its kind where it is one place by each of those rules, else charges that each end with a comma: the rule's
// number, ":" and the cost (0: counted and exempt), or ":-", milliseconds, ":" and an id where somebody's block refuses it;
// per top dimension, tenant, member, count; per seen address rule, address. The second's: per decision an entry's name, and
// when recording the tenant and the other facts, each ended by a one byte. Most decisions need none of that, so it is taken
// apart late.
//
// Answers the memory's value if it is another one, else "", then a number per decision. Allowed: 1024 * remaining
// + 32 * the sum of 2^charge for those of the first five that would have been refused by a rule that only watches + charge.
// Refused: -(64 * milliseconds + 2 * charge + first).
/** The script of all decisions. */
export const decisionScript = redisScript(`
local call, floor, ceil, tonumber, format = redis.call, math.floor, math.ceil, tonumber, string.format
local KEYS = KEYS
local nextText = string.gmatch(ARGV[1], "(%Z*)%z")
local P = "${limitKeyPrefix}"
local time = call("TIME")
local now = time[1] * 1000000 + time[2]
local ms = floor(now / 1000)
local minute, hour = floor(ms / 60000), floor(ms / 3600000)

-- All counters of rates at once; those of logs are no texts and read as none.
local values = call("MGET", unpack(KEYS))
local memory, known, proposed = values[1], nextText(), nextText()
if not memory then
  memory = proposed
  call("SET", KEYS[1], memory)
end
local answers = { memory == known and "" or memory }
local recording = nextText() == "1"
local rulesAsked, kindsAsked, decisions = tonumber(nextText()), tonumber(nextText()), tonumber(nextText())
local tops, addresses = tonumber(nextText()), tonumber(nextText())

local rules = {}
for index = 1, rulesAsked do
  local key, dimension, gcra, observes = nextText(), nextText(), nextText() == "gcra", nextText() == "observe"
  local limit, window, attempts = tonumber(nextText()), tonumber(nextText()), nextText() == "attempts"
  rules[tostring(index)] = {
    key = key, dimension = dimension, gcra = gcra, observes = observes, limit = limit, window = window,
    interval = window / limit, attempts = attempts, signIn = string.sub(key, 1, 8) == "sign-in-",
    isPlain = gcra and not observes and not attempts, counts = {}
  }
end

local asked = {}
for index = 1, kindsAsked do
  local kind = { rules = {}, isPlain = true, allowed = 0 }
  for number in string.gmatch(nextText(), "[^,]+") do
    kind.rules[#kind.rules + 1] = rules[number]
    kind.isPlain = kind.isPlain and rules[number].isPlain
  end
  kind.tenant = nextText()
  asked[tostring(index)] = kind
end
${recordingLua}${decidingLua}
for decision = 1, decisions do
  local charges = nextText()
  local kind = asked[charges]
  local answer = kind and kind.isPlain and decidePlainly(kind)
  answers[decision + 1] = answer or decide(charges, kind, readFacts(detailsOf(decision)))
end
for _, kind in pairs(asked) do
  if recording and kind.allowed > 0 then
    for _, rule in ipairs(kind.rules) do count(rule, "allowed", kind.tenant, kind.allowed) end
  end
end
${countingLua}
return answers`);
