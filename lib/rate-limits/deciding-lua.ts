// The part of the decision script that judges and charges. It uses what decision-script.ts declares first (Redis' time, the
// counters' values, the rules) and `record` of recording-lua.ts.
/**
 * Lua of `decidePlainly` (nil where somebody has to wait) and `decide`. Both step over the keys of the decision and answer
 * its number; `changed` holds what this run has written, which the next decision must see.
 */
export const decidingLua = `
local changed, nextKey = {}, 2

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

local function decide(charges, kind, facts)
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
  if kind then
    for _, rule in ipairs(kind.rules) do add({ rule = rule, cost = 1, key = KEYS[nextKey], wait = 0, left = 0 }) end
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

-- Most decisions by far: rates that refuse, each for one place. Without the tables of the general way.
local formers, dues = {}, {}
local function decidePlainly(kind)
  local rules, least, leastOf = kind.rules, nil, nil
  for place = 1, #rules do
    local rule, key = rules[place], KEYS[nextKey + place - 1]
    local former = changed[key] or tonumber(values[nextKey + place - 1])
    local due = ceil((former and former > now and former or now) + rule.interval)
    local left = now + rule.window - due
    if left < 0 then return nil end
    left = floor(left / rule.interval)
    if not least or left < least then least, leastOf = left, place - 1 end
    formers[place], dues[place] = former, due
  end
  for place = 1, #rules do advance(rules[place], KEYS[nextKey + place - 1], formers[place], dues[place]) end
  nextKey = nextKey + #rules
  kind.allowed = kind.allowed + 1
  return 1024 * least + leastOf
end
`;
