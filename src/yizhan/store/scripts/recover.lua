local owner, lease, tries, limit = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])

-- Pending entries that nobody renews, or that were released, in order of their jobs.
local function lapsed()
  local found = {}
  local function add(entry)
    local fields = redis.call('XRANGE', stream, entry[1], entry[1])[1][2]
    table.insert(found, { key = fields[2], seq = tonumber(fields[4]), idle = entry[3] })
  end
  local function scan(wanted, ...)
    local after = '-'
    while true do
      local words = { 'XPENDING', stream, group }
      for _, word in ipairs({ ... }) do
        table.insert(words, word)
      end
      for _, word in ipairs(wanted and { after, '+', 500, wanted } or { after, '+', 500 }) do
        table.insert(words, word)
      end
      local pending = redis.call(unpack(words))
      for _, entry in ipairs(pending) do
        if wanted or (entry[2] ~= owner and entry[2] ~= nobody) then
          add(entry)
        end
      end
      if #pending < 500 then
        return
      end
      after = '(' .. pending[#pending][1]
    end
  end
  scan(nobody)
  scan(nil, 'IDLE', lease)
  table.sort(found, function(one, other)
    return one.seq < other.seq
  end)
  return found
end

-- Give the job to this owner, or end it where nobody may go on; nil to leave it alone.
local function take_over(job, idle)
  if job.state == 'sending' then
    close(job, 'unknown')
    return false
  end
  if LISTED[job.state] then
    close(job, job.state)
    return false
  end
  if job.state == 'running' and job.owner ~= '' then
    local attempts = tonumber(job.attempts)
    if attempts >= tries then
      close(job, 'dead')
      return false
    end
    if idle < lease * attempts then
      return nil
    end
    job.attempts = tostring(attempts + 1)
  end
  job.owner = owner
  return true
end

ensure_stream()
local taken = {}
for _, entry in ipairs(lapsed()) do
  if #taken == limit then
    break
  end
  local job = load(entry.key)
  local mine = take_over(job, entry.idle)
  if mine ~= nil then
    conclude(job, 'delivered')
    save(job)
  end
  if mine then
    table.insert(taken, as_reply(job.key))
  end
end
return taken
