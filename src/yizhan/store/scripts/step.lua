local key, owner, name, value = unpack(ARGV, 4, 7)
local job = load(key)
if not owns(job, owner) or job.open ~= '1' then
  return 0
end
redis.call('HSET', at('steps', key), name, value)
return 1
