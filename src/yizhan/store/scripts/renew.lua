-- An XCLAIM by their own owner sets the entries' idle time to nought and tells their keys.
local owner = ARGV[4]
ensure_stream()
local keys, after = {}, '-'
while true do
  local pending = redis.call('XPENDING', stream, group, after, '+', 500, owner)
  if #pending == 0 then
    return keys
  end
  local ids = {}
  for place, entry in ipairs(pending) do
    ids[place] = entry[1]
  end
  for _, entry in ipairs(redis.call('XCLAIM', stream, group, owner, 0, unpack(ids))) do
    table.insert(keys, entry[2][2])
  end
  after = '(' .. ids[#ids]
end
