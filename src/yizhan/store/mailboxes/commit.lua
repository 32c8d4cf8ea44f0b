-- Commit what was made of some followers' mailboxes, each as one, if it still has the version that
-- was expected. The rules are not here: a caller that is refused is given what is there instead.
local time, mended = redis.call('TIME'), {}

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

local function commit(it)
  local box, expect, asked, guards, bindings, inserts, filed, writes = unpack(it)
  local version, bound, known = redis.pcall('HGET', box, 'version'), {}, {}
  if is_wrong(version) then
    aside(box)
    version = false
  end
  if (version or '') ~= expect then
    for number, key in ipairs(asked) do
      known[number] = row(key)
    end
    return { 'stale', redis.call('HGETALL', box), known }
  end
  for _, guard in ipairs(guards) do
    if (redis.call('HGET', guard[1], guard[2]) or '0') ~= guard[3] then
      return { 'renewed', guard[2] }
    end
  end
  for _, binding in ipairs(bindings) do -- its time stands before the digest
    local there = redis.pcall('HGET', binding[1], binding[2])
    if type(there) == 'string' and string.sub(there, 18) ~= binding[3]
      and string.sub(there, 1, 17) > binding[4] then
      table.insert(bound, binding[2])
    end
  end
  for _, key in ipairs(inserts) do
    if redis.call('EXISTS', key) == 1 then
      table.insert(known, { key, row(key) })
    end
  end
  if #bound + #known > 0 then
    return { 'refused', bound, known }
  end
  for number, words in ipairs(writes) do -- the first one may fail: then nothing has been written
    local done = (number == 1 and redis.call or redis.pcall)(unpack(words))
    if is_wrong(done) then
      aside(words[2])
      redis.call(unpack(words))
    end
  end
  for _, row in ipairs(filed) do
    if redis.call('EXISTS', row[1]) == 1 then
      redis.pcall('HSET', row[1], 'filed', row[2])
    end
  end
end

local answers, count = {}, 0
for number, it in ipairs(cmsgpack.unpack(ARGV[1])) do
  answers[number] = commit(it) or 'done'
  count = count + (answers[number] == 'done' and 0 or 1)
end
if count + #mended == 0 then
  return time[1] .. ' ' .. time[2] -- the usual answer, short to read
end
return { time, mended, answers }
