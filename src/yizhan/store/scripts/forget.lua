local openid = ARGV[4]
local keys = redis.call('ZRANGE', at('of', openid), 0, -1)
for _, key in ipairs(keys) do
  delete(load(key))
end
redis.call('DEL', at('follower', openid))
redis.call('ZREM', base .. 'followers', openid)
return #keys
