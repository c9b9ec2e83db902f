import { limitKeyPrefix } from "./limit-keys";
import { redisScript } from "./redis-script";

// One run decides everything that one process asked in one turn of its event loop, each decision for itself: all of its
// charges or none. Time is Redis' own. Keys are the memory's value and the counters: the names of what is recorded hold
// the minute, which only the script knows, and lie in the same slot by the one hash tag. Everything else is two arguments,
// texts that each end with a zero byte: what a client pays for a command it pays for each of its arguments (measured).
//
// The first argument's texts: the memory's value as last known, one to give it if it has none, whether to record, the
// number of rules, of pairs, of decisions, of tops and of seen addresses; per rule key, dimension, algorithm, mode, limit,
// window (microseconds), what is recorded; per pair its rule's number and a tenant; per decision the number of its pair
// where it is one charge of one place, else charges that each end with a comma: the rule's number, ":" and the cost (0:
// counted and exempt), or ":-", milliseconds, ":" and an id where somebody's block refuses it; per top dimension, tenant,
// member, count; per seen address rule, address. The second's: per decision an entry's name, and when recording the
// tenant and the other facts, each ended by a one byte. Most decisions need none of that, so it is taken apart late.
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

-- All counters of rates at once; those of logs are no texts and read as none. What a decision changes, the next one of
-- the same run must see.
local values = call("MGET", unpack(KEYS))
local changed = {}
local memory, known, proposed = values[1], nextText(), nextText()
if not memory then
  memory = proposed
  call("SET", KEYS[1], memory)
end
local answers = { memory == known and "" or memory }
local recording = nextText() == "1"
local rulesAsked, pairsAsked, decisions = tonumber(nextText()), tonumber(nextText()), tonumber(nextText())
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
for index = 1, pairsAsked do
  asked[tostring(index)] = { rule = rules[nextText()], tenant = nextText(), allowed = 0 }
end

local function count(rule, outcome, tenant, by)
  local totals = rule.counts[outcome]
  if not totals then totals = {} rule.counts[outcome] = totals end
  totals[tenant] = (totals[tenant] or 0) + by
end

local details
local function detailsOf(decision)
  if not details then
    details = {}
    for text in string.gmatch(ARGV[2], "(%Z*)%z") do details[#details + 1] = text end
  end
  return details[decision]
end

local names = { "entry", "tenant", "path", "address", "account", "user", "caller", "hash" }
local function readFacts(text)
  local facts, position = {}, 0
  for value in string.gmatch(text, "([^\\1]*)\\1") do
    position = position + 1
    facts[names[position]] = value
  end
  return facts
end
local function withKnown(fields, facts)
  local function known(name, value)
    if value ~= "" then fields[#fields + 1] = name fields[#fields + 1] = value end
  end
  known("tenantId", facts.tenant) known("userId", facts.user) known("address", facts.address) known("path", facts.path)
  return fields
end

local function keep(list, text)
  call("LPUSH", list, text)
  call("LTRIM", list, 0, 199)
  call("EXPIRE", list, 90000)
end
local function noteRefusal(rule, block, wait, facts)
  local fields = withKnown({ "at", ms, "rule", rule.key, "blockId", block, "dimension", rule.dimension,
    "label", facts[rule.dimension], "retryAfterMilliseconds", wait }, facts)
  local refusal = {}
  for index = 1, #fields, 2 do refusal[fields[index]] = fields[index + 1] end
  local text = cjson.encode(refusal)
  keep(P .. "refusals", text)
  if facts.tenant ~= "" then keep(P .. "refusals:t:" .. facts.tenant, text) end
end

-- Whether this refusal begins a block. One of a rate, which frees a place every moment, lasts while it is run into.
local function noteBlock(rule, block, wait, facts)
  local lists, who = { P .. "blocked" }, P .. "who:" .. block
  if facts.tenant ~= "" then lists[2] = P .. "blocked:t:" .. facts.tenant end
  local former = tonumber(call("ZSCORE", lists[1], block) or "0")
  local first = former + (rule.gcra and rule.window / 1000 or 0) <= ms
  for _, list in ipairs(lists) do
    call("ZADD", list, ms + wait, block)
    if first then
      local gone = call("ZRANGE", list, "-inf", ms - 3600000, "BYSCORE", "LIMIT", 0, 20)
      if #gone > 0 then call("ZREM", list, unpack(gone)) end
    end
  end
  if lists[2] then call("EXPIRE", lists[2], 90000) end
  if first then
    call("DEL", who)
    call("HSET", who, unpack(withKnown({ "dimension", rule.dimension, "label", facts[rule.dimension], "since", ms }, facts)))
  end
  call("HINCRBY", who, "attempts", 1)
  call("PEXPIRE", who, wait + (rule.gcra and rule.window / 1000 or 1000))
  return first
end

local function spread(of, name, counted, label)
  local seen = P .. "sp:" .. of .. ":" .. hour .. ":" .. name
  if call("PFADD", seen, counted) == 0 then return end
  call("EXPIRE", seen, 7200)
  local different = call("PFCOUNT", seen)
  if different < 2 then return end
  local list = P .. "spread:" .. of .. ":" .. hour
  call("ZADD", list, different, label)
  call("EXPIRE", list, 90000)
  if call("ZCARD", list) > 400 then call("ZREMRANGEBYRANK", list, 0, -201) end
end

-- The due time is added to where it stands, and told when to go only once a window: a third of the cost of setting both
-- each time (measured). It is due at most a window ahead, so within two windows of its last step into another one.
local function advance(rule, key, former, due)
  changed[key] = due
  if not former then
    call("SET", key, format("%d", due), "PX", 2 * rule.window / 1000)
    return
  end
  call("INCRBY", key, format("%d", due - former))
  if floor(former / rule.window) ~= floor(due / rule.window) then call("PEXPIRE", key, 2 * rule.window / 1000) end
end

local nextKey = 2
local function look(take, rule, cost, key)
  if rule.gcra then
    local former = changed[key] or tonumber(values[nextKey])
    local due = ceil((former and former > now and former or now) + cost * rule.interval)
    local over = due - now - rule.window
    if over > 0 then take.wait = ceil(over / 1000) end
    take.former, take.due, take.left = former, due, floor(-over / rule.interval)
    return
  end
  call("ZREMRANGEBYSCORE", key, "-inf", now - rule.window)
  take.left = rule.limit - call("ZCARD", key) - cost
  if take.left < 0 then
    local holds = call("ZRANGE", key, -take.left - 1, -take.left - 1, "WITHSCORES")
    take.wait = holds[2] and ceil((holds[2] + rule.window - now) / 1000) or rule.window / 1000
    if take.wait < 1 then take.wait = 1 end
  end
end

local function charge(take, rule, entry)
  if rule.gcra then
    advance(rule, take.key, take.former, take.due)
    return
  end
  call("ZADD", take.key, now, entry)
  for place = 2, take.cost do call("ZADD", take.key, now, entry .. ":" .. place) end
  call("PEXPIRE", take.key, rule.window / 1000)
end

local function toTake(text, key)
  local index, wait, block = string.match(text, "^(%d+):%-(%d+):(.*)$")
  if index then return { rule = rules[index], cost = 0, key = key, wait = tonumber(wait), left = 0, block = block } end
  local cost
  index, cost = string.match(text, "^(%d+):(%d+)$")
  return { rule = rules[index], cost = tonumber(cost), key = key, wait = 0, left = 0 }
end

local function record(takes, longest, facts)
  local first = 0
  for index, take in ipairs(takes) do
    local rule, outcome = take.rule, nil
    if take.wait > 0 then
      outcome = (take.block or not rule.observes) and "refused" or "observed"
    elseif longest == 0 then
      outcome = "allowed"
    end
    if outcome then
      local hash = string.sub(take.key, -16)
      count(rule, outcome, facts.tenant, 1)
      if rule.attempts then
        call("XADD", P .. "attempts", "MAXLEN", "~", 50000, "*", unpack(withKnown({ "rule", rule.key, "outcome", outcome,
          "hash", hash, "label", facts[rule.dimension], "cost", take.cost, "entry", facts.entry }, facts)))
      end
      if outcome == "refused" then
        local block = take.block or (rule.key .. ":" .. hash)
        if not take.block and noteBlock(rule, block, take.wait, facts) and index == longest then first = 1 end
        noteRefusal(rule, block, take.wait, facts)
      end
    end
  end
  if takes[1].rule.signIn and facts.address ~= "" and facts.hash ~= "" then
    spread("address", facts.address, facts.hash, facts.address)
    spread("account", facts.hash, facts.address, facts.account)
  end
  return first
end

local function decide(charges, pair, facts)
  local takes, longest, least, leastOf, index, observed = {}, 0, nil, 31, 0, 0
  local function add(take)
    index = index + 1
    takes[index] = take
    if take.cost > 0 then look(take, take.rule, take.cost, take.key) end
    nextKey = nextKey + 1
    if take.wait > 0 then
      if take.rule.observes and not take.block then
        if index <= 5 then observed = observed + 2 ^ (index - 1) end
      elseif longest == 0 or take.wait > takes[longest].wait then
        longest = index
      end
    elseif take.cost > 0 and (not least or take.left < least) then
      least, leastOf = take.left, index - 1
    end
  end
  if pair then
    add({ rule = pair.rule, cost = 1, key = KEYS[nextKey], wait = 0, left = 0 })
  else
    for charged in string.gmatch(charges, "[^,]+") do add(toTake(charged, KEYS[nextKey])) end
  end
  if longest == 0 then
    for _, take in ipairs(takes) do
      if take.cost > 0 and take.wait == 0 then charge(take, take.rule, facts.entry) end
    end
  end
  local first = 0
  if recording then first = record(takes, longest, facts) end
  if longest > 0 then return -(64 * takes[longest].wait + 2 * (longest - 1) + first) end
  return 1024 * (least or 0) + 32 * observed + leastOf
end

for decision = 1, decisions do
  local charges, answer = nextText(), nil
  local pair = asked[charges]
  if pair and pair.rule.isPlain then
    -- Most decisions by far, without the tables of the general way.
    local key, interval = KEYS[nextKey], pair.rule.interval
    local former = changed[key] or tonumber(values[nextKey])
    local due = ceil((former and former > now and former or now) + interval)
    local left = now + pair.rule.window - due
    if left >= 0 then
      advance(pair.rule, key, former, due)
      pair.allowed = pair.allowed + 1
      answer = 1024 * floor(left / interval)
      nextKey = nextKey + 1
    end
  end
  answers[decision + 1] = answer or decide(charges, pair, readFacts(detailsOf(decision)))
end
for _, pair in pairs(asked) do
  if recording and pair.allowed > 0 then count(pair.rule, "allowed", pair.tenant, pair.allowed) end
end

-- A member that is new may have made its key: then, and only then, the key needs to be told when to go.
local counted, isNew = P .. "n:" .. minute, false
local function addCount(field, by)
  if call("HINCRBY", counted, field, by) == by then isNew = true end
end
for _, rule in pairs(rules) do
  for outcome, totals in pairs(rule.counts) do
    local field, all = rule.key .. "|" .. outcome, 0
    for tenant, by in pairs(totals) do
      all = all + by
      if tenant ~= "" then addCount(field .. "|" .. tenant, by) end
    end
    addCount(field, all)
  end
end
if isNew then call("EXPIRE", counted, 90000) end

local function addTop(top, member, by, seconds)
  if tonumber(call("ZINCRBY", top, by, member)) ~= tonumber(by) then return end
  call("EXPIRE", top, seconds)
  if call("ZCARD", top) > 400 then call("ZREMRANGEBYRANK", top, 0, -201) end
end
for top = 1, tops do
  local dimension, tenant, member, by = nextText(), nextText(), nextText(), nextText()
  addTop(P .. "top:" .. dimension .. ":" .. minute, member, by, dimension == "path" and 7200 or 90000)
  if tenant ~= "" then addTop(P .. "top:" .. dimension .. ":t:" .. tenant .. ":" .. minute, member, by, 7200) end
end
for seen = 1, addresses do
  local name = P .. "u:" .. nextText() .. ":" .. minute
  if call("PFADD", name, nextText()) == 1 then call("EXPIRE", name, 7200) end
end
return answers`);
