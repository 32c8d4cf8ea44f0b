-- Commit what was made of some followers' mailboxes, each as one, if it still has the version that
-- was expected. The rules are not here: a caller that is refused is given what is there instead.
-- redis_records.py says what lies under which key, and what the words are.
local prefix, kind, wall, owner, renewal, states, members = unpack(cmsgpack.unpack(ARGV[1]))
local time, mended, gives = redis.call('TIME'), {}, false

local function aside(key) -- no key of ours has this type: keep it, out of the way
  redis.call('RENAME', key, key .. ':aside:' .. time[1] .. time[2])
  table.insert(mended, key)
end
local function is_wrong(reply)
  return type(reply) == 'table' and reply.err and string.find(reply.err, 'WRONGTYPE')
end
local function write(command, key, ...)
  if is_wrong(redis.pcall(command, key, ...)) then
    aside(key)
    redis.call(command, key, ...)
  end
end
local function row(key)
  return redis.pcall('HMGET', prefix .. 'message:' .. key, 'message', 'filed')
end
local function file(key, state, updated) -- note in which state it left its mailbox, if it has
  for _, it in ipairs(state == '' and states or {}) do
    write('ZREM', prefix .. 'ended:' .. it, key)
  end
  if state ~= '' then
    write('ZADD', prefix .. 'ended:' .. state, updated, key)
  end
end

local function commit(it)
  local openid, expect, asked, guards, bindings, version, document, rows, gone,
    inserts, filed, erased, out, into, due, given, told, more = unpack(it)
  local box = prefix .. kind .. openid
  local there, bound, known = redis.pcall('HGET', box, 'version'), {}, {}
  if is_wrong(there) then
    aside(box)
    there = false
  end
  if (there or '') ~= expect then
    for number, key in ipairs(asked) do
      known[number] = row(key)
    end
    return { 'stale', redis.call('HGETALL', box), known }
  end
  for _, guard in ipairs(guards) do
    if (redis.call('HGET', prefix .. 'renewals', guard[1]) or '0') ~= guard[2] then
      return { 'renewed', guard[1] }
    end
  end
  for _, binding in ipairs(bindings) do -- its time stands before the digest
    local kept = redis.pcall('HGET', prefix .. 'bindings', binding[1])
    if type(kept) == 'string' and string.sub(kept, 18) ~= binding[2]
      and string.sub(kept, 1, 17) > wall then
      table.insert(bound, binding[1])
    end
  end
  for _, it in ipairs(inserts) do
    if redis.call('EXISTS', prefix .. 'message:' .. it[1]) == 1 then
      table.insert(known, { it[1], row(it[1]) })
    end
  end
  if #bound + #known > 0 then
    return { 'refused', bound, known }
  end

  if version ~= '' then -- this may fail: then nothing has been written
    redis.call('HSET', box, 'version', version, 'box', document, 'changed', wall)
    for _, words in ipairs(rows) do
      redis.call('HSET', box, unpack(words))
    end
    for _, words in ipairs(gone) do
      redis.call('HDEL', box, unpack(words))
    end
    if expect == '' and openid ~= '' then
      write('SADD', prefix .. 'boxes', openid)
    end
  end
  for _, it in ipairs(bindings) do
    write('HSET', prefix .. 'bindings', it[1], it[3] .. it[2])
  end
  for _, it in ipairs(inserts) do
    redis.call('HSET', prefix .. 'message:' .. it[1], 'message', it[2], 'filed', it[3])
    write('ZADD', prefix .. 'created', it[6], it[1])
    write('SADD', prefix .. 'keys:' .. openid, it[1])
    if it[4] ~= '' then
      file(it[1], it[4], it[5])
    end
  end
  for _, it in ipairs(filed) do
    if redis.call('EXISTS', prefix .. 'message:' .. it[1]) == 1 then
      redis.pcall('HSET', prefix .. 'message:' .. it[1], 'filed', it[2])
    end
    file(it[1], it[3], it[4])
  end
  for _, key in ipairs(erased) do
    redis.call('DEL', prefix .. 'message:' .. key)
    write('ZREM', prefix .. 'created', key)
    write('SREM', prefix .. 'keys:' .. openid, key)
    file(key, '', '')
  end
  for _, name in ipairs(out) do
    write('SREM', prefix .. 'owned:' .. name, openid)
  end
  for _, name in ipairs(into) do
    write('SADD', prefix .. 'owned:' .. name, openid)
  end
  if due == 'never' then
    write('ZREM', prefix .. 'due', openid)
  elseif due ~= '' then
    write('ZADD', prefix .. 'due', due, openid)
  end
  for _, name in ipairs(told) do
    redis.call('PUBLISH', prefix .. 'stirred:' .. name, openid)
  end
  for _, words in ipairs(more) do
    write(unpack(words))
  end
  gives = gives or given
end

local answers, count = {}, 0
for number, it in ipairs(members) do
  answers[number] = commit(it) or 'done'
  count = count + (answers[number] == 'done' and 0 or 1)
end
if gives then
  write('HSET', prefix .. 'renewals', owner, renewal)
end
if count + #mended == 0 then
  return time[1] .. ' ' .. time[2] -- the usual answer, short to read
end
return { time, mended, answers }
