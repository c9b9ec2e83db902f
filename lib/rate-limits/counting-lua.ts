// The part of the decision script that adds up, once a run: the counts of the minute under way, and what processes have
// gathered of who is busy and who was seen. It uses `rules` and the texts that decision-script.ts reads.
/** Lua that writes what the run counted, and the tops and addresses that it carries. */
export const countingLua = `
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
`;
