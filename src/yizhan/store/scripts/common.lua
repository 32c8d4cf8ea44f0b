-- What every script begins with: keys, jobs, parts, leases, followers.
--
-- KEYS[1] is the stream whose pending entries are the leases; its name gives all others
-- their prefix, hash tag included. ARGV: the caller's wall time, the calling store, the
-- number of this call (the same when it is repeated after a lost connection), then the
-- script's own. Floats stay strings: Lua would round them.

local stream, group, nobody = KEYS[1], 'yizhan', '-'
local base = string.sub(stream, 1, -#'leases' - 1)
local wall, caller, call = ARGV[1], ARGV[2], ARGV[2] .. '/' .. ARGV[3]

local FREE, CUSTOM, SENDING = '', '\0custom', '\0sending'
local INDEX, BODY, BY, UNTIL, WHO = 1, 2, 3, 4, 5
local LISTED = { unknown = true, uncollected = true, dead = true }
local UNFINISHED = { waiting = true, running = true }
local STATES = {
  'waiting', 'running', 'ready', 'sending', 'replied', 'delivered', 'unknown', 'uncollected', 'dead',
}
local FIELDS = {
  'seq', 'openid', 'ordered', 'created', 'first', 'state', 'owner', 'updated', 'open', 'route',
  'arrivals', 'attempts', 'next', 'parts', 'note', 'entry', 'call', 'charged',
}

local function at(kind, name)
  return base .. kind .. ':' .. name
end

-- Redis's own clock in milliseconds: leases and reservations know no other.
local function lease_time()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local changed = false
local function tell_others()
  if not changed then
    changed = true
    redis.call('PUBLISH', base .. 'pulse', caller)
  end
end

-- Jobs: hashes of the message, the reply and, packed for room, all other fields.

local function is_live(job)
  return job.open == '1' or (#job.parts > 0 and not LISTED[job.state])
end

local function load(key)
  local packed, reply = unpack(redis.call('HMGET', at('job', key), 'record', 'reply'))
  if not packed then
    return nil
  end
  local job, values = { key = key, reply = reply }, cmsgpack.unpack(packed)
  for place, field in ipairs(FIELDS) do
    job[field] = values[place]
  end
  job.was = { state = job.state, live = is_live(job), owner = job.owner }
  return job
end

local function store(job)
  local values = {}
  for place, field in ipairs(FIELDS) do
    values[place] = job[field]
  end
  redis.call('HSET', at('job', job.key), 'record', cmsgpack.pack(values))
end

local function owns(job, owner)
  return job ~= nil and job.entry ~= ''
    and #redis.call('XPENDING', stream, group, job.entry, job.entry, 1, owner) == 1
end

local function is_held(job)
  for _, part in ipairs(job.parts) do
    if part[BY] == CUSTOM or part[BY] == SENDING then
      return true
    end
  end
  return false
end

-- A stream that was lost, by FLUSHALL or a failover, comes back empty.
local function ensure_stream()
  if redis.call('EXISTS', stream) == 0 then
    redis.call('XGROUP', 'CREATE', stream, group, '0', 'MKSTREAM')
  end
end

-- Keep the pending entry in step with the owner: created, handed on, or gone for good.
local function keep_lease(job)
  local needed = job.open == '1' or job.state == 'sending'
    or (job.state == 'ready' and job.route == 'custom')
  local holder = job.owner == '' and nobody or job.owner
  if not needed then
    job.owner = ''
    if job.entry ~= '' then
      redis.call('XACK', stream, group, job.entry)
      redis.call('XDEL', stream, job.entry)
      job.entry = ''
    end
  elseif job.entry == '' then
    ensure_stream()
    local entry = redis.call('XADD', stream, '*', 'key', job.key, 'seq', job.seq)
    redis.call('XCLAIM', stream, group, holder, 0, entry, 'FORCE', 'JUSTID', 'LASTID', entry)
    job.entry = entry
  elseif job.owner ~= job.was.owner then
    redis.call('XCLAIM', stream, group, holder, 0, job.entry, 'JUSTID')
  end
end

local function save(job)
  keep_lease(job)
  store(job)
  if job.state ~= job.was.state then
    if job.was.state then
      redis.call('ZREM', at('state', job.was.state), job.key)
    end
    redis.call('ZADD', at('state', job.state), job.seq, job.key)
  end
  if is_live(job) ~= job.was.live then
    if is_live(job) then
      redis.call('ZADD', at('live', job.openid), job.seq, job.key)
    else
      redis.call('ZREM', at('live', job.openid), job.key)
    end
  end
  job.was = { state = job.state, live = is_live(job), owner = job.owner }
  tell_others()
end

local function delete(job)
  if job.entry ~= '' then
    redis.call('XACK', stream, group, job.entry)
    redis.call('XDEL', stream, job.entry)
  end
  redis.call('ZREM', at('state', job.state), job.key)
  redis.call('ZREM', at('live', job.openid), job.key)
  redis.call('ZREM', at('of', job.openid), job.key)
  redis.call('DEL', at('job', job.key), at('steps', job.key))
  tell_others()
end

local function live_jobs(openid)
  local jobs = {}
  for place, key in ipairs(redis.call('ZRANGE', at('live', openid), 0, -1)) do
    jobs[place] = load(key)
  end
  return jobs
end

-- Whether an earlier ordered job is unfinished.
local function is_blocked(job, others)
  if job.ordered ~= '1' then
    return false
  end
  for _, other in ipairs(others) do
    if other.open == '1' and other.ordered == '1' and tonumber(other.seq) < tonumber(job.seq) then
      return true
    end
  end
  return false
end

local function as_reply(key)
  local job = load(key)
  if not job then
    return nil
  end
  local parts = {}
  for place, part in ipairs(job.parts) do
    parts[place] = { part[INDEX], part[BODY] }
  end
  return {
    key, job.openid, redis.call('HGET', at('job', key), 'message'), job.state, job.owner, job.route,
    job.created, job.updated, job.arrivals, job.attempts, parts, job.reply, job.note,
  }
end

-- Parts

local function is_free(part, now)
  if part[BY] == FREE or part[BY] == CUSTOM or part[BY] == SENDING then
    return part[BY] == FREE
  end
  return part[UNTIL] <= now
end

local function append(job, bodies, from)
  for place = from, #bodies do
    table.insert(job.parts, { tonumber(job.next), bodies[place], FREE, 0, '' })
    job.next = tostring(job.next + 1)
  end
end

-- Move every part that is held by `from` (reserved by `who`, if given) to `to`; whether
-- there was any.
local function pass_on(job, from, to, who)
  local any = false
  for _, part in ipairs(job.parts) do
    if part[BY] == from and (not who or part[WHO] == who) then
      part[BY], part[UNTIL], part[WHO] = to, 0, ''
      any = true
    end
  end
  return any
end

local function give_to_owner(job, now)
  for _, part in ipairs(job.parts) do
    if is_free(part, now) then
      part[BY], part[UNTIL], part[WHO] = CUSTOM, 0, ''
    end
  end
end

local function give_back(job)
  pass_on(job, CUSTOM, FREE)
  pass_on(job, SENDING, FREE)
end

local function parts_of(job, by, into)
  into = into or {}
  for _, part in ipairs(job.parts) do
    if part[BY] == by then
      table.insert(into, { job.key, part[INDEX], part[BODY] })
    end
  end
  return into
end

-- Whether something is free, but only after what is on its way and may come back: the custom
-- route, and all but the first that is reserved for another push.
local function is_behind(jobs, now)
  local on_way, comes_back = false, { [CUSTOM] = true, [SENDING] = true }
  for _, job in ipairs(jobs) do
    for _, part in ipairs(LISTED[job.state] and {} or job.parts) do
      if not is_free(part, now) then
        on_way = on_way or comes_back[part[BY]]
        comes_back[part[BY]] = true
      elseif on_way then
        return true
      end
    end
  end
  return false
end

-- What the push may carry, and the jobs, still to be saved, it has parts of.
local function offer(push, who, jobs, now, milliseconds, overtake)
  local mine, others = false, false
  for _, job in ipairs(jobs) do
    for _, part in ipairs(LISTED[job.state] and {} or job.parts) do
      if part[BY] == push and not is_free(part, now) then
        mine, others = mine or part[WHO] == who, others or part[WHO] ~= who
      end
    end
  end
  local fresh = not (mine or others)
  if not overtake and (others or (fresh and is_behind(jobs, now))) then
    return { {}, false, 1 }, {}
  end
  local parts, held = {}, {}
  for _, job in ipairs(jobs) do
    for _, part in ipairs(LISTED[job.state] and {} or job.parts) do
      if part[BY] == push or (fresh and is_free(part, now)) then
        part[BY], part[UNTIL], part[WHO] = push, now + milliseconds, who
      end
    end
    local before = #parts
    parts_of(LISTED[job.state] and { parts = {} } or job, push, parts)
    if #parts > before then
      table.insert(held, job)
    end
  end
  return { parts, false, 0 }, held
end

-- Keep only the parts for which `stays` is true.
local function sift(job, stays)
  local kept = {}
  for _, part in ipairs(job.parts) do
    if stays(part) then
      table.insert(kept, part)
    end
  end
  job.parts = kept
end

-- Let this body take the place of a part's.
local function cut(job, index, body)
  for _, part in ipairs(job.parts) do
    if part[INDEX] == tonumber(index) then
      part[BODY] = body
    end
  end
end

local function end_send(job, delivered)
  sift(job, function(part)
    if part[BY] ~= SENDING or delivered == 0 then
      return true
    end
    delivered = delivered - 1
    return false
  end)
  pass_on(job, SENDING, CUSTOM)
  job.state = job.open == '1' and 'running' or 'ready'
end

-- Note a change; a clock that was set back makes nothing older.
local function touch(job)
  if tonumber(wall) > tonumber(job.updated) then
    job.updated = wall
  end
end

-- After a change: end what has no part left, tell the route.
local function conclude(job, final)
  if job.state == 'ready' and #job.parts == 0 then
    job.state = final
  end
  if LISTED[job.state] then
    give_back(job)
  end
  job.route = is_held(job) and 'custom' or 'push'
  touch(job)
end

local function close(job, state)
  job.open, job.state = '0', state
end

-- Followers

local function follower(openid)
  return redis.call('HGETALL', at('follower', openid))
end

local function keep(openid, ...)
  redis.call('HSET', at('follower', openid), ...)
  local before = redis.call('ZSCORE', base .. 'followers', openid)
  if not before or tonumber(before) < tonumber(wall) then
    redis.call('ZADD', base .. 'followers', wall, openid)
  end
end

local function show(openid, shown)
  if (redis.call('HGET', at('follower', openid), 'shown') or '') ~= shown then
    keep(openid, 'shown', shown)
  end
end
