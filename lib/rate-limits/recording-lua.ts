// The part of the decision script that writes down what was decided, in the same step: counts (handed over at the end of
// the run), the attempts of rules that record each, blocks and whom they are about, refusals, the spread of sign-ins. It
// uses what decision-script.ts declares first: Redis' time, and the prefix of all names.
/** Lua of `count`, `detailsOf`, `readFacts`, and `record`, which answers 1 for the first refusal of a block, else 0. */
export const recordingLua = `
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

local names = { "entry", "tenant", "path", "address", "account", "user", "caller", "caller-operation",
  "hash" }
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
`;
