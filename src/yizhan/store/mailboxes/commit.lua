-- Commit what was made of one follower's mailbox, as one, if it still has the version that was
-- expected. The rules are not here: a caller that is refused is given what is there instead.
local place = 0
local function word()
  place = place + 1
  return ARGV[place]
end
local function list(read) -- its length stands before it
  local items = {}
  for number = 1, tonumber(word()) do
    items[number] = read()
  end
  return items
end
local function words()
  return list(word)
end
local expect, asked, guards, bindings = word(), words(), list(words), list(words)
local inserts, filed, writes = words(), list(words), list(words)
local box, time, bound, known, mended = KEYS[1], redis.call('TIME'), {}, {}, {}

local function aside(key) -- no key of ours has this type: keep it, out of the way
  redis.call('RENAME', key, key .. ':aside:' .. time[1] .. time[2])
  table.insert(mended, key)
end
local function is_wrong(reply)
  return type(reply) == 'table' and reply.err and string.find(reply.err, 'WRONGTYPE')
end
local function row(key)
  return redis.pcall('HMGET', key, 'message', 'filed')
end

local version = redis.pcall('HGET', box, 'version')
if is_wrong(version) then
  aside(box)
  version = false
end
if (version or '') ~= expect then
  for number, key in ipairs(asked) do
    known[number] = row(key)
  end
  return { 'stale', time, mended, redis.call('HGETALL', box), known }
end
for _, it in ipairs(guards) do
  if (redis.call('HGET', it[1], it[2]) or '0') ~= it[3] then
    return { 'renewed', time, mended, it[2] }
  end
end
for _, it in ipairs(bindings) do
  local there = redis.pcall('HGET', it[1], it[2])
  if type(there) == 'string' and string.sub(there, 18) ~= it[3] and string.sub(there, 1, 17) > it[4] then
    table.insert(bound, it[2])
  end
end
for _, key in ipairs(inserts) do
  if redis.call('EXISTS', key) == 1 then
    table.insert(known, { key, row(key) })
  end
end
if #bound + #known > 0 then
  return { 'refused', time, mended, bound, known }
end
for number, it in ipairs(writes) do -- the first one may fail: then nothing has been written
  local done = (number == 1 and redis.call or redis.pcall)(unpack(it))
  if is_wrong(done) then
    aside(it[2])
    redis.call(unpack(it))
  end
end
for _, it in ipairs(filed) do
  if redis.call('EXISTS', it[1]) == 1 then
    redis.pcall('HSET', it[1], 'filed', it[2])
  end
end
if #mended == 0 then
  return time[1] .. ' ' .. time[2] -- the usual answer, short to read
end
return { 'done', time, mended }
